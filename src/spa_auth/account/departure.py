"""The end of an account: at once, or after days in which its owner may come back."""

import datetime
import logging
from collections.abc import Sequence
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import FieldDoesNotExist
from django.db import IntegrityError, router
from django.db.models import ProtectedError, RestrictedError
from django.db.models.deletion import Collector
from django.http import HttpRequest
from django.utils import timezone

from spa_auth.core import events, links, login
from spa_auth.core.credentials import end_sessions
from spa_auth.core.errors import LinkExpired, NotAuthenticated
from spa_auth.core.faults import DATABASE_FAULTS
from spa_auth.core.locking import lock_users, user_transaction

from . import mail
from .errors import DeleteRefused
from .models import Departure
from .settings import account

# How many rows are read at once.
_BATCH = 100
# Rows that stay need the account: by Django's knowledge, or by the database's alone.
_PROTECTED = (ProtectedError, RestrictedError, IntegrityError)

logger = logging.getLogger("spa_auth")


def delete_account(request: HttpRequest) -> None:
    """Delete the account of who is signed in, or begin its `DELETE_AFTER_DAYS`; sign them out.

    Raises DeleteRefused, which leaves everything as it was, and NotAuthenticated where another
    request was faster.
    """
    user = login.get_user(request)
    superusers = _superusers_with(user)
    try:
        with user_transaction():
            held = _hold(user, superusers)
            end_sessions(held, kept=None)
            if account.delete_after_days:
                _begin(held, datetime.timedelta(days=account.delete_after_days))
            else:
                mail.tell_of_deletion(held)
                _delete(held)
            # Where no room knows whose sessions there are, this one is the last to know.
            request.session.delete()
    except _PROTECTED as error:
        logger.warning("account %s cannot be deleted: %s", user.pk, _reason(error))
        raise DeleteRefused from None
    # Only now: what is refused by the commit leaves the browser signed in.
    login.forget_session(request)


def restore_account(token: str) -> None:
    """Bring an account back whose time has not come; nobody is signed in by it.

    Raises what `links.prove_link` and `links.consume` raise, and LinkExpired where an operator has
    decided otherwise.
    """
    proven = links.prove_link(mail.UNDO, token)
    with user_transaction():
        user = links.consume(proven)
        if not _departures().filter(user_id=user.pk, due_at__gt=timezone.now()).delete()[0]:
            raise LinkExpired
        _store_active(user, True)
        events.emit(events.AccountRestored(user_id=user.pk))


def delete_due() -> int:
    """Delete the accounts whose time has come, each in a transaction of its own; return how many.

    One that cannot be deleted is logged, and tried again next time.
    """
    due = _departures().filter(due_at__lte=timezone.now()).order_by("pk")
    count = last = 0
    while batch := list(due.filter(pk__gt=last)[:_BATCH]):
        count += sum(map(_finish, batch))
        last = batch[-1].pk
    return count


def keep_if_reactivated(
    sender: type, instance: Any, created: bool, update_fields: Any, **_: object
) -> None:
    """Keep the account of a user who was saved as active: an operator has brought them back.

    What deactivates them later is something else, which the old link must not undo.
    `QuerySet.update()` sends no signal; then they are kept if they are still active when it is due.
    """
    if not account.delete_after_days or sender is not get_user_model() or created:
        return
    if instance.is_active and (update_fields is None or "is_active" in update_fields):
        _departures().filter(user_id=instance.pk).delete()


def _superusers_with(user: AbstractBaseUser) -> Sequence[Any]:
    """Return the keys of all superusers if the user is one, otherwise none."""
    model = get_user_model()
    try:
        model._meta.get_field("is_superuser")
    except FieldDoesNotExist:
        return []
    if not getattr(user, "is_superuser", False):
        return []
    stored = model._base_manager.using(router.db_for_write(model))
    return list(stored.filter(is_superuser=True).values_list("pk", flat=True))


def _hold(user: AbstractBaseUser, superusers: Sequence[Any]) -> AbstractBaseUser:
    """Return the user as they are now. Raises NotAuthenticated, and DeleteRefused for the last.

    A superuser is held with all others, so that of the last two who go at once one stays.
    """
    rows: list[Any] = lock_users({user.pk, *superusers})
    held = next((row for row in rows if row.pk == user.pk), None)
    if held is None or not held.is_active:
        raise NotAuthenticated
    others = [row for row in rows if row.pk != user.pk and row.is_active]
    if superusers and not any(row.is_superuser for row in others):
        raise DeleteRefused
    return held  # type: ignore[no-any-return]


def _begin(user: AbstractBaseUser, wait: datetime.timedelta) -> None:
    # Whoever is protected is not told that they will be deleted.
    Collector(using=str(user._state.db)).collect([user])
    now = timezone.now()
    _store_active(user, False)
    times = {"requested_at": now, "due_at": now + wait}
    # One may be left of an account that was active again without a signal.
    _departures().update_or_create(user_id=user.pk, defaults=times)
    mail.send_way_back(user)
    events.emit(events.AccountDeletionRequested(user_id=user.pk, due_at=now + wait))


def _store_active(user: Any, active: bool) -> None:
    user.is_active = active
    user.save(update_fields=["is_active"])


def _finish(departure: Departure) -> bool:
    """Delete one account; False where it stays."""
    try:
        with user_transaction():
            users = lock_users([departure.user_id])
            # Looked for once more under the lock: they may have come back meanwhile.
            waited = _departures().filter(pk=departure.pk).delete()[0]
            if not (users and waited) or users[0].is_active:
                return False
            _delete(users[0])
    except _PROTECTED as error:
        logger.warning("account %s cannot be deleted: %s", departure.user_id, _reason(error))
        return False
    except DATABASE_FAULTS:
        raise
    except Exception:
        logger.exception("account %s cannot be deleted", departure.user_id)
        return False
    return True


def _delete(user: AbstractBaseUser) -> None:
    events.emit(events.AccountDeleted(user_id=user.pk))
    user.delete()


def _reason(error: Exception) -> str:
    """Say what is in the way, without the rows themselves, whose texts are about people."""
    named = isinstance(error, ProtectedError | RestrictedError)
    return str(error.args[0]) if named else type(error).__name__


def _departures() -> Any:
    return Departure.objects.using(router.db_for_write(Departure))
