"""Fixtures for projects that use pytest-django: `pytest_plugins = ["spa_auth.testing.pytest"]`."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from spa_auth import testing

if TYPE_CHECKING:
    from .captured import Mails
    from .clients import SpaClient
    from .clock import Clock


@pytest.fixture
def spa_auth_client() -> "SpaClient":
    """Return a client that sends JSON and the CSRF token, as a front end does."""
    return testing.SpaClient()


@pytest.fixture
def spa_auth_signed_in(db: None) -> Callable[..., "SpaClient"]:
    """Sign somebody in with a client of their own: `spa_auth_signed_in(user, fresh=False)`."""

    def signed_in(user: Any, **options: Any) -> "SpaClient":
        client = testing.SpaClient()
        testing.log_in(client, user, **options)
        return client

    return signed_in


@pytest.fixture
def spa_auth_mails(db: None) -> Iterator["Mails"]:
    """Hold the mail of a test, which is sent when it is read."""
    with testing.held_mails() as mails:
        yield mails


@pytest.fixture
def spa_auth_clock() -> Iterator["Clock"]:
    """Stop the clock; it goes on when the test says so."""
    with testing.frozen_clock() as clock:
        yield clock


@pytest.fixture
def spa_auth_limits_off() -> Iterator[None]:
    """Count no use of a limit."""
    with testing.limits_off():
        yield
