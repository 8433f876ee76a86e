import pytest
from django.contrib.auth.models import User
from django.test import override_settings

from spa_auth.account import checks
from tests.core.checks.ask import ask, said


def test_a_user_model_without_an_address_cannot_have_sign_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(checks, "field_of", lambda _: None)
    assert "no e-mail address" in said(ask("E012", None))
    assert said(ask("E012", None, SPA_AUTH={"SIGN_UP": False})) == ""


@override_settings(SPA_AUTH={"SIGN_UP_FIELDS": ["username"]})
def test_what_the_user_model_requires_must_be_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(User, "REQUIRED_FIELDS", ["email", "first_name"])
    assert "leaves out 'first_name'" in said(ask("E012", None))


def test_it_is_asked_for_where_the_project_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(User, "REQUIRED_FIELDS", ["email", "first_name"])
    assert said(ask("E012", None)) == ""
