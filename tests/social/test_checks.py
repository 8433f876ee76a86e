"""The checks of how providers are set up."""

import importlib.util
import sys
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.apps import apps

from spa_auth.core.endpoint import pages
from tests.core.checks.ask import LOCAL, SAME, ask, said

GITHUB = {"SOCIAL_AUTH_GITHUB_KEY": "key", "SOCIAL_AUTH_GITHUB_SECRET": "secret"}
OIDC = {
    "SOCIAL_AUTH_OIDC_KEY": "key",
    "SOCIAL_AUTH_OIDC_SECRET": "secret",
    "SOCIAL_AUTH_OIDC_OIDC_ENDPOINT": "https://accounts.example.com",
}
NUMBERS = [f"E{number:03}" for number in range(90, 100)] + ["W090", "W091"]


def about(number: str, *names: str, deployment: Any = SAME, **changed: Any) -> str:
    """What a check says about a project with these providers."""
    more = changed.pop("SPA_AUTH", {})
    return said(ask(number, deployment, SPA_AUTH={"SOCIAL": list(names), **more}, **changed))


@pytest.mark.parametrize("number", NUMBERS)
def test_a_sound_project_hears_nothing(number: str) -> None:
    assert about(number, "github", "oidc", **GITHUB, **OIDC) == ""
    kept = {"SOCIAL_KEEP_TOKENS": ["github"]}
    assert about(number, "github", SPA_AUTH=kept, **GITHUB) == about(number) == ""


def test_the_extra_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it the room answers nothing, and every other check holds its tongue."""
    monkeypatch.setitem(sys.modules, "social_core", None)
    assert importlib.util.find_spec("social_core") is None
    assert "django-spa-auth[social]" in about("E090", "github")
    others = [number for number in NUMBERS if number not in {"E090", "E096"}]
    assert [about(number, "nothing") for number in others] == [""] * len(others)
    monkeypatch.delitem(pages, "social/<provider>/callback")
    apps.get_app_config("spa_auth_social").ready()
    assert pages == {}


@pytest.mark.parametrize(
    ("names", "why"),
    [
        (["githab"], "'githab' is no backend"),
        (["nothing.at.all"], "cannot be imported"),
        (["trello"], "does not speak OAuth 2"),
        (["drip"], "signs nobody in"),
        (["github", "social_core.backends.github.GithubOAuth2"], "two providers"),
    ],
)
def test_a_provider_must_be_known(names: list[str], why: str) -> None:
    assert why in about("E091", *names)


@pytest.mark.parametrize("key", ["SOCIAL_TRUST_EMAIL", "SOCIAL_KEEP_TOKENS"])
def test_other_settings_name_providers_that_there_are(key: str) -> None:
    wrong = {key: ["githab"]}
    assert "'githab', which is none of ['github']" in about("E091", "github", SPA_AUTH=wrong)


def test_what_is_no_list_another_check_names() -> None:
    changed = {"SPA_AUTH": {"SOCIAL": "github", "SOCIAL_STEPS": 7}}
    assert [said(ask(number, SAME, **changed)) for number in NUMBERS] == [""] * len(NUMBERS)
    assert "SOCIAL" in said(ask("E002", SAME, **changed))


@pytest.mark.parametrize(
    ("name", "missing"),
    [
        ("github", ["GITHUB_KEY", "GITHUB_SECRET"]),
        ("google", ["GOOGLE_OAUTH2_KEY", "GOOGLE_OAUTH2_SECRET"]),
        ("facebook", ["FACEBOOK_KEY", "FACEBOOK_SECRET"]),
        ("microsoft", ["MICROSOFT_GRAPH_KEY", "MICROSOFT_GRAPH_SECRET"]),
        ("apple", ["APPLE_ID_CLIENT", "APPLE_ID_TEAM", "APPLE_ID_KEY", "APPLE_ID_SECRET"]),
        ("oidc", ["OIDC_KEY", "OIDC_SECRET", "OIDC_OIDC_ENDPOINT"]),
    ],
)
def test_each_key_that_is_missing_is_named(name: str, missing: list[str]) -> None:
    messages = about("E092", name).splitlines()
    assert len(messages) == len(missing)
    for key, message in zip(missing, messages, strict=True):
        assert f"SOCIAL_AUTH_{key} is missing." in message


def test_the_key_of_apple_must_be_one() -> None:
    formats = (serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    made = ec.generate_private_key(ec.SECP256R1())
    pem = made.private_bytes(serialization.Encoding.PEM, *formats).decode()
    apple = {f"SOCIAL_AUTH_APPLE_ID_{name}": "x" for name in ("CLIENT", "TEAM", "KEY")}
    assert about("E092", "apple", **apple, SOCIAL_AUTH_APPLE_ID_SECRET=pem) == ""
    for wrong in (pem.replace("\n", "\\n"), "secret"):
        found = about("E092", "apple", **apple, SOCIAL_AUTH_APPLE_ID_SECRET=wrong)
        assert "SOCIAL_AUTH_APPLE_ID_SECRET is no key." in found


def test_one_that_is_unknown_hides_no_other() -> None:
    assert len(about("E092", "nothing", "github").splitlines()) == 2


def test_an_empty_secret_is_none() -> None:
    assert "GITHUB_SECRET" in about("E092", "github", **GITHUB | {"SOCIAL_AUTH_GITHUB_SECRET": " "})


def test_a_provider_is_asked_over_https() -> None:
    address = {"SOCIAL_AUTH_OIDC_OIDC_ENDPOINT": "http://accounts.example.com"}
    assert "OIDC_OIDC_ENDPOINT" in about("E093", "oidc", **OIDC | address)
    local = {"SOCIAL_AUTH_OIDC_OIDC_ENDPOINT": "http://localhost:9000"}
    assert "this machine" in about("E093", "oidc", **OIDC | local)
    assert about("E093", "oidc", deployment=LOCAL, **OIDC | local) == ""
    assert about("E093", "oidc", deployment=None, **OIDC | local) == ""


@pytest.mark.parametrize("scope", ["user:email", 7, [7]])
def test_a_scope_is_a_list(scope: Any) -> None:
    assert "GITHUB_SCOPE" in about("E094", "github", SOCIAL_AUTH_GITHUB_SCOPE=scope)
    assert about("E094", "github", SOCIAL_AUTH_GITHUB_SCOPE=["user:email"]) == ""


@pytest.mark.parametrize("page", ["/callback", "auth/{provider}", 7])
def test_each_provider_has_a_page(page: Any) -> None:
    assert "SOCIAL_PAGE" in about("E095", "github", SPA_AUTH={"SOCIAL_PAGE": page})


def test_an_account_must_be_possible(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("spa_auth.social.newcomers.missing", lambda: ["born"])
    assert "'born'" in about("E096", "github")
    assert about("E096", "github", SPA_AUTH={"SIGN_UP": False}) == ""
    assert about("E096") == ""


def test_a_subject_must_not_change() -> None:
    said = "coursera tells people apart by their 'username'"
    assert said in about("E097", "coursera")


@pytest.mark.parametrize(
    "name", ["VERIFY_SSL", "GITHUB_VERIFY_SSL", "GITHUB_ID_KEY", "USERNAME_AS_ID"]
)
def test_what_would_weaken_it_is_not_read(name: str) -> None:
    assert f"SOCIAL_AUTH_{name} has no effect" in about(
        "E098", "github", **{f"SOCIAL_AUTH_{name}": False}
    )


def test_a_step_must_be_there() -> None:
    steps = {"SOCIAL_STEPS": ["tests.nothing", "tests.social.test_sign_in.nobody"]}
    assert len(about("E099", "github", SPA_AUTH=steps).splitlines()) == 1


def test_a_trust_is_pointed_out() -> None:
    trust = {"SOCIAL_TRUST_EMAIL": ["github"]}
    assert "every address of 'github'" in about("W090", "github", SPA_AUTH=trust)


def test_pkce_that_is_switched_off_is_pointed_out() -> None:
    assert "github" in about("W091", "github", SOCIAL_AUTH_GITHUB_USE_PKCE=False)
