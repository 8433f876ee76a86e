from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.checks import CheckMessage
from django.test import override_settings

from spa_auth.account.checks import check_profile_fields
from spa_auth.core import checks
from spa_auth.core.deployment import DjangoServed, SameOrigin

UNBUILT = DjangoServed(["https://app.example.com"], build=Path("nowhere"))
Check = Callable[[], Sequence[CheckMessage]]


def without(name: str) -> list[str]:
    return [entry for entry in settings.MIDDLEWARE if entry != name]


@pytest.mark.parametrize(
    ("check", "overridden", "identifier", "said"),
    [
        (checks.check_settings, {"SPA_AUTH": {"USER_FIELD": []}}, "spa_auth.E001", "USER_FIELDS"),
        (checks.check_settings, {"SPA_AUTH": {"zzz": 1}}, "spa_auth.E001", "Known:"),
        (checks.check_settings, {"SPA_AUTH": {"TRUSTED_PROXIES": "1"}}, "spa_auth.E002", "proxies"),
        (
            checks.check_user_fields,
            {"SPA_AUTH": {"USER_FIELDS": ["x"]}},
            "spa_auth.E003",
            "no field",
        ),
        (
            checks.check_user_fields,
            {"SPA_AUTH": {"USER_FIELDS": ["groups"]}},
            "spa_auth.E003",
            "type",
        ),
        (checks.check_deployment, {"SPA_AUTH_DEPLOYMENT": None}, "spa_auth.E004", "DjangoServed"),
        (
            checks.check_deployment,
            {"SPA_AUTH_DEPLOYMENT": UNBUILT},
            "spa_auth.W002",
            "npm run build",
        ),
        (checks.check_middleware, {"MIDDLEWARE": without(checks.CSRF)}, "spa_auth.R22", "Csrf"),
        (
            checks.check_middleware,
            {"MIDDLEWARE": without(checks.BOUNDARY)},
            "spa_auth.R75",
            "before",
        ),
        (
            checks.check_middleware,
            {"MIDDLEWARE": [*without(checks.BOUNDARY), checks.BOUNDARY]},
            "spa_auth.R75",
            "before",
        ),
        (checks.check_identifiers, {}, "spa_auth.W001", "unique"),
        (
            check_profile_fields,
            {"SPA_AUTH": {"PROFILE_FIELDS": ["x"]}},
            "spa_auth.E010",
            "no field",
        ),
        (
            check_profile_fields,
            {"SPA_AUTH": {"PROFILE_FIELDS": ["is_staff"]}},
            "spa_auth.E011",
            "Remove",
        ),
    ],
)
def test_what_is_wrong_is_named(
    check: Check, overridden: dict[str, Any], identifier: str, said: str
) -> None:
    with override_settings(**overridden):
        (message,) = check()
    assert message.id == identifier
    assert said in f"{message.msg} {message.hint}"


@pytest.mark.parametrize(
    "check",
    [
        checks.check_settings,
        checks.check_user_fields,
        checks.check_deployment,
        checks.check_middleware,
        check_profile_fields,
    ],
)
@override_settings(SPA_AUTH={"USER_FIELDS": ["is_staff"], "PROFILE_FIELDS": ["first_name"]})
def test_a_sound_project_has_no_message(check: Check) -> None:
    assert not check()


@pytest.mark.parametrize("model", ["people.EmailUser", "people.ConstrainedUser"])
def test_a_unique_address_needs_no_warning(model: str) -> None:
    with override_settings(AUTH_USER_MODEL=model):
        assert not checks.check_identifiers()


@override_settings(ROOT_URLCONF="django.contrib.auth.urls", SPA_AUTH_DEPLOYMENT=None)
def test_where_only_the_engine_is_used_no_front_end_is_asked_for() -> None:
    assert checks.check_deployment() == checks.check_identifiers() == []


@override_settings(SPA_AUTH_DEPLOYMENT=SameOrigin(["http://localhost:5173"]))
def test_where_a_proxy_serves_the_front_end_no_build_is_asked_for() -> None:
    assert checks.check_deployment() == []
