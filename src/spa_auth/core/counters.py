"""The counters of limits as rows: exact across threads, processes and machines, without a cache.

The generic cell rate algorithm (ITU-T I.371): each subject keeps one number, the time at which its
past use is paid off. It is a sliding window with no edges to wait for, and one row per subject.
"""

from collections.abc import Mapping
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import F

from .models import Counter
from .rates import Rate


class Counted(NamedTuple):
    """A counter after a use: `free_at` in microseconds since 1970, and whether the use counts."""

    free_at: int
    allowed: bool


def count(rates: Mapping[str, Rate], *, now: int) -> Mapping[str, Counted]:
    """Count one use under every key, or under none where one of them is used up.

    `now` is in microseconds since 1970. Inside a caller's transaction the count joins it.
    """
    # Sorted: two requests that count the same keys lock them in the same order.
    keys = sorted(rates)
    values: list[str | int] = []
    for key in keys:
        values += [key, now + rates[key].step, rates[key].step, rates[key].span, True]
    rows = _run(keys, values, now)
    outcome = {key: Counted(free_at, bool(allowed)) for key, free_at, allowed in rows}
    allowed = [key for key in keys if outcome[key].allowed]
    if 0 < len(allowed) < len(keys):
        refund({key: rates[key] for key in allowed})
    return outcome


def refund(rates: Mapping[str, Rate]) -> None:
    """Take one use back from each of these counters."""
    Counter.objects.filter(key__in=rates).update(free_at=F("free_at") - F("step"))


def clear_expired(*, now: int) -> int:
    """Delete the counters that say nothing any more; return how many."""
    deleted, _ = Counter.objects.filter(free_at__lt=now).delete()
    return deleted


def _run(keys: list[str], values: list[str | int], now: int) -> list[tuple[str, int, bool]]:
    key, table = map(connection.ops.quote_name, ("key", Counter._meta.db_table))
    mysql = connection.vendor == "mysql"
    on_conflict, new = _MYSQL if mysql else _STANDARD
    count = _COUNT.format(
        table=table,
        key=key,
        rows=", ".join(["(%s, %s, %s, %s, %s)"] * len(keys)),
        on_conflict=on_conflict.format(key=key),
        **{f"new_{column}": new.format(column) for column in ("free_at", "step", "span")},
    )
    parameters = [*values, now, now, now, now, now]
    columns = f"{key}, free_at, allowed"
    if mysql:  # pragma: no cover - `make verify` runs the tests on MariaDB too
        # Without RETURNING, the rows stay locked until they have been read.
        with transaction.atomic(savepoint=False), connection.cursor() as cursor:
            cursor.execute(count, parameters)
            cursor.execute(f"SELECT {columns} FROM {table} WHERE {key} IN %s", [keys])  # noqa: S608
            return list(cursor.fetchall())
    with connection.cursor() as cursor:
        cursor.execute(f"{count} RETURNING {columns}", parameters)
        return list(cursor.fetchall())


# `free_at` moves on by one step per use, from the past or from now, whichever is later. A use is
# allowed while that stays within one window of now. The statement itself locks the rows, so no two
# requests read the same count. MySQL assigns from left to right: `allowed` needs the old `free_at`.
_COUNT = """
INSERT INTO {table} ({key}, free_at, step, span, allowed) VALUES {rows} ON {on_conflict}
    allowed = CASE WHEN {table}.free_at > %s THEN {table}.free_at ELSE %s END + {new_step}
              <= %s + {new_span},
    free_at = CASE WHEN {table}.free_at + {new_step} > %s + {new_span} THEN {table}.free_at
                   WHEN {table}.free_at > %s THEN {table}.free_at + {new_step}
                   ELSE {new_free_at} END,
    step = {new_step}, span = {new_span}
"""
# How a database names a row that is there already, and the values that it was to get.
_STANDARD = ("CONFLICT ({key}) DO UPDATE SET", "excluded.{}")
_MYSQL = ("DUPLICATE KEY UPDATE", "VALUES({})")
