"""Rules about what surrounds the settings: installed apps and versions, mailers, user models."""

import pickle
import subprocess
import sys
import warnings
from importlib import metadata
from types import ModuleType
from typing import Any

import django
import pytest
from django.core.checks import run_checks
from django.core.checks.registry import registry
from django.db import connection
from django.test import override_settings

from spa_auth.core import devices
from spa_auth.core.rule import rules
from tests import settings

from . import reporters
from .ask import CROSS, SAME, SERVED, ask, said

BACKEND = "django.core.mail.backends."


def with_app(name: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the apps with one more, which is not installed on this machine."""
    module = ModuleType(name)
    module.__path__ = ["/nowhere"]
    monkeypatch.setitem(sys.modules, name, module)
    return [*settings.INSTALLED_APPS, name]


def mail(monkeypatch: pytest.MonkeyPatch, **written: Any) -> str:
    monkeypatch.delattr(django.conf.settings, "MAILERS", raising=False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Django 6.1 prefers MAILERS
        return said(ask("R69", SAME, **written))


def test_strict_cookies_do_not_go_with_a_providers_page(monkeypatch: pytest.MonkeyPatch) -> None:
    apps = with_app("social_django", monkeypatch)
    message = said(ask("R15", SAME, INSTALLED_APPS=apps, SESSION_COOKIE_SAMESITE="Strict"))
    assert "social_django" in message
    assert said(ask("R15", SAME, INSTALLED_APPS=apps)) == ""


def test_the_debug_toolbar_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    apps = with_app("debug_toolbar", monkeypatch)
    assert "debug_toolbar" in said(ask("R02", SAME, INSTALLED_APPS=apps)).replace("-", "_")


def test_cors_headers_without_its_middleware_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    apps = with_app("corsheaders", monkeypatch)
    assert "first in MIDDLEWARE" in said(ask("R32", SAME, INSTALLED_APPS=apps))


@pytest.mark.parametrize("number", ["R40", "R41"])
def test_a_project_without_drf_is_not_asked_about_it(number: str) -> None:
    apps = [name for name in settings.INSTALLED_APPS if name != "rest_framework"]
    with override_settings():
        del django.conf.settings.REST_FRAMEWORK
        assert said(ask(number, SAME, INSTALLED_APPS=apps)) == ""
        assert "by default" in said(ask(number, SAME))


def test_classes_in_the_settings_of_drf_are_read_as_well_as_names() -> None:
    from rest_framework.authentication import BasicAuthentication  # noqa: PLC0415

    written = {"DEFAULT_AUTHENTICATION_CLASSES": [BasicAuthentication]}
    assert "Basic" in said(ask("R40", SAME, REST_FRAMEWORK=written))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ({"EMAIL_BACKEND": f"{BACKEND}console.EmailBackend"}, "no mail"),
        ({"EMAIL_BACKEND": f"{BACKEND}smtp.EmailBackend", "EMAIL_HOST": "mail.x.test"}, "in clear"),
        ({"MAILERS": {"default": {"BACKEND": f"{BACKEND}dummy.EmailBackend"}}}, "no mail"),
        ({"MAILERS": {"news": {"OPTIONS": {"host": "mail.x.test"}}}}, "MAILERS['news']"),
    ],
)
def test_mail_that_is_lost_or_in_clear_is_named(
    written: dict[str, Any], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert expected in mail(monkeypatch, **written)


@pytest.mark.parametrize(
    "written",
    [
        {"EMAIL_BACKEND": f"{BACKEND}smtp.EmailBackend"},
        {"EMAIL_BACKEND": "anymail.backends.mailgun.EmailBackend", "EMAIL_HOST": "mail.x.test"},
        {
            "EMAIL_BACKEND": f"{BACKEND}smtp.EmailBackend",
            "EMAIL_HOST": "mail.x.test",
            "EMAIL_USE_TLS": True,
        },
        {"MAILERS": {"default": {"OPTIONS": {"host": "mail.x.test", "use_ssl": True}}}},
        {"MAILERS": {"default": {}}},
    ],
)
def test_mail_that_arrives_unread_is_right(
    written: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert mail(monkeypatch, **written) == ""


def test_reports_in_html_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    # Not by override_settings, with which Django 6.1 would configure logging anew.
    handler = {"class": "django.utils.log.AdminEmailHandler"}
    handlers = {"text": handler, "html": handler | {"include_html": True}}
    monkeypatch.setattr(django.conf.settings, "LOGGING", {"handlers": handlers})
    (message,) = ask("R65", SAME, ADMINS=["ada@example.com"])
    assert "'html'" in message.msg


def test_a_serializer_is_known_by_what_it_calls() -> None:
    assert reporters.Quick().loads(pickle.dumps(1)) == 1
    path = "tests.core.checks.reporters.Quick"
    assert path in said(ask("R50", None, SESSION_SERIALIZER=path))


@pytest.mark.parametrize("version", [(5, 2, 18), (6, 0, 9), (6, 1, 2)])
def test_an_old_django_is_named(
    version: tuple[int, int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(django, "VERSION", (*version, "final", 0))
    assert "django>=" in said(ask("R74", None))


def test_an_old_drf_is_named_and_none_is_fine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metadata, "version", lambda _: "3.17.1")
    assert "djangorestframework>=3.18.2" in said(ask("R74", None))

    def missing(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", missing)
    assert said(ask("R74", None)) == ""


def test_a_django_that_mixes_up_headers_matters_behind_a_proxy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(django, "VERSION", (6, 0, 3, "final", 0))
    assert "django>=6.0.4" in said(ask("R77", SAME))
    assert said(ask("R77", CROSS)) == ""


@pytest.mark.parametrize("model", ["people.EmailUser", "people.ConstrainedUser"])
def test_a_unique_address_needs_no_warning(model: str) -> None:
    assert said(ask("W001", SAME, AUTH_USER_MODEL=model)) == ""


def test_accounts_that_wait_for_their_verification_are_named() -> None:
    assert "WaitingUser.is_active" in said(ask("R78", SAME, AUTH_USER_MODEL="people.WaitingUser"))


@pytest.mark.parametrize("number", ["E004", "R78", "W001", "W002"])
def test_where_only_the_engine_is_used_no_front_end_is_asked_for(number: str) -> None:
    urls = "django.contrib.auth.urls"
    assert said(ask(number, None, ROOT_URLCONF=urls, AUTH_USER_MODEL="people.WaitingUser")) == ""


def test_without_our_urls_no_front_end_is_asked_for() -> None:
    assert said(ask("W002", SERVED, ROOT_URLCONF="django.contrib.auth.urls")) == ""


def test_a_front_end_that_is_built_needs_no_warning() -> None:
    assert said(ask("W002", settings.deployment)) == ""


def test_devices_without_names_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "AVAILABLE", False)
    assert "pip install" in said(ask("W022", None))


def test_django_runs_each_where_it_is_declared() -> None:
    deploying = registry.get_checks(include_deployment_checks=True)
    always = registry.get_checks()
    assert all((rule.check in always) != rule.deploy for rule in rules)
    assert all(rule.check in deploying for rule in rules)


@override_settings(SESSION_COOKIE_HTTPONLY=False, SILENCED_SYSTEM_CHECKS=["spa_auth.R18"])
def test_each_is_silenced_by_its_id() -> None:
    (message,) = [each for each in run_checks() if each.id == "spa_auth.R18"]
    assert message.is_silenced()


def test_no_package_is_imported_that_the_project_does_not_use() -> None:
    code = """
import sys
from django.conf import settings
settings.configure(
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "spa_auth.core"],
    DATABASES={}, ROOT_URLCONF="spa_auth.urls", SECRET_KEY="x", USE_TZ=True,
)
import django
django.setup()
from django.core.checks import run_checks
assert "spa_auth.R01" in [message.id for message in run_checks(include_deployment_checks=True)]
print([name for name in ("rest_framework", "corsheaders", "whitenoise") if name in sys.modules])
"""
    result = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False
    )
    assert (result.stdout, result.stderr) == ("[]\n", "")


def test_redis_without_its_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "redis", None)
    counting = {"LIMITS_REDIS": "redis://127.0.0.1"}
    assert "django-spa-auth[redis]" in said(ask("E005", SAME, SPA_AUTH=counting))
    assert said(ask("E005", SAME)) == ""


def test_limits_that_are_rolled_back_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert said(ask("W003", None)) == ""
    monkeypatch.setitem(connection.settings_dict, "ATOMIC_REQUESTS", True)
    assert "'default'" in said(ask("W003", None))
    assert said(ask("W003", None, SPA_AUTH={"LIMITS_REDIS": "redis://127.0.0.1"})) == ""
