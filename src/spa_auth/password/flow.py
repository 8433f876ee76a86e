"""Proving a password, changing and resetting it, so that no refusal tells who has an account."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth import authenticate, get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.hashers import get_hasher, identify_hasher, make_password
from django.db import router, transaction
from django.http import HttpRequest
from django.utils.crypto import get_random_string

from spa_auth.core import addresses, events, fresh, login
from spa_auth.core.address import client_address
from spa_auth.core.credentials import judge_password, store_password
from spa_auth.core.errors import InvalidCredentials
from spa_auth.core.limits import confirm_device, reservation_of
from spa_auth.core.links import Proven, consume
from spa_auth.core.locking import lock_user, user_transaction
from spa_auth.core.login import Proof
from spa_auth.core.models import Mail
from spa_auth.core.people import Identifier, find_row, is_named

from . import mail, renewal
from .errors import PasswordAlreadySet, PasswordNotSet

METHOD = "password"


def ways_of(user: AbstractBaseUser) -> Sequence[str]:
    """Name the way to prove again who one is, for who has a password."""
    return [METHOD] if user.has_usable_password() else []


def prove_password(request: HttpRequest, identifier: Identifier, password: str) -> Proof:
    """Return the proof that somebody knows this user's password.

    Raises InvalidCredentials, and RateLimited where a known device turns out to be none.

    One query finds the row, Django's `authenticate()` checks it, so that the project's own
    backends hold. An unknown user takes the same queries and the same hashing (CVE-2024-39329).
    """
    found = find_row(identifier)
    misread = found is not None and not is_named(found, identifier)
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
    user = _authenticate(request, found, natural_key, password)
    if user is None:
        _add_missing_cost(found, password)
        user_id, address = found.pk if found else None, client_address(request)
        events.emit(events.SignInRefused(user_id=user_id, method="password", address=address))
        raise InvalidCredentials
    return Proof(user=user, method=METHOD, backend=user.backend)


def prove_own_password(request: HttpRequest, password: str) -> Proof:
    """Return the proof that who is signed in knows the password too. Raises InvalidCredentials."""
    own = login.get_user(request)
    user = _authenticate(request, own, own.get_username(), password)
    if user is None:
        events.emit(events.ReauthenticationRefused(user_id=own.pk, method=METHOD))
        raise InvalidCredentials
    return Proof(user=user, method=METHOD, backend=user.backend)


def change_password(request: HttpRequest, *, current: str, new: str) -> None:
    """Replace the password of who is signed in; every other session of theirs ends.

    Raises PasswordNotSet, InvalidCredentials, and InvalidBody for a new one that is refused.
    """
    try:
        proof = prove_own_password(request, current)
    except InvalidCredentials:
        # Asked last: a backend of the project may check what is not stored here.
        if not login.get_user(request).has_usable_password():
            raise PasswordNotSet from None
        raise
    judge_password(new, proof.user, field="newPassword")
    with user_transaction():
        # The row is held from here: of two changes at once the later has the wrong old password.
        login.confirm(proof)
        store_password(request, proof.user, new)
        mail.tell_of_change(proof.user)
        events.emit(events.PasswordChanged(user_id=proof.user.pk, by=METHOD))
        reservation_of(request).refund()


def set_password(request: HttpRequest, new: str) -> None:
    """Give who is signed in a first password; every other session of theirs ends.

    Raises PasswordAlreadySet, and InvalidBody for one that is refused.
    """
    own = login.get_user(request)
    judge_password(new, own, field="newPassword")
    with user_transaction():
        user = lock_user(own)
        if user is None or user.has_usable_password():
            raise PasswordAlreadySet
        store_password(request, user, new)
        mail.tell_of_change(user)
        events.emit(events.PasswordChanged(user_id=user.pk, by=fresh.method_of(request)))
        reservation_of(request).refund()


def ask_for_reset(request: HttpRequest, address: str) -> None:
    """Send the link of a reset to who has this address; nobody looks here whether anybody has."""
    with transaction.atomic(using=router.db_for_write(Mail)):
        mail.send_reset(address)
        events.emit(
            events.MailRequested(message=mail.RESET_ASKED.name, address=client_address(request))
        )


def judge_for(address: str, new: str) -> None:
    """Judge a password by what is known without looking anybody up. Raises InvalidBody."""
    model = get_user_model()
    nobody = model(**{model.get_email_field_name(): address})
    judge_password(new, nobody, field="newPassword")


def reset_password(request: HttpRequest, proven: Proven, *, new: str) -> None:
    """Replace the password of whose mail was read, end all their sessions, and sign them in.

    A second factor is asked for as at any sign-in. Raises InvalidBody for a password that is
    refused, which leaves the link as it is, and what `links.consume` raises.
    """
    judge_password(new, proven.user, field="newPassword")
    with user_transaction():
        user = consume(proven)
        first = addresses.claim(user, proven.address, password_follows=True)
        if first and request.user.is_authenticated and request.user.pk == user.pk:
            login.forget_session(request)
        store_password(request, user, new)
        mail.tell_of_change(user)
        events.emit(events.PasswordChanged(user_id=user.pk, by=login.BY_MAIL))
        proof = Proof(user=user, method=login.BY_MAIL, backend=login.default_backend())
        login.advance(request, proof)


def _authenticate(
    request: HttpRequest, found: AbstractBaseUser | None, natural_key: str, password: str
) -> Any:
    """Ask the project's backends; None also where they know somebody else by that name."""
    credentials = {get_user_model().USERNAME_FIELD: natural_key, "password": password}
    try:
        with renewal.only_over(found):
            user = authenticate(request, **credentials)
    except renewal.Renewed:
        user = authenticate(request, **credentials)
    return None if user is None or (found is not None and user.pk != found.pk) else user


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
