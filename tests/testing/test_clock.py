"""A clock that tests set."""

import datetime
import time

import pytest
from django.contrib.auth.models import User
from django.test import override_settings
from django.utils import timezone

from spa_auth.testing import SpaClient, clock, frozen_clock, log_in, mails
from tests.core.test_mail import mailer

MOMENT = datetime.datetime(2031, 2, 3, 4, 5, 6, 789, datetime.UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(params=["time-machine", "nothing"])
def installed(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """What the project has for its clock."""
    if request.param == "nothing":
        monkeypatch.setattr(clock, "time_machine", None)
    return str(request.param)


@pytest.mark.usefixtures("installed")
def test_the_time_stands_still() -> None:
    before = timezone.now()
    with frozen_clock(MOMENT) as held:
        assert timezone.now() == held.now == MOMENT
        assert abs(time.time() - MOMENT.timestamp()) < 0.001
        assert time.time_ns() // 1_000_000 == int(MOMENT.timestamp() * 1000)
    assert datetime.timedelta() <= timezone.now() - before < datetime.timedelta(minutes=5)


@pytest.mark.usefixtures("installed")
def test_it_begins_now_and_goes_on_when_told() -> None:
    before = timezone.now()
    with frozen_clock() as held:
        assert timezone.now() - before < datetime.timedelta(minutes=5)
        began = held.now
        held.advance(hours=1, minutes=1)
        held.advance(datetime.timedelta(seconds=1))
        assert timezone.now() - began == datetime.timedelta(hours=1, minutes=1, seconds=1)


def test_a_moment_without_a_zone_is_refused() -> None:
    with frozen_clock() as held, pytest.raises(ValueError, match="time zone"):
        held.move_to(datetime.datetime(2031, 2, 3))


def test_a_project_without_zones_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "time_machine", None)
    with override_settings(USE_TZ=False), frozen_clock(MOMENT):
        assert timezone.now() == MOMENT.replace(tzinfo=None)


@pytest.mark.usefixtures("installed")
def test_a_session_ends_by_it(alice: User) -> None:
    client = SpaClient()
    with frozen_clock() as held:
        log_in(client, alice)
        held.advance(days=13)
        assert client.get("/api/whoami/").status_code == 200
        held.advance(days=13)
        assert client.get("/api/whoami/").status_code == 200
        held.advance(days=15)
        assert client.get("/api/whoami/").status_code == 401


@pytest.mark.usefixtures("installed")
def test_a_proof_and_a_link_grow_old_by_it(alice: User) -> None:
    client = SpaClient()
    with mailer("locmem"), frozen_clock() as held:
        log_in(client, alice)
        assert client.post("/api/account/export/").status_code == 200
        client.post("/api/password/reset/", {"email": alice.email})
        token = mails.last().token
        held.advance(hours=2)
        assert client.post("/api/account/export/").json()["code"] == "reauthentication_required"
        body = {"token": token, "newPassword": "a-far-better-password"}
        assert client.post("/api/password/reset/confirm/", body).json()["code"] == "link_expired"


@pytest.mark.usefixtures("installed")
def test_a_limit_is_paid_off_by_it(alice: User) -> None:
    client = SpaClient()
    with frozen_clock() as held:
        body = {"login": "alice", "password": "wrong"}
        codes = [client.post("/api/login/", body).json()["code"] for _ in range(30)]
        assert codes[0] == "invalid_credentials"
        assert codes[-1] == "rate_limited"
        held.advance(days=1)
        assert client.post("/api/login/", body).json()["code"] == "invalid_credentials"
