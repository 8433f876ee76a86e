"""System checks of the sessions room."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register  # noqa: A004

from . import devices

ENGINE = "spa_auth.sessions.engine"
MIDDLEWARE = "spa_auth.sessions.middleware."


@register
def check_engine(**_: Any) -> list[CheckMessage]:
    """Find an engine under which revoking does nothing, or costs a query more."""
    engine = settings.SESSION_ENGINE
    if engine != ENGINE:
        identifier = "spa_auth.R46" if engine.endswith("signed_cookies") else "spa_auth.W020"
        kind = Error if identifier == "spa_auth.R46" else Warning
        return [
            kind(
                f"SESSION_ENGINE is {engine!r}: sessions are not listed and cannot be revoked.",
                hint=f'Write SESSION_ENGINE = "{ENGINE}", or take out the sessions room.',
                id=identifier,
            )
        ]
    missing = [
        name
        for name in ("SessionMiddleware", "AuthenticationMiddleware")
        if f"{MIDDLEWARE}{name}" not in settings.MIDDLEWARE
    ]
    return [
        Warning(
            f"MIDDLEWARE has Django's {name}.",
            hint=f'Put "{MIDDLEWARE}{name}" in its place.',
            id="spa_auth.W021",
        )
        for name in missing
    ]


@register
def check_parser(**_: Any) -> list[CheckMessage]:
    """Tell whether devices can be described in words."""
    if devices.AVAILABLE:
        return []
    return [
        Warning(
            "Devices in the list of sessions have no names: ua-parser is not installed.",
            hint='pip install "django-spa-auth[sessions]"',
            id="spa_auth.W022",
        )
    ]
