"""The room as an installed app: what it asks for, and what the contract says of it."""

import re
from typing import Any

import pytest
from django.apps import AppConfig, apps
from django.core.exceptions import ImproperlyConfigured
from openapi_spec_validator import validate

import spa_auth.classic
from spa_auth.classic.apps import ClassicConfig
from spa_auth.core.deployment import SameOrigin
from spa_auth.core.endpoint import registry
from tests.classic.conftest import declared
from tests.core.checks.ask import APP, CROSS, SAME, SERVED, SITE, ask, said
from tests.paths import ROOT

PATHS = [
    "/auth/login/",
    "/auth/logout/",
    "/hello/",
    "/login-set-cookie/",
    "/me/",
    "/users/profile/",
]


@pytest.mark.parametrize("deployment", [SAME, SERVED, CROSS, SITE])
def test_the_name_of_the_token_is_asked_for(deployment: Any) -> None:
    assert 'csrf_cookie="csrftoken"' in said(ask("E009", deployment))


def test_another_name_is_not_enough() -> None:
    assert "'xsrf'" in said(ask("E009", SameOrigin([APP], csrf_cookie="xsrf")))
    assert said(ask("E009", SameOrigin([APP], csrf_cookie="csrftoken"))) == ""


def test_its_paths_are_in_the_document() -> None:
    document = declared()
    validate(document)
    assert set(PATHS) <= document["paths"].keys()
    assert document["paths"]["/logout/"].keys() == {"get", "post"}
    assert document["paths"]["/profile/"].keys() == {"get", "patch"}


def test_each_operation_has_a_name_of_its_own() -> None:
    operations = [one for methods in declared()["paths"].values() for one in methods.values()]
    names = [operation["operationId"] for operation in operations]
    assert len(set(names)) == len(names)


def test_the_page_about_it_lists_what_it_adds() -> None:
    page = (ROOT / "docs" / "moving" / "tutorials.md").read_text()
    listed = set(re.findall(r"^\| `(GET|POST) ([a-z/-]+?)/?`", page, re.MULTILINE))
    adds = {
        (method, path)
        for path, methods in registry.items()
        for method, one in methods.items()
        if one.handler.__module__ == "spa_auth.classic.endpoints"
    }
    assert adds <= listed
    assert {path for _, path in listed} <= registry.keys()


def test_it_answers_in_place_of_the_account_room() -> None:
    assert registry["profile"]["GET"].handler.__module__ == "spa_auth.classic.endpoints"
    assert registry["profile"]["PATCH"].handler.__module__ == "spa_auth.account.endpoints"


@pytest.mark.parametrize("missing", ["spa_auth.password", "spa_auth.account"])
def test_what_it_stands_on_must_be_installed(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apps, "is_installed", lambda name: name != missing)
    config: AppConfig = ClassicConfig("spa_auth.classic", spa_auth.classic)
    with pytest.raises(ImproperlyConfigured, match=missing):
        config.ready()
