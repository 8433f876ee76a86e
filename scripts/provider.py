"""The provider that people of the example sign in with: beside Django, and gone with it."""

import os
import subprocess

import system
from console import ROOT, say

FOLDER = ROOT / "examples" / "provider"


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
    process = subprocess.Popen(
        ["node", "src/main.js"],
        cwd=FOLDER,
        env={**os.environ, "PORT": str(number), "ORIGINS": f"http://localhost:{beside}"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None  # noqa: S101 - for the types, as the next one
    assert process.stdout is not None  # noqa: S101
    # It serves until its input ends, which happens when the last process that holds it open is gone.
    os.set_inheritable(process.stdin.fileno(), True)
    address = process.stdout.readline().strip()
    if not address:
        say("The provider did not start: nobody can sign in with Example.")
    return address
