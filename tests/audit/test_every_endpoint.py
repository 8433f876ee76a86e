"""Every endpoint that may change something is written down, once, and none that only reads."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from spa_auth.account import mail as account_mail
from spa_auth.account.models import Departure
from spa_auth.audit import flow
from spa_auth.audit.models import Entry
from spa_auth.core import addresses, events, links
from spa_auth.core.endpoint import registry
from spa_auth.email.mail import CHANGE, CONFIRM, SIGN_IN, UNDO, VERIFY
from spa_auth.password.mail import RESET
from spa_auth.sessions.models import Session
from spa_auth.tokens.models import ApiToken
from tests.conftest import PASSWORD, ApiClient
from tests.social.provider import Provider
from tests.social.stage import identity, leave

TOKEN = {"name": "backup", "abilities": ["notes:read"]}
HERE, THERE = "1" * 32, "2" * 32


def visitor() -> ApiClient:
    return ApiClient()


def person() -> ApiClient:
    client = ApiClient()
    client.sign_in()
    Session.objects.filter(public_id__gt="").exclude(public_id=THERE).update(public_id=HERE)
    return client


def with_another_session() -> ApiClient:
    ApiClient().sign_in()
    Session.objects.update(public_id=THERE)
    return person()


def with_a_token() -> ApiClient:
    client = person()
    client.send("POST", "/api/tokens/", TOKEN)
    ApiToken.objects.update(public_id=HERE)
    return client


def leaver() -> ApiClient:
    """Alice, made anew: she may have left before."""
    User.objects.filter(username="alice").delete()
    User.objects.create_user("alice", "alice@example.com", PASSWORD)
    return person()


@dataclass(frozen=True)
class Scenario:
    """A browser that is ready, what it sends, and what is then written down."""

    ready: Callable[[], ApiClient]
    path: str
    # What it sends, or what makes it once the browser is ready.
    body: Any
    # What is written down: one kind, several where several things happen, none where no account
    # is named.
    kind: str | tuple[str, ...]
    outcome: str = "done"
    status: int = 200

    @property
    def kinds(self) -> tuple[str, ...]:
        return (self.kind,) if isinstance(self.kind, str) else self.kind


def reset_link() -> dict[str, str]:
    issued = links.issue(RESET, User.objects.get(username="alice"), address="alice@example.com")
    return {"token": issued.token, "newPassword": PASSWORD}


def way_back() -> dict[str, str]:
    alice = User.objects.get(username="alice")
    now = timezone.now()
    Departure.objects.create(user=alice, requested_at=now, due_at=now + timedelta(days=1))
    return {"token": links.issue(account_mail.UNDO, alice, address="alice@example.com").token}


def link(
    purpose: links.Purpose, *, address: str = "alice@example.com", newcomer: bool = False
) -> dict[str, str]:
    whose = None if newcomer else User.objects.get(username="alice")
    return {"token": links.issue(purpose, whose, address=address).token}


def proven() -> ApiClient:
    """Somebody who has proved their address, so that a proof of it ends nothing."""
    addresses.prove(User.objects.get(username="alice"), "alice@example.com")
    return person()


def newcomers_link() -> dict[str, str]:
    return NEWCOMER | link(account_mail.SIGN_UP, address="dave@example.com", newcomer=True)


def confirmation() -> dict[str, str]:
    alice = User.objects.get(username="alice")
    return {"code": links.issue(CONFIRM, alice, address="alice@example.com").code}


def passwordless() -> ApiClient:
    """Somebody who is signed in by mail."""
    proven()
    alice = User.objects.get(username="alice")
    alice.set_unusable_password()
    alice.save()
    client = ApiClient()
    client.send("POST", "/api/login/email/finish/", link(SIGN_IN))
    return client


def connected() -> ApiClient:
    """Alice, who can sign in with a provider too."""
    identity(User.objects.get(username="alice"), public_id=HERE)
    return person()


# The provider of the running test, and what came back from it.
AT: dict[str, Any] = {}


def away(client: ApiClient | None = None, act: str = "begin") -> ApiClient:
    """Somebody who is at a provider, and agrees there."""
    client = client or visitor()
    AT["back"] = AT["provider"].agree(leave(client, act=act)["authorizationUrl"])
    return client


def away_to_connect() -> ApiClient:
    return away(person(), "connect")


def known_there() -> ApiClient:
    """Somebody who has connected an account, and is there again."""
    client = away_to_connect()
    client.send("POST", "/api/social/oidc/finish/", back())
    return away()


def back() -> dict[str, str]:
    """What the provider has sent back."""
    return dict(AT.get("back", {"state": "unknown", "code": "unknown"}))


NEWCOMER = {"username": "dave", "password": PASSWORD}
RIGHT = {"login": "alice", "password": PASSWORD}
SAME_AGAIN = {"currentPassword": PASSWORD, "newPassword": PASSWORD}
# By endpoint. A new endpoint needs one, and emits exactly what it names.
SCENARIOS: dict[str, Sequence[Scenario]] = {
    "POST login": [
        Scenario(visitor, "login", RIGHT, "sign_in"),
        Scenario(visitor, "login", RIGHT | {"login": "carol"}, "sign_in", "pending"),
        Scenario(visitor, "login", RIGHT | {"password": "x"}, "sign_in", "refused", 400),
        Scenario(visitor, "login", RIGHT | {"login": "nobody"}, "sign_in", "refused", 400),
        Scenario(person, "login", RIGHT, "sign_in"),
    ],
    "POST account/delete": [Scenario(leaver, "account/delete", {}, "account_deleted")],
    "POST account/export": [Scenario(person, "account/export", {}, "account_exported")],
    "POST account/restore": [Scenario(visitor, "account/restore", way_back, "account_restored")],
    "POST logout": [Scenario(person, "logout", {}, "sign_out")],
    "PATCH profile": [
        Scenario(person, "profile", {"firstName": "A", "lastName": "B"}, "profile_changed")
    ],
    "DELETE sessions/<id>": [
        Scenario(with_another_session, f"sessions/{THERE}", None, "sessions_revoked"),
        Scenario(person, f"sessions/{HERE}", None, "sign_out"),
    ],
    "POST password/change": [
        Scenario(person, "password/change", SAME_AGAIN, "password_changed"),
        Scenario(
            person,
            "password/change",
            SAME_AGAIN | {"currentPassword": "x"},
            "reauthentication",
            "refused",
            400,
        ),
    ],
    "POST password/set": [
        Scenario(passwordless, "password/set", {"newPassword": PASSWORD}, "password_changed"),
    ],
    "POST password/reset": [
        Scenario(visitor, "password/reset", {"email": "alice@example.com"}, ()),
    ],
    "POST password/reset/confirm": [
        Scenario(visitor, "password/reset/confirm", reset_link, ("password_changed", "sign_in")),
    ],
    "POST email/resend": [Scenario(person, "email/resend", {}, ())],
    "POST email/verify": [
        Scenario(person, "email/verify", lambda: link(VERIFY), "email_verified"),
    ],
    "POST email/change": [
        Scenario(person, "email/change", {"email": "a@example.com"}, "email_change", "pending"),
    ],
    "POST email/change/confirm": [
        Scenario(
            person,
            "email/change/confirm",
            lambda: link(CHANGE, address="a@example.com"),
            "email_change",
        ),
    ],
    "POST email/change/undo": [
        Scenario(
            visitor,
            "email/change/undo",
            lambda: link(UNDO),
            ("password_removed", "email_change"),
        ),
    ],
    "POST login/email": [Scenario(visitor, "login/email", {"email": "alice@example.com"}, ())],
    "POST login/email/finish": [
        Scenario(proven, "login/email/finish", lambda: link(SIGN_IN), "sign_in"),
        Scenario(
            visitor, "login/email/finish", lambda: link(SIGN_IN), ("password_removed", "sign_in")
        ),
    ],
    "POST reauthenticate/email": [Scenario(proven, "reauthenticate/email", {}, ())],
    "POST reauthenticate/email/finish": [
        Scenario(proven, "reauthenticate/email/finish", confirmation, "reauthentication"),
    ],
    "POST signup": [
        Scenario(
            visitor, "signup", NEWCOMER | {"email": "dave@example.com"}, ("sign_up", "sign_in")
        ),
    ],
    "POST signup/finish": [
        Scenario(visitor, "signup/finish", newcomers_link, ("sign_up", "sign_in")),
    ],
    "POST social/<provider>/begin": [Scenario(visitor, "social/oidc/begin", {}, ())],
    "POST social/<provider>/connect": [
        Scenario(person, "social/oidc/connect", {}, "social_connect", "pending"),
    ],
    "POST social/<provider>/finish": [
        Scenario(away, "social/oidc/finish", back, ("sign_up", "social_connect", "sign_in")),
        Scenario(away_to_connect, "social/oidc/finish", back, "social_connect"),
        Scenario(known_there, "social/oidc/finish", back, "sign_in"),
        Scenario(
            visitor, "social/oidc/finish", {"error": "access_denied"}, "sign_in", "refused", 400
        ),
    ],
    "DELETE social/connections/<id>": [
        Scenario(connected, f"social/connections/{HERE}", None, "social_disconnect"),
    ],
    "POST reauthenticate": [
        Scenario(person, "reauthenticate", {"password": PASSWORD}, "reauthentication"),
        Scenario(person, "reauthenticate", {"password": "x"}, "reauthentication", "refused", 400),
    ],
    "POST tokens": [Scenario(person, "tokens", TOKEN, "token_created")],
    "DELETE tokens/<id>": [
        Scenario(with_a_token, f"tokens/{HERE}", None, "token_revoked"),
    ],
    "POST sessions/revoke-others": [
        Scenario(with_another_session, "sessions/revoke-others", {}, "sessions_revoked")
    ],
}
CHANGING = [
    f"{method} {path}"
    for path, methods in registry.items()
    for method, declared in methods.items()
    if declared.unsafe
]
READING = [path for path, methods in registry.items() if "GET" in methods]
EACH = [(name, scenario) for name in SCENARIOS for scenario in SCENARIOS[name]]


@pytest.fixture(autouse=True)
def people(alice: User, factors: dict[str, Sequence[str]], provider: Provider) -> None:
    AT["provider"] = provider
    User.objects.create_user("carol", password=PASSWORD)
    factors["carol"] = ["totp"]


def send(client: ApiClient, name: str, scenario: Scenario) -> HttpResponse:
    body = scenario.body() if callable(scenario.body) else scenario.body
    return client.send(name.partition(" ")[0], f"/api/{scenario.path}/", body)


def test_every_endpoint_that_changes_something_has_a_scenario() -> None:
    assert sorted(SCENARIOS) == sorted(CHANGING)


@pytest.mark.parametrize(("name", "scenario"), EACH)
def test_each_emits_one_event_for_what_happens_and_that_is_one_entry(
    name: str, scenario: Scenario, reported: list[events.Event]
) -> None:
    client = scenario.ready()
    Entry.objects.all().delete()
    reported.clear()
    assert send(client, name, scenario).status_code == scenario.status
    entries = [(entry.kind, entry.outcome) for entry in Entry.objects.all()]
    assert entries == [(kind, scenario.outcome) for kind in scenario.kinds]
    # What is about nobody's account yet is an event all the same.
    assert len(reported) == max(1, len(entries))


@contextmanager
def without_audit() -> Iterator[None]:
    assert events.recorded.disconnect(flow.record, dispatch_uid="spa_auth.audit")
    try:
        yield
    finally:
        events.recorded.connect(flow.record, dispatch_uid="spa_auth.audit")


# Django 6.1 has another name for it.
begin = getattr(transaction, "savepoint_create", None) or transaction.savepoint


def cost(name: str, scenario: Scenario) -> int:
    """How many statements a scenario takes, without what begins and ends transactions."""
    # No block: within one a code cannot be tried, whose count must outlast it.
    before = begin()
    client = scenario.ready()
    with CaptureQueriesContext(connection) as queries:
        send(client, name, scenario)
    # What happens once only, such as making an account, must be possible again.
    transaction.savepoint_rollback(before)
    borders = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
    return sum(not query["sql"].startswith(borders) for query in queries)


@pytest.mark.parametrize(("name", "scenario"), EACH)
def test_being_written_down_costs_one_statement(name: str, scenario: Scenario) -> None:
    cost(name, scenario)  # what is read once per process is read now
    with without_audit():
        before = cost(name, scenario)
    assert cost(name, scenario) == before + len(scenario.kinds)


@pytest.mark.parametrize("path", READING)
def test_reading_is_not_written_down_and_costs_nothing(path: str) -> None:
    client = person()
    Entry.objects.all().delete()

    def statements() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/api/{path}/").status_code == 200
        return len(queries)

    with without_audit():
        before = statements()
    assert statements() == before
    assert Entry.objects.count() == 0


def test_what_changes_nothing_is_no_entry() -> None:
    client = person()
    Entry.objects.all().delete()
    client.send("PATCH", "/api/profile/", {})
    client.send("POST", "/api/sessions/revoke-others/", {})
    client.send("DELETE", f"/api/sessions/{'0' * 32}/")
    client.send("PATCH", "/api/profile/", {"firstName": 7})
    ApiClient().send("POST", "/api/logout/", {})
    assert Entry.objects.count() == 0
