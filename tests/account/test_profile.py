from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.test import override_settings

from spa_auth.account import flow
from spa_auth.account.profile import profile_change_model, profile_model
from spa_auth.core import events
from spa_auth.core.body import parse_body
from spa_auth.core.errors import InvalidBody
from spa_auth.core.fields import UnsupportedField, user_field
from tests.conftest import ApiClient
from tests.people.models import EmailUser

WITH_USERNAME = override_settings(SPA_AUTH={"PROFILE_FIELDS": ["username", "first_name"]})


def test_who_am_i(signed_in: ApiClient) -> None:
    assert signed_in.get("/api/whoami/").json()["username"] == "alice"


def test_a_person_reads_and_changes_their_profile(
    signed_in: ApiClient, alice: User, reported: list[events.Event]
) -> None:
    assert signed_in.get("/api/profile/").json() == {"firstName": "Alice", "lastName": ""}
    response = signed_in.send("PATCH", "/api/profile/", {"lastName": "Liddell"})
    assert response.json() == {"firstName": "Alice", "lastName": "Liddell"}
    alice.refresh_from_db()
    assert alice.last_name == "Liddell"
    assert reported == [events.ProfileChanged(user_id=alice.pk, changed=("last_name",))]


def test_changing_nothing_changes_nothing(
    signed_in: ApiClient, reported: list[events.Event]
) -> None:
    assert signed_in.send("PATCH", "/api/profile/", {}).status_code == 200
    assert reported == []


@pytest.mark.parametrize(
    "body",
    [
        {"isStaff": True},
        {"isSuperuser": True},
        {"id": 7},
        {"email": "evil@example.com"},
        {"password": "x"},
        {"first_name": "snake"},
        {"firstName": None},
        {"firstName": 7},
        {"firstName": "x" * 151},
    ],
    ids=str,
)
def test_what_may_not_be_written_is_refused_and_nothing_changes(
    signed_in: ApiClient, alice: User, body: dict[str, Any]
) -> None:
    before = User.objects.values().get(pk=alice.pk)
    response = signed_in.send("PATCH", "/api/profile/", {"lastName": "x", **body})
    assert (response.status_code, response.json()["code"]) == (400, "invalid_body")
    assert list(response.json()["fields"]) == list(body)
    assert User.objects.values().get(pk=alice.pk) == before


@WITH_USERNAME
@pytest.mark.parametrize(
    ("username", "code"),
    [
        ("a@b", "no_at_sign"),
        ("bob", "unique"),
        ("with space", "invalid"),
        ("", "blank"),
    ],
)
def test_a_user_name_that_cannot_be_is_refused(
    signed_in: ApiClient, bob: User, username: str, code: str
) -> None:
    signed_in.contract = False  # the committed contract is that of the default fields
    response = signed_in.send("PATCH", "/api/profile/", {"username": username})
    assert response.status_code == 400
    assert [item["code"] for item in response.json()["fields"]["username"]] == [code]


@WITH_USERNAME
def test_a_user_name_is_stored_in_its_canonical_form(signed_in: ApiClient, alice: User) -> None:
    signed_in.contract = False
    signed_in.send("PATCH", "/api/profile/", {"username": "\ufb01ona"})
    alice.refresh_from_db()
    assert alice.username == "fiona"


def test_a_rule_of_the_whole_model_is_told_for_the_whole_body(
    alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def clean(self: User) -> None:
        raise ValidationError("names do not match", code="mismatch")

    monkeypatch.setattr(User, "clean", clean)
    with pytest.raises(InvalidBody) as refusal:
        flow.change_profile(alice, {"first_name": "A"})
    assert refusal.value.fields == {"": [{"code": "mismatch", "detail": "names do not match"}]}


@override_settings(AUTH_USER_MODEL="people.EmailUser", SPA_AUTH={"PROFILE_FIELDS": ["born"]})
def test_other_types_and_null_come_from_the_model() -> None:
    change = parse_body(b'{"born": "2001-02-03"}', profile_change_model())
    assert change.model_dump(mode="json", by_alias=True) == {"born": "2001-02-03"}
    assert parse_body(b'{"born": null}', profile_change_model()).model_fields_set == {"born"}
    assert set(profile_model().model_fields) == {"born"}


@override_settings(AUTH_USER_MODEL="people.EmailUser")
def test_a_field_without_a_json_type_is_not_supported() -> None:
    assert user_field("id") is EmailUser._meta.get_field("id")
    with pytest.raises(UnsupportedField, match="photo has no type"):
        user_field("photo")
