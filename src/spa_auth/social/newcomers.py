"""The account of somebody who comes by a provider for the first time."""

import secrets
from typing import Any
from unicodedata import category

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import models

from spa_auth.core.identifiers import canonical_username

# How often a name with other digits is tried.
_TRIES = 10
# What no name has: control characters, line breaks, halves of a character; and what turns the text
# around it. Joiners belong to the names of Persian and Hindi.
_REFUSED = frozenset({"Cc", "Cs", "Zl", "Zp"})
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def account_of(email: str, details: dict[str, Any]) -> AbstractBaseUser:
    """Return an account that is not stored yet: its address, names and a user name of its own."""
    model = get_user_model()
    user = model(**{model.get_email_field_name(): email})
    user.set_unusable_password()
    for name in ("first_name", "last_name"):
        if field := _text_field(name):
            setattr(user, name, _fitting(details.get(name), field))
    if field := _text_field("username"):
        said = details.get("username")
        user.username = _free_name(said if isinstance(said, str) and said else email, field)
    return user


def missing() -> list[str]:
    """Name the fields of the user model that a provider fills no more than we can."""
    model = get_user_model()
    filled = {model.get_email_field_name(), "username", "first_name", "last_name", "password"}
    required = {model.USERNAME_FIELD, *model.REQUIRED_FIELDS}
    return [
        field.name
        for field in model._meta.concrete_fields
        if field.name not in filled
        and not field.primary_key
        and not field.has_default()
        and not field.null
        and (field.name in required or not (field.blank or field.empty_strings_allowed))
    ]


def _text_field(name: str) -> "models.Field[Any, Any] | None":
    fields = (each for each in get_user_model()._meta.concrete_fields if each.name == name)
    return next((each for each in fields if isinstance(each, models.CharField)), None)


def _fitting(text: Any, field: "models.Field[Any, Any]") -> str:
    """Return a text of a provider as the field takes it, empty where it does not."""
    said = text.strip() if isinstance(text, str) else ""
    if any(category(each) in _REFUSED or each in _BIDI for each in said):
        return ""
    return "".join(" " if category(each) == "Zs" else each for each in said)[: field.max_length]


def _free_name(said: str, field: "models.Field[Any, Any]") -> str:
    """Return a user name that is valid, and that nobody has; it never has an `@`."""
    longest = (field.max_length or 150) - 7
    base = canonical_username(said.partition("@")[0])
    base = "".join(each for each in base if each.isalnum() or each in "._-+")[:longest] or "user"
    if not _is_valid(base, field):
        base = "user"
    if not _is_taken(base):
        return base
    for _ in range(_TRIES):
        name = f"{base}{secrets.randbelow(9 * 10**5) + 10**5}"
        if not _is_taken(name):
            break
    return name


def _is_valid(name: str, field: "models.Field[Any, Any]") -> bool:
    try:
        field.run_validators(name)
    except ValidationError:
        return False
    return True


def _is_taken(name: str) -> bool:
    # In any case of its letters: two people whose names only differ by that are mixed up.
    people = get_user_model()._base_manager
    return people.filter(username__iexact=name).exists()
