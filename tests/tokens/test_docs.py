"""The code of docs/tokens.md does what the page says."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import override_settings
from django.urls import path

from spa_auth.core.rule import rules
from tests.conftest import ApiClient
from tests.paths import ROOT
from tests.tokens.stage import ask, token_of

SETTINGS, VIEW = re.findall(
    r"```python\n(.*?)```", (ROOT / "docs" / "tokens.md").read_text(), re.DOTALL
)
written: dict[str, Any] = {"__name__": "shop"}
exec(VIEW, written)
urlpatterns = [path("notes/", written["notes"])]


@pytest.mark.urls(__name__)
def test_the_view_answers_who_may_and_tells_others_why(alice: User) -> None:
    assert ask(token_of(alice), "/notes/").json() == {"of": "alice"}
    other = ask(token_of(alice, abilities=("notes:write",)), "/notes/")
    assert other.json()["params"] == {"ability": "notes:read"}
    assert ApiClient().get("/notes/").json()["code"] == "not_authenticated"
    assert ask("x", "/notes/").json()["code"] == "tokens.invalid"


def test_the_settings_have_no_message() -> None:
    settings: dict[str, Any] = {"INSTALLED_APPS": []}
    exec(SETTINGS, settings)
    assert settings["INSTALLED_APPS"] == ["spa_auth.tokens"]
    with override_settings(SPA_AUTH=settings["SPA_AUTH"]):
        assert [m for r in rules if r.number in {"E001", "E002", "E007"} for m in r.check()] == []
