"""How the tests ask a check about a project: a deployment, and what the project then changed."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.checks import CheckMessage
from django.test import override_settings

from spa_auth.core.checks.cors import CORS as CORS_MIDDLEWARE
from spa_auth.core.deployment import CrossOrigin, CrossSite, Deployment, DjangoServed, SameOrigin
from spa_auth.core.rule import rules
from tests import settings

APP = "https://app.example.com"
SERVED = DjangoServed([APP], build=Path("dist"))
SAME = SameOrigin([APP])
CROSS = CrossOrigin([APP], api="https://api.example.com")
SITE = CrossSite([APP], api="https://api.other.test")
LOCAL = CrossOrigin(["http://localhost:5173"], api="http://localhost:8000")
WITH_CORS = [CORS_MIDDLEWARE, *settings.MIDDLEWARE]


@dataclass(frozen=True, kw_only=True)
class Case:
    """A project, and what a check of this number says about it; nothing where it is sound."""

    number: str
    deployment: Deployment | None
    changed: dict[str, Any]
    expected: str = ""
    level: int = 0


def wrong(
    number: str, deployment: Deployment | None, expected: str, level: int, **changed: Any
) -> Case:
    return Case(
        number=number, deployment=deployment, changed=changed, expected=expected, level=level
    )


def sound(number: str, deployment: Deployment | None, **changed: Any) -> Case:
    return Case(number=number, deployment=deployment, changed=changed)


def ask(number: str, deployment: Deployment | None, **changed: Any) -> list[CheckMessage]:
    """Return what the checks of this number say."""
    effective: dict[str, Any] = {"SPA_AUTH_DEPLOYMENT": None}
    if deployment is not None:
        deployment.configure(effective)
    if isinstance(deployment, CrossOrigin):
        effective["MIDDLEWARE"] = WITH_CORS
    with override_settings(**effective | changed):
        return [message for rule in rules if rule.number == number for message in rule.check()]


def without(ending: str) -> list[str]:
    """Return the middleware without those whose names end so."""
    return [name for name in settings.MIDDLEWARE if not name.endswith(ending)]


def said(messages: list[CheckMessage]) -> str:
    """Return all that is shown of them."""
    return "\n".join(f"{message.id} {message.msg} {message.hint}" for message in messages)
