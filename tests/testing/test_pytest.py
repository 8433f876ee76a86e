"""The fixtures, as a project has them."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from spa_auth.testing import Clock, SpaClient
from spa_auth.testing.captured import Mails
from tests.core.test_mail import mailer


def test_somebody_is_signed_in(
    alice: User, bob: User, spa_auth_signed_in: Callable[..., SpaClient]
) -> None:
    hers, his = spa_auth_signed_in(alice), spa_auth_signed_in(bob, fresh=False)
    assert hers.get("/api/whoami/").json()["username"] == "alice"
    assert his.get("/api/whoami/").json()["username"] == "bob"
    assert hers.post("/api/account/export/").status_code == 200
    assert his.post("/api/account/export/").status_code == 403


def test_mail_is_read(alice: User, spa_auth_client: SpaClient, spa_auth_mails: Mails) -> None:
    with mailer("locmem"):
        spa_auth_client.post("/api/password/reset/", {"email": "alice@example.com"})
        assert len(spa_auth_mails.last(to="alice@example.com").code) == 6


def test_the_time_is_set(spa_auth_clock: Clock) -> None:
    before = timezone.now()
    spa_auth_clock.advance(days=1)
    assert (timezone.now() - before).days == 1


@pytest.mark.usefixtures("spa_auth_limits_off", "db")
def test_nothing_is_counted(spa_auth_client: SpaClient) -> None:
    body = {"login": "nobody", "password": "wrong"}
    codes = {spa_auth_client.post("/api/login/", body).json()["code"] for _ in range(30)}
    assert codes == {"invalid_credentials"}
