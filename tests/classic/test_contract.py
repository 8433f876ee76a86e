"""Each row of the table of published clients, with what that client sends."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse

from tests.classic.clients import HTTPIE, Page, basic
from tests.conftest import PASSWORD

BY_NAME = {"username": "alice", "password": PASSWORD}
BY_MAIL = {"email": "alice@example.com", "password": PASSWORD}

pytestmark = pytest.mark.usefixtures("alice")


@pytest.fixture(params=["", "/"])
def end(request: pytest.FixtureRequest) -> str:
    """How the client ends a path: each works with and without the slash."""
    slash: str = request.param
    return slash


@pytest.fixture
def inside(page: Page) -> Page:
    assert page.ask("POST", "/api/login/", BY_NAME).status_code == 200
    return page


def said(response: HttpResponse) -> Any:
    assert response.status_code == 200, response.content
    return response.json()


def signed_in(page: Page) -> bool:
    return bool(said(page.ask("GET", "/api/session/"))["isAuthenticated"])


# POST login/


def test_s0_signs_in_without_a_token_or_with_any(page: Page, end: str) -> None:
    for _ in range(2):  # after a reload it shows its form again, although somebody is signed in
        said(page.ask("POST", f"/api/login{end}", BY_NAME, headers=page.first_cookie()))
        assert signed_in(page)
    wrong = page.ask("POST", f"/api/login{end}", BY_NAME | {"password": "wrong"})
    assert wrong.status_code == 400


def test_s2_signs_in_from_a_shell(page: Page, end: str) -> None:
    page.browser = HTTPIE
    said(page.ask("POST", f"/api/login{end}", BY_NAME))
    wrong = page.ask("POST", f"/api/login{end}", BY_NAME | {"password": "wrong"})
    # It prints whatever comes.
    assert (wrong.status_code, wrong.json()["code"]) == (400, "invalid_credentials")


def test_s3_signs_in_with_a_token_and_reads_json(page: Page, end: str) -> None:
    page.ask("GET", "/api/session/")
    assert said(page.ask("POST", f"/api/login{end}", BY_NAME, headers=page.named_cookie()))
    wrong = page.ask(
        "POST",
        f"/api/login{end}",
        BY_NAME | {"password": "wrong"},
        headers=page.named_cookie(),
    )
    assert wrong.status_code in {400, 401}


def test_s4_signs_in_by_address_and_stays_on_the_page_when_refused(page: Page, end: str) -> None:
    page.ask("GET", "/api/login-set-cookie/")
    token = page.named_cookie()
    wrong = page.ask("POST", f"/api/login{end}", BY_MAIL | {"password": "x"}, headers=token)
    assert wrong.status_code == 400
    said(page.ask("POST", f"/api/login{end}", BY_MAIL, headers=token))
    assert signed_in(page)


# POST auth/login


def test_s1_signs_in_by_a_header(page: Page, alice: User, end: str) -> None:
    answer = page.ask("POST", f"/api/auth/login{end}", headers=basic("alice", PASSWORD))
    assert said(answer) == {
        "id": alice.pk,
        "username": "alice",
        "email": "alice@example.com",
        "first_name": "Alice",
        "last_name": "",
        "date_joined": alice.date_joined.isoformat().replace("+00:00", "Z"),
    }
    assert signed_in(page)


def test_s1_is_refused_without_a_pop_up(page: Page, end: str) -> None:
    wrong = page.ask("POST", f"/api/auth/login{end}", headers=basic("alice", "wrong"))
    assert (wrong.status_code, wrong.json()["code"]) == (400, "invalid_credentials")
    assert not wrong.has_header("WWW-Authenticate")
    assert not signed_in(page)


# POST logout/


@pytest.mark.parametrize("find", [Page.first_cookie, Page.named_cookie])
def test_s0_and_s4_sign_out_also_when_nobody_is_signed_in(
    inside: Page, find: Any, end: str
) -> None:
    for _ in range(2):
        said(inside.ask("POST", f"/api/logout{end}", headers=find(inside)))
        assert not signed_in(inside)


def test_a_body_of_axios_changes_nothing(inside: Page, end: str) -> None:
    said(inside.ask("POST", f"/api/logout{end}", {}, headers=inside.named_cookie()))
    assert not signed_in(inside)


# GET logout


def test_s3_signs_out_by_get(inside: Page, end: str) -> None:
    for _ in range(2):
        assert said(inside.ask("GET", f"/api/logout{end}")) == {"detail": "You are signed out."}
        assert not signed_in(inside)


# POST auth/logout


def test_s1_signs_out(inside: Page, end: str) -> None:
    for _ in range(2):
        said(inside.ask("POST", f"/api/auth/logout{end}", headers=inside.named_cookie()))
        assert not signed_in(inside)


def test_s1_signs_out_by_its_token_only(inside: Page, end: str) -> None:
    refused = inside.ask("POST", f"/api/auth/logout{end}")
    assert (refused.status_code, refused.json()["code"]) == (403, "csrf_failed")
    assert signed_in(inside)


# The token


def test_s3_reads_the_token_from_a_header(page: Page, end: str) -> None:
    answer = page.ask("GET", f"/api/csrf{end}")
    said(page.ask("POST", "/api/login/", BY_NAME, headers={"X-CSRFToken": answer["X-CSRFToken"]}))
    assert answer["X-CSRFToken"]


def test_s4_gets_a_cookie_that_it_can_read(page: Page, end: str) -> None:
    assert said(page.ask("GET", f"/api/login-set-cookie{end}")).keys() == {"details"}
    assert page.readable.startswith("csrftoken=")


def test_the_token_is_the_first_cookie_and_the_only_one_to_be_read(inside: Page) -> None:
    assert inside.cookies.keys() == {"csrftoken", "sessionid", "sessionid_auth_device"}
    assert inside.readable == f"csrftoken={inside.cookies['csrftoken'].value}"


# Who is signed in


def test_s3_asks_for_the_session(page: Page, end: str) -> None:
    assert said(page.ask("GET", f"/api/session{end}"))["isAuthenticated"] is False
    assert page.readable.startswith("csrftoken=")
    page.ask("POST", "/api/login/", BY_NAME)
    assert said(page.ask("GET", f"/api/session{end}"))["isAuthenticated"] is True


def test_s3_asks_who_is_signed_in(inside: Page, end: str) -> None:
    asked = inside.ask("GET", f"/api/whoami{end}", headers={"Content-Type": "application/json"})
    assert said(asked)["username"] == "alice"


def test_s1_asks_who_is_signed_in(inside: Page, alice: User, end: str) -> None:
    keys = {"id", "username", "email", "first_name", "last_name", "date_joined"}
    answer = said(inside.ask("GET", f"/api/me{end}"))
    assert answer.keys() == keys
    assert (answer["id"], answer["username"]) == (alice.pk, "alice")


def test_s2_reads_the_profile(inside: Page, end: str) -> None:
    assert said(inside.ask("GET", f"/api/profile{end}")) == {
        "username": "alice",
        "email": "alice@example.com",
        "first_name": "Alice",
        "last_name": "",
    }


def test_s4_reads_the_profile(inside: Page, alice: User, end: str) -> None:
    assert said(inside.ask("GET", f"/api/users/profile{end}")) == {
        "id": alice.pk,
        "email": "alice@example.com",
        "is_staff": False,
        "is_superuser": False,
    }


def test_s0_is_greeted(inside: Page, end: str) -> None:
    assert said(inside.ask("GET", f"/api/hello{end}")) == {"message": "Hello alice"}


@pytest.mark.parametrize("path", ["me", "profile", "users/profile", "hello", "whoami"])
def test_nobody_is_401(page: Page, path: str, end: str) -> None:
    refused = page.ask("GET", f"/api/{path}{end}")
    assert (refused.status_code, refused["WWW-Authenticate"]) == (401, "Session")


# POST social/


@pytest.mark.parametrize("provider", ["github", "google-oauth2", "facebook"])
def test_s4_signs_nobody_in_by_a_code_without_a_state(page: Page, provider: str, end: str) -> None:
    refused = page.ask("POST", f"/api/social/{provider}{end}", {"code": "code-of-somebody"})
    assert 400 <= refused.status_code < 500
    assert not signed_in(page)


# What they do not know goes on


def test_our_own_change_of_the_profile_stays(inside: Page, alice: User) -> None:
    token = inside.named_cookie()
    said(inside.ask("PATCH", "/api/profile/", {"firstName": "Ada"}, headers=token))
    assert said(inside.ask("GET", "/api/profile/"))["first_name"] == "Ada"
