"""Whom somebody means: the account behind a user name or an e-mail address, by one query."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from .fields import text_of
from .identifiers import canonical_email, canonical_username, is_email, subject_of

Kind = Literal["username", "email"]


@dataclass(frozen=True)
class Identifier:
    """What a person typed to say who they are, in its canonical form."""

    kind: Kind
    value: str
    typed: str

    @classmethod
    def of(
        cls, *, username: str | None = None, email: str | None = None, login: str | None = None
    ) -> "Identifier":
        """Read the one that is given; `login` means the e-mail if and only if it has an `@`."""
        typed = username or email or login or ""
        if email or (login and is_email(login)):
            return cls("email", canonical_email(typed), typed)
        return cls("username", canonical_username(typed), typed)

    @property
    def subject(self) -> str:
        """Return what limits count by: spellings of one name are one subject."""
        return subject_of(self.kind, self.value)


def find_row(identifier: Identifier) -> AbstractBaseUser | None:
    """Return the row that the database finds, None for none and for two; see `is_named`."""
    model = get_user_model()
    field = field_of(identifier.kind)
    if field is None:
        return None
    values = {identifier.value}
    if identifier.kind == "email":
        # Projects that came before us stored what Django's normalize_email leaves of the address.
        values.add(BaseUserManager.normalize_email(identifier.typed.strip()))
    # Two rows for one address: nobody can say whose password counts, so neither does.
    rows = list(model._default_manager.filter(**{f"{field}__in": sorted(values)})[:2])
    return rows[0] if len(rows) == 1 else None


def is_named(user: AbstractBaseUser, identifier: Identifier) -> bool:
    r"""Tell whether the row is the one that the limits have counted for.

    Collations find more: that of MariaDB finds "admin" for "\u00e1dmin", and each such spelling
    would have guesses of its own (A65).
    """
    stored = text_of(user, field_of(identifier.kind) or "")
    canonical = canonical_email if identifier.kind == "email" else canonical_username
    return subject_of(identifier.kind, canonical(stored)) == identifier.subject


def find_by_email(address: str) -> AbstractBaseUser | None:
    """Return who has this address in any case of its letters, None for nobody and for two.

    A stored address may be in another case than its canonical form. To look for that reads the
    whole table where it has no such index: for mail that is being sent, not for a request.
    """
    found = find_all_by_email(address)
    # A database may find other letters too: mail to them would be somebody else's (CVE-2019-19844).
    named = [user for user in found if is_named(user, Identifier.of(email=address))]
    return named[0] if len(named) == len(found) == 1 else None


def find_all_by_email(address: str) -> Sequence[AbstractBaseUser]:
    """Return up to two users whom the database finds by this address, as `find_by_email` does."""
    field = field_of("email")
    if field is None:
        return []
    people = get_user_model()._default_manager
    return list(people.filter(**{f"{field}__iexact": canonical_email(address)})[:2])


def email_of(user: AbstractBaseUser) -> str:
    """Return the address that is stored for a user, empty where there is none."""
    return text_of(user, user.get_email_field_name())


def is_saved_inactive(user: object, update_fields: Collection[str] | None) -> bool:
    """Tell whether a user was saved as inactive; `update_fields` are those of `post_save`.

    A save of other fields has not stored it. Where it is no field, any of them may decide it.
    """
    if getattr(user, "is_active", True):
        return False
    if update_fields is None or "is_active" in update_fields:
        return True
    return "is_active" not in {field.name for field in get_user_model()._meta.concrete_fields}


def field_of(kind: Kind) -> str | None:
    """Return the name of the user model's field for this kind, None where it has none."""
    model = get_user_model()
    name = model.get_email_field_name() if kind == "email" else "username"
    return (
        name
        if any(isinstance(f, models.Field) and f.name == name for f in model._meta.get_fields())
        else None
    )
