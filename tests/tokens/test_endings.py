"""What ends a token, and what does not."""

from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import override_settings

from spa_auth.core import addresses, events, links
from spa_auth.email.mail import CHANGE, UNDO
from spa_auth.password.mail import RESET
from spa_auth.tokens import flow
from spa_auth.tokens.models import ApiToken
from tests.conftest import PASSWORD, ApiClient
from tests.people.models import EmailUser
from tests.tokens.stage import token_of, works

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.tokens.urls")]
NEW = "another-long-password-of-hers"


@pytest.fixture
def token(alice: User) -> str:
    return token_of(alice)


@pytest.fixture
def of_bob(bob: User) -> str:
    return token_of(bob)


def ended(token: str, of_bob: str) -> bool:
    assert works(of_bob), "that of somebody else goes on"
    return not works(token) and not ApiToken.objects.filter(hint=token[-4:]).exists()


def test_being_deactivated(alice: User, token: str, of_bob: str) -> None:
    alice.is_active = False
    alice.save()
    assert ended(token, of_bob)
    alice.is_active = True
    alice.save()
    assert not works(token)


def test_being_deactivated_without_its_being_stored_does_not(alice: User, token: str) -> None:
    alice.is_active = False
    alice.save(update_fields=["first_name"])
    assert works(token)
    alice.save(update_fields=["is_active"])
    assert not works(token)


def test_a_password_that_is_stored_by_a_later_save(alice: User, token: str, of_bob: str) -> None:
    alice.set_password(NEW)
    alice.save(update_fields=["first_name"])
    alice.save()
    assert ended(token, of_bob)


def test_being_deactivated_without_a_signal(alice: User, token: str, of_bob: str) -> None:
    User.objects.filter(pk=alice.pk).update(is_active=False)
    assert ended(token, of_bob)
    User.objects.filter(pk=alice.pk).update(is_active=True)
    assert not works(token)


def test_the_end_of_the_account(signed_in: ApiClient, token: str, of_bob: str) -> None:
    assert signed_in.send("POST", "/api/account/delete/", {}).status_code == 200
    assert ended(token, of_bob)


@override_settings(SPA_AUTH={"DELETE_AFTER_DAYS": 7, "ABILITIES": {"notes:read": "Read"}})
def test_the_days_before_the_end(signed_in: ApiClient, token: str, of_bob: str) -> None:
    assert signed_in.send("POST", "/api/account/delete/", {}).status_code == 200
    assert ended(token, of_bob)


def test_a_new_password(signed_in: ApiClient, token: str, of_bob: str) -> None:
    body = {"currentPassword": PASSWORD, "newPassword": NEW}
    assert signed_in.send("POST", "/api/password/change/", body).status_code == 200
    assert ended(token, of_bob)


@pytest.mark.parametrize("proven", [False, True])
def test_a_reset(client: ApiClient, alice: User, token: str, of_bob: str, proven: bool) -> None:
    if proven:
        addresses.prove(alice, alice.email)
    link = links.issue(RESET, alice, address=alice.email).token
    body = {"token": link, "newPassword": NEW}
    assert client.send("POST", "/api/password/reset/confirm/", body).status_code == 200
    assert ended(token, of_bob)


def test_a_password_of_an_operators(token: str, of_bob: str) -> None:
    User.objects.create_superuser("root", "root@example.com", PASSWORD)
    alice = User.objects.get(username="alice")
    client = ApiClient()
    client.sign_in("root")
    client.get("/api/csrf/")
    form = {"csrfmiddlewaretoken": client.token, "password1": NEW, "password2": NEW}
    form["usable_password"] = "true"
    page = f"/admin/auth/user/{alice.pk}/password/"
    assert client.post(page, form).status_code == 302
    assert ended(token, of_bob)


def test_a_password_of_the_command_line(
    token: str, of_bob: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("getpass.getpass", lambda **_: NEW)
    call_command("changepassword", "alice", stdout=StringIO())
    assert ended(token, of_bob)


def test_an_old_address_that_comes_back(
    client: ApiClient, alice: User, token: str, of_bob: str
) -> None:
    link = links.issue(UNDO, alice, address=alice.email).token
    assert client.send("POST", "/api/email/change/undo/", {"token": link}).status_code == 200
    assert ended(token, of_bob)


def test_a_proof_of_the_address_from_outside(alice: User, token: str, of_bob: str) -> None:
    addresses.claim(alice, alice.email)
    assert ended(token, of_bob)


def test_another_address_of_their_own_does_not(
    signed_in: ApiClient, alice: User, token: str
) -> None:
    link = links.issue(CHANGE, alice, address="new@example.com").token
    assert signed_in.send("POST", "/api/email/change/confirm/", {"token": link}).status_code == 200
    assert works(token)


def test_a_hash_that_is_only_renewed_does_not(alice: User, token: str) -> None:
    User.objects.update(password=make_password(PASSWORD, hasher="md5"))
    assert ApiClient().sign_in().status_code == 200
    assert not User.objects.get().password.startswith("md5")
    assert works(token)


def test_other_changes_do_not(signed_in: ApiClient, token: str) -> None:
    signed_in.send("PATCH", "/api/profile/", {"lastName": "Liddell"})
    signed_in.send("POST", "/api/sessions/revoke-others/", {})
    signed_in.send("POST", "/api/logout/", {})
    assert works(token)


def test_a_user_who_is_made_and_people_of_other_models_end_nothing(alice: User) -> None:
    token = token_of(alice)
    User.objects.create_user("carol", is_active=False)
    alice.is_active = False
    for sender, created in ((User, True), (EmailUser, False)):
        flow.end_with_user(sender, alice, created=created)
    assert works(token)


def test_what_ended_is_told_and_nothing_where_nothing_did(
    alice: User, token: str, reported: list[events.Event]
) -> None:
    alice.set_password(NEW)
    alice.save()
    (event,) = reported
    assert isinstance(event, events.TokenRevoked)
    reported.clear()
    alice.set_password(PASSWORD)
    alice.save()
    assert reported == []


def test_a_user_model_without_active_people_is_fine(alice: User, token: str) -> None:
    plain: Any = type("Plain", (), {"pk": alice.pk})()
    flow.end_with_user(User, plain, created=False)
    assert works(token)
