"""What a request does to the database and the cache: counts, which no other process disturbs."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

import redis
from django.db import connection

_WRITE = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE)
# Not work of the request's own, and not seen through the cursor on every database.
_FRAME = re.compile(r"\s*(BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE)\b", re.IGNORECASE)
# What the client library and this module say to the server.
_TALK = ("info", "config", "client", "hello", "select", "command")


@dataclass
class Counts:
    """Statements, those of them that write, transactions that were committed, cache commands."""

    sql: int = 0
    writes: int = 0
    transactions: int = 0
    cache: int = 0

    def as_dict(self) -> dict[str, int]:
        """Return what the report keeps."""
        return asdict(self)

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        """Count one statement, as a wrapper of Django's `execute`."""
        if not _FRAME.match(sql):
            self.sql += 1
            writes = bool(_WRITE.match(sql))
            self.writes += writes
            self.transactions += writes and not connection.in_atomic_block
        return execute(sql, params, many, context)


@contextmanager
def counting(cache: str | None) -> Iterator[Counts]:
    """Count what happens inside; `cache` is the URL of the Redis server, which nobody else uses."""
    counts = Counts()
    server = redis.Redis.from_url(cache) if cache else None
    # The hook below every commit: PostgreSQL's go past the cursor.
    commit = connection._commit  # type: ignore[attr-defined]

    def counted_commit() -> None:
        counts.transactions += 1
        commit()

    connection._commit = counted_commit  # type: ignore[attr-defined]
    before = _commands(server)
    try:
        with connection.execute_wrapper(counts):
            yield counts
    finally:
        del connection._commit  # type: ignore[attr-defined]
        counts.cache = _commands(server) - before


def _commands(server: Any) -> int:
    if server is None:
        return 0
    statistics = server.info("commandstats")
    return sum(
        figures["calls"]
        for name, figures in statistics.items()
        if not name.removeprefix("cmdstat_").startswith(_TALK)
    )
