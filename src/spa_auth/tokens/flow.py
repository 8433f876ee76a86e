"""API tokens: making one, listing and ending them, and whose it is that a request brings."""

import logging
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib import auth
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.db import router, transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from spa_auth.core import events, login
from spa_auth.core.carriers import Grant
from spa_auth.core.chunks import delete_until
from spa_auth.core.errors import NotAuthenticated, SessionStoreUnavailable
from spa_auth.core.faults import DATABASE_FAULTS
from spa_auth.core.joining import joinable_user, reads_plainly
from spa_auth.core.locking import lock_user, user_transaction
from spa_auth.core.people import is_saved_inactive
from spa_auth.core.secrets import HiddenText, digest, new_public_id
from spa_auth.core.settings import core

from . import mail, rules
from .errors import TokenInvalid, TooManyTokens
from .models import ApiToken
from .settings import tokens

logger = logging.getLogger("spa_auth.security")

MOST = 50
# Written at most this often, so that reading does not mean writing.
USED_EVERY = timedelta(minutes=1)
# For so long a token that has expired is still listed: people look why their script has stopped.
LISTED_FOR = timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class Made:
    """A new token: its text, which nobody can be told again, and its row."""

    text: HiddenText
    row: ApiToken


def tokens_of(user: AbstractBaseUser) -> Sequence[ApiToken]:
    """Return the user's tokens, the newest first, also those that have just expired."""
    return list(_of(user).order_by("-created_at", "-pk"))


def create(
    user: AbstractBaseUser, *, name: str, abilities: Sequence[str], days: int | None
) -> Made:
    """Make a token for who is signed in, and tell them.

    `days` is for how long it is good, None for as long as nobody ends it. Raises TooManyTokens, and
    NotAuthenticated where something has ended the user's sessions meanwhile.
    """
    with user_transaction():
        held = lock_user(user)
        if held is None or not _is_still(held, user):
            raise NotAuthenticated
        if _of(held).count() >= MOST:
            raise TooManyTokens
        text = HiddenText(rules.new_token(tokens.token_prefix))
        now = timezone.now()
        row = _rows().create(
            digest=digest(text),
            public_id=new_public_id(),
            user_id=held.pk,
            name=name,
            abilities=[each for each in core.abilities if each in abilities],
            hint=text[-4:],
            created_at=now,
            expires_at=None if days is None else now + timedelta(days=days),
        )
        mail.tell_of_creation(held)
        events.emit(
            events.TokenCreated(
                user_id=held.pk,
                public_id=row.public_id,
                abilities=tuple(row.abilities),
                expires_at=row.expires_at,
            )
        )
    return Made(text=text, row=row)


def revoke(user: AbstractBaseUser, public_id: str) -> bool:
    """End one token of the user's own; False where they have none of that id."""
    return _end(_of(user).filter(public_id=public_id), user.pk) > 0


def revoke_all(user: AbstractBaseUser) -> None:
    """End every token of the user's, as part of something else."""
    _end(_of(user), user.pk)


def revoke_chosen(chosen: QuerySet[ApiToken]) -> int:
    """End tokens that an operator chose, whoever they belong to; return how many."""
    by_user: dict[object, list[int]] = {}
    for user_id, key in chosen.values_list("user_id", "pk"):
        by_user.setdefault(user_id, []).append(key)
    return sum(_end(_rows().filter(pk__in=keys), user_id) for user_id, keys in by_user.items())


def end_with_user(
    sender: type,
    instance: Any,
    created: bool,
    update_fields: Collection[str] | None = None,
    **_: object,
) -> None:
    """End the tokens of a user who was saved as inactive, or with another password.

    Whoever has a reason to choose a new password must not be left with a token that an intruder
    made. A hash that is only renewed is no new password: then Django keeps no `_password`.
    `QuerySet.update()` sends no signal; of somebody inactive the next use of a token ends them.
    """
    if sender is not get_user_model() or created:
        return
    # Also where this save has not stored it: the next one may, and by then Django has forgotten.
    has_new_password = getattr(instance, "_password", None) is not None
    if has_new_password or is_saved_inactive(instance, update_fields):
        revoke_all(instance)


def prove_token(request: HttpRequest, text: str) -> Grant:
    """Return whose token it is and what it may do: one query, and none for what is no token.

    Raises TokenInvalid, SessionStoreUnavailable.
    """
    if not rules.is_token(text, prefix=tokens.token_prefix):
        raise TokenInvalid
    try:
        return _grant(digest(text))
    except DATABASE_FAULTS as error:
        raise SessionStoreUnavailable from error


def looks_like_ours(text: str) -> bool:
    """Tell whether a text begins as our tokens do, right or not. A JWT does not."""
    return text.startswith(f"{tokens.token_prefix}_")


def forget_expired() -> int:
    """Delete the tokens that have expired long ago; return how many."""
    return delete_until(_rows(), "expires_at", timezone.now() - LISTED_FOR)


def _is_still(held: AbstractBaseUser, user: AbstractBaseUser) -> bool:
    """Tell whether the user is as they were when their session was read."""
    hashes = (held.get_session_auth_hash(), user.get_session_auth_hash())
    return held.is_active and constant_time_compare(*hashes)


def _grant(wanted: str) -> Grant:
    now = timezone.now()
    backend: Any = auth.load_backend(login.default_backend())
    rows = _rows().filter(digest=wanted)
    joined = joinable_user(ApiToken, rows.db) is not None and reads_plainly(backend)
    row = next(iter(rows.select_related("user") if joined else rows), None)
    # The index has found it; databases compare as they like.
    if row is None or not constant_time_compare(row.digest, wanted):
        raise TokenInvalid
    if row.expires_at is not None and row.expires_at <= now:
        raise TokenInvalid
    user = row.user if joined else backend.get_user(row.user_id)
    if user is None:
        raise TokenInvalid
    may = getattr(backend, "user_can_authenticate", None)
    if may is not None and not may(user):
        # For good: they do not come back with the user (ASVS 7.4.2).
        revoke_all(user)
        raise TokenInvalid
    _note_use(row, now)
    # What the project does not offer any more opens nothing, whatever it once meant.
    return Grant(user=user, abilities=frozenset(row.abilities) & core.abilities.keys())


def _note_use(row: ApiToken, now: Any) -> None:
    used = row.last_used_at
    if used is not None and now - used < USED_EVERY:
        return
    # Of requests at once one writes; a token that was revoked meanwhile stays away.
    unchanged = _rows().filter(pk=row.pk, last_used_at=used)
    try:
        # Of its own, so that a failure does not take the caller's transaction along.
        with transaction.atomic(using=unchanged.db):
            unchanged.update(last_used_at=now)
    except DATABASE_FAULTS as error:
        # A database that can be read but not written keeps scripts running.
        logger.warning("Token %s was used, which could not be stored: %s", row, error)


def _end(rows: QuerySet[ApiToken], user_id: object) -> int:
    with transaction.atomic(using=rows.db):
        public_ids = tuple(rows.values_list("public_id", flat=True))
        if not public_ids:
            return 0
        # By what was read, so that none is taken along unnamed.
        rows.filter(public_id__in=public_ids).delete()
        events.emit(events.TokenRevoked(user_id=user_id, public_ids=public_ids))
    return len(public_ids)


def _of(user: AbstractBaseUser) -> QuerySet[ApiToken]:
    return _rows().filter(user_id=user.pk)


def _rows() -> QuerySet[ApiToken]:
    return ApiToken.objects.using(router.db_for_write(ApiToken))
