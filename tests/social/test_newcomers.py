"""The account that a provider makes: its user name, and what no provider can fill."""

import pytest
from django.contrib.auth.models import User
from django.core.validators import RegexValidator
from django.db import models
from django.test import override_settings

from spa_auth.social import newcomers
from tests.conftest import ApiClient
from tests.people.models import EmailUser
from tests.social.provider import Account, Provider
from tests.social.stage import visit

pytestmark = pytest.mark.django_db


def name_for(said: object, email: str = "ada@example.com") -> str:
    return newcomers.account_of(email, {"username": said}).get_username()


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("ada", "ada"),
        ("Ada Lovelace", "AdaLovelace"),
        ("ada@example.com", "ada"),
        ("a<b>/c\r\n", "abc"),
        ("\ufb01ona", "fiona"),
        ("@", "user"),
        ("<>", "user"),
        ("\u200b", "user"),
        ("", "ada"),
        (None, "ada"),
        (7, "ada"),
        ("x" * 300, "x" * 143),
    ],
)
def test_a_user_name_is_valid_and_has_no_at_sign(said: object, name: str) -> None:
    assert name_for(said) == name


def test_a_user_name_that_somebody_has_gets_digits(alice: User) -> None:
    for said in ("alice", "ALICE"):
        name = name_for(said)
        assert name[:5] == said
        assert len(name[5:]) == 6
        assert name[5:].isdigit()


def test_after_many_tries_the_database_decides(
    client: ApiClient, alice: User, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody is faster with the name, every time: it is refused, and nothing is half done."""
    monkeypatch.setattr(newcomers, "_is_taken", lambda _: True)
    monkeypatch.setattr(newcomers.secrets, "randbelow", lambda _: 0)
    User.objects.create_user("ada100000")
    assert visit(client, provider).status_code == 400
    assert User.objects.count() == 2


def test_a_name_that_a_validator_refuses_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    field = User._meta.get_field("username")
    monkeypatch.setattr(field, "validators", [RegexValidator("^[b-z]")])
    assert name_for("ada") == "user"
    assert name_for("bob") == "bob"


@pytest.mark.parametrize(
    ("said", "name"),
    [
        (" Ada\n", "Ada"),
        ("x" * 300, "x" * 150),
        ("Jean\u00a0Claude", "Jean Claude"),
        ("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",) * 2,
        ("\u0915\u094d\u200d\u0937",) * 2,
        ("a\nb", ""),
        ("a\u2028b", ""),
        ("a\x00b", ""),
        ("\ud800", ""),
        ("a\u202eb", ""),
        (7, ""),
        (None, ""),
    ],
)
def test_names_fit(said: object, name: str) -> None:
    user = newcomers.account_of("ada@example.com", {"first_name": said})
    assert user.first_name == name  # type: ignore[attr-defined]


def test_a_user_without_a_user_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(newcomers, "get_user_model", lambda: EmailUser)
    user = newcomers.account_of("ada@example.com", {"username": "ada", "first_name": "Ada"})
    assert user.get_username() == "ada@example.com"
    assert not user.has_usable_password()
    assert newcomers.missing() == []


def test_what_no_provider_fills_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert newcomers.missing() == []
    monkeypatch.setattr(User, "REQUIRED_FIELDS", ["email", "first_name"])
    assert newcomers.missing() == []
    monkeypatch.setattr(User._meta.get_field("date_joined"), "default", models.NOT_PROVIDED)
    assert newcomers.missing() == ["date_joined"]


def test_people_of_one_name_are_two(client: ApiClient, provider: Provider) -> None:
    for number in range(3):
        provider.account = Account(subject=str(number), email=f"{number}@example.com")
        assert visit(ApiClient(), provider).status_code == 200
    assert User.objects.values("username").distinct().count() == 3


@override_settings(SPA_AUTH={"SIGN_UP": False})
def test_the_names_are_those_that_were_there(client: ApiClient, provider: Provider) -> None:
    assert visit(client, provider).status_code == 403
    assert User.objects.count() == 0
