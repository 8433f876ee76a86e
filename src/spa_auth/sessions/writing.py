"""Writing rows while others write them: nothing that was ended comes back."""

import logging
from typing import Any

from django.contrib.sessions.backends.base import UpdateError
from django.db import router, transaction
from django.db.models import QuerySet

from spa_auth.core.faults import DATABASE_FAULTS

from . import rows
from .models import Session

logger = logging.getLogger("spa_auth.security")

_FIELDS = Session._meta.fields


def stored() -> QuerySet[Session]:
    """Return the rows of the primary: a replica that lags would let a revoked session live on."""
    return Session.objects.using(router.db_for_write(Session))


def write(old: Session | None, fresh: Session) -> None:
    """Store `fresh` in the place of `old`. Raises UpdateError where that was ended meanwhile."""
    if old is None:
        fresh.save(using=stored().db, force_insert=True)
        return
    found = stored().filter(key_digest=old.key_digest)
    if old.key_digest == fresh.key_digest or rows.same_sign_in(old, fresh):
        # The same row, also under a new key: whoever ends it at this moment ends it under both.
        changed = {field.attname: getattr(fresh, field.attname) for field in _FIELDS}
        if not found.update(**changed):
            raise UpdateError
        return
    with transaction.atomic(using=found.db, savepoint=False):
        # A step that was taken, or given up, at this moment is not taken again.
        if not found.delete()[0] and rows.is_pending(old):
            raise UpdateError
        fresh.save(using=found.db, force_insert=True)


def note(row: Session, **changed: Any) -> None:
    """Store what a request that only reads has noticed, if that is possible."""
    # Only the first of many requests at once writes, and only over what it has read.
    before = {name: getattr(row, name) for name in changed}
    unchanged = stored().filter(key_digest=row.key_digest, **before)
    try:
        # Of its own, so that a failure does not take the caller's transaction along.
        with transaction.atomic(using=unchanged.db):
            unchanged.update(**changed)
    except DATABASE_FAULTS as error:
        # A database that can be read but not written keeps people signed in.
        logger.warning("Session %s was used, which could not be stored: %s", row, error)
    else:
        for name, value in changed.items():
            setattr(row, name, value)
