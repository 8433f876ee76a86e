import pytest
from django.test import Client, override_settings
from django.urls import include, path

urlpatterns = [path(".well-known/", include("spa_auth.password.well_known"))]
pytestmark = pytest.mark.urls(__name__)


def test_a_password_manager_finds_the_page_that_changes_a_password() -> None:
    answer = Client().get("/.well-known/change-password", headers={"Host": "evil.example.com"})
    assert answer.status_code == 400  # `ALLOWED_HOSTS`
    answer = Client().get("/.well-known/change-password")
    assert (answer.status_code, answer["Location"]) == (302, "http://localhost:8000/password")


@override_settings(SPA_AUTH={"CHANGE_PASSWORD_PAGE": "/account/password"})
def test_the_project_says_where_it_is() -> None:
    answer = Client().get("/.well-known/change-password")
    assert answer["Location"] == "http://localhost:8000/account/password"


def test_what_is_not_there_is_404() -> None:
    name = "resource-that-should-not-exist-whose-status-code-should-not-be-200"
    assert Client().get(f"/.well-known/{name}").status_code == 404
    assert Client().post("/.well-known/change-password").status_code == 405
