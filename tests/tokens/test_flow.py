"""Whose token it is that a request brings, and what it costs to know."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import User, UserManager
from django.db import OperationalError, models
from django.test import override_settings
from django.utils import timezone
from time_machine import TimeMachineFixture

from spa_auth.core import upkeep
from spa_auth.tokens import flow, rules
from spa_auth.tokens.models import ApiToken
from tests.conftest import ApiClient
from tests.tokens.stage import ask, bearer, statements, token_of, use_of, works

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.tokens.urls")]


def test_a_token_says_who_asks_and_what_they_may(alice: User) -> None:
    assert ask(token_of(alice)).json() == {
        "user": "alice",
        "kind": "token",
        "abilities": ["notes:read"],
        "is_authenticated": True,
        "is_fresh": False,
        "may_read": True,
    }


def test_a_token_takes_one_statement_and_a_write_a_minute(
    alice: User, time_machine: TimeMachineFixture
) -> None:
    token, start = token_of(alice), timezone.now()
    time_machine.move_to(start, tick=False)
    assert statements(lambda: ask(token)) == ["SELECT", "UPDATE"]
    assert use_of(token) == start
    time_machine.move_to(start + timedelta(seconds=59), tick=False)
    assert statements(lambda: ask(token)) == ["SELECT"]
    time_machine.move_to(start + timedelta(seconds=60), tick=False)
    assert statements(lambda: ask(token)) == ["SELECT", "UPDATE"]
    assert use_of(token) == start + timedelta(seconds=60)


def test_of_requests_at_once_one_writes(alice: User) -> None:
    text = token_of(alice)
    row, later = ApiToken.objects.get(), timezone.now() + timedelta(seconds=5)
    flow._note_use(row, later - timedelta(seconds=5))
    flow._note_use(row, later)
    assert use_of(text) == later - timedelta(seconds=5)


BROKEN: dict[str, Callable[[str], str]] = {
    "nothing": lambda token: "",
    "short": lambda token: token[:-1],
    "another prefix": lambda token: token.replace("sat_", "pat_"),
    "a slip": lambda token: token[:8] + ("0" if token[8] != "0" else "1") + token[9:],
    "two headers": lambda token: f"{token}, Bearer {token}",
    "twice": lambda token: f"{token} {token}",
}


@pytest.mark.parametrize("broken", BROKEN)
def test_what_is_no_token_costs_nothing(alice: User, broken: str) -> None:
    token = BROKEN[broken](token_of(alice))
    assert statements(lambda: ask(token)) == []
    assert not works(token)


def test_an_unknown_one_costs_one_statement(alice: User) -> None:
    token = rules.new_token("sat")
    assert statements(lambda: ask(token)) == ["SELECT"]
    answer = ask(token)
    assert answer.json()["code"] == "tokens.invalid"
    assert answer["WWW-Authenticate"] == 'Bearer error="invalid_token"'
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Cache-Control"] == "no-store"


def test_the_scheme_is_written_in_any_case_and_with_spaces(alice: User) -> None:
    header = {"Authorization": f"bEaRER   {token_of(alice)}  "}
    assert ApiClient().get("/who/", headers=header).json()["user"] == "alice"


@pytest.mark.parametrize("header", ["", "Basic YTpi", "Bearerx", "Token x"])
def test_other_schemes_are_others_business(db: None, header: str) -> None:
    answer = ApiClient().get("/who/", headers={"Authorization": header})
    assert answer.json()["kind"] is None


def test_it_ends_at_its_end(alice: User, time_machine: TimeMachineFixture) -> None:
    start = timezone.now()
    time_machine.move_to(start, tick=False)
    token = token_of(alice, days=1)
    time_machine.move_to(start + timedelta(days=1, seconds=-1), tick=False)
    assert works(token)
    time_machine.move_to(start + timedelta(days=1), tick=False)
    assert not works(token)


def test_one_without_an_end_goes_on(alice: User, time_machine: TimeMachineFixture) -> None:
    token = token_of(alice, days=None)
    time_machine.move_to(timezone.now() + timedelta(days=4000))
    assert works(token)


def test_what_has_expired_is_listed_for_a_month(
    alice: User, time_machine: TimeMachineFixture
) -> None:
    start = timezone.now()
    time_machine.move_to(start, tick=False)
    for days in (1, 2, None):
        token_of(alice, days=days)
    time_machine.move_to(start + timedelta(days=31), tick=False)
    upkeep.do_chores()
    kept = [row.expires_at for row in flow.tokens_of(alice)]
    assert kept == [None, start + timedelta(days=2)]


def test_an_ability_that_is_not_offered_any_more_opens_nothing(alice: User) -> None:
    token = token_of(alice)
    with override_settings(SPA_AUTH={"ABILITIES": {"notes:write": "Write notes"}}):
        assert ask(token).json()["abilities"] == []


def test_with_another_prefix_it_opens_nothing(alice: User) -> None:
    token = token_of(alice)
    with override_settings(SPA_AUTH={"TOKEN_PREFIX": "shop"}):
        assert not works(token)


def test_a_database_that_takes_another_for_it_opens_nothing(
    alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = token_of(alice)
    ApiToken.objects.update(digest="A" * 64)
    monkeypatch.setattr(flow, "digest", lambda text: "a" * 64)
    monkeypatch.setattr(models.QuerySet, "filter", lambda self, **_: self)
    assert not works(token)


def away(*given: object, **named: object) -> None:
    raise OperationalError


def test_a_store_that_is_away_is_503(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    token = token_of(alice)
    monkeypatch.setattr(models.QuerySet, "select_related", away)
    answer = ask(token)
    assert answer.status_code == 503
    assert answer["Retry-After"] == "5"


def test_a_store_that_takes_no_writes_lets_scripts_go_on(
    alice: User, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    token = token_of(alice)
    monkeypatch.setattr(models.QuerySet, "update", away)
    assert works(token)
    assert "could not be stored" in caplog.text
    assert token not in caplog.text


class Hiding(UserManager[User]):
    """Hides some users, as soft deletion does."""

    def get_queryset(self) -> models.QuerySet[User]:
        return super().get_queryset().exclude(first_name="Alice")


def test_a_manager_that_hides_users_keeps_their_tokens_out(
    alice: User, bob: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    tokens = token_of(alice), token_of(bob)
    manager = Hiding()
    manager.model = User
    monkeypatch.setattr(User._meta, "default_manager", manager)
    assert [works(token) for token in tokens] == [False, True]
    assert ApiToken.objects.count() == 2


class Particular(ModelBackend):
    """Reads users in a way of its own."""

    def get_user(self, user_id: Any) -> User | None:
        return User.objects.exclude(username="bob").filter(pk=user_id).first()


class Lenient(ModelBackend):
    """Lets everybody in, also who is inactive."""

    def user_can_authenticate(self, user: Any) -> bool:
        return True


class Foreign:
    """No backend of Django's, and without an opinion on who may be signed in."""

    def authenticate(self, request: object, **credentials: object) -> None:
        """Know nobody."""

    def get_user(self, user_id: Any) -> User | None:
        return User.objects.filter(pk=user_id).first()


@pytest.mark.parametrize(
    ("backend", "bob_works", "count"), [("Particular", False, 3), ("Foreign", True, 3)]
)
def test_a_backend_that_reads_users_in_its_own_way_does(
    alice: User, bob: User, backend: str, bob_works: bool, count: int
) -> None:
    token, other = token_of(alice), token_of(bob)
    with override_settings(AUTHENTICATION_BACKENDS=[f"{__name__}.{backend}"]):
        assert len(statements(lambda: ask(token))) == count
        assert works(other) == bob_works


def test_a_backend_says_who_may_be_signed_in(alice: User) -> None:
    token = token_of(alice)
    User.objects.update(is_active=False)
    with override_settings(AUTHENTICATION_BACKENDS=[f"{__name__}.Lenient"]):
        assert works(token)
    assert not works(token)


def test_no_token_is_asked_for_where_none_is_read(alice: User) -> None:
    token = token_of(alice)
    assert statements(lambda: ask(token, "/nothing/")) == []
    assert statements(lambda: ask(token, "/api/session/")) == []


def test_a_view_under_djangos_csrf_protection_is_for_browsers(alice: User) -> None:
    """`CsrfViewMiddleware` asks every client for its cookie; our decorators and adapters do not."""
    token = token_of(alice, abilities=("notes:write",))
    assert ask(token, "/write/", "POST").status_code == 403
    assert ask(token, "/write/").content == b"written"


def test_who_lacks_the_ability_is_told_which(alice: User) -> None:
    answer = ask(token_of(alice), "/write/")
    assert answer.status_code == 403
    assert answer.json()["code"] == "ability_missing"
    assert answer.json()["params"] == {"ability": "notes:write"}
    challenge = 'Bearer error="insufficient_scope", scope="notes:write"'
    assert answer["WWW-Authenticate"] == challenge


def test_whoami_tells_whose_it_is(alice: User) -> None:
    token = token_of(alice)
    ask(token)
    assert statements(lambda: ask(token, "/api/whoami/")) == ["SELECT", "SELECT"]
    assert ask(token, "/api/whoami/").json()["username"] == "alice"
    assert ask(rules.new_token("sat"), "/api/whoami/").status_code == 401
    head = ApiClient().head("/api/whoami/", headers=bearer(token))
    assert head.status_code == 200
