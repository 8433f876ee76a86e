from typing import Any

import pytest

from tests.core.checks.ask import CROSS, SAME, ask, said


@pytest.mark.parametrize("prefix", ["", "S", "my-token"])
def test_a_prefix_that_scanners_miss_is_named(prefix: str) -> None:
    assert repr(prefix) in said(ask("E030", SAME, SPA_AUTH={"TOKEN_PREFIX": prefix}))


@pytest.mark.parametrize("written", [{}, {"TOKEN_PREFIX": "shop"}, {"TOKEN_PREFIX": 7}])
def test_a_word_is_a_prefix_and_what_is_no_text_has_a_check_already(
    written: dict[str, Any],
) -> None:
    assert said(ask("E030", SAME, SPA_AUTH=written)) == ""


def test_a_key_that_scripts_may_send_is_named() -> None:
    allowed = ["content-type", "X-Session-Token"]
    assert "'X-Session-Token'" in said(ask("E031", CROSS, CORS_ALLOW_HEADERS=allowed))


@pytest.mark.parametrize("changed", [{}, {"CORS_ALLOW_HEADERS": "x-session-token"}])
def test_what_the_deployment_writes_lets_no_script_send_it(changed: dict[str, Any]) -> None:
    assert said(ask("E031", CROSS, **changed)) == ""


def test_no_deployment_lets_other_origins_send_tokens() -> None:
    headers = CROSS.settings()["CORS_ALLOW_HEADERS"]
    assert {"authorization", "x-session-token"}.isdisjoint(headers)
