"""The counters of limits as rows: exact across threads, processes and machines, without a cache.

The generic cell rate algorithm (ITU-T I.371): each subject keeps one number, the time at which its
past use is paid off. It is a sliding window with no edges to wait for, and one row per subject.
"""

from collections.abc import Mapping
from typing import NamedTuple

from django.db import connection, transaction

from .models import Counter
from .rates import Rate

# How many rows a transaction that cleans up deletes at most.
CLEARED_AT_ONCE = 500


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
    # Sorted too, and no UPDATE: that locks its rows in any order, which ends in a deadlock with
    # `count`. One that has been cleared meanwhile comes back as what is cleared next.
    values: list[str | int] = []
    for key in sorted(rates):
        values += [key, 0, rates[key].step, rates[key].span, True]
    with connection.cursor() as cursor:
        cursor.execute(_upsert(_REFUND, len(rates)), values)


def clear_expired(*, now: int) -> int:
    """Delete the counters that say nothing any more; return how many."""
    due = Counter.objects.filter(free_at__lt=now).values_list("key", flat=True)
    count, left = 0, True
    while left:
        keys = list(due[:CLEARED_AT_ONCE])
        with transaction.atomic():
            still = [counter.key for counter in _held(keys) if counter.free_at < now]
            cleared = Counter.objects.filter(key__in=still).delete()[0]
        # Those that somebody is counting in just now are left to the next time.
        count, left = count + cleared, cleared == CLEARED_AT_ONCE
    return count


def _held(keys: list[str]) -> list[Counter]:
    """Lock these counters, without waiting for any, and return those that are locked.

    By key, as `count` locks them, and whole: MariaDB locks what it reads first, and another index
    could answer for less.
    """
    skip = connection.features.has_select_for_update_skip_locked
    return list(Counter.objects.select_for_update(skip_locked=skip).filter(key__in=keys))


def _run(keys: list[str], values: list[str | int], now: int) -> list[tuple[str, int, bool]]:
    key, table = _names()
    count = _upsert(_COUNT, len(keys))
    parameters = [*values, now, now, now, now, now]
    columns = f"{key}, free_at, allowed"
    if _is_mysql():  # pragma: no cover - `make verify` runs the tests on MariaDB too
        # Without RETURNING, the rows stay locked until they have been read.
        with transaction.atomic(savepoint=False), connection.cursor() as cursor:
            cursor.execute(count, parameters)
            cursor.execute(f"SELECT {columns} FROM {table} WHERE {key} IN %s", [keys])  # noqa: S608
            return list(cursor.fetchall())
    with connection.cursor() as cursor:
        cursor.execute(f"{count} RETURNING {columns}", parameters)
        return list(cursor.fetchall())


def _upsert(changes: str, rows: int) -> str:
    """Return the statement that inserts so many rows, and changes those that there are."""
    key, table = _names()
    on_conflict, new = _MYSQL if _is_mysql() else _STANDARD
    return _UPSERT.format(
        table=table,
        key=key,
        rows=", ".join(["(%s, %s, %s, %s, %s)"] * rows),
        on_conflict=on_conflict.format(key=key),
        changes=changes.format(
            table=table,
            **{f"new_{column}": new.format(column) for column in ("free_at", "step", "span")},
        ),
    )


def _names() -> tuple[str, str]:
    """Return the quoted names of the key and the table."""
    quote = connection.ops.quote_name
    return quote("key"), quote(Counter._meta.db_table)


def _is_mysql() -> bool:
    return connection.vendor == "mysql"


_UPSERT = """
INSERT INTO {table} ({key}, free_at, step, span, allowed) VALUES {rows} ON {on_conflict} {changes}
"""
# `free_at` moves on by one step per use, from the past or from now, whichever is later. A use is
# allowed while that stays within one window of now. The statement itself locks the rows, so no two
# requests read the same count. MySQL assigns from left to right: `allowed` needs the old `free_at`.
_COUNT = """
    allowed = CASE WHEN {table}.free_at > %s THEN {table}.free_at ELSE %s END + {new_step}
              <= %s + {new_span},
    free_at = CASE WHEN {table}.free_at + {new_step} > %s + {new_span} THEN {table}.free_at
                   WHEN {table}.free_at > %s THEN {table}.free_at + {new_step}
                   ELSE {new_free_at} END,
    step = {new_step}, span = {new_span}
"""
_REFUND = "free_at = {table}.free_at - {table}.step"
# How a database names a row that is there already, and the values that it was to get.
_STANDARD = ("CONFLICT ({key}) DO UPDATE SET", "excluded.{}")
_MYSQL = ("DUPLICATE KEY UPDATE", "VALUES({})")
