"""The provider that people of the example sign in with: beside Django, and gone with it."""

import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import system
from console import ROOT, Failed, say

if TYPE_CHECKING:
    from stack import Certificate

FOLDER = ROOT / "examples" / "provider"
# What tests call it. Where the product has TLS it sends nobody to this machine by its own names.
HOST = "accounts.test"
# What makes Python find that host.
NAMES = ROOT / "scripts" / "names"


class _Started(NamedTuple):
    process: "subprocess.Popen[str]"
    address: str


def start(*, beside: int) -> str:
    """Start it for the application on a port, and return its address; empty if it does not start.

    It ends with this process, or with what that becomes.
    """
    wanted = beside + 1 if beside < 65535 else beside - 1
    number = wanted if system.is_free(wanted) else system.free_port()
    if number != wanted:
        say(
            f"Port {wanted} is in use: the provider is on {number}, and knows nobody "
            "who signed in with it before."
        )
    started = _start({"PORT": str(number), "ORIGINS": f"http://localhost:{beside}"})
    # It serves until its input ends: until the last process that holds it open is gone.
    if started.process.stdin:
        os.set_inheritable(started.process.stdin.fileno(), True)
    if not started.address:
        say("The provider did not start: nobody can sign in with Example.")
    return started.address


@contextmanager
def over_tls(
    number: int, certificate: "Certificate", origins: Iterable[str], log: Path
) -> Iterator[Mapping[str, str]]:
    """Serve it over TLS; the value is the environment in which Django finds and trusts it."""
    address = f"https://{HOST}:{number}"
    environ = {
        "PORT": str(number),
        "ORIGINS": " ".join(origins),
        "ADDRESS": address,
        "TLS_CERTIFICATE": str(certificate.chain),
        "TLS_KEY": str(certificate.key),
    }
    with log.open("a") as errors:
        started = _start(environ, errors=errors.fileno())
    try:
        if not started.address:
            raise Failed(f"The provider did not start:\n{log.read_text()}")
        yield {
            "PROVIDER": address,
            "PYTHONPATH": os.pathsep.join([str(NAMES), os.environ.get("PYTHONPATH", "")]),
            "SSL_CERT_FILE": str(certificate.authority),
        }
    finally:
        started.process.communicate()


def _start(environ: Mapping[str, str], errors: int | None = None) -> _Started:
    process = subprocess.Popen(
        ["node", "src/main.js"],
        cwd=FOLDER,
        env={**os.environ, **environ},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        text=True,
    )
    return _Started(process, process.stdout.readline().strip() if process.stdout else "")
