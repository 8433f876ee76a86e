"""System checks of the core: what is wrong is named before a user meets it."""

import difflib
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.checks import CheckMessage, Error, Warning, register  # noqa: A004
from django.core.exceptions import ImproperlyConfigured
from django.db import models
from pydantic import ConfigDict, TypeAdapter, ValidationError

from .deployment import DjangoServed, current
from .fields import UnsupportedField, user_field
from .middleware import mounted_at
from .settings import Settings, core, written

BOUNDARY = "spa_auth.core.middleware.BoundaryMiddleware"
CSRF = "django.middleware.csrf.CsrfViewMiddleware"


@register
def check_settings(**_: Any) -> list[CheckMessage]:
    """Compare `SPA_AUTH` with the declared settings of the installed rooms."""
    declared = {key: value for group in Settings.groups for key, value in group.declared().items()}
    found: list[CheckMessage] = []
    for key, value in written().items():
        if key not in declared:
            close = difflib.get_close_matches(key, declared, 1)
            hint = f"Did you mean {close[0]!r}?" if close else f"Known: {', '.join(declared)}."
            found.append(Error(f"SPA_AUTH has no setting {key!r}.", hint=hint, id="spa_auth.E001"))
            continue
        kind, setting = declared[key]
        try:
            TypeAdapter(kind, config=ConfigDict(strict=True)).validate_python(value)
        except ValidationError:
            found.append(
                Error(
                    f"SPA_AUTH[{key!r}] is {value!r}, which is not of the type {kind}.",
                    hint=setting.doc,
                    id="spa_auth.E002",
                )
            )
    return found


@register
def check_user_fields(**_: Any) -> list[CheckMessage]:
    """Find fields in `USER_FIELDS` that cannot be shown."""
    found: list[CheckMessage] = []
    for name in core.user_fields:
        try:
            user_field(name)
        except UnsupportedField as error:
            found.append(
                Error(f"SPA_AUTH['USER_FIELDS']: {error}", hint="Remove it.", id="spa_auth.E003")
            )
    return found


@register
def check_deployment(**_: Any) -> list[CheckMessage]:
    """Without a deployment there is no list of origins to trust, without a build no page."""
    if mounted_at() is None:
        return []
    try:
        deployment = current()
    except ImproperlyConfigured as error:
        return [Error("No deployment is chosen.", hint=str(error), id="spa_auth.E004")]
    if not isinstance(deployment, DjangoServed):
        return []
    page = deployment.build / "index.html"
    if page.exists():
        return []
    return [
        Warning(
            f"The front end is not built: there is no {page}.",
            hint="Build it (npm run build), or correct the deployment's `build`.",
            id="spa_auth.W002",
        )
    ]


@register
def check_middleware(**_: Any) -> list[CheckMessage]:
    """Verify that our middleware is there, and before those that read cookies."""
    found: list[CheckMessage] = []
    order = list(settings.MIDDLEWARE)
    if CSRF not in order:
        found.append(
            Error(
                "CsrfViewMiddleware is not installed: no CSRF cookie is ever set.",
                hint=f'Add "{CSRF}" to MIDDLEWARE, after the session middleware.',
                id="spa_auth.R22",
            )
        )
    readers = [place for place, name in enumerate(order) if name.endswith("SessionMiddleware")]
    if BOUNDARY not in order or any(place < order.index(BOUNDARY) for place in readers):
        found.append(
            Error(
                "BoundaryMiddleware must stand before the session middleware.",
                hint=f'Put "{BOUNDARY}" before every SessionMiddleware in MIDDLEWARE.',
                id="spa_auth.R75",
            )
        )
    return found


@register
def check_identifiers(**_: Any) -> list[CheckMessage]:
    """Warn where two accounts can share the address by which people sign in."""
    if mounted_at() is None:
        return []
    model = get_user_model()
    name = model.get_email_field_name()
    fields = {field.name: field for field in model._meta.get_fields()}
    field = fields.get(name)
    if not isinstance(field, models.Field) or field.unique or _constrained(model, name):
        return []
    return [
        Warning(
            f"{model._meta.label}.{name} is not unique: two accounts may claim one address, and "
            "then neither can sign in with it.",
            hint="Add unique=True, or a UniqueConstraint, to the user model.",
            id="spa_auth.W001",
        )
    ]


def _constrained(model: type[models.Model], name: str) -> bool:
    return any(
        isinstance(constraint, models.UniqueConstraint)
        and (name in constraint.fields or name in str(constraint.expressions))
        for constraint in model._meta.constraints
    )
