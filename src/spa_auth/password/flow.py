"""Proving a password, so that a refusal never tells whether there is such an account."""

from dataclasses import dataclass
from typing import Literal

from django.contrib.auth import authenticate, get_user_model
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import get_hasher, identify_hasher, make_password
from django.db import models
from django.http import HttpRequest
from django.utils.crypto import get_random_string

from spa_auth.core import events
from spa_auth.core.address import client_address
from spa_auth.core.errors import InvalidCredentials
from spa_auth.core.fields import text_of
from spa_auth.core.identifiers import canonical_email, canonical_username, is_email, subject_of
from spa_auth.core.limits import confirm_device
from spa_auth.core.login import Proof

from . import renewal

Kind = Literal["username", "email"]


@dataclass(frozen=True)
class Identifier:
    """What a person typed to say who they are, in its canonical form."""

    kind: Kind
    value: str
    typed: str

    @classmethod
    def of(cls, *, username: str | None, email: str | None, login: str | None) -> "Identifier":
        """Read the one that is given; `login` means the e-mail if and only if it has an `@`."""
        typed = username or email or login or ""
        if email or (login and is_email(login)):
            return cls("email", canonical_email(typed), typed)
        return cls("username", canonical_username(typed), typed)

    @property
    def subject(self) -> str:
        """Return what limits count by: spellings of one name are one subject."""
        return subject_of(self.kind, self.value)


def prove_password(request: HttpRequest, identifier: Identifier, password: str) -> Proof:
    """Return the proof that somebody knows this user's password.

    Raises InvalidCredentials, and RateLimited where a known device turns out to be none.

    One query finds the row, Django's `authenticate()` checks it, so that the project's own
    backends hold. An unknown user takes the same queries and the same hashing (CVE-2024-39329).
    """
    found = _find(identifier)
    misread = found is not None and not _is_named(found, identifier)
    if misread:
        found = None
    confirm_device(request, found)
    username_field = get_user_model().USERNAME_FIELD
    if found is not None:
        natural_key = found.get_username()
    elif username_field == identifier.kind and not misread:
        natural_key = identifier.value  # a backend may know people who have no row yet
    else:
        natural_key = get_random_string(32)
    credentials = {username_field: natural_key, "password": password}
    try:
        with renewal.only_over(found):
            user = authenticate(request, **credentials)
    except renewal.Renewed:
        user = authenticate(request, **credentials)
    if user is None or (found is not None and user.pk != found.pk):
        _add_missing_cost(found, password)
        user_id, address = found.pk if found else None, client_address(request)
        events.emit(events.SignInRefused(user_id=user_id, method="password", address=address))
        raise InvalidCredentials
    return Proof(user=user, method="password", backend=user.backend)


def _find(identifier: Identifier) -> AbstractBaseUser | None:
    model = get_user_model()
    field = _field_of(identifier.kind)
    if field is None:
        return None
    values = {identifier.value}
    if identifier.kind == "email":
        # Projects that came before us stored what Django's normalize_email leaves of the address.
        values.add(BaseUserManager.normalize_email(identifier.typed.strip()))
    # Two rows for one address: nobody can say whose password counts, so neither does.
    rows = list(model._default_manager.filter(**{f"{field}__in": sorted(values)})[:2])
    return rows[0] if len(rows) == 1 else None


def _is_named(user: AbstractBaseUser, identifier: Identifier) -> bool:
    r"""Tell whether the row is the one that the limits have counted for.

    Collations find more: that of MariaDB finds "admin" for "\u00e1dmin", and each such spelling
    would have guesses of its own (A65).
    """
    stored = text_of(user, _field_of(identifier.kind) or "")
    canonical = canonical_email if identifier.kind == "email" else canonical_username
    return subject_of(identifier.kind, canonical(stored)) == identifier.subject


def _field_of(kind: Kind) -> str | None:
    model = get_user_model()
    name = model.get_email_field_name() if kind == "email" else "username"
    return (
        name
        if any(isinstance(f, models.Field) and f.name == name for f in model._meta.get_fields())
        else None
    )


def _add_missing_cost(found: AbstractBaseUser | None, password: str) -> None:
    """Hash once more where the stored hash is of another algorithm, and so of another cost.

    Django closes the gap within one algorithm, and for unknown users and what is no hash at all.
    """
    if found is None:
        return
    try:
        algorithm = identify_hasher(found.password).algorithm
    except ValueError:
        return
    if algorithm != get_hasher().algorithm:
        make_password(password)
