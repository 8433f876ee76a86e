"""Millions of session rows, made inside the database, whose keys can be told from their numbers."""

import datetime
import hashlib
import json
from typing import Any

from django.contrib.auth import SESSION_KEY, get_user_model
from django.db import connection
from django.utils import timezone

from .client import USER_AGENT
from .dialects import SESSION_COOKIE, Visitor
from .world import find_model

# A person has a few devices.
SESSIONS_PER_USER = 5
CHUNK = 250_000
DAY = datetime.timedelta(days=1)
TABLES = {"spa_auth": "spa_auth_sessions.Session", "django": "sessions.Session"}


def fill(dialect: str, *, live: int, expired: int) -> None:
    """Make sessions 0 to live - 1, and behind them expired ones, like the one that is there."""
    now = timezone.now()
    # In the future, so that no request finds it a minute old and writes: that has its own figure.
    _insert(dialect, 0, live, seen=now + DAY, ends=now + 14 * DAY)
    _insert(dialect, live, live + expired, seen=now - 30 * DAY, ends=now - DAY)
    with connection.cursor() as cursor:
        # So that nothing of the filling is left to do while something is measured.
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
        if connection.vendor == "postgresql":
            cursor.execute("CHECKPOINT")
        else:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def visitor(dialect: str, number: int) -> Visitor:
    """Return the client that has this session."""
    return Visitor({SESSION_COOKIE: f"{number:0{_width(dialect)}d}"}, {})


def grow_older(number: int) -> None:
    """Make this session one that was last seen more than a minute ago."""
    key = f"{number:0{_width('spa_auth')}d}"
    earlier = timezone.now() - datetime.timedelta(seconds=61)
    model = find_model(TABLES["spa_auth"])
    if model:
        rows = model._default_manager.filter(pk=hashlib.sha256(key.encode()).hexdigest())
        rows.update(last_seen_at=earlier)


def expired(dialect: str) -> int:
    """Return how many expired sessions there are."""
    model = find_model(TABLES[dialect])
    ends = {"spa_auth": "idle_expires_at", "django": "expire_date"}[dialect]
    return model._default_manager.filter(**{f"{ends}__lt": timezone.now()}).count() if model else 0


def _insert(
    dialect: str, first: int, end: int, *, seen: datetime.datetime, ends: datetime.datetime
) -> None:
    insert = {"spa_auth": _insert_ours, "django": _insert_stock}[dialect]
    for start in range(first, end, CHUNK):
        insert(start, min(end, start + CHUNK), seen, ends)


def _insert_ours(first: int, end: int, seen: datetime.datetime, ends: datetime.datetime) -> None:
    users = max(1, (end - first) // SESSIONS_PER_USER)
    first_user = _make_users(first, users)
    data = json.loads(_pattern("spa_auth").data) | {SESSION_KEY: "USER"}
    head, tail = json.dumps(data, separators=(",", ":")).split("USER")
    begun, ended = (connection.ops.adapt_datetimefield_value(time) for time in (seen, ends))
    owner = f"{first_user} + i %% {users}"
    _run(
        f"""
        INSERT INTO spa_auth_sessions_session (key_digest, public_id, user_id, created_at,
            last_seen_at, authenticated_at, idle_expires_at, expires_at, address, user_agent, data)
        {{series}}
        SELECT {_digest("lpad(CAST(i AS text), 43, '0')")}, md5(CAST(i AS text)),
            {owner}, %s, %s, %s, {_spread()}, {_spread()}, '10.1.2.3', %s,
            %s || ({owner}) || %s FROM numbers
        """,  # noqa: S608 - numbers of our own
        [first, end - 1, begun, begun, begun, ended, ended, USER_AGENT, head, tail],
    )


def _insert_stock(first: int, end: int, seen: datetime.datetime, ends: datetime.datetime) -> None:
    # Signed, which no database can do; but the signature does not depend on the session's key.
    data = _pattern("django").session_data
    _run(
        f"""
        INSERT INTO django_session (session_key, session_data, expire_date)
        {{series}}
        SELECT lpad(CAST(i AS text), 32, '0'), %s, {_spread()} FROM numbers
        """,  # noqa: S608 - numbers of our own
        [first, end - 1, data, connection.ops.adapt_datetimefield_value(ends)],
    )


def _make_users(first: int, users: int) -> int:
    """Make users with the same password hash, and so the same session hash; return the first id."""
    people = get_user_model()._default_manager
    likeness = people.order_by("pk").values_list("password", flat=True)[0]
    joined = connection.ops.adapt_datetimefield_value(timezone.now())
    _run(
        """
        INSERT INTO auth_user (password, is_superuser, username, first_name, last_name, email,
            is_staff, is_active, date_joined)
        {series}
        SELECT %s, %s, 'user' || i, '', '', 'user' || i || '@example.com', %s, %s, %s FROM numbers
        """,
        [first, first + users - 1, likeness, False, False, True, joined],
    )
    return int(people.values_list("pk", flat=True).get(username=f"user{first}"))


def _pattern(dialect: str) -> Any:
    """Return a session that a real sign-in made."""
    model = find_model(TABLES[dialect])
    return model._default_manager.all()[0] if model else None


def _run(statement: str, parameters: list[Any]) -> None:
    """Run a statement for the whole numbers from the first parameter to the second."""
    series = (
        "WITH numbers AS (SELECT generate_series(%s, %s) AS i)"
        if connection.vendor == "postgresql"
        else "WITH RECURSIVE bounds(i, last) AS (VALUES (%s, %s)), numbers(i, last) AS "
        "(SELECT i, last FROM bounds UNION ALL SELECT i + 1, last FROM numbers WHERE i < last)"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement.format(series=series), parameters)


def _spread() -> str:
    """Return SQL for a time in the ten days before the parameter: few sessions end together."""
    second = "(i %% 864000)"
    if connection.vendor == "postgresql":
        return f"CAST(%s AS timestamptz) - {second} * interval '1 second'"
    return f"strftime('%%Y-%%m-%%d %%H:%%M:%%f000', %s, '-' || {second} || ' seconds')"


def _digest(expression: str) -> str:
    """Return SQL for a SHA-256 in hex; Django gives SQLite a function of that name."""
    if connection.vendor == "postgresql":
        return f"encode(sha256(CAST({expression} AS bytea)), 'hex')"
    return f"SHA256({expression})"


def _width(dialect: str) -> int:
    return 43 if dialect == "spa_auth" else 32
