"""Whatever people are told goes through gettext, and each sentence as a whole."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.test import Client, override_settings
from django.urls import include, path

from spa_auth.core import mail, outbox
from spa_auth.core.body import _FIELD_ERRORS, _OTHER
from spa_auth.core.endpoint import Endpoint, registry
from spa_auth.core.errors import ApiError
from spa_auth.password.validators import ASVS, BREACHED
from spa_auth.sessions.mail import NEW_DEVICE
from tests.conftest import PASSWORD, ApiClient
from tests.core.test_mail import mailer
from tests.foreign import BEGIN, english_in
from tests.paths import ROOT

PACKAGE = ROOT / "src" / "spa_auth"
urlpatterns = [path("mailbox/", include("spa_auth.mailbox.urls"))]

# Where a text is given to people: by these names, as these arguments, in the given files.
SAID_AS = {"detail", "subject", "verbose_name", "verbose_name_plural", "search_help_text"}
SAID_TO = {"field_error": 1, "_Unreadable": 1, "ValidationError": 0}
SAID_IN_ADMIN = {"description"}

ENDPOINTS = [declared for methods in registry.values() for declared in methods.values()]


def is_whole(said: str) -> bool:
    """Tell whether a text was translated, and at once."""
    return said.startswith(BEGIN) and said.count(BEGIN) == 1 and not english_in(said)


def details_in(value: Any) -> Iterator[str]:
    """Find every text for people in an answer."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name == "detail":
                yield inner
            else:
                yield from details_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from details_in(inner)


def refusals(base: type[ApiError] = ApiError) -> list[type[ApiError]]:
    found = [each for child in base.__subclasses__() for each in (child, *refusals(child))]
    return [refusal for refusal in found if refusal.__module__.startswith("spa_auth.")]


@pytest.mark.parametrize("refusal", refusals(), ids=lambda refusal: refusal.code)
def test_every_refusal_can_be_translated(refusal: type[ApiError], foreign: None) -> None:
    assert is_whole(str(refusal.detail))


@pytest.mark.parametrize(("code", "detail"), [*_FIELD_ERRORS.values(), _OTHER])
def test_every_error_of_a_field_can_be_translated(code: str, detail: str, foreign: None) -> None:
    assert is_whole(str(detail))


@pytest.mark.parametrize(
    "raw",
    [
        b"\xff",
        b"[" * 40,
        b"{",
        b"[]",
        b'{"a": 1, "a": 2}',
        b'{"a": "\\u0000"}',
        b'{"login": 1, "more": true}',
        b"{}",
    ],
)
def test_every_complaint_about_a_body_can_be_translated(
    client: ApiClient, raw: bytes, foreign: None
) -> None:
    response = client.send("POST", "/api/login/", raw)
    assert response.status_code == 400
    said = list(details_in(response.json()))
    assert len(said) >= 2
    assert all(is_whole(text) for text in said)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "declared", ENDPOINTS, ids=lambda declared: f"{declared.method} {declared.path}"
)
def test_every_endpoint_answers_in_the_language(
    signed_in: ApiClient, declared: Endpoint, foreign: None
) -> None:
    where = f"/api/{re.sub('<.*?>', 'x', declared.path)}/"
    bodies: list[Any] = [{}, {"email": "somebody@example.com"}] if declared.unsafe else [None]
    for body in bodies:
        response = signed_in.send(declared.method, where, body)
        said = list(details_in(response.json()))
        assert all(is_whole(text) for text in said), said


@pytest.mark.django_db
@override_settings(AUTH_PASSWORD_VALIDATORS=[*ASVS, BREACHED])
def test_the_rules_of_passwords_are_told_in_the_language(client: ApiClient, foreign: None) -> None:
    rules = client.get("/api/config/").json()["password"]["rules"]
    assert len(rules) == 4
    assert all(is_whole(rule) for rule in rules)


def test_nothing_is_said_past_gettext() -> None:
    """What no test provokes is found in the code: a text that is written where it is said."""
    found = [
        f"{path.relative_to(PACKAGE)}:{value.lineno}"
        for path in sorted(PACKAGE.rglob("*.py"))
        if "migrations" not in path.parts
        for value in _said_in(path)
        if isinstance(value, ast.Constant | ast.JoinedStr | ast.BinOp)
    ]
    assert found == []


def _said_in(path: Path) -> Iterator[ast.expr]:
    names = SAID_AS | (SAID_IN_ADMIN if path.name == "admin.py" else set())
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            yield from (word.value for word in node.keywords if word.arg in names)
            place = SAID_TO.get(getattr(node.func, "attr", getattr(node.func, "id", "")), 99)
            yield from node.args[place : place + 1]
        elif isinstance(node, ast.Assign):
            targets = {getattr(target, "id", "") for target in node.targets}
            yield from [node.value] if targets & names else []


def test_every_name_of_an_app_and_of_what_the_admin_shows_can_be_translated(foreign: None) -> None:
    for config in apps.get_app_configs():
        if config.name.startswith("spa_auth."):
            for model in config.get_models():
                names = (config.verbose_name, model._meta.verbose_name)
                names += (model._meta.verbose_name_plural,)
                assert all(is_whole(str(name)) for name in names), names


def texts_in(page: str) -> set[str]:
    """What a page says in its title, headings, links of headings, labels and buttons."""
    without_code = re.sub(r"<(style|script)\b.*?</\1>|<!--.*?-->", "", page, flags=re.DOTALL)
    texts = re.findall(r"<(title|h1|h2|th|option|label)\b[^>]*>(.*?)</\1>", without_code, re.DOTALL)
    plain = (re.sub(r"<[^>]*>", " ", text).replace("&#x27;", "'") for _, text in texts)
    return {" ".join(text.split()) for text in plain} - {""}


@pytest.mark.django_db
@pytest.mark.parametrize("place", ["sessions/session", "audit/entry"])
def test_every_page_of_the_admin_can_be_translated(
    client: ApiClient, place: str, foreign: None
) -> None:
    User.objects.create_superuser("root", "root@example.com", PASSWORD)
    client.sign_in("root")
    index = f"/admin/spa_auth_{place}/"
    row = apps.get_model(f"spa_auth_{place.replace('/', '.')}").objects.get()
    for where in (index, f"{index}{row.pk}/change/"):
        said = texts_in(client.get(where).content.decode().replace(str(row), ""))
        assert len(said) > 5
        assert {text for text in said if english_in(text)} == set()


@pytest.mark.django_db
@pytest.mark.urls(__name__)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_page_of_the_mailbox_can_be_translated(
    alice: User, tmp_path: Path, language: str, foreign: None
) -> None:
    browser = Client(SERVER_NAME="localhost")
    with (
        mailer("filebased", file_path=str(tmp_path / "mail")),
        override_settings(DEBUG=True, LANGUAGE_CODE=language),
    ):
        pages = [browser.get("/mailbox/").content.decode()]
        mail.send(NEW_DEVICE, user=alice, address=alice.email)
        assert outbox.deliver_due() == 1
        pages.append(browser.get("/mailbox/").content.decode())
        (where,) = re.findall(r'href="(/mailbox/[^"]+)"', pages[1])
        pages.append(browser.get(where).content.decode())
    direction = "rtl" if language == "ar" else "ltr"
    for page in pages:
        assert f'<html lang="{language}" dir="{direction}">' in page
        body = re.sub(r"<style.*?</style>|<pre>.*?</pre>|<[^>]*>", "\n", page, flags=re.DOTALL)
        body = body.replace(alice.email, "").replace("&#x27;", "").replace("&nbsp;", "")
        assert english_in(body) == []
