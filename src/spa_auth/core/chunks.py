"""Deleting many rows without keeping anybody from signing in."""

import time
from typing import Any

from django.db import connections, transaction
from django.db.models import Model, QuerySet

# How many rows the first chunk has, and how many a later one may have.
_FEWEST, _MOST = 100, 5000
# About how long a chunk may take, in seconds: whoever signs in waits for two of them at worst.
_SECONDS = 0.05
# How long cleaning up rests after a chunk, as a multiple of what the chunk took. SQLite has one
# writer, and who waits for it looks again only now and then: without a rest it is rarely free then.
_REST = {"sqlite": 1}


def delete_until(stored: QuerySet[Model], field: str, last: Any) -> int:
    """Delete the rows whose indexed `field` is at most `last`, in chunks; return how many.

    Each chunk is a transaction of its own: one DELETE of a million rows would keep everybody from
    signing in on SQLite. A chunk ends at a value and the next begins there: no keys travel, and
    PostgreSQL does not walk again over deleted rows. Chunks grow and shrink with how fast the
    database is.
    """
    due = stored.filter(**{f"{field}__lte": last}).order_by(field)
    rest = _REST.get(connections[stored.db].vendor, 0)
    rows, left, size, count = stored, due, _FEWEST, 0
    while end := left.values_list(field, flat=True)[size - 1 :].first():
        with transaction.atomic(using=stored.db):
            # Now SQLite has given us its lock: to have waited for it is not to have been slow.
            began = time.monotonic()
            # One upper bound only: of two, SQLite may walk up to the later one.
            count += rows.filter(**{f"{field}__lte": end}).delete()[0]
        took = max(time.monotonic() - began, 0.001)
        time.sleep(took * rest)
        size = min(max(_FEWEST, int(size * _SECONDS / took)), 2 * size, _MOST)
        later = {f"{field}__gt": end}
        rows, left = stored.filter(**later), due.filter(**later)
    return count + left.delete()[0]
