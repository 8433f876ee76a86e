"""Stored rows: whoever writes to the session table gains no code and no other person's session."""

import base64
import json
import pickle
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import signing
from django.db import connection

from spa_auth.sessions.engine import SessionStore
from spa_auth.sessions.models import Session
from tests.attacks.stage import browser, jar, key_of, row_of, who_is
from tests.conftest import PASSWORD, ApiClient

pytestmark = pytest.mark.django_db

exploded: list[str] = []


def explode() -> None:
    exploded.append("boom")


class Payload:
    """Runs code where it is unpickled."""

    def __reduce__(self) -> Any:
        return explode, ()


PICKLED = pickle.dumps(Payload(), 0).decode()
DAMAGED: dict[str, str] = {
    "a pickle": PICKLED,
    "a pickle in base64": base64.b64encode(PICKLED.encode()).decode(),
    "Django's own format": signing.dumps({"_auth_user_id": "1"}, compress=True),
    "nothing": "",
    "no JSON": "{'_auth_user_id': '1'}",
    "half of it": '{"_auth_user_id": "1", ',
    "a list": "[]",
    "a number": "7",
    "a text": '"_auth_user_id"',
    "null": "null",
    "deeper than Python reads": "[" * 100_000,
    "Unicode": "\u2603" * 9,
}


def write_bytes(row: Session, data: str) -> None:
    """Write as somebody with a database shell does, past every model."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE spa_auth_sessions_session SET data = %s WHERE key_digest = %s",
            [data, row.key_digest],
        )


@pytest.mark.parametrize("damage", DAMAGED)
def test_a16_damaged_data_are_an_empty_session_a_line_in_the_log_and_no_code(
    alice: User, damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    """A16: nothing is unpickled; the person is signed out, and nobody else is disturbed."""
    User.objects.create_superuser("root", password=PASSWORD)
    client, other, root = browser(), browser(), browser("root")
    client.get("/cart/?add=book")
    key = key_of(client)
    assert who_is(key) == "alice"
    exploded.clear()
    pickle.loads(PICKLED.encode())
    assert exploded == ["boom"]  # the payload is a live one

    exploded.clear()
    write_bytes(row_of(client), DAMAGED[damage])
    assert who_is(key) is None
    assert jar(key).get("/api/session/").json()["status"] == "anonymous"
    assert jar(key).get("/cart/").json() == {"cart": []}
    assert dict(SessionStore(key).items()) == {}
    assert "damaged" in caplog.text
    assert other.get("/api/sessions/").status_code == 200
    assert root.get("/admin/spa_auth_sessions/session/").status_code == 200
    assert exploded == []


FORGERIES: dict[str, Callable[[dict[str, Any], User], dict[str, Any]]] = {
    "her id": lambda data, her: data | {"_auth_user_id": str(her.pk)},
    "no hash": lambda data, her: {k: v for k, v in data.items() if k != "_auth_user_hash"},
    "her password hash": lambda data, her: (
        data | {"_auth_user_id": str(her.pk), "_auth_user_hash": her.password}
    ),
    "an empty hash": lambda data, her: data | {"_auth_user_id": str(her.pk), "_auth_user_hash": ""},
    "a backend of nobody's": lambda data, her: data | {"_auth_user_backend": "os.system"},
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a16_edited_data_do_not_become_somebody_else(alice: User, bob: User, forgery: str) -> None:
    """A16: mallory (bob's account) rewrites her own row; without SECRET_KEY it is worth nothing."""
    client = browser("bob")
    key = key_of(client)
    row = row_of(client)
    assert who_is(key) == "bob"
    write_bytes(row, json.dumps(FORGERIES[forgery](json.loads(row.data), alice)))
    assert who_is(key) is None


def test_a16_another_users_id_in_the_column_changes_nobody(alice: User, bob: User) -> None:
    """A16: what signs in is the signed data, not the column that lists are made from."""
    client = browser("bob")
    Session.objects.update(user=alice)
    assert client.get("/api/whoami/").json()["username"] == "bob"
    assert client.get("/drf/notes/").json() == {"user": "bob"}


@pytest.mark.leaves_secrets("the row holds what is tried as its key")
def test_a16_a_planted_row_is_no_session_of_ours(alice: User) -> None:
    """A16: a row under the key itself, as Django's own table holds it, is never found."""
    client = browser()
    row = row_of(client)
    chosen = "m" * 43
    row.pk = chosen
    row.public_id = "planted"
    row.save(force_insert=True)
    assert Session.objects.count() == 2
    assert who_is(chosen) is None
    assert ApiClient().get("/api/whoami/").status_code == 401


WRONG_TYPES: list[tuple[str, Any]] = [
    ("_spa_auth_proofs", 7),
    ("_spa_auth_proofs", [7]),
    ("_spa_auth_pending", "x"),
    ("_session_expiry", "tomorrow"),
    ("_auth_user_id", ["1"]),
    ("_auth_user_hash", 7),
    ("_auth_user_backend", {}),
]


@pytest.mark.parametrize(("name", "value"), WRONG_TYPES)
def test_a16_data_of_the_wrong_type_break_nothing(alice: User, name: str, value: Any) -> None:
    """A16: written by hand, or by a version to come; who has such a cookie can sign in again."""
    client, other = browser(), browser()
    row = row_of(client)
    write_bytes(row, json.dumps(json.loads(row.data) | {name: value}))
    client.raise_request_exception = other.raise_request_exception = False
    for path in ("/api/session/", "/api/sessions/", "/private/", "/cart/?add=x"):
        assert client.get(path).status_code < 500, path
        assert other.get(path).status_code == 200, path
    assert client.sign_in().status_code == 200
