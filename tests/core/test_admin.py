from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth.models import User
from django.test import override_settings

from tests.conftest import PASSWORD, ApiClient


@pytest.fixture
def staff(db: None) -> User:
    return User.objects.create_superuser("root", "root@example.com", PASSWORD)


def test_the_admin_has_no_form_but_sends_to_the_sign_in_page(client: ApiClient, db: None) -> None:
    response = client.get("/admin/")
    assert response.status_code == 302
    response = client.get(response["Location"])
    target = urlsplit(response["Location"])
    assert (target.scheme, target.netloc, target.path) == ("http", "localhost:8000", "/sign-in")
    assert parse_qs(target.query) == {"next": ["/admin/"]}


def test_a_password_posted_to_the_admin_signs_nobody_in(client: ApiClient, staff: User) -> None:
    client.get("/api/csrf/")
    response = client.post(
        "/admin/login/",
        {"username": "root", "password": PASSWORD, "csrfmiddlewaretoken": client.token},
    )
    assert response.status_code == 302
    assert "sessionid" not in response.cookies


def test_staff_who_signed_in_through_our_door_are_let_in(client: ApiClient, staff: User) -> None:
    client.sign_in("root")
    assert client.get("/admin/").status_code == 200
    assert client.get("/admin/login/?next=/admin/auth/user/")["Location"] == "/admin/auth/user/"


def test_who_may_not_enter_gets_403_and_no_loop(signed_in: ApiClient) -> None:
    assert signed_in.get("/admin/login/").status_code == 403


@pytest.mark.parametrize(
    "wanted", ["//evil.test", "https://evil.test", "/\\evil.test", "javascript:x", "evil", ""]
)
def test_only_paths_of_this_site_are_returned_to(client: ApiClient, db: None, wanted: str) -> None:
    location = client.get("/admin/login/", {"next": wanted})["Location"]
    assert parse_qs(urlsplit(location).query) == {"next": ["/admin/"]}


@override_settings(SPA_AUTH={"SIGN_IN_PAGE": "/welcome"})
def test_the_project_names_its_sign_in_page(client: ApiClient, db: None) -> None:
    assert "/welcome?next=" in client.get("/admin/login/")["Location"]
