"""A18, A131-A133: API tokens, and the key of a session in a header."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from time_machine import TimeMachineFixture

from spa_auth.core.endpoint import Endpoint, registry
from spa_auth.core.secrets import new_key
from spa_auth.tokens import rules
from spa_auth.tokens.models import ApiToken
from tests.answers import outcome
from tests.attacks.stage import at_once, browser, key_of
from tests.attacks.test_secrets import reports_of, stored
from tests.audit.test_every_endpoint import SCENARIOS
from tests.conftest import ApiClient
from tests.secrets import Watch
from tests.tokens.stage import ask, bearer, statements, token_of, works

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.tokens.urls")]
ALL = ("notes:read", "notes:write")
ORDER = {"name": "backup", "abilities": ["notes:read"]}
EACH = [endpoint for methods in registry.values() for endpoint in methods.values()]


def name_of(endpoint: Endpoint) -> str:
    return f"{endpoint.method} {endpoint.path}"


# A131: what a token is, and what it can touch.


def test_a131_a_token_is_stored_only_as_a_digest(alice: User, watch: Watch) -> None:
    token = token_of(alice)
    watch.learn(token, "API token")
    watch.learn(token[4:47], "the chance of an API token")
    assert works(token)
    assert watch.found_in(stored()) == []
    assert ApiToken.objects.get().digest not in token


def test_a131_it_is_shown_once(alice: User) -> None:
    client = browser()
    made = client.send("POST", "/api/tokens/", ORDER).json()
    later: list[HttpResponse] = [
        client.get(f"/api/{path}/") for path, methods in registry.items() if "GET" in methods
    ]
    later.append(client.send("POST", "/api/account/export/", {}))
    later.append(client.send("DELETE", f"/api/tokens/{made['created']['id']}/"))
    for answer in later:
        assert made["token"].encode() not in answer.content


def test_a131_it_expires_unless_somebody_says_otherwise(
    alice: User, time_machine: TimeMachineFixture
) -> None:
    client = browser()
    token = client.send("POST", "/api/tokens/", ORDER).json()["token"]
    assert works(token)
    time_machine.move_to(timezone.now() + timedelta(days=91))
    assert not works(token)


def test_a131_it_has_no_right_that_was_not_named(alice: User) -> None:
    token = token_of(alice, abilities=("notes:read",))
    assert ask(token, "/write/").status_code == 403
    assert browser().send("POST", "/api/tokens/", {"name": "x"}).status_code == 400


@pytest.mark.parametrize("endpoint", EACH, ids=name_of)
def test_a131_it_touches_no_endpoint_of_ours(
    endpoint: Endpoint, alice: User, factors: dict[str, Sequence[str]]
) -> None:
    """What asks who is there answers 401, and all others as they answer a stranger."""
    token = token_of(alice, abilities=ALL)
    # With a body that is right, where there is one.
    scenario = SCENARIOS[name_of(endpoint)][0] if name_of(endpoint) in SCENARIOS else None
    body = (scenario.body() if callable(scenario.body) else scenario.body) if scenario else None
    path = f"/api/{scenario.path if scenario else endpoint.path}/"

    def send(headers: dict[str, str]) -> HttpResponse:
        return ApiClient().send(endpoint.method, path, body, headers=headers)

    if endpoint.or_token:
        assert endpoint.path == "whoami"
        assert send(bearer(token)).json()["id"] == str(alice.pk)
        return
    before = len(statements(lambda: send(bearer(token))))
    answer = send(bearer(token))
    if endpoint.needs_session:
        assert outcome(answer) == (401, "not_authenticated")
        assert before == 0
        assert answer["WWW-Authenticate"] == "Session"
    # Nobody has read it; a link of its owner's may have ended it.
    assert not ApiToken.objects.exclude(last_used_at=None).exists()


def test_a131_a_stranger_and_a_token_are_told_the_same(alice: User) -> None:
    token = token_of(alice)
    for path in ("session", "config"):
        seen = [
            {key: value for key, value in answer.json().items() if key != "csrfToken"}
            for answer in (ask(token, f"/api/{path}/"), ApiClient().get(f"/api/{path}/"))
        ]
        assert seen[0] == seen[1]


def test_a131_a_view_that_asks_for_a_session_takes_none(alice: User) -> None:
    for path in ("/private/", "/drf/notes/"):
        assert ask(token_of(alice), path).status_code == 401


def test_a131_it_is_no_session_and_no_session_is_a_token(alice: User) -> None:
    token, client = token_of(alice), browser()
    with_cookie, with_header = ApiClient(), ApiClient()
    with_cookie.cookies["sessionid"] = token
    assert with_cookie.get("/api/whoami/").status_code == 401
    header = {"X-Session-Token": token}
    assert with_header.get("/api/whoami/", headers=header).status_code == 401
    assert not works(key_of(client))


def test_a131_deactivation_and_a_new_password_win_over_a_creation(alice: User) -> None:
    """Whichever is first: afterwards there is no token."""
    client = browser()

    def deactivate() -> object:
        user = User.objects.get(pk=alice.pk)
        user.is_active = False
        user.save()
        return None

    def create() -> object:
        return client.send("POST", "/api/tokens/", ORDER).status_code

    at_once(create, deactivate)
    token = ApiToken.objects.first()
    assert token is None


def test_a131_fifty_are_fifty_also_at_once(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("spa_auth.tokens.flow.MOST", 2)
    clients = [browser() for _ in range(3)]

    def create(client: ApiClient) -> Callable[[], int]:
        return lambda: client.send("POST", "/api/tokens/", ORDER).status_code

    answers = at_once(*(create(client) for client in clients))
    assert sorted(answers) == [200, 200, 409]
    assert ApiToken.objects.count() == 2


def test_a131_a_use_that_is_under_way_brings_no_revoked_token_back(alice: User) -> None:
    token = token_of(alice)
    answers = at_once(lambda: ask(token).status_code, lambda: ApiToken.objects.all().delete() and 0)
    assert answers[0] in {200, 401}
    assert not ApiToken.objects.exists()
    assert not works(token)


# A132: how it travels.


@pytest.mark.parametrize("name", ["token", "access_token", "Authorization", "api_key"])
def test_a132_not_in_the_address(alice: User, name: str) -> None:
    """RFC 6750, section 2.3: addresses are logged."""
    client = ApiClient()
    assert client.get(f"/who/?{name}={token_of(alice)}").json()["kind"] is None


@pytest.mark.parametrize("name", ["sessionid", "token", "access_token", "Authorization"])
def test_a132_not_in_a_cookie(alice: User, name: str) -> None:
    client = ApiClient()
    client.cookies[name] = token_of(alice)
    assert client.get("/who/").json()["kind"] is None


def test_a132_not_in_a_body(alice: User) -> None:
    """RFC 6750, section 2.2."""
    client = ApiClient()
    answer = client.post("/private/", {"access_token": token_of(alice)})
    assert answer.status_code == 401


def test_a132_a_page_of_another_site_cannot_use_it(alice: User) -> None:
    more = {"HTTP_ORIGIN": "https://evil.test", "HTTP_SEC_FETCH_SITE": "cross-site"}
    token = token_of(alice)
    assert ask(token, "/private/", "POST", **more).json()["code"] == "origin_refused"


# A133: what an answer and its time tell.


def test_a133_a_refusal_says_nothing_of_why(alice: User, bob: User) -> None:
    known, expired, revoked, of_inactive = (token_of(user) for user in (alice, alice, alice, bob))
    ApiToken.objects.filter(hint=expired[-4:]).update(expires_at=timezone.now())
    ApiToken.objects.filter(hint=revoked[-4:]).delete()
    User.objects.filter(pk=bob.pk).update(is_active=False)
    bad = [expired, revoked, of_inactive, rules.new_token("sat"), known[:-1], "x", ""]
    answers = [ask(token) for token in bad]
    assert {(answer.status_code, answer.content) for answer in answers} == {
        (401, answers[0].content)
    }
    assert len({answer["WWW-Authenticate"] for answer in answers}) == 1
    assert works(known)


def test_a133_it_is_found_by_its_digest_alone(alice: User) -> None:
    """One statement, whose only value tells nothing of how near a guess is."""
    token = token_of(alice)
    with CaptureQueriesContext(connection) as queries:
        ask(rules.new_token("sat"))
    (query,) = queries
    assert token[4:20] not in query["sql"]
    assert '"digest" = ' in query["sql"].replace("`", '"')
    assert "LIKE" not in query["sql"].upper()


# A18: the key of a session in a header.


@pytest.mark.leaves_secrets("addresses are logged, which is why a key must not be in one")
def test_a18_the_header_alone(alice: User, bob: User) -> None:
    key = key_of(browser())
    for path in (f"/api/whoami/?X-Session-Token={key}", f"/api/whoami/?sessionid={key}"):
        assert ApiClient().get(path).status_code == 401
    client = ApiClient()
    client.cookies["X-Session-Token"] = key
    assert client.get("/api/whoami/").status_code == 401


@pytest.mark.parametrize("whose", ["alice", "bob"])
def test_a18_a_cookie_and_a_header_are_refused(alice: User, bob: User, whose: str) -> None:
    """Of different people, or the same: nobody has to decide which one counts."""
    key = key_of(browser(whose))
    client = browser()
    for method, path in (("GET", "/api/whoami/"), ("POST", "/api/logout/"), ("POST", "/form/")):
        answer = client.send(method, path, headers={"X-Session-Token": key})
        assert outcome(answer) == (400, "credentials_ambiguous")
    assert client.get("/api/whoami/").json()["username"] == "alice"


def test_a18_no_cookie_acts_without_its_csrf_token_by_an_empty_header(alice: User) -> None:
    client = browser()
    for path in ("/api/logout/", "/form/", "/private/"):
        headers = {"X-Session-Token": "", "X-CSRFToken": ""}
        assert client.send("POST", path, headers=headers).status_code == 400
    assert client.get("/api/whoami/").status_code == 200


@pytest.mark.parametrize(
    "more",
    [
        {"HTTP_ORIGIN": "https://evil.test"},
        {"HTTP_ORIGIN": "http://localhost:8000"},
        {"HTTP_SEC_FETCH_SITE": "same-origin"},
        {"HTTP_SEC_FETCH_DEST": "empty"},
    ],
    ids=lambda more: " ".join(more.values()),
)
def test_a18_a_script_never_gets_a_key(alice: User, more: dict[str, Any]) -> None:
    client = ApiClient()
    answer = client.send(
        "POST",
        "/api/login/",
        {"login": "alice", "password": "correct-horse-battery-staple"},
        headers={"X-Session-Token": ""},
        **more,
    )
    assert outcome(answer) == (403, "origin_refused")
    assert "X-Session-Token" not in answer


def test_a18_a_browser_is_given_its_cookie_and_no_header(alice: User) -> None:
    client = ApiClient()
    answer = client.sign_in()
    assert "X-Session-Token" not in answer
    assert answer.cookies["sessionid"]["httponly"]


# A119: what is written of them.

PLACES = [
    "spa_auth.tokens.flow.rules.is_token",
    "spa_auth.tokens.flow.rules.checksum",
    "spa_auth.tokens.flow._grant",
    "spa_auth.tokens.flow._note_use",
    "spa_auth.account.endpoints.user_answer",
]


def fail(*given: object, **named: object) -> None:
    """Break, with everything that was given in a variable."""
    raise RuntimeError


@pytest.mark.parametrize("place", PLACES)
def test_a119_a_token_that_breaks_something_is_not_shown(
    alice: User, watch: Watch, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    token = token_of(alice)
    watch.learn(token, "API token")
    monkeypatch.setattr(place, fail)
    client = ApiClient(raise_request_exception=False)
    assert client.get("/api/whoami/", headers=bearer(token)).status_code == 500
    found = reports_of(watch)
    assert any("RuntimeError" in text for _, text in found)
    assert watch.found_in(found) == []


@pytest.mark.parametrize(
    "place", ["spa_auth.tokens.endpoints._listed", "spa_auth.tokens.endpoints.TokenMade.model_dump"]
)
def test_a119_a_token_that_is_being_made_is_not_shown(
    alice: User, watch: Watch, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    client = browser()
    made: list[str] = []
    new_token = rules.new_token
    monkeypatch.setattr(
        "spa_auth.tokens.flow.rules.new_token",
        lambda prefix: made.append(new_token(prefix)) or made[0],
    )
    monkeypatch.setattr(place, fail)
    client.raise_request_exception = False
    assert client.send("POST", "/api/tokens/", ORDER).status_code == 500
    watch.learn(made[0], "API token")
    found = reports_of(watch)
    assert any("RuntimeError" in text for _, text in found)
    assert watch.found_in(found) == []


def test_a119_the_key_of_a_header_is_not_shown(
    watch: Watch, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = str(new_key())
    monkeypatch.setattr("spa_auth.sessions.statement.Statement.fetch", fail)
    client = ApiClient(raise_request_exception=False)
    assert client.get("/api/whoami/", headers={"X-Session-Token": key}).status_code == 500
    watch.learn(key, "session key by header")
    assert watch.found_in(reports_of(watch)) == []
