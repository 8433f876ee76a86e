"""Where limits count: in the database, and in a real Redis or Valkey server."""

from collections.abc import Iterator

import pytest
from django.test import override_settings

import services


@pytest.fixture(scope="session")
def redis_server() -> Iterator[str]:
    """The address of a server that keeps nothing on disk."""
    with services.redis() as address:
        yield address


@pytest.fixture
def redis_store(redis_server: str) -> Iterator[str]:
    """Let limits count in an empty Redis."""
    import redis  # noqa: PLC0415 - an extra, which only these tests need

    with redis.Redis.from_url(redis_server) as server:
        server.flushall()
    # As in the settings of the tests: a thread would outlive the test that began it.
    with override_settings(SPA_AUTH={"LIMITS_REDIS": redis_server, "MAIL_BY": "command"}):
        yield redis_server


@pytest.fixture(params=["database", "redis"])
def store(request: pytest.FixtureRequest) -> str:
    """Do the test with each store; the value is the server's address, empty for the database."""
    if request.param == "database":
        return ""
    address: str = request.getfixturevalue("redis_store")
    return address
