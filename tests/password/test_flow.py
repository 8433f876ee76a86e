"""Proving a password, and telling nobody who has an account."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.db import connection
from django.test import RequestFactory, override_settings
from django.test.utils import CaptureQueriesContext

from spa_auth.core.errors import InvalidCredentials
from spa_auth.password.flow import Identifier, prove_password
from tests.conftest import PASSWORD
from tests.hashers import CheapPBKDF2
from tests.people.models import EmailUser

pytestmark = pytest.mark.django_db


def prove(login: str, password: str = PASSWORD) -> AbstractBaseUser:
    identifier = Identifier.of(username=None, email=None, login=login)
    return prove_password(RequestFactory().post("/"), identifier, password).user


def refused(**identifier: str) -> bool:
    fields = {"username": None, "email": None, "login": None} | identifier
    try:
        prove_password(RequestFactory().post("/"), Identifier.of(**fields), PASSWORD)
    except InvalidCredentials:
        return True
    return False


@pytest.mark.parametrize(
    "login", ["alice", " alice ", "alice@example.com", "ALICE@Example.COM", "alice@example.com."]
)
def test_a_user_name_or_an_address_will_do(alice: User, login: str) -> None:
    assert prove(login) == alice


def test_username_and_email_look_only_in_their_own_field(alice: User) -> None:
    User.objects.create_user("bob@example.com", "other@example.com", PASSWORD)
    assert not refused(username="alice")
    assert not refused(email="alice@example.com")
    assert refused(username="alice@example.com")
    assert refused(email="alice")
    assert not refused(username="bob@example.com")  # old names with an @ are found by name only
    assert refused(login="bob@example.com")


def test_an_address_stored_before_us_is_still_found(db: None) -> None:
    old = User.objects.create_user("old", "Old.Name@example.com", PASSWORD)
    assert prove("Old.Name@EXAMPLE.com") == old


def test_an_address_of_two_accounts_signs_neither_in(alice: User) -> None:
    User.objects.create_user("twin", "alice@example.com", PASSWORD)
    assert refused(login="alice@example.com")
    assert prove("alice") == alice


def cost(login: str) -> tuple[int, list[str]]:
    """The iterations spent and the statements sent (without their values) for a refusal."""
    CheapPBKDF2.calls.clear()
    with CaptureQueriesContext(connection) as queries, pytest.raises(InvalidCredentials):
        prove(login, "wrong-password")
    return sum(CheapPBKDF2.calls), [re.split("WHERE|VALUES", query["sql"])[0] for query in queries]


def user(name: str, password: str, **fields: bool) -> None:
    User.objects.create(username=name, email=f"{name}@example.com", password=password, **fields)


@pytest.mark.parametrize("form", ["{}", "{}@example.com"])
def test_every_refusal_costs_the_same_hashing_and_the_same_queries(alice: User, form: str) -> None:
    user("inactive", make_password(PASSWORD), is_active=False)
    user("unusable", make_password(None))
    user("empty", "")
    user("older", CheapPBKDF2().encode(PASSWORD, "salt", 400))
    user("foreign", make_password(PASSWORD, hasher="md5"))
    expected = cost(form.format("alice"))
    assert expected[0] == CheapPBKDF2.iterations
    for name in ("nobody", "inactive", "unusable", "older", "foreign"):
        assert cost(form.format(name)) == expected, name


def test_an_inactive_user_is_refused_with_the_right_password_at_the_same_cost(alice: User) -> None:
    user("inactive", make_password(PASSWORD), is_active=False)
    CheapPBKDF2.calls.clear()
    assert refused(login="inactive")
    assert sum(CheapPBKDF2.calls) == CheapPBKDF2.iterations


def test_an_older_hash_is_renewed_by_the_right_password() -> None:
    user("older", CheapPBKDF2().encode(PASSWORD, "salt", 400))
    prove("older")
    assert f"${CheapPBKDF2.iterations}$" in User.objects.get(username="older").password


@override_settings(AUTH_USER_MODEL="people.EmailUser")
def test_a_user_model_without_user_names_signs_in_by_address() -> None:
    person = EmailUser.objects.create(email="ada@example.com", password=make_password(PASSWORD))
    assert prove("ada@example.com") == person
    assert refused(login="ada")


class Directory(ModelBackend):
    """A backend that knows people who have no row yet, as LDAP does."""

    def authenticate(self, request: object, **credentials: str | None) -> User | None:  # type: ignore[override]
        if credentials.get("username") == "ldap":
            return User.objects.create_user("ldap")
        return User.objects.filter(username="bob").first()


@override_settings(AUTHENTICATION_BACKENDS=["tests.password.test_flow.Directory"])
def test_the_projects_own_backend_decides() -> None:
    identifier = Identifier.of(username="ldap", email=None, login=None)
    proof = prove_password(RequestFactory().post("/"), identifier, PASSWORD)
    assert proof.user.get_username() == "ldap"
    assert proof.backend == "tests.password.test_flow.Directory"


@override_settings(AUTHENTICATION_BACKENDS=["tests.password.test_flow.Directory"])
def test_a_backend_that_answers_with_somebody_else_is_refused(alice: User, bob: User) -> None:
    assert refused(login="alice")


@pytest.mark.parametrize(
    ("typed", "subject"),
    [
        ("Alice@Example.com", "email:alice@example.com"),
        ("ALICE", "username:alice"),
        ("\uff21lice", "username:alice"),
    ],
)
def test_spellings_of_one_identifier_are_one_subject_to_the_limits(
    typed: str, subject: str
) -> None:
    assert Identifier.of(username=None, email=None, login=typed).subject == subject


def unaccented(first: str, second: str) -> int:
    """Compare as MariaDB does by default: without case and accents."""
    one, two = (
        "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
        for text in (first.casefold(), second.casefold())
    )
    return (one > two) - (one < two)


def with_collation(execute: Any, sql: str, *more: Any) -> Any:
    for field in ("username", "email"):
        for operator in ("IN", "="):
            sql = sql.replace(f'"{field}" {operator}', f'"{field}" COLLATE UNACCENTED {operator}')
    return execute(sql, *more)


@pytest.fixture
def collation() -> Iterator[None]:
    """Find more rows than were named. MariaDB does, PostgreSQL never, SQLite where it is told."""
    if connection.vendor != "sqlite":  # pragma: no cover - coverage is held by SQLite
        yield
        return
    connection.ensure_connection()
    connection.connection.create_collation("UNACCENTED", unaccented)
    with connection.execute_wrapper(with_collation):
        yield


@pytest.mark.parametrize("spelling", ["\u00e1lice", "al\u00efce", "\u00e1lice@example.com"])
def test_a_spelling_that_the_limits_count_apart_is_nobodys(
    alice: User, collation: None, spelling: str
) -> None:
    assert User.objects.filter(username="\u00e1lice").exists() == (
        connection.vendor != "postgresql"
    )
    assert refused(login=spelling)
    assert prove("alice") == prove("alice@example.com") == alice


def test_it_costs_what_an_unknown_user_costs(alice: User, collation: None) -> None:
    assert cost("\u00e1lice") == cost("nobody")
