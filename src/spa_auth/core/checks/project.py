"""What the project wrote for us: `SPA_AUTH` and the deployment."""

import difflib
import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.checks import Error, Warning  # noqa: A004
from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import Promise
from pydantic import ConfigDict, TypeAdapter, ValidationError

from spa_auth.core.deployment import Deployment, DjangoServed, current
from spa_auth.core.fields import UnsupportedField, user_field
from spa_auth.core.middleware import mounted_at
from spa_auth.core.rule import Found, deployment_rule, rule
from spa_auth.core.settings import Setting, Settings, core, written

# Safe in a challenge (RFC 6750, section 3), in JSON and in a list of columns.
_ABILITY = re.compile(r"[a-z][a-z0-9_.:-]{0,63}")


@rule("E001", Error, hint="Correct the name, or take it out of SPA_AUTH.")
def unknown_setting() -> Iterator[Found]:
    """A key of `SPA_AUTH` that no installed room has declared does nothing."""
    declared = _declared()
    for key in written():
        if key not in declared:
            close = difflib.get_close_matches(key, declared, 1)
            hint = f"Did you mean {close[0]!r}?" if close else f"Known: {', '.join(declared)}."
            yield Found(f"SPA_AUTH has no setting {key!r}.", hint)


@rule("E002", Error, hint="Write a value of the type that the setting has.")
def setting_of_another_type() -> Iterator[Found]:
    """A value of `SPA_AUTH` must have the type that its setting declares."""
    declared = _declared()
    for key, value in written().items():
        if key not in declared:
            continue
        kind, setting = declared[key]
        try:
            TypeAdapter(kind, config=ConfigDict(strict=True)).validate_python(value)
        except ValidationError:
            message = f"SPA_AUTH[{key!r}] is {value!r}, which is not of the type {kind}."
            yield Found(message, setting.doc)


@rule("E003", Error, hint="Take it out of SPA_AUTH['USER_FIELDS'].")
def field_that_cannot_be_shown() -> Iterator[Found]:
    """A field in `USER_FIELDS` must exist and have a JSON type."""
    for name in core.user_fields:
        try:
            user_field(name)
        except UnsupportedField as error:
            yield Found(f"SPA_AUTH['USER_FIELDS']: {error}")


@rule("E007", Error, hint='SPA_AUTH = {"ABILITIES": {"notes:read": "Read your notes"}}')
def ability_that_says_nothing() -> Iterator[Found]:
    """Code asks for an ability by its name, and people choose it by what they read of it."""
    abilities = core.abilities
    # What is no mapping E002 names.
    for name, text in abilities.items() if isinstance(abilities, Mapping) else ():
        if not (isinstance(name, str) and _ABILITY.fullmatch(name)):
            yield Found(f"SPA_AUTH['ABILITIES'] has {name!r}, which is no name as 'notes:read' is.")
        elif not (isinstance(text, str | Promise) and str(text).strip()):
            yield Found(f"SPA_AUTH['ABILITIES'][{name!r}] says nothing that people can read.")


@rule(
    "E004", Error, hint='DjangoServed(["https://app.example.com"], build=...).configure(globals())'
)
def no_deployment() -> Iterator[Found]:
    """Without a deployment there is no list of origins to trust, and links have no host."""
    if mounted_at() is None:
        return
    try:
        current()
    except ImproperlyConfigured as error:
        yield Found("No deployment is chosen.", str(error))


@deployment_rule(
    "W002", Warning, hint="Build it (npm run build), or correct the deployment's `build`."
)
def front_end_not_built(deployment: Deployment) -> Iterator[Found]:
    """`DjangoServed` without a built front end answers 503 in its place."""
    if mounted_at() is None or not isinstance(deployment, DjangoServed):
        return
    page = deployment.build / "index.html"
    if not page.exists():
        yield Found(f"The front end is not built: there is no {page}.")


def _declared() -> dict[str, tuple[Any, Setting]]:
    return {key: value for group in Settings.groups for key, value in group.declared().items()}
