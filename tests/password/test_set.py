"""A first password for an account that has none."""

import pytest
from django.contrib.auth.models import User
from django.test import override_settings

from spa_auth.core import events
from spa_auth.core.addresses import evict
from spa_auth.password.validators import ASVS
from tests.conftest import ApiClient
from tests.letters import delivered

NEW = "several-words-in-a-row"


@pytest.fixture
def without(signed_in: ApiClient, alice: User) -> ApiClient:
    """Alice, who is signed in by mail, and whose password opens nothing any more."""
    evict(alice)
    client = ApiClient()
    client.send("POST", "/api/login/email/", {"email": alice.email})
    [letter] = delivered()
    assert (
        client.send("POST", "/api/login/email/finish/", {"token": letter.token}).status_code == 200
    )
    return client


def set_password(client: ApiClient, new: str = NEW) -> tuple[int, str]:
    response = client.send("POST", "/api/password/set/", {"newPassword": new})
    answer = response.json()
    return response.status_code, answer.get("code") or answer["status"]


def test_an_account_without_a_password_gets_one(
    without: ApiClient, alice: User, reported: list[events.Event]
) -> None:
    assert set_password(without) == (200, "authenticated")
    assert ApiClient().sign_in("alice", NEW).status_code == 200
    assert [letter.subject for letter in delivered()][:1] == ["Your password was changed"]
    assert events.PasswordChanged(user_id=alice.pk, by="email") in reported


def test_its_other_sessions_end_and_this_one_goes_on(without: ApiClient, alice: User) -> None:
    other = ApiClient()
    other.send("POST", "/api/login/email/", {"email": alice.email})
    other.send("POST", "/api/login/email/finish/", {"token": delivered()[0].token})
    assert set_password(without) == (200, "authenticated")
    assert other.get("/api/whoami/").status_code == 401
    assert without.get("/api/whoami/").status_code == 200


def test_who_has_one_changes_it(signed_in: ApiClient) -> None:
    assert set_password(signed_in) == (400, "password.already_set")


def test_who_has_none_cannot_change_it(without: ApiClient) -> None:
    body = {"currentPassword": "anything", "newPassword": NEW}
    response = without.send("POST", "/api/password/change/", body)
    assert (response.status_code, response.json()["code"]) == (400, "password.not_set")


@override_settings(AUTH_PASSWORD_VALIDATORS=[*ASVS])
def test_it_is_judged_as_any_other(without: ApiClient) -> None:
    assert set_password(without, "password") == (400, "invalid_body")
    assert not User.objects.get().has_usable_password()


def test_nobody_else_sets_it(without: ApiClient, client: ApiClient) -> None:
    assert set_password(client)[0] == 401
    assert set_password(ApiClient())[0] == 401


def test_an_old_proof_does_not_do(without: ApiClient) -> None:
    with override_settings(SPA_AUTH={"FRESH_MINUTES": -1}):
        assert set_password(without) == (403, "reauthentication_required")
