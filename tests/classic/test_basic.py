"""Sign-in by a Basic header: the same flow, door, limits and records as `login/`."""

from collections.abc import Sequence

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse

from spa_auth.audit.models import Entry
from spa_auth.classic.endpoints import describe_user
from spa_auth.core import events
from spa_auth.core.models import Counter
from spa_auth.sessions.models import Session
from tests.answers import outcome
from tests.classic.clients import Page, basic
from tests.conftest import PASSWORD
from tests.people.models import EmailUser

pytestmark = pytest.mark.usefixtures("alice")


def sign_in(
    page: Page, name: str = "alice", password: str = PASSWORD, encoding: str = "latin-1"
) -> HttpResponse:
    return page.ask("POST", "/api/auth/login", headers=basic(name, password, encoding))


@pytest.mark.parametrize("name", ["alice", " alice ", "alice@example.com"])
def test_a_name_is_read_as_elsewhere(page: Page, name: str) -> None:
    assert sign_in(page, name).status_code == 200


@pytest.mark.parametrize("encoding", ["latin-1", "utf-8"])
def test_letters_beyond_ascii_are_read(page: Page, alice: User, encoding: str) -> None:
    alice.set_password("Grüße aus Köln")
    alice.save()
    assert sign_in(page, "alice", "Grüße aus Köln", encoding).status_code == 200


@pytest.mark.parametrize(
    ("authorization", "code"),
    [
        ("", "classic.no_credentials"),
        ("Basic", "classic.no_credentials"),
        ("Bearer abc", "classic.no_credentials"),
        (basic("", "x")["Authorization"], "invalid_body"),
        (basic("alice", "")["Authorization"], "invalid_body"),
        (basic("alice", "\0")["Authorization"], "invalid_body"),
        (basic("alice", "x" * 1025)["Authorization"], "invalid_body"),
    ],
)
def test_what_is_no_sign_in_is_neither_hashed_nor_counted(
    page: Page, hashes: list[int], authorization: str, code: str
) -> None:
    answer = page.ask("POST", "/api/auth/login", headers={"Authorization": authorization})
    assert outcome(answer) == (400, code)
    assert hashes == []
    assert Counter.objects.count() == 0


@pytest.mark.usefixtures("stopped_clock")
def test_guesses_by_header_and_by_body_count_together(page: Page) -> None:
    """An oracle beside ours would be worth as many guesses again."""
    by_body = {"login": "alice", "password": "wrong"}
    seen = [sign_in(page, password="wrong").status_code for _ in range(5)]
    seen += [page.ask("POST", "/api/login/", by_body).status_code for _ in range(5)]
    assert seen == [400] * 10
    refused = sign_in(page)
    assert outcome(refused) == (429, "rate_limited")
    assert refused["Retry-After"]
    assert page.ask("POST", "/api/login/", by_body).status_code == 429


@pytest.mark.usefixtures("stopped_clock")
def test_a_success_gives_the_use_back(page: Page) -> None:
    assert [sign_in(page).status_code for _ in range(12)] == [200] * 12


def test_one_answer_and_one_hash_whoever_is_meant(page: Page, hashes: list[int]) -> None:
    seen = []
    for name in ("alice", "nobody"):
        hashes.clear()
        seen.append((outcome(sign_in(page, name, "wrong")), len(hashes)))
    assert seen == [((400, "invalid_credentials"), 1)] * 2


def test_a_second_factor_is_still_asked_for(page: Page, factors: dict[str, Sequence[str]]) -> None:
    factors["alice"] = ["totp"]
    assert outcome(sign_in(page)) == (403, "classic.step_missing")
    state = page.ask("GET", "/api/session/").json()
    assert (state["status"], state["next"]) == ("pending", ["totp"])
    assert page.ask("GET", "/api/me").status_code == 401


@pytest.mark.parametrize(
    ("password", "kept"), [(PASSWORD, ("sign_in", "done")), ("wrong", ("sign_in", "refused"))]
)
def test_it_is_written_down_as_a_sign_in(page: Page, password: str, kept: object) -> None:
    sign_in(page, password=password)
    assert [(entry.kind, entry.outcome) for entry in Entry.objects.all()] == [kept]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_sign_out_is_written_down(page: Page, method: str, reported: list[events.Event]) -> None:
    sign_in(page)
    path = "/api/logout" if method == "GET" else "/api/auth/logout"
    for _ in range(2):
        assert page.ask(method, path, headers=page.named_cookie()).status_code == 200
    assert [event.kind for event in reported] == ["sign_in", "sign_out"]


def test_the_session_is_a_new_one(page: Page) -> None:
    keys = []
    for _ in range(2):
        sign_in(page)
        keys.append(page.cookies["sessionid"].value)
    assert len(set(keys)) == 2
    assert Session.objects.count() == 1


def test_a_fault_shows_no_password(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is logged, with the variables of every frame: see tests/secrets.py."""

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError

    page.raise_request_exception = False
    monkeypatch.setattr("spa_auth.core.login.advance", fail)
    assert outcome(sign_in(page)) == (500, "server_error")


@pytest.mark.parametrize("path", ["me", "profile", "whoami", "hello"])
def test_no_other_endpoint_reads_the_header(page: Page, path: str) -> None:
    asked = page.ask("GET", f"/api/{path}/", headers=basic("alice", PASSWORD))
    assert asked.status_code == 401


def test_a_user_without_names_and_with_another_key_is_described() -> None:
    eve = EmailUser(email="eve@example.com")
    assert describe_user(eve).model_dump() == {
        "id": str(eve.pk),
        "username": "eve@example.com",
        "email": "eve@example.com",
        "first_name": "",
        "last_name": "",
        "date_joined": None,
    }
