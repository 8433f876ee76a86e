"""Sessions of Django's own `db` engine go on as ours, so that moving over signs nobody out."""

import json
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.sessions.backends.db import SessionStore as DjangoStore
from django.db import router, transaction
from django.db.models import QuerySet
from django.utils import timezone

from spa_auth.core import secrets

from . import rows, rules
from .models import Session
from .settings import sessions

if TYPE_CHECKING:
    # Its app need not be installed once a project has moved over.
    from django.contrib.sessions.models import Session as DjangoSession

logger = logging.getLogger("spa_auth.security")

_KEY_LENGTH = 32
_CHUNK = 500


@dataclass(frozen=True)
class _Old:
    """What a session of Django's holds. Its model would show the key in error reports."""

    session_key: secrets.HiddenText
    session_data: str
    expire_date: datetime


def may_hold(key: str) -> bool:
    """Tell whether Django's engine may have given this key out, and its sessions are to go on."""
    return bool(sessions.django_session_cookie) and (
        len(key) == _KEY_LENGTH and key.isascii() and key.isalnum()
    )


def adopt(key: str, *, address: str | None, user_agent: str) -> None:
    """Make the live session that Django stored under this key ours, if there is one.

    The key stays: a page that sends five requests at once would lose four of them to a new one.
    """
    _take_over(_read(_live().filter(session_key=key)), address=address, user_agent=user_agent)


def adopt_all() -> Iterator[int]:
    """Make every live session ours, some hundred at a time; yield how many each time were."""
    while old := _read(_live().order_by("session_key")[:_CHUNK]):
        # Somebody who came back meanwhile has moved theirs: then one by one.
        taken = _take_over(old)
        yield len(old) if taken else sum(_take_over([session]) for session in old)


def _live() -> "QuerySet[DjangoSession]":
    model = apps.get_model("sessions", "Session")
    using = router.db_for_write(model)
    return model._default_manager.using(using).filter(expire_date__gt=timezone.now())


def _read(found: "QuerySet[DjangoSession]") -> list[_Old]:
    values = found.values_list("session_key", "session_data", "expire_date")
    return [_Old(secrets.HiddenText(key), data, end) for key, data, end in values]


def _take_over(old: Sequence[_Old], *, address: str | None = None, user_agent: str = "") -> bool:
    """Store `old` as ours and delete them, all or none; False where one was gone already."""
    fresh = [row for session in old if (row := _build(session)) is not None]
    user_ids = {row.user_id for row in fresh if row.user_id is not None}
    users = get_user_model()._base_manager.using(router.db_for_write(get_user_model()))
    known = {None, *users.filter(pk__in=user_ids).values_list("pk", flat=True)}
    for row in fresh:
        row.address, row.user_agent = address, user_agent[:512]
    stored = Session.objects.using(router.db_for_write(Session))
    keys, theirs = [session.session_key for session in old], _live().db
    with transaction.atomic(using=theirs), transaction.atomic(using=stored.db):
        # Deleting comes first and decides: a session that somebody ends at this moment stays ended.
        complete = _live().filter(session_key__in=keys).delete()[0] == len(old)
        if complete:
            stored.bulk_create([row for row in fresh if row.user_id in known])
        else:
            transaction.set_rollback(True, using=theirs)
    return complete


def _build(old: _Old) -> Session | None:
    """Make our row of Django's, None where it holds nothing that we can store."""
    now = timezone.now()
    data = DjangoStore().decode(old.session_data)
    try:
        user_id = rows.user_id_of(data)
        text = json.dumps(data, separators=(",", ":"))
        lifetime = rows.lifetime_of(data, now)
    except (TypeError, ValueError) as error:
        logger.warning("A session of Django's engine was not taken over: %s", error)
        return None
    # It ends no later than it would have ended under Django.
    expires_at = min(old.expire_date, now + lifetime.absolute)
    return Session(
        key_digest=secrets.digest(old.session_key),
        public_id=secrets.new_public_id(),
        user_id=user_id,
        created_at=now,
        last_seen_at=now,
        # When somebody proved who they are is not known: nothing counts it as a moment ago.
        authenticated_at=None,
        idle_expires_at=rules.idle_expiry(now=now, idle=lifetime.idle, expires_at=expires_at),
        expires_at=expires_at,
        data=text,
    )
