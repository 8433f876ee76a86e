"""Making an account and changing its profile: the project's fields, validated by its model."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, router, transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _
from pydantic.alias_generators import to_camel

from spa_auth.core import addresses, events, login
from spa_auth.core.address import client_address
from spa_auth.core.body import field_error
from spa_auth.core.credentials import judge_password
from spa_auth.core.errors import InvalidBody
from spa_auth.core.fields import text_of
from spa_auth.core.identifiers import canonical_username, is_email
from spa_auth.core.links import Proven, spend
from spa_auth.core.locking import user_transaction
from spa_auth.core.login import Proof
from spa_auth.core.models import Mail
from spa_auth.core.people import find_all_by_email

from . import mail


def change_profile(user: AbstractBaseUser, changes: Mapping[str, Any]) -> None:
    """Store the changed fields of `user`, those alone. Raises InvalidBody with `fields`.

    Only the named columns are written: saving the whole row would undo a deactivation that
    happened meanwhile.
    """
    if not changes:
        return
    for name, value in changes.items():
        setattr(user, name, canonical_username(value) if name == "username" else value)
    _validate(user, set(changes))
    with transaction.atomic():
        user.save(update_fields=list(changes))
        events.emit(events.ProfileChanged(user_id=user.pk, changed=tuple(changes)))


def ask_for_account(
    request: HttpRequest, address: str, *, password: str, values: Mapping[str, Any]
) -> None:
    """Send the link of a sign-up; nobody looks here whether somebody has the address.

    Nothing else is kept: what a stranger typed becomes an account only with the proof that the
    address is theirs. Raises InvalidBody.
    """
    _candidate(address, password=password, values=values)
    with transaction.atomic(using=router.db_for_write(Mail)):
        mail.send_sign_up(address)
        events.emit(
            events.MailRequested(message=mail.SIGN_UP_ASKED.name, address=client_address(request))
        )


def make_account(
    request: HttpRequest,
    proven: Proven,
    *,
    password: str,
    values: Mapping[str, Any],
    remember: bool,
) -> None:
    """Make an account for an address that has proved itself, and sign in.

    Raises InvalidBody, which leaves the link as it is, what `links.spend` raises, and LinkExpired
    or CodeInvalid where somebody has the address by now.
    """
    user = _candidate(proven.address, password=password, values=values)
    with user_transaction():
        spend(proven)
        if find_all_by_email(proven.address):
            raise proven.over
        _store(user, password)
        addresses.prove(user, proven.address)
        _enter(request, user, method=login.BY_MAIL, remember=remember)


def make_unproven_account(
    request: HttpRequest, address: str, *, password: str, values: Mapping[str, Any]
) -> None:
    """Make an account for an address that nobody has proved, and sign in.

    Raises InvalidBody, also where somebody has the address: to be told so is its price.
    """
    user = _candidate(address, password=password, values=values)
    with user_transaction():
        if find_all_by_email(address):
            taken = field_error("unique", _("There is an account with this address already."))
            raise InvalidBody(fields={"email": [taken]})
        _store(user, password)
        _enter(request, user, method="password", remember=True)


def _candidate(address: str, *, password: str, values: Mapping[str, Any]) -> AbstractBaseUser:
    """Return the account as it would be. Raises InvalidBody, with what is wrong in every field."""
    model = get_user_model()
    user = model(**{model.get_email_field_name(): address})
    for name, value in values.items():
        setattr(user, name, canonical_username(value) if name == "username" else value)
    wrong = _wrong_in(lambda: _validate(user, set(values)))
    wrong |= _wrong_in(lambda: judge_password(password, user, field="password"))
    if wrong:
        raise InvalidBody(fields=wrong)
    return user


def _wrong_in(judge: Callable[[], None]) -> dict[str, Sequence[Mapping[str, Any]]]:
    try:
        judge()
    except InvalidBody as error:
        return dict(error.fields or {})
    return {}


def _store(user: AbstractBaseUser, password: str) -> None:
    user.set_password(password)
    try:
        # A savepoint: on PostgreSQL a failure would end the caller's transaction.
        with transaction.atomic(using=router.db_for_write(type(user))):
            user.save(force_insert=True)
    except IntegrityError:
        # Somebody was faster, with the same user name or address.
        raise InvalidBody(fields={"": [field_error("unique", _("Try again."))]}) from None


def _enter(request: HttpRequest, user: AbstractBaseUser, *, method: str, remember: bool) -> None:
    events.emit(events.SignedUp(user_id=user.pk, address=client_address(request)))
    proof = Proof(user=user, method=method, backend=login.default_backend())
    login.advance(request, proof, remember=remember)


def _validate(user: AbstractBaseUser, names: set[str]) -> None:
    # `login` reads an @ as an e-mail address: a user name with one could never sign in.
    if "username" in names and is_email(text_of(user, "username")):
        raise InvalidBody(fields={"username": [field_error("no_at_sign", _("Leave out the @."))]})
    try:
        user.full_clean(exclude={field.name for field in user._meta.get_fields()} - names)
    except ValidationError as error:
        raise InvalidBody(fields=_fields(error)) from None


def _fields(error: ValidationError) -> dict[str, list[Mapping[str, Any]]]:
    return {
        "" if name == NON_FIELD_ERRORS else to_camel(name): [
            field_error(item.code or "invalid", message)
            for item in errors
            for message in item.messages
        ]
        for name, errors in error.error_dict.items()
    }
