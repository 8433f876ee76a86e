"""A121: the database fails at any statement of any flow. Nothing is lost, nothing half done."""

import json
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import OperationalError, close_old_connections, connection
from django.http import HttpResponse
from django.test import override_settings
from django.utils import timezone

from spa_auth.account.mail import UNDO
from spa_auth.audit.models import Entry
from spa_auth.core import addresses, links
from spa_auth.core.errors import PROBLEM_JSON
from spa_auth.core.links import Purpose
from spa_auth.core.models import Counter, Mail, Secret
from spa_auth.email.mail import SIGN_IN, VERIFY
from spa_auth.email.models import ProvenAddress
from spa_auth.sessions.models import Session
from spa_auth.sessions.rules import SEEN_EVERY
from tests.attacks.stage import browser, jar
from tests.conftest import PASSWORD, ApiClient, finish

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.attacks.urls")]


@dataclass(frozen=True)
class Flow:
    """A browser that is ready, what it then asks for, and what is answered on a good day."""

    ready: Callable[[], ApiClient]
    send: Callable[[ApiClient], HttpResponse]
    status: int = 200
    # How statements begin whose failure need not be noticed.
    optional: tuple[str, ...] = ()
    # Whether the view, which is Django's own, answers for what it asks of the database.
    theirs: bool = False


LATER = override_settings(SPA_AUTH={"DELETE_AFTER_DAYS": 30})
# What a request that only reads writes down about itself.
NOTED = ("BEGIN", "UPDATE", "COMMIT")
OTHER, OWN = "0" * 32, "1" * 32


def visitor() -> ApiClient:
    client = ApiClient()
    client.get("/cart/?add=book")
    return client


def two_browsers() -> ApiClient:
    browser()
    Session.objects.update(public_id=OTHER)
    return browser()


def known_browser() -> ApiClient:
    client = browser()
    Session.objects.update(public_id=OWN)
    return client


def seen_long_ago() -> ApiClient:
    client = browser()
    Session.objects.update(last_seen_at=timezone.now() - SEEN_EVERY)
    return client


def half_way() -> ApiClient:
    client = ApiClient()
    assert client.sign_in("carol").json()["status"] == "pending"
    return client


def operator() -> ApiClient:
    return browser("root")


def newcomer() -> ApiClient:
    """Alice, made anew: she may have left. Her hash is bob's, so that it is always the same."""
    User.objects.filter(username="alice").delete()
    same = User.objects.get(username="bob").password
    User.objects.create(username="alice", email="alice@example.com", password=same)
    return browser()


def departed() -> ApiClient:
    client = newcomer()
    with LATER:
        assert client.send("POST", "/api/account/delete/").status_code == 200
    alice = User.objects.get(username="alice")
    client.cookies["way_back"] = links.issue(UNDO, alice, address=alice.email).token
    return client


def delete_later(client: ApiClient) -> HttpResponse:
    with LATER:
        return client.send("POST", "/api/account/delete/")


def come_back(client: ApiClient) -> HttpResponse:
    return client.send("POST", "/api/account/restore/", {"token": client.cookies["way_back"].value})


class Reader(ApiClient):
    """A browser of somebody who has found a link in their mail."""

    link = ""


def with_link(purpose: Purpose, *, signed_in: bool = False) -> Callable[[], ApiClient]:
    def ready() -> ApiClient:
        client = Reader()
        alice = User.objects.get(username="alice")
        if signed_in:
            client.sign_in()
        else:
            addresses.prove(alice, alice.email)
        User.objects.update(last_login=None)
        client.link = links.issue(purpose, alice, address=alice.email).token
        return client

    return ready


def follow(path: str) -> Callable[[ApiClient], HttpResponse]:
    return lambda client: client.send("POST", path, {"token": getattr(client, "link", "")})


def get(path: str) -> Callable[[ApiClient], HttpResponse]:
    return lambda client: client.get(path)


def send(method: str, path: str, body: Any = None) -> Callable[[ApiClient], HttpResponse]:
    return lambda client: client.send(method, path, body)


def sign_in(who: str, password: str = PASSWORD) -> Callable[[ApiClient], HttpResponse]:
    return lambda client: client.sign_in(who, password)


FLOWS: dict[str, Flow] = {
    "state": Flow(browser, get("/api/session/")),
    "state when seen is due": Flow(seen_long_ago, get("/api/session/"), optional=NOTED),
    "who am I": Flow(browser, get("/api/whoami/")),
    "profile": Flow(browser, get("/api/profile/")),
    "profile change": Flow(browser, send("PATCH", "/api/profile/", {"lastName": "Liddell"})),
    "sign in": Flow(ApiClient, sign_in("alice")),
    "sign in with a cart": Flow(visitor, sign_in("alice")),
    "sign in again": Flow(browser, sign_in("alice")),
    "sign in as somebody else": Flow(browser, sign_in("bob")),
    "sign in, first step": Flow(ApiClient, sign_in("carol")),
    "sign in, first step over a session": Flow(browser, sign_in("carol")),
    "sign in, second step": Flow(half_way, finish),
    "wrong password": Flow(visitor, sign_in("alice", "wrong"), 400),
    "wrong password while signed in": Flow(browser, sign_in("alice", "wrong"), 400),
    "unknown person": Flow(ApiClient, sign_in("nobody", "wrong"), 400),
    "ask for a mail": Flow(
        ApiClient, send("POST", "/api/login/email/", {"email": "a@example.com"})
    ),
    "sign in by mail": Flow(with_link(SIGN_IN), follow("/api/login/email/finish/")),
    "verify": Flow(with_link(VERIFY, signed_in=True), follow("/api/email/verify/")),
    "sign out": Flow(browser, send("POST", "/api/logout/")),
    "list": Flow(two_browsers, get("/api/sessions/")),
    "revoke one": Flow(two_browsers, send("DELETE", f"/api/sessions/{OTHER}/")),
    "revoke the own": Flow(known_browser, send("DELETE", f"/api/sessions/{OWN}/")),
    "revoke others": Flow(two_browsers, send("POST", "/api/sessions/revoke-others/")),
    "delete the account": Flow(newcomer, send("POST", "/api/account/delete/")),
    "delete the account later": Flow(newcomer, delete_later),
    "restore the account": Flow(departed, come_back),
    "a copy of everything": Flow(browser, send("POST", "/api/account/export/")),
    "a view": Flow(browser, get("/private/")),
    "an asynchronous view": Flow(browser, get("/private-async/")),
    "a change in a view": Flow(browser, send("POST", "/private/")),
    "a cart": Flow(browser, get("/cart/?add=book")),
    "a visitor's cart": Flow(visitor, get("/cart/?add=pen")),
    "a new key": Flow(browser, get("/change/key/")),
    "a DRF view": Flow(browser, get("/drf/notes/")),
    "a change in a DRF view": Flow(browser, send("POST", "/drf/notes/", {"lines": []})),
    "the admin's sign-in": Flow(operator, get("/admin/login/"), 302),
    "the admin": Flow(
        # Django's template engine swallows what fails inside an `{% if not ... %}`.
        operator,
        get("/admin/"),
        optional=('SELECT "django_admin_log"', "SELECT `django_admin_log`"),
        theirs=True,
    ),
    "sessions in the admin": Flow(operator, get("/admin/spa_auth_sessions/session/"), theirs=True),
}


@pytest.fixture(autouse=True)
def people(factors: dict[str, Sequence[str]], second_step: None, alice: User, bob: User) -> None:
    """Alice, bob, carol with a second factor, and an operator."""
    User.objects.create_user("carol", password=PASSWORD)
    User.objects.create_superuser("root", password=PASSWORD)
    factors["carol"] = ["totp"]


def begin(flow: Flow) -> ApiClient:
    """Put everything back to the beginning, and get the browser ready."""
    for table in (Session, Counter, Mail, Secret, ProvenAddress):
        table.objects.all().delete()
    User.objects.update(last_name="", last_login=None)
    client = flow.ready()
    Entry.objects.all().delete()
    client.raise_request_exception = client.contract = False
    User.objects.update(last_login=None)
    Counter.objects.all().delete()
    return client


def state() -> Any:
    """What the database says, so far as it differs between before and after a flow."""
    columns = ("last_name", "password", "last_login", "is_active")
    users = User.objects.order_by("pk").values_list(*columns)
    sessions = Session.objects.values_list("user__username", "data")
    return (
        [table._base_manager.count() for table in apps.get_models() if table is not Counter],
        [(name, password, bool(login), active) for name, password, login, active in users],
        sorted((str(who), sorted(json.loads(data))) for who, data in sessions),
    )


def tries() -> int:
    """How many counters say that a try was used."""
    return Counter.objects.filter(free_at__gt=time.time_ns() // 1000).count()


def standing(key: str) -> Any:
    """What a browser with this cookie is and has."""
    return jar(key).get("/api/session/").json()["status"], jar(key).get("/cart/").json()


class Steps:
    """The statements and commits of a request; from the n-th on, or there alone, one fails."""

    def __init__(self, failing: Collection[int] = ()) -> None:
        self.seen: list[str] = []
        self.failing = failing
        self.recovers = len(failing) == 1

    def take(self, step: str) -> None:
        self.seen.append(step)
        if len(self.seen) in self.failing:
            raise OperationalError("the database has gone away")

    def execute(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.take(sql)
        return execute(sql, params, many, context)

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Stand between Django and the database."""
        commit = connection._commit

        def commit_as_a_step() -> None:
            self.take("COMMIT")
            commit()

        with pytest.MonkeyPatch.context() as patch, connection.execute_wrapper(self.execute):
            patch.setattr(connection, "_commit", commit_as_a_step)
            yield


def broken_promises(
    flow: Flow, *, client: ApiClient, step: str, answer: HttpResponse, states: Any
) -> list[str]:
    """Which of the promises for a failing database this answer and what it left do not keep."""
    had, earlier = states["jar"]
    key = had.get("sessionid", "")
    broken = answer.status_code == 500 and flow.theirs
    ours = answer.wsgi_request.path.startswith("/api/")
    goes_on = step.startswith(flow.optional) and answer.status_code == flow.status
    promises = {
        "is 503": answer.status_code == 503 or goes_on or broken,
        "is a problem document": answer["Content-Type"] == PROBLEM_JSON or goes_on or not ours,
        "says when to come back": "Retry-After" in answer or goes_on or broken,
        "leaves the cookies alone": jar_of(client).items() >= had.items(),
        "begins no session": "sessionid" not in answer.cookies,
        "does all or nothing": state() in (states["before"], states["after"]),
        "gives the try back": tries() in states["tries"],
        "keeps the session": standing(key) == earlier,
    }
    promises["can be repeated"] = (flow.send(client).status_code, state()) == (
        flow.status,
        states["after"],
    )
    return [name for name, kept in promises.items() if not kept]


def jar_of(client: ApiClient) -> dict[str, str]:
    """The cookies of a browser."""
    return {name: cookie.value for name, cookie in client.cookies.items()}


def broken_in_turn(flow: Flow, failing: Callable[[int], Steps], *, kinds: Sequence[str]) -> Any:
    """Let every statement of these kinds fail in turn; return which promises that broke.

    A try that was counted is given back where there is still a database to say it to.
    """
    client = begin(flow)
    earlier = standing(jar_of(client).get("sessionid", ""))
    flow.send(client)  # what is read once per process is read now
    client, good = begin(flow), Steps()
    states = {"before": state()}
    with good.watched():
        assert flow.send(client).status_code == flow.status
    states["after"] = state()
    states["tries"] = {0, tries()} if failing(1).recovers else range(4)
    places = [
        place for place in enumerate(good.seen, start=1) if place[1].strip().startswith(kinds)
    ]
    assert places

    broken = []
    for number, step in places:
        client = begin(flow)
        states["jar"] = (jar_of(client), earlier)
        with failing(number).watched():
            answer = flow.send(client)
        close_old_connections()  # as a server does between two requests
        place = f"{number} of {len(good.seen)}, {step.strip()[:30]!r}"
        broken += [
            f"{place}: {answer.status_code}, not {promise}"
            for promise in broken_promises(
                flow, client=client, step=step, answer=answer, states=states
            )
        ]
    return broken


QUERIES = ("SELECT", "INSERT", "UPDATE", "DELETE")
EVERYTHING = (*QUERIES, "BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


@pytest.mark.parametrize("name", FLOWS)
def test_a121_one_statement_that_fails_is_try_again_later(name: str) -> None:
    """A121: a deadlock, a serialization failure, a moment of bad luck."""
    assert broken_in_turn(FLOWS[name], lambda at: Steps({at}), kinds=EVERYTHING) == []


@pytest.mark.parametrize("name", FLOWS)
def test_a121_a_database_that_goes_down_in_the_middle_is_try_again_later(name: str) -> None:
    """A121: from one statement on everything fails, also what would clean up."""
    down = lambda at: Steps(range(at, at + 99))  # noqa: E731
    assert broken_in_turn(FLOWS[name], down, kinds=EVERYTHING) == []


class Killing(Steps):
    """The connection is cut, in earnest, before the n-th statement."""

    def __init__(self, at: int) -> None:
        super().__init__()
        self.at = at

    def take(self, step: str) -> None:
        super().take(step)
        if len(self.seen) == self.at:
            CUT[connection.vendor]()


def interrupt() -> None:
    """SQLite: abort every statement from here on."""
    connection.connection.set_progress_handler(lambda: 1, 1)


def terminate() -> None:  # pragma: no cover - PostgreSQL only, and coverage is held by SQLite
    """End the server's process for our connection, from another one, and wait until it is gone."""
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(%s, 5000)", [connection.connection.info.backend_pid]
        )
    other.close()


def kill() -> None:  # pragma: no cover - MariaDB only, see above
    """End our connection, from another one."""
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("KILL CONNECTION %s", [connection.connection.thread_id()])
    other.close()


CUT = {"sqlite": interrupt, "postgresql": terminate, "mysql": kill}


@pytest.mark.parametrize("name", FLOWS)
def test_a121_a_connection_that_is_cut_is_try_again_later(name: str) -> None:
    """A121: the next request has a connection again and goes on."""
    assert broken_in_turn(FLOWS[name], Killing, kinds=QUERIES) == []


# What is said to the database, by vendor, so that it behaves as on a bad day.
READ_ONLY = {
    "sqlite": "PRAGMA query_only = ON",
    "postgresql": "SET default_transaction_read_only = on",
    "mysql": "SET SESSION TRANSACTION READ ONLY",
}
IMPATIENT = {
    "sqlite": {"lock": "PRAGMA busy_timeout = 50", "statement": "PRAGMA busy_timeout = 0"},
    "postgresql": {"lock": "SET lock_timeout = 50", "statement": "SET statement_timeout = 50"},
    "mysql": {"lock": "SET lock_wait_timeout = 1", "statement": "SET max_statement_time = 0.05"},
}
BUSY = {
    "sqlite": ["BEGIN IMMEDIATE"],
    "postgresql": [
        "BEGIN",
        "LOCK TABLE spa_auth_sessions_session, spa_auth_core_counter, auth_user IN SHARE MODE",
    ],
    "mysql": [
        "LOCK TABLES spa_auth_sessions_session READ, spa_auth_core_counter READ, auth_user READ"
    ],
}


@contextmanager
def told(sql: str) -> Iterator[None]:
    """Say something to our connection that holds until the connection ends."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
    try:
        yield
    finally:
        connection.close()


@contextmanager
def locked() -> Iterator[None]:
    """Somebody else holds the tables for writing."""
    other = connection.copy()
    with other.cursor() as cursor:
        for sql in BUSY[other.vendor]:
            cursor.execute(sql)
    try:
        yield
    finally:
        other.close()


@pytest.mark.parametrize("path", ["/api/session/", "/api/whoami/", "/private/", "/drf/notes/"])
def test_a121_a_read_only_database_still_says_who_is_signed_in(path: str) -> None:
    """A121: a fail-over; that a session was seen cannot be written down, and need not be."""
    client = begin(FLOWS["state when seen is due"])
    before = state()
    with told(READ_ONLY[connection.vendor]):
        assert client.get(path).status_code == 200
        assert client.sign_in().status_code == 503
    assert state() == before
    assert client.sign_in().status_code == 200


WRITING = ["sign in", "sign in again", "sign out", "revoke others", "profile change", "a cart"]


@pytest.mark.parametrize("name", WRITING)
def test_a121_a_read_only_database_is_try_again_later_for_what_writes(name: str) -> None:
    """A121: nothing is done, and the same request succeeds when it can write again."""
    flow = FLOWS[name]
    client = begin(flow)
    before = state()
    with told(READ_ONLY[connection.vendor]):
        answer = flow.send(client)
    assert (answer.status_code, answer.get("Retry-After")) == (503, "5")
    assert "sessionid" not in answer.cookies
    assert state() == before
    assert flow.send(client).status_code == flow.status


@pytest.mark.parametrize("patience", ["lock", "statement"])
@pytest.mark.parametrize("name", WRITING)
def test_a121_a_lock_that_is_not_given_is_try_again_later(name: str, patience: str) -> None:
    """A121: SQLite is busy; a timeout of PostgreSQL's or MariaDB's has passed."""
    flow = FLOWS[name]
    client = begin(flow)
    before = state()
    with told(IMPATIENT[connection.vendor][patience]), locked():
        answer = flow.send(client)
    assert (answer.status_code, answer.get("Retry-After")) == (503, "5")
    assert "sessionid" not in answer.cookies
    assert state() == before
    assert flow.send(client).status_code == flow.status
