"""The code of docs/social.md does what the page says."""

import os
import re
from typing import Any

import pytest
from django.test import override_settings

from spa_auth.core.errors import ApiError
from spa_auth.social import errors
from spa_auth.social.guard import Guarded
from spa_auth.social.settings import SocialSettings
from tests.answers import outcome
from tests.conftest import ApiClient
from tests.core.checks.ask import SAME, ask
from tests.paths import ROOT
from tests.social.provider import Provider
from tests.social.stage import visit

PAGE = (ROOT / "docs" / "social.md").read_text()
BLOCKS = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


def test_the_settings_are_sound(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GITHUB_SECRET", "GOOGLE_SECRET"):
        monkeypatch.setenv(name, "secret")
    written: dict[str, Any] = {"os": os, "INSTALLED_APPS": []}
    exec(BLOCKS[0], written)
    assert written.pop("INSTALLED_APPS") == ["spa_auth.social"]
    changed = {name: value for name, value in written.items() if name.isupper()}
    for number in ("E001", "E002", "E091", "E092", "E093"):
        assert ask(number, SAME, **changed) == []


def test_a_second_provider_is_a_class() -> None:
    written: dict[str, Any] = {"__name__": "shop"}
    exec(BLOCKS[1], written)
    assert issubclass(written["Staff"], Guarded)


def only_members(*args: Any, **kwargs: Any) -> Any:
    written: dict[str, Any] = {}
    exec(BLOCKS[2], written)
    return written["only_members"](*args, **kwargs)


def test_a_step_refuses(client: ApiClient, db: None, provider: Provider) -> None:
    with override_settings(SPA_AUTH={"SOCIAL_STEPS": [f"{__name__}.only_members"]}):
        assert outcome(visit(client, provider)) == (400, "social.refused")


def test_a_step_lets_members_in(client: ApiClient, db: None, provider: Provider) -> None:
    provider.extra = {"groups": ["staff"]}
    with override_settings(SPA_AUTH={"SOCIAL_STEPS": [f"{__name__}.only_members"]}):
        assert visit(client, provider).status_code == 200


def test_tokens_are_kept(client: ApiClient, db: None, provider: Provider) -> None:
    written: dict[str, Any] = {}
    exec(BLOCKS[3], written)
    with override_settings(SPA_AUTH=written["SPA_AUTH"]):
        visit(client, provider, "github")
    written["request"] = client.get("/api/session/").wsgi_request
    exec(BLOCKS[4], written)
    assert written["tokens"]["access_token"] == provider.secrets[0]


def test_every_code_is_explained() -> None:
    declared = [each for each in vars(errors).values() if isinstance(each, type)]
    codes = {f"`{each.code}` | {each.status}" for each in declared if each is not ApiError}
    assert len(codes) == 9
    assert [code for code in codes if code not in PAGE] == []


def test_every_setting_is_named() -> None:
    assert [name for name in SocialSettings.declared() if f'"{name}"' not in PAGE] == []
