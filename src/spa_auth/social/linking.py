"""Whose account an identity opens, and who may connect one.

An identity is (issuer, subject). By its address somebody is found only once, when nobody has the
identity yet, only if the provider has verified it and nobody here has proved it (G9, A102, A103).
"""

from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, router, transaction
from django.http import HttpRequest
from django.utils import timezone

from spa_auth.core import addresses, events
from spa_auth.core.address import client_address
from spa_auth.core.credentials import end_sessions
from spa_auth.core.errors import LinkExpired, NotAuthenticated, NotFound
from spa_auth.core.fresh import ways_of as all_ways_of
from spa_auth.core.locking import lock_user, user_transaction
from spa_auth.core.people import Identifier, find_all_by_email, is_named
from spa_auth.core.settings import core

from . import mail, newcomers
from .errors import (
    AccountExists,
    AlreadyConnected,
    EmailUnverified,
    LastWay,
    SignUpClosed,
)
from .exchange import Person
from .models import Identity
from .providers import all_providers
from .settings import social
from .tokens import encrypted

METHOD = "social"


class Raced(Exception):
    """Somebody was faster: what was decided does not hold any more. Decide again."""


@dataclass(frozen=True)
class Owner:
    """Whose account it is, None for a new one, and the identity, None where it is new."""

    user: AbstractBaseUser | None
    identity: Identity | None


def find_owner(person: Person) -> Owner:
    """Decide whose account somebody comes to; change nothing.

    Raises SignUpClosed, EmailUnverified, AccountExists.
    """
    identity = _find(person)
    if identity is not None:
        return Owner(identity.user, identity)
    if not person.email:
        raise EmailUnverified if core.sign_up else SignUpClosed
    found = find_all_by_email(person.email)
    if found:
        user = found[0]
        named = is_named(user, Identifier.of(email=person.email))
        if len(found) > 1 or not named or not _is_unclaimed(user):
            # Unless it has been the same person in another browser, who was faster.
            identity = _find(person)
            if identity is None:
                raise AccountExists
            return Owner(identity.user, identity)
        return Owner(user, None)
    if not core.sign_up:
        raise SignUpClosed
    return Owner(None, None)


def settle(request: HttpRequest, person: Person, owner: Owner) -> AbstractBaseUser:
    """Return the account that somebody comes to, made or connected where that has been decided.

    To be called in a transaction. Raises Raced, and what `find_owner` raises.
    """
    user = None if owner.user is None else lock_user(owner.user)
    if find_owner(person) != owner or (user is None and owner.user is not None):
        raise Raced
    if owner.identity is not None and user is not None:
        _note_use(owner.identity, person)
        return user
    if user is None:
        user = _made(request, person)
    else:
        addresses.claim(user, person.email)
    _connect(user, person)
    events.emit(events.SocialConnected(user_id=user.pk, provider=person.provider.id, by="sign_in"))
    return user


def connect(user: AbstractBaseUser, person: Person) -> None:
    """Connect an account at a provider with that of who is signed in, in the caller's transaction.

    Raises AlreadyConnected, NotAuthenticated.
    """
    held = lock_user(user)
    if held is None:
        raise NotAuthenticated
    if _find(person) is not None:
        raise AlreadyConnected
    try:
        _connect(held, person)
    except Raced:
        raise AlreadyConnected from None
    mail.tell(mail.CONNECTED, held)
    events.emit(events.SocialConnected(user_id=held.pk, provider=person.provider.id, by="person"))


def disconnect(user: AbstractBaseUser, public_id: str, *, kept: str | None) -> None:
    """Take a connection away; all sessions end but the one of that public id.

    Raises NotFound, NotAuthenticated, and LastWay, which leaves everything as it was.
    """
    with user_transaction():
        held = lock_user(user)
        if held is None:
            raise NotAuthenticated
        identity = Identity.objects.filter(user_id=held.pk, public_id=public_id).first()
        if identity is None:
            raise NotFound
        identity.delete()
        if not all_ways_of(held):
            raise LastWay
        end_sessions(held, kept=kept)
        mail.tell(mail.DISCONNECTED, held)
        events.emit(
            events.SocialDisconnected(user_id=held.pk, provider=identity.provider, by="person")
        )


def evict(user: AbstractBaseUser) -> None:
    """Take every connection away: somebody else has proved the account's address."""
    mine = Identity.objects.filter(user_id=user.pk)
    for provider in list(mine.values_list("provider", flat=True)):
        events.emit(events.SocialDisconnected(user_id=user.pk, provider=provider, by="proof"))
    mine.delete()


def connections_of(user: AbstractBaseUser) -> list[Identity]:
    """Return the connections of a user, the oldest first."""
    return list(Identity.objects.filter(user_id=user.pk).order_by("created_at", "pk"))


def ways_of(user: AbstractBaseUser) -> list[str]:
    """Return "social" for who can sign in by a provider that there still is."""
    known = [provider.id for provider in all_providers()]
    is_way = Identity.objects.filter(user_id=user.pk, provider__in=known).exists()
    return [METHOD] if is_way else []


def _find(person: Person) -> Identity | None:
    key = Identity.key_of(person.issuer, person.subject)
    return Identity.objects.select_related("user").filter(key=key).first()


def _is_unclaimed(user: AbstractBaseUser) -> bool:
    """Tell whether nobody has proved the account's address, so that its owner may take it.

    Never for staff. Where nobody has to prove addresses, an account is somebody's without that.
    """
    powerful = getattr(user, "is_staff", False) or getattr(user, "is_superuser", False)
    proofs = addresses.are_kept() and core.verify_email
    return proofs and not powerful and not addresses.is_proven(user)


def _made(request: HttpRequest, person: Person) -> AbstractBaseUser:
    user = newcomers.account_of(person.email, person.details)
    try:
        # A savepoint: on PostgreSQL a failure would end the caller's transaction.
        with transaction.atomic(using=router.db_for_write(type(user))):
            user.save(force_insert=True)
        addresses.prove(user, person.email)
    except (IntegrityError, LinkExpired):
        raise Raced from None
    events.emit(events.SignedUp(user_id=user.pk, address=client_address(request)))
    return user


def _connect(user: AbstractBaseUser, person: Person) -> None:
    now = timezone.now()
    identity = Identity(
        key=Identity.key_of(person.issuer, person.subject),
        user_id=user.pk,
        provider=person.provider.id,
        issuer=person.issuer,
        subject=person.subject,
        address=person.label,
        created_at=now,
        last_used_at=now,
    )
    identity.tokens = _kept_of(identity, person)
    try:
        with transaction.atomic(using=router.db_for_write(Identity)):
            identity.save(force_insert=True)
    except IntegrityError:
        raise Raced from None


def _note_use(identity: Identity, person: Person) -> None:
    used = Identity.objects.filter(pk=identity.pk, user_id=identity.user_id).update(
        provider=person.provider.id,
        address=person.label,
        tokens=_kept_of(identity, person),
        last_used_at=timezone.now(),
    )
    if not used:
        raise Raced


def _kept_of(identity: Identity, person: Person) -> str:
    keep = person.provider.id in social.social_keep_tokens
    return encrypted(identity, person.tokens) if keep else ""
