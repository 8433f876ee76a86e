"""A119: no password, key, token, code or cookie is in a table, a log line or an error report.

The first two are held over every test by tests/secrets.py.
"""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from types import TracebackType
from typing import Any, get_args

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore as DjangoStore
from django.core import mail as django_mail
from django.db import OperationalError, connection
from django.http import HttpRequest
from django.test import override_settings
from django.views.debug import ExceptionReporter
from pydantic.fields import FieldInfo

from spa_auth.core import links, mail, messages, outbox
from spa_auth.core.body import SECRET, Body
from spa_auth.core.endpoint import registry
from spa_auth.core.errors import CodeInvalid
from spa_auth.core.links import Purpose
from spa_auth.core.messages import Message
from spa_auth.core.secrets import HiddenText
from tests.attacks.stage import browser, public_id_of
from tests.conftest import ApiClient
from tests.core.test_mail import mailer
from tests.hashers import CheapPBKDF2
from tests.secrets import Watch

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.attacks.urls")]

WRONG = "a-wrong-password-that-somebody-typed"
MISPLACED = "a-password-in-the-field-for-the-name"
FORGED_TOKEN = "a-token-that-nobody-ever-gave-out".ljust(64, "x")
RESET = Purpose(name="test.reset", lifetime=timedelta(minutes=30))
HELLO = Message(
    name="test.hello", purpose=RESET, subject="Hello", template="people/hello", page="/hello"
)
Fault = tuple[type[BaseException], BaseException, TracebackType | None]


@pytest.fixture(autouse=True)
def declared(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(messages._declared, HELLO.name, HELLO)


def stored() -> Iterator[tuple[str, str]]:
    """Every row of every table, also of those that no model has."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            yield from ((table, repr(row)) for row in cursor.fetchall())


def reports(request: HttpRequest | None, fault: Fault) -> Iterator[tuple[str, str]]:
    """What Django shows and mails of a fault, with DEBUG and without."""
    for debug in (True, False):
        with override_settings(DEBUG=debug):
            reporter = ExceptionReporter(request, *fault, is_email=not debug)
            yield f"the page with DEBUG={debug}", reporter.get_traceback_html()
            yield f"the text with DEBUG={debug}", reporter.get_traceback_text()


def reports_of(watch: Watch) -> list[tuple[str, str]]:
    """The reports of all that was logged with a request."""
    found = [record for record in watch.records if record.exc_info and hasattr(record, "request")]
    return [each for record in found for each in reports(record.request, record.exc_info)]


def fail(*given: object, **named: object) -> None:
    """Break, with everything that was given in a variable."""
    raise RuntimeError


def visit(client: ApiClient, alice: User) -> None:
    """Do what a person does, and what goes wrong when they do it; be signed in afterwards."""
    assert client.get("/api/session/").status_code == 200
    names = ["alice", MISPLACED, f"{MISPLACED}@example.com"]
    assert [client.sign_in(name, WRONG).status_code for name in names] == [400] * 3
    assert client.sign_in().status_code == 200
    for path in ("session", "csrf", "config", "whoami", "profile", "sessions", "activity"):
        assert client.get(f"/api/{path}/").status_code == 200
    assert client.get("/cart/?add=book").status_code == 200
    assert client.send("PATCH", "/api/profile/", {"lastName": "Liddell"}).status_code == 200
    assert client.send("PATCH", "/api/profile/", {"password": WRONG}).status_code == 400
    ended = f"/api/sessions/{public_id_of(browser())}/"
    assert client.send("DELETE", ended).status_code == 200
    assert client.send("POST", "/api/sessions/revoke-others/", {}).status_code == 200
    forged = {"X-CSRFToken": FORGED_TOKEN}
    assert client.send("POST", "/api/logout/", {}, headers=forged).status_code == 403
    assert client.send("POST", "/api/logout/", {}).status_code == 200
    use_mail(alice)
    assert client.sign_in().status_code == 200


def use_mail(alice: User) -> None:
    """Be sent a link and a code; type a wrong code and the right one, and follow the link."""
    mail.send(HELLO, user=alice, address=alice.email)
    with mailer("locmem"):
        outbox.deliver_due()
    (token,) = re.findall(r"#token=([\w-]+)", django_mail.outbox[-1].body)
    (code,) = re.findall(r"^(\d{6})$", django_mail.outbox[-1].body, re.MULTILINE)
    wrong = f"{(int(code) + 1) % 10**6:06}"
    with pytest.raises(CodeInvalid):
        links.prove_code(RESET, HiddenText(wrong), owner=alice)
    links.prove_code(RESET, HiddenText(code), owner=alice)
    links.consume(links.prove_link(RESET, HiddenText(token)))


def test_a119_a_visit_leaves_no_secret_behind(client: ApiClient, alice: User, watch: Watch) -> None:
    """A119: neither while the person is signed in, nor afterwards."""
    watch.learn(MISPLACED, "a password in the field for the name")
    watch.learn(FORGED_TOKEN, "a forged token")
    visit(client, alice)
    assert {"spa_auth.security"} <= {record.name for record in watch.records}
    assert {"INSERT", "UPDATE"} <= {sql.split()[0] for sql, _ in watch.writes}
    assert {"password", "CSRF token", "code", "key or typed secret", "cookie sessionid"} <= {
        *watch.secrets.values()
    }
    assert watch.found_in(stored()) == []
    assert client.send("POST", "/api/logout/", {}).status_code == 200
    assert watch.found_in(stored()) == []


PLACES = [
    "spa_auth.core.dispatch.parse_body",
    "spa_auth.password.endpoints.PasswordLogin.model_validate_json",
    "spa_auth.core.dispatch.boundary.acts_for_session",
    "spa_auth.core.dispatch.limits.reserve",
    "spa_auth.password.flow.prove_password",
    "spa_auth.password.flow.authenticate",
    "django.contrib.auth.backends.ModelBackend.authenticate",
    "tests.hashers.CheapPBKDF2.verify",
    "spa_auth.core.known_device.TimestampSigner.unsign",
    "spa_auth.core.login.advance",
    "spa_auth.core.login.events.emit",
    "spa_auth.core.login.remember_device",
    "spa_auth.sessions.statement.Statement.fetch",
    "spa_auth.sessions.writing.write",
    "spa_auth.password.endpoints.session_state",
]


@pytest.mark.parametrize("place", PLACES)
def test_a119_a_sign_in_that_breaks_shows_no_secret(
    client: ApiClient, watch: Watch, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    """A119: wherever it breaks, in what Django shows with DEBUG and mails without it."""
    assert client.sign_in().status_code == 200
    monkeypatch.setattr(place, fail)
    client.raise_request_exception = False
    assert client.sign_in().status_code == 500
    found = reports_of(watch)
    assert any("RuntimeError" in text for _, text in found)
    assert watch.found_in(found) == []


def test_a119_a_wrong_password_shows_as_little(
    client: ApiClient, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A119: also where nobody has the name, or the hash is of another kind."""
    monkeypatch.setattr(CheapPBKDF2, "encode", fail)
    client.raise_request_exception = False
    assert client.sign_in("nobody", WRONG).status_code == 500
    assert watch.found_in(reports_of(watch)) == []


def test_a119_a_store_that_is_away_shows_no_key(
    watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A119: the database fails while the session is read."""

    def away(*given: object) -> None:
        raise OperationalError

    client = browser()
    monkeypatch.setattr("spa_auth.sessions.statement.Statement.fetch", away)
    answers = [client.get("/api/whoami/"), client.send("POST", "/api/logout/"), client.sign_in()]
    assert [answer.status_code for answer in answers] == [503, 503, 503]
    found = reports_of(watch)
    assert len(found) == 4 * len(answers)
    assert watch.found_in(found) == []


@pytest.mark.parametrize(
    "place",
    [
        "spa_auth.sessions.adoption.adopt",
        "spa_auth.sessions.adoption._build",
        "spa_auth.sessions.adoption.rows.user_id_of",
        "django.db.models.query.QuerySet.bulk_create",
    ],
)
@override_settings(SPA_AUTH={"DJANGO_SESSION_COOKIE": "sessionid"})
def test_a119_a_session_that_cannot_move_over_shows_no_key(
    client: ApiClient, alice: User, watch: Watch, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    """A119: Django's key goes on as ours, and Django's sessions are called by it."""
    theirs = DjangoStore()
    theirs["cart"] = ["book"]
    theirs.save()
    client.cookies["sessionid"] = theirs.session_key
    monkeypatch.setattr(place, fail)
    client.raise_request_exception = False
    assert client.get("/api/session/").status_code == 500
    assert theirs.session_key in watch.secrets
    assert watch.found_in(reports_of(watch)) == []


def make(user: User, issued: links.Issued) -> None:
    links.issue(RESET, user, address=user.email)


def follow(user: User, issued: links.Issued) -> None:
    links.consume(links.prove_link(RESET, issued.token))


def type_code(user: User, issued: links.Issued) -> None:
    links.consume(links.prove_code(RESET, issued.code, owner=user))


@pytest.mark.parametrize(
    ("act", "place"),
    [
        *[(make, place) for place in ("lock_user", "digest", "keyed_digest", "canonical_email")],
        *[(follow, place) for place in ("digest", "_is_as_it_was", "lock_user")],
        *[(type_code, place) for place in ("_matches", "keyed_digest", "lock_user")],
    ],
)
def test_a119_links_and_codes_that_break_show_no_secret(
    alice: User,
    watch: Watch,
    monkeypatch: pytest.MonkeyPatch,
    act: Callable[[User, links.Issued], None],
    place: str,
) -> None:
    """A119: wherever making, proving or spending them breaks."""
    issued = links.issue(RESET, alice, address=alice.email)
    monkeypatch.setattr(links, place, fail)
    with pytest.raises(RuntimeError) as broken:
        act(alice, issued)
    fault = (broken.type, broken.value, broken.tb)
    assert watch.found_in(reports(None, fault)) == []


@pytest.mark.parametrize("ending", [".txt", ".html"])
def test_a119_a_mail_that_cannot_be_written_shows_no_secret(
    alice: User, watch: Watch, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    """A119: a project's own template breaks."""
    written = messages.render_to_string

    def render(template: str, context: Any) -> str:
        return fail(context) if template.endswith(ending) else written(template, context)  # type: ignore[return-value]

    monkeypatch.setattr(messages, "render_to_string", render)
    with pytest.raises(RuntimeError) as broken:
        messages.compose(HELLO, alice, address=alice.email, language="en", at=alice.date_joined)
    fault = (broken.type, broken.value, broken.tb)
    assert watch.found_in(reports(None, fault)) == []


def bodies() -> list[type[Body]]:
    """The body of every endpoint that has one."""
    declared = [each.body_model() for methods in registry.values() for each in methods.values()]
    return sorted({body for body in declared if body}, key=lambda body: body.__name__)


def is_marked(field: FieldInfo) -> bool:
    """Whether the field's type is marked, or that of what it may be beside None."""
    within = [getattr(each, "__metadata__", ()) for each in get_args(field.annotation)]
    return any(SECRET in marks for marks in [field.metadata, *within])


def test_a119_a_body_marks_what_is_secret() -> None:
    """A119: rooms declare theirs with `core.body.SECRET`; the name gives away what is one."""
    secret = re.compile(r"password|token|code|secret|key$", re.IGNORECASE)
    named = {
        f"{body.__name__}.{name}": field
        for body in bodies()
        for name, field in body.model_fields.items()
        if secret.search(name)
    }
    assert "PasswordLogin.password" in named
    unmarked = [name for name, field in named.items() if not is_marked(field)]
    assert unmarked == []
