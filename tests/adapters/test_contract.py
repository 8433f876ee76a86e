"""What an adapter promises: the same status, code, headers and body from each of them."""

import time
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from time_machine import TimeMachineFixture

from spa_auth.core import counters
from spa_auth.core.body import not_json, required
from spa_auth.core.errors import (
    AbilityMissing,
    ApiError,
    CredentialsAmbiguous,
    CsrfFailed,
    Forbidden,
    InvalidBody,
    MethodNotAllowed,
    NotAuthenticated,
    NotFound,
    OriginRefused,
    RateLimited,
    ReauthenticationRequired,
    SessionStoreUnavailable,
)
from spa_auth.sessions.models import Session
from spa_auth.tokens import flow
from spa_auth.tokens.errors import TokenInvalid
from tests.conftest import PASSWORD

from .conftest import NOTE, Stage

HEADERS = ["Content-Type", "WWW-Authenticate", "Retry-After", "Cache-Control"]
HEADERS += ["Content-Security-Policy"]


def is_refused(answer: HttpResponse, error: ApiError) -> None:
    """Hold an answer against what the core's own endpoints would say."""
    expected = error.response()
    assert (answer.status_code, answer.json()) == (expected.status_code, error.problem())
    said = {name: answer.get(name) for name in HEADERS}
    assert said == {name: expected.get(name) for name in HEADERS}


def test_who_is_signed_in_gets_an_answer(stage: Stage) -> None:
    assert stage.get("private").json() == {"user": "alice"}
    assert stage.get("notes").json() == {"user": "alice"}
    assert stage.get("fresh").json() == {"user": "alice"}


def test_who_is_signed_in_may_change_something_with_the_token(stage: Stage) -> None:
    assert stage.post("private").json() == NOTE
    assert stage.post("notes").json() == NOTE


@pytest.mark.parametrize("view", ["private", "notes", "fresh", "often", "forbidden"])
def test_a_stranger_is_unauthorized(stranger: Stage, view: str) -> None:
    is_refused(stranger.get(view), NotAuthenticated())


@pytest.mark.parametrize("view", ["private", "notes"])
def test_a_stranger_changes_nothing(stranger: Stage, view: str) -> None:
    is_refused(stranger.post(view), NotAuthenticated())


def test_what_a_view_forbids_is_forbidden(stage: Stage) -> None:
    is_refused(stage.get("forbidden"), Forbidden())


def test_what_is_missing_is_missing_and_names_no_model(stage: Stage) -> None:
    is_refused(stage.get("missing"), NotFound())


@pytest.mark.parametrize("view", ["private", "notes"])
@pytest.mark.parametrize("token", ["", "x" * 64])
def test_a_change_needs_the_right_token(stage: Stage, view: str, token: str) -> None:
    is_refused(stage.post(view, X_CSRFToken=token), CsrfFailed())


@pytest.mark.parametrize("view", ["private", "notes"])
@pytest.mark.parametrize(
    "page",
    [
        {"Origin": "https://evil.example"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site", "Origin": "https://sibling.example.com"},
    ],
)
def test_a_foreign_page_changes_nothing(stage: Stage, view: str, page: dict[str, str]) -> None:
    is_refused(stage.post(view, **page), OriginRefused())


@pytest.mark.parametrize("view", ["private", "notes"])
def test_an_expired_session_is_none(
    stage: Stage, view: str, time_machine: TimeMachineFixture
) -> None:
    time_machine.move_to(time.time() + 91 * 86400)
    is_refused(stage.get(view), NotAuthenticated())


@pytest.mark.parametrize("view", ["private", "notes"])
def test_a_revoked_session_is_none(stage: Stage, view: str) -> None:
    Session.objects.all().delete()
    is_refused(stage.post(view), NotAuthenticated())


@pytest.mark.parametrize("view", ["private", "notes", "fresh"])
def test_who_was_deactivated_is_nobody(stage: Stage, view: str, alice: User) -> None:
    User.objects.update(is_active=False)
    is_refused(stage.get(view), NotAuthenticated())


def test_an_old_proof_is_not_fresh(stage: Stage, time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(time.time() + 16 * 60)
    is_refused(stage.get("fresh"), ReauthenticationRequired(ways=["password"]))
    assert stage.get("private").status_code == 200


@pytest.mark.usefixtures("stopped_clock")
def test_too_often_is_too_often(stage: Stage) -> None:
    assert [stage.get("often").status_code for _ in range(2)] == [200, 200]
    is_refused(stage.get("often"), RateLimited(retry_after=30))


def test_where_nothing_can_be_counted_it_is_503(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*given: object, **named: object) -> None:
        raise OperationalError

    monkeypatch.setattr(counters, "count", away)
    is_refused(stage.get("often"), SessionStoreUnavailable())


@pytest.mark.parametrize("view", ["private", "notes"])
def test_a_method_that_is_not_there_is_named(stage: Stage, view: str) -> None:
    answer = stage.ask("DELETE", view)
    is_refused(answer, MethodNotAllowed())
    assert {"GET", "POST"} <= set(answer["Allow"].split(", "))


def test_a_field_that_is_missing_is_named(stage: Stage) -> None:
    is_refused(stage.post("private", {}), InvalidBody(fields={"text": [required()]}))


@pytest.mark.parametrize("body", [b"{", b"text=milk", b'{"text": "a'])
def test_what_is_no_json_is_no_json(stage: Stage, body: bytes) -> None:
    is_refused(stage.post("private", body), not_json())


def test_a_token_reads_what_it_may_read(stranger: Stage, give: Callable[..., str]) -> None:
    answer = stranger.get("notes", Authorization=give("notes:read"))
    assert answer.json() == {"user": "alice"}


def test_a_token_changes_what_it_may_change(stranger: Stage, give: Callable[..., str]) -> None:
    answer = stranger.post("notes", Authorization=give("notes:write"), X_CSRFToken="")
    assert answer.json() == NOTE


def test_a_token_without_the_ability_is_told_which(
    stranger: Stage, give: Callable[..., str]
) -> None:
    reader, writer = give("notes:read"), give("notes:write")
    is_refused(stranger.post("notes", Authorization=reader), AbilityMissing(ability="notes:write"))
    is_refused(stranger.get("notes", Authorization=writer), AbilityMissing(ability="notes:read"))


@pytest.mark.parametrize("view", ["private", "fresh", "often", "forbidden"])
def test_a_view_that_names_no_ability_takes_no_token(
    stranger: Stage, give: Callable[..., str], view: str
) -> None:
    token = give("notes:read", "notes:write")
    is_refused(stranger.get(view, Authorization=token), NotAuthenticated())


@pytest.mark.parametrize("view", ["private", "notes"])
@pytest.mark.parametrize("token", ["Bearer", "Bearer x", "bearer sat_" + "x" * 49])
def test_a_token_that_is_not_right_is_refused(stranger: Stage, view: str, token: str) -> None:
    is_refused(stranger.get(view, Authorization=token), TokenInvalid())


@pytest.mark.parametrize("view", ["private", "notes"])
def test_an_expired_token_is_refused(
    stranger: Stage, give: Callable[..., str], view: str, time_machine: TimeMachineFixture
) -> None:
    token = give("notes:read")
    time_machine.move_to(time.time() + 31 * 86400)
    is_refused(stranger.get(view, Authorization=token), TokenInvalid())


@pytest.mark.parametrize("view", ["private", "notes"])
def test_a_revoked_token_is_refused(
    stranger: Stage, give: Callable[..., str], view: str, alice: User
) -> None:
    token = give("notes:read")
    flow.revoke_all(alice)
    is_refused(stranger.get(view, Authorization=token), TokenInvalid())


def test_the_token_of_somebody_deactivated_is_refused(
    stranger: Stage, give: Callable[..., str]
) -> None:
    token = give("notes:read")
    User.objects.update(is_active=False)
    is_refused(stranger.get("notes", Authorization=token), TokenInvalid())


@pytest.mark.parametrize("view", ["private", "notes"])
def test_a_cookie_and_a_token_are_one_too_many(
    stage: Stage, give: Callable[..., str], view: str
) -> None:
    token = give("notes:read")
    is_refused(stage.get(view, Authorization=token), CredentialsAmbiguous())
    is_refused(stage.post(view, Authorization=token), CredentialsAmbiguous())
    Session.objects.all().delete()
    is_refused(stage.get(view, Authorization=token), CredentialsAmbiguous())


def test_a_page_of_others_changes_nothing_with_a_token(
    stranger: Stage, give: Callable[..., str]
) -> None:
    token = give("notes:write")
    answer = stranger.post("notes", Authorization=token, Origin="https://evil.example")
    is_refused(answer, OriginRefused())


def test_a_native_app_is_known_by_its_key(stranger: Stage) -> None:
    """Without a cookie, and so without a CSRF token."""
    key = key_of(stranger)
    for view in ("private", "notes", "fresh"):
        assert stranger.get(view, X_Session_Token=key).json() == {"user": "alice"}
    assert stranger.post("private", X_Session_Token=key, X_CSRFToken="").json() == NOTE


@pytest.mark.parametrize("view", ["private", "notes"])
def test_a_key_is_for_no_browser_and_stands_alone(
    stranger: Stage, give: Callable[..., str], view: str
) -> None:
    key = key_of(stranger)
    page = stranger.get(view, X_Session_Token=key, Sec_Fetch_Site="same-origin")
    is_refused(page, OriginRefused())
    both = stranger.get(view, X_Session_Token=key, Authorization=give("notes:read"))
    is_refused(both, CredentialsAmbiguous())


def key_of(stranger: Stage) -> str:
    signed_in = stranger.browser.post(
        "/api/login/",
        {"login": "alice", "password": PASSWORD},
        "application/json",
        headers={"X-Session-Token": ""},
    )
    assert not signed_in.cookies
    key: str = signed_in["X-Session-Token"]
    return key


def test_the_session_costs_one_query(stage: Stage) -> None:
    stage.get("private")
    assert queries(lambda: stage.get("private")) == 1
    assert queries(lambda: stage.get("notes")) == 1
    assert queries(lambda: stage.post("notes")) == 1


@pytest.mark.usefixtures("stopped_clock")
def test_a_token_costs_one_query(stranger: Stage, give: Callable[..., str]) -> None:
    token = give("notes:read")
    stranger.get("notes", Authorization=token)
    assert queries(lambda: stranger.get("notes", Authorization=token)) == 1


def queries(ask: Callable[[], HttpResponse]) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert ask().status_code == 200
    return len(captured)
