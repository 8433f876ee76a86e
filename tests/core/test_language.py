"""In which language an answer is, and who chooses it."""

from collections.abc import Callable
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import AsyncClient, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from spa_auth.core.models import Mail
from spa_auth.password.validators import ASVS
from tests.conftest import ApiClient
from tests.letters import delivered

GERMAN = {"Accept-Language": "de-AT, de;q=0.9, en;q=0.5"}
ANONYMOUS = {
    "en": "You are not signed in.",
    "de": "Sie sind nicht angemeldet.",
}


def said(client: ApiClient, headers: dict[str, str] | None = None) -> tuple[str, str | None]:
    """What an anonymous person is told, and in which language the answer says that it is."""
    response = client.get("/api/whoami/", headers=headers)
    return response.json()["detail"], response.get("Content-Language")


def varies(response: HttpResponse) -> set[str]:
    return set(response.get("Vary", "").split(", "))


def always_german(get_response: Callable[[HttpRequest], HttpResponse]) -> Any:
    """A middleware of a project's."""

    def answer(request: HttpRequest) -> HttpResponse:
        translation.activate("de")
        return get_response(request)

    return answer


def with_locale_middleware() -> list[str]:
    middleware = [*settings.MIDDLEWARE]
    middleware.insert(2, "django.middleware.locale.LocaleMiddleware")
    return middleware


def test_an_error_is_in_the_language_that_the_browser_asks_for(client: ApiClient) -> None:
    assert said(client, GERMAN) == (ANONYMOUS["de"], "de")
    assert said(client, {"Accept-Language": "en"}) == (ANONYMOUS["en"], "en")


@pytest.mark.parametrize("asked", ["", "tlh", "*", "de" * 5000, "d\u00e9, ;q=x,,"])
def test_who_asks_for_nothing_known_has_the_language_of_the_project(
    client: ApiClient, asked: str
) -> None:
    assert said(client, {"Accept-Language": asked}) == (ANONYMOUS["en"], "en")
    with override_settings(LANGUAGE_CODE="de"):
        assert said(client, {"Accept-Language": asked}) == (ANONYMOUS["de"], "de")


@override_settings(LANGUAGES=[("en", "English"), ("fr", "French")])
def test_only_languages_of_the_project_are_spoken(client: ApiClient) -> None:
    assert said(client, GERMAN) == (ANONYMOUS["en"], "en")


def test_a_cookie_that_the_project_does_not_use_changes_nothing(client: ApiClient) -> None:
    """Another project on this host may have set it."""
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "de"
    assert said(client, {"Accept-Language": "en"}) == (ANONYMOUS["en"], "en")
    assert said(client) == (ANONYMOUS["en"], "en")


def test_a_cookie_chooses_where_the_project_has_the_middleware_for_it(client: ApiClient) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "de"
    with override_settings(MIDDLEWARE=with_locale_middleware()), translation.override("en"):
        assert said(client, {"Accept-Language": "en"}) == (ANONYMOUS["de"], "de")


def test_an_address_that_does_not_exist_answers_in_it_too(client: ApiClient) -> None:
    response = client.get("/api/nope/", headers=GERMAN)
    assert response.json()["detail"] == "Hier gibt es nichts."
    assert response["Content-Language"] == "de"
    assert {"Accept-Language", "Cookie", "Origin"} <= varies(response)


@pytest.mark.django_db
@override_settings(AUTH_PASSWORD_VALIDATORS=ASVS)
def test_words_of_django_are_in_it_too(client: ApiClient) -> None:
    body = {"email": "carol@example.com", "password": "short", "username": "carol"}
    response = client.send("POST", "/api/signup/", body, headers=GERMAN)
    assert response.json()["detail"] == "Einige Angaben sind nicht gültig."
    (error,) = response.json()["fields"]["password"]
    assert error["detail"].startswith("Dieses Passwort ist zu kurz.")


def test_the_projects_own_views_stay_as_they_are(client: ApiClient) -> None:
    response = client.get("/private/", headers=GERMAN)
    assert response.json()["detail"] == ANONYMOUS["en"]
    assert "Content-Language" not in response
    assert "Accept-Language" not in varies(response)


def test_it_ends_with_the_answer(client: ApiClient) -> None:
    with translation.override("nl"):
        assert said(client, GERMAN)[1] == "de"
        assert translation.get_language() == "nl"


def test_it_costs_no_statement(client: ApiClient, db: None) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert said(client, GERMAN)[1] == "de"
    assert len(queries) == 0


def test_under_asgi_it_is_the_same() -> None:
    async def ask() -> tuple[str, str, str | None]:
        client = AsyncClient(headers={"host": "localhost"})
        response = await client.get("/api/whoami/", headers=GERMAN)
        return response.json()["detail"], response["Content-Language"], translation.get_language()

    with translation.override("nl"):
        assert async_to_sync(ask)() == (ANONYMOUS["de"], "de", "nl")


def test_a_locale_middleware_of_the_project_chooses(client: ApiClient) -> None:
    # It leaves its choice behind.
    with override_settings(MIDDLEWARE=with_locale_middleware()), translation.override("en"):
        assert said(client, GERMAN) == (ANONYMOUS["de"], "de")


def test_with_it_an_address_that_does_not_exist_names_its_language(client: ApiClient) -> None:
    with override_settings(MIDDLEWARE=with_locale_middleware()), translation.override("en"):
        response = client.get("/api/nope/", headers=GERMAN)
    assert response.json()["detail"] == "Hier gibt es nichts."
    assert response["Content-Language"] == "de"
    assert {"Accept-Language", "Cookie", "Origin"} <= varies(response)


def test_another_middleware_of_the_project_has_the_last_word() -> None:
    middleware = [*settings.MIDDLEWARE, "tests.core.test_language.always_german"]
    with override_settings(MIDDLEWARE=middleware):
        assert said(ApiClient(), {"Accept-Language": "en"}) == (ANONYMOUS["de"], "de")


def test_without_translations_everything_is_in_english(client: ApiClient) -> None:
    client.contract = False  # it promises the header
    with override_settings(USE_I18N=False):
        assert said(client, GERMAN) == (ANONYMOUS["en"], None)


@pytest.mark.django_db
def test_a_mail_is_in_the_language_of_the_request_that_asked_for_it(
    client: ApiClient, alice: User
) -> None:
    body = {"email": alice.email}
    response = client.send("POST", "/api/password/reset/", body, headers=GERMAN)
    detail = "Wenn es mit dieser Adresse ein Konto gibt, ist eine E-Mail unterwegs."
    assert response.json()["detail"] == detail
    assert Mail.objects.get().language == "de"
    (letter,) = delivered()
    assert letter.subject == "Neues Passwort wählen"
    assert "einmal und nur 30\u00a0Minuten" in letter.text
