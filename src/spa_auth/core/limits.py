"""Limits: exact counts across threads, processes and machines, in one statement, without a cache.

The generic cell rate algorithm (ITU-T I.371): each subject keeps one number, the time at which its
past use is paid off. It is a sliding window with no edges to wait for, and one row per subject.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from django.http import HttpRequest

from .address import client_address, network_of
from .errors import RateLimited
from .models import Counter
from .secrets import keyed_digest

_ATTRIBUTE = "_spa_auth_reservation"
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


@dataclass(frozen=True)
class Rate:
    """`times` uses within any `seconds`."""

    times: int
    seconds: int

    @classmethod
    def parse(cls, text: str) -> "Rate":
        """Read "5/1m": a count, a number and a unit of s, m, h or d. Raises ValueError."""
        times, _, window = text.partition("/")
        return cls(int(times), int(window[:-1]) * _UNITS[window[-1:]])

    @property
    def step(self) -> int:
        """Microseconds that one use takes to be paid off."""
        return self.seconds * 1_000_000 // self.times


@dataclass(frozen=True, kw_only=True)
class Limit:
    """What an endpoint allows: per network address, and per subject that the body names.

    `subject` returns the canonical identifier. It counts whether or not there is such an account,
    so that a limit tells nobody who has one.
    """

    address: str
    account: str | None = None
    subject: Callable[[Any], str] | None = None


@dataclass(frozen=True)
class Reservation:
    """Uses that were counted for one request, so that they can be given back."""

    keys: Sequence[str] = field(default_factory=tuple)

    def refund(self) -> None:
        """Give the uses back: the request succeeded, or failed through no fault of the client."""
        if not self.keys:
            return
        Counter.objects.filter(key__in=self.keys).update(free_at=F("free_at") - F("step"))


def reserve(name: str, limit: Limit, *, request: HttpRequest, body: object) -> Reservation:
    """Count one use against every dimension of `limit`. Raises RateLimited.

    Called before anything costly, so that forty requests at once cannot all pass. Inside a
    caller's transaction the count joins it.
    """
    rates = {
        keyed_digest(
            "limit", f"{name}:address:{network_of(client_address(request))}"
        ): limit.address
    }
    if limit.account and limit.subject:
        rates[keyed_digest("limit", f"{name}:account:{limit.subject(body)}")] = limit.account
    reservation = _count({key: Rate.parse(text) for key, text in rates.items()})
    setattr(request, _ATTRIBUTE, reservation)
    return reservation


def reservation_of(request: HttpRequest) -> Reservation:
    """Return what was counted for this request; an empty reservation where nothing was."""
    reservation: Reservation = getattr(request, _ATTRIBUTE, Reservation())
    return reservation


def clear_expired() -> int:
    """Delete the counters that say nothing any more; return how many."""
    deleted, _ = Counter.objects.filter(free_at__lt=_now()).delete()
    return deleted


def _count(rates: dict[str, Rate]) -> Reservation:
    now = _now()
    # Sorted: two requests that count the same keys lock them in the same order.
    keys = sorted(rates)
    values: list[str | int] = []
    for key in keys:
        step = rates[key].step
        values += [key, now + step, step, step * rates[key].times, True]
    outcome = {key: (free_at, allowed) for key, free_at, allowed in _run(keys, values, now)}
    refused = [key for key in keys if not outcome[key][1]]
    if refused:
        Reservation([key for key in keys if key not in refused]).refund()
        wait = max(
            outcome[key][0] - now - rates[key].step * (rates[key].times - 1) for key in refused
        )
        raise RateLimited(retry_after=-(-wait // 1_000_000))
    return Reservation(keys)


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


def _now() -> int:
    return time.time_ns() // 1000
