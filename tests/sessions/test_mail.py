"""A mail to who signs in on a device that is not known."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.core import mail as django_mail
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from spa_auth.core import outbox
from spa_auth.core.models import Mail, Secret
from spa_auth.sessions import flow
from spa_auth.sessions.models import Session
from tests.conftest import ApiClient
from tests.core.test_mail import mailer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def alice_has_been_here(alice: User) -> Iterator[None]:
    User.objects.update(last_login=timezone.now())
    with mailer("locmem"):
        yield


def test_a_sign_in_on_a_new_device_is_told(client: ApiClient, alice: User) -> None:
    assert client.sign_in().status_code == 200
    assert outbox.deliver_due() == 1
    (letter,) = django_mail.outbox
    assert letter.to == [alice.email]
    assert letter.subject == "New sign-in to your account"
    html = letter.alternatives[0][0]
    for text in (letter.body, html):
        assert "http://localhost:8000/devices" in text
        assert "UTC" in text
        assert "token" not in text
        assert "Or type this code" not in text
        # Nothing that the visitor sent is in a mail.
        assert alice.username not in text
    assert not Secret.objects.exists()


def test_a_known_device_is_not(client: ApiClient) -> None:
    client.sign_in()
    Mail.objects.all().delete()
    client.sign_in()
    assert not Mail.objects.exists()


def test_a_device_of_somebody_else_or_of_the_old_password_is_new(
    client: ApiClient, alice: User, bob: User
) -> None:
    User.objects.update(last_login=timezone.now())
    client.sign_in()
    client.sign_in("bob")
    assert [row.user for row in Mail.objects.order_by("pk")] == [alice, bob]
    client.sign_in()
    assert Mail.objects.filter(user=alice).count() == 2


def test_the_first_sign_in_of_an_account_is_not_told(client: ApiClient) -> None:
    User.objects.update(last_login=None)
    client.sign_in()
    assert not Mail.objects.exists()


@pytest.mark.parametrize("address", ["", "not an address"])
def test_without_an_address_nobody_is_told_and_the_sign_in_holds(
    client: ApiClient, address: str
) -> None:
    User.objects.update(email=address)
    assert client.sign_in().json()["isAuthenticated"]
    assert not Mail.objects.exists()


def test_it_can_be_switched_off(client: ApiClient) -> None:
    with override_settings(SPA_AUTH={"NEW_DEVICE_MAIL": False, "MAIL_BY": "command"}):
        client.sign_in()
    assert not Mail.objects.exists()


def test_three_an_hour_are_enough(alice: User) -> None:
    for _ in range(5):
        ApiClient().sign_in()
    assert Mail.objects.filter(user=alice).count() == 3


def test_a_sign_in_that_fails_late_is_not_told(
    client: ApiClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.raise_request_exception = client.contract = False

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("spa_auth.core.limits.Reservation.refund", fail)
    with transaction.atomic():
        client.sign_in()
    assert not Mail.objects.exists()


def another_place(client: ApiClient) -> str:
    """The public id of a session of hers in another browser; what was mailed so far is gone."""
    ApiClient().sign_in()
    Mail.objects.all().delete()
    listed = client.get("/api/sessions/").json()["sessions"]
    return str(next(session["id"] for session in listed if not session["current"]))


@pytest.mark.parametrize("everywhere", [False, True])
def test_who_signs_out_other_places_is_told_once(
    client: ApiClient, alice: User, everywhere: bool
) -> None:
    client.sign_in()
    ApiClient().sign_in()
    other = another_place(client)
    if everywhere:
        client.send("POST", "/api/sessions/revoke-others/")
    else:
        client.send("DELETE", f"/api/sessions/{other}/")
    assert outbox.deliver_due() == 1
    (letter,) = django_mail.outbox
    assert letter.to == [alice.email]
    assert letter.subject == "Devices were signed out of your account"
    assert "http://localhost:8000/devices" in letter.body
    assert "token" not in letter.body


def test_who_signs_out_here_or_nowhere_else_is_not(client: ApiClient) -> None:
    client.sign_in()
    Mail.objects.all().delete()
    (own,) = client.get("/api/sessions/").json()["sessions"]
    client.send("POST", "/api/sessions/revoke-others/")
    assert client.send("DELETE", f"/api/sessions/{'0' * 32}/").status_code == 404
    client.send("DELETE", f"/api/sessions/{own['id']}/")
    assert not Mail.objects.exists()


def test_what_an_operator_ends_is_not_told(client: ApiClient, alice: User) -> None:
    client.sign_in()
    another_place(client)
    assert flow.revoke_chosen(Session.objects.all()) == 2
    client.sign_in()
    Mail.objects.all().delete()
    assert flow.revoke_all(alice) == 1
    assert not Mail.objects.exists()


@pytest.mark.parametrize("address", ["", "not an address"])
def test_without_an_address_the_others_end_in_silence(client: ApiClient, address: str) -> None:
    client.sign_in()
    another_place(client)
    User.objects.update(email=address)
    assert len(client.send("POST", "/api/sessions/revoke-others/").json()["sessions"]) == 1
    assert not Mail.objects.exists()


def test_three_an_hour_say_enough_of_it(client: ApiClient, stopped_clock: None) -> None:
    client.sign_in()
    told = 0
    for _ in range(5):
        client.send("DELETE", f"/api/sessions/{another_place(client)}/")
        told += Mail.objects.count()
    assert told == 3
