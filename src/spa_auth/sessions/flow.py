"""A user's sessions: which there are, and ending them by deleting: there is no window."""

from collections.abc import Collection, Sequence
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.db import router, transaction
from django.db.models import QuerySet
from django.utils import timezone

from spa_auth.core import events
from spa_auth.core.people import is_saved_inactive

from . import mail, rows
from .models import Session


def live_sessions(user: AbstractBaseUser) -> Sequence[Session]:
    """Return the user's live sessions, the last used first.

    Not those from before a change of the password: their rows go when they are next used.
    """
    valid = {user.get_session_auth_hash(), *user.get_session_auth_fallback_hash()}
    stored = _of(user).filter(idle_expires_at__gt=timezone.now()).order_by("-last_seen_at")
    return [row for row in stored if rows.auth_hash_of(row) in valid]


def revoke(user: AbstractBaseUser, public_id: str, *, address: str | None) -> bool:
    """End one session of the user's own, and tell them; False where they have none of that id."""
    return _end(_of(user).filter(public_id=public_id), user.pk, address, owner=user) > 0


def revoke_others(user: AbstractBaseUser, kept: str | None, *, address: str | None) -> int:
    """End every session of the user's but that one, and tell them; return how many."""
    return _end(_of(user).exclude(public_id=kept or ""), user.pk, address, owner=user)


def revoke_all(user: AbstractBaseUser) -> int:
    """End every session of the user's, also for those who have just been deactivated."""
    return _end(_of(user), user.pk, None)


def end_others(user: AbstractBaseUser, kept: str | None) -> None:
    """End every session of the user's but the one of that public id, as part of something else."""
    _of(user).exclude(public_id=kept or "").delete()


def end_if_deactivated(
    sender: type,
    instance: Any,
    created: bool,
    update_fields: Collection[str] | None = None,
    **_: object,
) -> None:
    """End the sessions of a user who was saved as inactive: they must not come back with them.

    `QuerySet.update()` sends no signal; then the next use of each session ends it.
    """
    if sender is not get_user_model() or created:
        return
    if is_saved_inactive(instance, update_fields):
        revoke_all(instance)


def revoke_chosen(sessions: QuerySet[Session]) -> int:
    """End sessions that an operator chose, whoever they belong to; return how many."""
    by_user: dict[object, list[str]] = {}
    for user_id, public_id in sessions.values_list("user_id", "public_id"):
        by_user.setdefault(user_id, []).append(public_id)
    stored = Session.objects.using(router.db_for_write(Session))
    return sum(
        _end(stored.filter(public_id__in=public_ids), user_id, None)
        for user_id, public_ids in by_user.items()
    )


def _of(user: AbstractBaseUser) -> QuerySet[Session]:
    return Session.objects.using(router.db_for_write(Session)).filter(user_id=user.pk)


def _end(
    sessions: QuerySet[Session],
    user_id: object,
    address: str | None,
    *,
    owner: AbstractBaseUser | None = None,
) -> int:
    """End sessions of one user; `owner` is told by mail, who has ended them from another one."""
    with transaction.atomic(using=sessions.db):
        public_ids = tuple(sessions.values_list("public_id", flat=True))
        # By what was read, so that a session that begins meanwhile is not taken along unnamed.
        sessions.filter(public_id__in=public_ids).delete()
        if public_ids:
            events.emit(
                events.SessionsRevoked(user_id=user_id, public_ids=public_ids, address=address)
            )
        if public_ids and owner:
            mail.tell_of_revocation(owner)
    return len(public_ids)
