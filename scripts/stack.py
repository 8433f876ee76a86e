"""The example behind real servers, as one of the deployments in deploy/ has it: for tests.

``python3 scripts/stack.py same-origin`` prints where it is, and serves until its input ends.
"""

import argparse
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from string import Template

import provider
import serve
import system
from console import ROOT, Failed, Problem, Words, quietly, say
from environment import PYTHON

DEPLOY = ROOT / "deploy"
APP_HOST = "app.example.localhost"
SIBLING_API_HOST = "api.example.localhost"
FOREIGN_API_HOST = "api.other.test"
# Also for what tests put beside the product: a hostile sibling, and somebody on another site.
HOSTS = (
    APP_HOST,
    SIBLING_API_HOST,
    FOREIGN_API_HOST,
    provider.HOST,
    "evil.example.localhost",
    "evil.test",
)
START_SECONDS = 120


@dataclass(frozen=True)
class Kind:
    """One deployment: what the settings call it, which nginx files it has, where its API is."""

    setting: str
    site: str
    api_host: str = APP_HOST


KINDS = {
    "django-served": Kind("DjangoServed", "django-served"),
    "same-origin": Kind("SameOrigin", "same-origin"),
    "cross-origin": Kind("CrossOrigin", "cross-origin", SIBLING_API_HOST),
    "cross-site": Kind("CrossSite", "cross-origin", FOREIGN_API_HOST),
}


# The first two speak WSGI, the last one ASGI.
SERVERS: Mapping[str, Callable[[int], list[str]]] = {
    "granian": lambda port: [*serve.options(port), "config.wsgi:application"],
    "gunicorn": lambda port: [
        f"--bind=127.0.0.1:{port}",
        "--threads=4",
        "--log-level=warning",
        "config.wsgi:application",
    ],
    # Proxies are counted by us, not by the server.
    "uvicorn": lambda port: [
        "--host=127.0.0.1",
        f"--port={port}",
        "--no-proxy-headers",
        "--log-level=warning",
        "config.asgi:application",
    ],
}


@dataclass(frozen=True)
class Certificate:
    """One for all `HOSTS`, and the authority that signed it."""

    authority: Path
    chain: Path
    key: Path


@dataclass(frozen=True, kw_only=True)
class Options:
    """How a stack differs from the plainest one."""

    server: str = "granian"
    settings: str = "config.settings"
    proxies: int = 1
    # Where people reach it, if a proxy of the test's stands in front.
    public_port: int | None = None
    pages: Path = ROOT / "examples" / "react" / "dist"
    environ: Mapping[str, str] = field(default_factory=dict)
    # Whether people can sign in with `examples/provider`.
    social: bool = False


@dataclass(frozen=True, kw_only=True)
class Stack:
    """Where everything is, once it runs."""

    app: str
    api: str
    http_port: int
    https_port: int
    django_port: int
    folder: Path
    authority: Path

    @property
    def django_log(self) -> Path:
        """What Django and its server have written."""
        return self.folder / "django.log"


@contextmanager
def stack(
    name: str, *, data: Path, certificate: Certificate, options: Options | None = None
) -> Iterator[Stack]:
    """Start Django and nginx on a copy of `data`; both are stopped and the copy deleted."""
    options = options or Options()
    kind = KINDS[name]
    http_port, https_port, django_port, provider_port = system.free_ports(4)
    public_port = options.public_port or https_port
    app = f"https://{APP_HOST}:{public_port}"
    api = f"https://{kind.api_host}:{public_port}"
    environ = {
        "DEPLOYMENT": kind.setting,
        "ORIGIN": app,
        "API_ORIGIN": api,
        "PROXIES": str(options.proxies),
        "EXAMPLE_BUILD": str(options.pages),
        **options.environ,
    }
    variables = {
        "APP_HOST": APP_HOST,
        "APP_ORIGIN": app,
        "API_HOST": kind.api_host,
        "CONNECT_SRC": f"'self' {api}" if api != app else "'self'",
        "HTTP_LISTEN": f"127.0.0.1:{http_port}",
        "HTTPS_LISTEN": f"127.0.0.1:{https_port}",
        "PAGES": str(options.pages),
        "PROXY": "first" if options.proxies < 2 else "second",
        "TLS_CERTIFICATE": str(certificate.chain),
        "TLS_KEY": str(certificate.key),
        "UPSTREAM": f"127.0.0.1:{django_port}",
    }
    with tempfile.TemporaryDirectory(prefix="spa-auth-") as folder_name, ExitStack() as running:
        folder = Path(folder_name)
        shutil.copytree(data, folder / "data")
        environ["EXAMPLE_VAR"] = str(folder / "data")
        if options.social:
            origins = dict.fromkeys((app, api))
            served = provider.over_tls(provider_port, certificate, origins, folder / "provider.log")
            environ |= running.enter_context(served)
        log = folder / "django.log"
        running.enter_context(_django(django_port, environ, options=options, log=log))
        templates = [DEPLOY / "nginx", DEPLOY / kind.site]
        write_nginx(folder / "nginx", templates, variables)
        running.enter_context(nginx(folder / "nginx", port=https_port))
        yield Stack(
            app=app,
            api=api,
            http_port=http_port,
            https_port=https_port,
            django_port=django_port,
            folder=folder,
            authority=certificate.authority,
        )


def make_certificate(folder: Path) -> Certificate:
    """Make an authority that nobody else trusts, and a certificate of it."""
    words: Words = [PYTHON, "-m", "trustme", "--quiet", "--dir", folder, "--identities", *HOSTS]
    quietly("Making certificates", words)
    return Certificate(folder / "client.pem", folder / "server.pem", folder / "server.key")


def make_data(folder: Path, also: str = "") -> None:
    """Make the example's database with its demo users, and its secret key; then run `also`."""
    env = {"EXAMPLE_VAR": str(folder), "DJANGO_SETTINGS_MODULE": "config.settings"}
    words: Words = [PYTHON, "-c", serve.PREPARE_DATA + also]
    quietly("Preparing the database", words, cwd=serve.BACKEND, env=env)


def write_nginx(folder: Path, sources: list[Path], variables: Mapping[str, str]) -> None:
    """Fill in the templates as nginx's image does: the names that are given, nothing else."""
    folder.mkdir()
    for template in (path for source in sources for path in source.glob("*.template")):
        text = Template(template.read_text()).safe_substitute(variables)
        (folder / template.stem).write_text(text)


@contextmanager
def nginx(folder: Path, *, port: int) -> Iterator[None]:
    """Run nginx on the configuration in `folder`, which is also the only one that it writes to."""
    program = system.nginx()
    if program is None:
        raise Problem("nginx is missing")
    directives = "daemon off;"
    if os.geteuid() == 0:
        # Its workers would become somebody who may not read the temporary folder.
        directives += " user root;"
    words: Words = [program, "-p", folder, "-c", "nginx.conf", "-e", "stderr", "-g", directives]
    quietly("nginx -t", [*words, "-t"])
    with _process(words, port=port, log=folder / "nginx.log"):
        yield


@contextmanager
def _django(
    port: int, environ: Mapping[str, str], *, options: Options, log: Path
) -> Iterator[None]:
    words: Words = [PYTHON, "-m", options.server, *SERVERS[options.server](port)]
    env = {**environ, "DJANGO_SETTINGS_MODULE": options.settings}
    with _process(words, port=port, log=log, cwd=serve.BACKEND, env=env):
        yield


@contextmanager
def _process(
    words: Words, *, port: int, log: Path, cwd: Path = ROOT, env: Mapping[str, str] | None = None
) -> Iterator[None]:
    """Run a server; it is ready when its port takes connections."""
    with log.open("a") as output:
        process = subprocess.Popen(
            words,
            cwd=cwd,
            env={**os.environ, **(env or {})},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            # A group of its own, so that no worker outlives a server that must be killed.
            start_new_session=True,
        )
    try:
        end = time.monotonic() + START_SECONDS
        while not _answers(port):
            if process.poll() is not None or time.monotonic() > end:
                raise Failed(f"{words[0]} did not start:\n{log.read_text()}")
            time.sleep(0.02)
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=10)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def main() -> None:
    """Serve until the input ends; the first line of the output is JSON that says where."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("deployment", choices=KINDS)
    parser.add_argument("--pages", type=Path, default=Options.pages, help="the built front end")
    parser.add_argument("--data", type=Path, help="a folder to copy the database from")
    parser.add_argument("--server", choices=SERVERS, default=Options.server)
    parser.add_argument("--settings", default=Options.settings, help="their module")
    arguments = parser.parse_args()
    options = Options(
        pages=arguments.pages.resolve(),
        server=arguments.server,
        settings=arguments.settings,
        # Other settings are of projects that know nothing of the example's provider.
        social=arguments.settings == Options.settings,
    )
    with tempfile.TemporaryDirectory(prefix="spa-auth-") as name:
        certificate = make_certificate(Path(name))
        data = arguments.data or Path(name, "data")
        if not arguments.data:
            make_data(data)
        with stack(
            arguments.deployment, data=data, certificate=certificate, options=options
        ) as running:
            say(json.dumps(asdict(running), default=str))
            sys.stdin.read()


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        main()
    except (Failed, Problem) as error:
        sys.exit(str(error))
