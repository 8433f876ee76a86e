"""One stack of each kind for the whole run, all started at once."""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

import stack
import system
from console import ROOT
from stack import Certificate, Options, Stack

from .browser import PASSWORD, Browser, browser_of
from .proxies import caching_proxy, outer_proxy

PAGE = "<!doctype html>\n<html lang=en><title>Example</title><div id=root></div></html>\n"
ASSET = "app-1a2b3c4d.js"
MALLORY = f"""
from people.models import User
from spa_auth.core import addresses
mallory = User.objects.create_user("mallory", "mallory@example.com", {PASSWORD!r})
addresses.prove(mallory, mallory.email)
"""

DEPLOYMENTS = ("django-served", "same-origin", "cross-origin", "cross-site")


class Stacks(Mapping[str, Stack]):
    """Begin to start all of them; whoever asks for one waits for that one only."""

    def __init__(self, contexts: Mapping[str, AbstractContextManager[Stack]]) -> None:
        self._pool = ThreadPoolExecutor(2)
        self._contexts = contexts
        self._starts = {
            name: self._pool.submit(context.__enter__) for name, context in contexts.items()
        }

    def __enter__(self) -> "Stacks":
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(cancel_futures=True)
        for name, start in self._starts.items():
            if not start.cancelled() and start.exception() is None:
                self._contexts[name].__exit__(None, None, None)

    def __getitem__(self, name: str) -> Stack:
        return self._starts[name].result()

    def __iter__(self) -> Iterator[str]:
        return iter(self._starts)

    def __len__(self) -> int:
        return len(self._starts)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("servers")


@pytest.fixture(scope="session")
def pages(folder: Path) -> Path:
    """Make what a build leaves: the page, and a file whose name is a digest of its content."""
    built = folder / "pages"
    (built / "assets").mkdir(parents=True)
    (built / "index.html").write_text(PAGE)
    (built / "assets" / ASSET).write_text("export {}\n")
    return built


@pytest.fixture(scope="session")
def certificate(folder: Path) -> Certificate:
    return stack.make_certificate(folder)


@pytest.fixture(scope="session")
def data(folder: Path) -> Path:
    made = folder / "data"
    stack.make_data(made, MALLORY)
    return made


@pytest.fixture(scope="session")
def public_port() -> int:
    """Where the outer of two proxies is."""
    return system.free_port()


@pytest.fixture(scope="session")
def stacks(
    pages: Path, data: Path, certificate: Certificate, public_port: int
) -> Iterator[Mapping[str, Stack]]:
    environ = {"PYTHONPATH": str(ROOT)}

    def options(**differences: object) -> Options:
        return Options(pages=pages, environ=environ, **differences)  # type: ignore[arg-type]

    open_ = "tests_servers.unguarded"
    wanted = {
        "django-served": ("django-served", options()),
        "same-origin": ("same-origin", options()),
        "same-origin asgi": ("same-origin", options(server="uvicorn")),
        "cross-origin": ("cross-origin", options(server="gunicorn")),
        "cross-site": ("cross-site", options()),
        "open": ("cross-origin", options(server="gunicorn", settings=open_)),
        "open asgi": ("same-origin", options(server="uvicorn", settings=open_)),
        "classic": ("same-origin", options(settings="tests_servers.classic")),
        "inner": (
            "django-served",
            options(proxies=2, public_port=public_port, settings="tests_servers.cheap"),
        ),
    }
    with Stacks(
        {
            name: stack.stack(kind, data=data, certificate=certificate, options=chosen)
            for name, (kind, chosen) in wanted.items()
        }
    ) as started:
        yield started


@pytest.fixture(params=DEPLOYMENTS)
def deployed(request: pytest.FixtureRequest, stacks: Mapping[str, Stack]) -> Stack:
    """Each deployment in turn."""
    return stacks[request.param]


@pytest.fixture
def same_origin(stacks: Mapping[str, Stack]) -> Stack:
    return stacks["same-origin"]


@pytest.fixture(params=["same-origin", "same-origin asgi", "cross-origin"])
def served(request: pytest.FixtureRequest, stacks: Mapping[str, Stack]) -> Stack:
    """Each server in turn: granian, uvicorn, gunicorn."""
    return stacks[request.param]


@pytest.fixture(params=["cross-origin", "cross-site"])
def crossing(request: pytest.FixtureRequest, stacks: Mapping[str, Stack]) -> Stack:
    """Take each deployment with CORS in turn."""
    return stacks[request.param]


@pytest.fixture(scope="session")
def two_proxies(
    stacks: Mapping[str, Stack], folder: Path, certificate: Certificate, public_port: int
) -> Iterator[Stack]:
    """Django behind nginx behind nginx: `app` is where people come in."""
    with outer_proxy(folder / "outer", stacks["inner"], certificate, port=public_port):
        yield stacks["inner"]


@pytest.fixture(scope="session")
def cached(stacks: Mapping[str, Stack], folder: Path, certificate: Certificate) -> Iterator[int]:
    """Run a proxy that keeps what it may keep in front of `cross-origin`; the value is its port."""
    with caching_proxy(folder / "cache", stacks["cross-origin"], certificate) as port:
        yield port


_signed_in: dict[tuple[str, str], Browser] = {}


@pytest.fixture
def signed_in() -> Callable[..., Browser]:
    """Return a browser that somebody is signed in with: one per stack, hashing takes its time."""

    def find(where: Stack, name: str = "alice") -> Browser:
        key = (where.api, name)
        if key not in _signed_in:
            _signed_in[key] = browser_of(where).sign_in(name)
        known = _signed_in[key]
        return Browser(known.door, known.page, dict(known.jar), known.token)

    return find
