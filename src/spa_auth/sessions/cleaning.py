"""Deleting expired sessions without keeping anybody from signing in."""

import time

from django.db import connections, router, transaction
from django.utils import timezone

from .models import Session

# How many rows the first chunk has, and how many a later one may have.
_FEWEST, _MOST = 100, 5000
# About how long a chunk may take, in seconds: whoever signs in waits for two of them at worst.
_SECONDS = 0.05
# How long cleaning up rests after a chunk, as a multiple of what the chunk took. SQLite has one
# writer, and who waits for it looks again only now and then: without a rest it is rarely free then.
_REST = {"sqlite": 1}


def clear_expired() -> None:
    """Delete expired sessions in chunks, each a transaction of its own.

    One DELETE of a million rows would keep everybody from signing in on SQLite. A chunk ends at a
    time and the next begins there: no keys travel, and PostgreSQL does not walk again over deleted
    rows. Chunks grow and shrink with how fast the database is.
    """
    stored = Session.objects.using(router.db_for_write(Session))
    expired = stored.filter(idle_expires_at__lte=timezone.now()).order_by("idle_expires_at")
    rest = _REST.get(connections[stored.db].vendor, 0)
    rows, left, size = stored, expired, _FEWEST
    while end := left.values_list("idle_expires_at", flat=True)[size - 1 :].first():
        with transaction.atomic(using=stored.db):
            # Now SQLite has given us its lock: to have waited for it is not to have been slow.
            began = time.monotonic()
            # One upper bound only: of two, SQLite may walk up to the later one.
            rows.filter(idle_expires_at__lte=end).delete()
        took = max(time.monotonic() - began, 0.001)
        time.sleep(took * rest)
        size = min(max(_FEWEST, int(size * _SECONDS / took)), 2 * size, _MOST)
        later = {"idle_expires_at__gt": end}
        rows, left = stored.filter(**later), expired.filter(**later)
    left.delete()
