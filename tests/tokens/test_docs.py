"""The code of docs/tokens.md, and the key of docs/native-apps.md, do what the pages say."""

import re
from typing import Any

import httpx
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


def test_a_late_answer_about_an_old_key_leaves_the_new_one() -> None:
    """`tests_servers` runs the whole page."""
    (shown,) = re.findall(
        r"(import httpx\n.*?)\n\n\ndef", (ROOT / "docs" / "native-apps.md").read_text(), re.DOTALL
    )
    app: dict[str, Any] = {}
    exec(shown, app)
    key = app["SessionKey"]("old")

    def answer(flow: Any, text: str) -> None:
        with pytest.raises(StopIteration):
            flow.send(httpx.Response(401, headers={"X-Session-Token": text}))

    late, quick = (key.auth_flow(httpx.Request("GET", "https://app.test/")) for _ in range(2))
    assert {next(late).headers["X-Session-Token"], next(quick).headers["X-Session-Token"]} == {
        "old"
    }
    answer(quick, "new")
    answer(late, "")
    assert key.key == "new"
    out = key.auth_flow(httpx.Request("GET", "https://app.test/"))
    next(out)
    answer(out, "")
    assert key.key == ""
