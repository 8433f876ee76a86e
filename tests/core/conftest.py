"""Where limits count: in the database, and in a real Redis or Valkey server."""

import os
import random
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings


def free_port() -> int:
    """A port below the range that outgoing connections take theirs from."""
    taken = True
    while taken:
        number = random.randrange(20000, 32000)
        with socket.socket() as probe:
            taken = probe.connect_ex(("127.0.0.1", number)) == 0
    return number


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that keeps nothing on disk."""
    names = (os.environ.get("REDIS", ""), "redis-server", "valkey-server")
    program = next(filter(None, map(shutil.which, names)), None)
    if program is None:  # pragma: no cover - `make test` installs one
        pytest.skip("there is no redis-server and no valkey-server")
    port, folder = free_port(), tmp_path_factory.mktemp("redis")
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder]
    with (Path(folder) / "log").open("w") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        wait_for(port)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.kill()
        server.wait()


def wait_for(port: int) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)  # pragma: no cover - it may answer at once
    raise AssertionError  # pragma: no cover - it answers


@pytest.fixture
def redis_store(redis_server: str) -> Iterator[str]:
    """Let limits count in an empty Redis."""
    import redis  # noqa: PLC0415 - an extra, which only these tests need

    with redis.Redis.from_url(redis_server) as server:
        server.flushall()
    with override_settings(SPA_AUTH={"LIMITS_REDIS": redis_server}):
        yield redis_server


@pytest.fixture(params=["database", "redis"])
def store(request: pytest.FixtureRequest) -> str:
    """Do the test with each store; the value is the server's address, empty for the database."""
    if request.param == "database":
        return ""
    address: str = request.getfixturevalue("redis_store")
    return address
