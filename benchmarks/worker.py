"""One contender's process: it reads a line of JSON, does what it says and answers with another.

Its parent decides who runs when, so that no two processes measure at the same time.
"""

import gc
import json
import os
import sys
from collections.abc import Callable
from typing import Any

import django
from django.core.wsgi import get_wsgi_application
from django.db import connection

from . import world as worlds
from .client import Client
from .contenders import by_name
from .counting import counting
from .dialects import DIALECTS, ME
from .scenarios import Scenario, call_for, scenario

WARM_UP = 3


class Worker:
    """The commands, by their names."""

    def __init__(self) -> None:
        self.contender = by_name(os.environ["BENCH_CONTENDER"])
        self.dialect = DIALECTS[self.contender.dialect]
        self.client = Client(get_wsgi_application())
        self.world = worlds.World(self.client, self.dialect)

    def start(self) -> dict[str, Any]:
        """Make tables, users and sessions; answer which scenarios there are, and the versions."""
        worlds.make_tables()
        self.world = worlds.make_world(self.client, self.dialect)
        gc.collect()
        gc.freeze()
        return {"database": _database_version()}

    def has(self, name: str) -> bool:
        """Tell whether the contender has this scenario."""
        return self._call(scenario(name)) is not None

    def count(self, name: str) -> dict[str, int]:
        """Count what one request does, after others have warmed everything up."""
        chosen = scenario(name)
        for _ in range(WARM_UP):
            self._send(chosen)
        self._prepare(chosen)
        cache = os.environ["BENCH_REDIS"] if self.contender.cached else None
        with counting(cache) as counts:
            self._send(chosen, prepared=True)
        return counts.as_dict()

    def batch(self, name: str, requests: int) -> list[int]:
        """Return the nanoseconds of each request, after a few that count for nothing."""
        chosen = scenario(name)
        gc.collect()
        for _ in range(1 if chosen.weight > 1 else WARM_UP):
            self._send(chosen)
        return [self._send(chosen) for _ in range(requests)]

    def prepared(self) -> list[str]:
        """Return the statements that PostgreSQL keeps prepared for this process."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT statement FROM pg_prepared_statements ORDER BY prepare_time")
            return [row[0] for row in cursor.fetchall()]

    def _call(self, chosen: Scenario) -> Any:
        return call_for(chosen, self.dialect, self.world.others.get(chosen.sessions, []))

    def _prepare(self, chosen: Scenario) -> None:
        if chosen.changes:
            self.world.restore()
            # A cache that mirrors the rows finds them again only now.
            visitor = self.world.visitor("signed in", chosen.sessions)
            if visitor.cookies.get("sessionid"):
                self.client.send(ME, visitor)
        if chosen.later:
            self.world.grow_older()

    def _send(self, chosen: Scenario, *, prepared: bool = False) -> int:
        if not prepared:
            self._prepare(chosen)
        visitor = self.world.visitor(chosen.who, chosen.sessions)
        address = self.client.address() if chosen.name.startswith("sign_in") else "10.255.255.1"
        return self.client.send(self._call(chosen), visitor, address=address).nanoseconds


def _database_version() -> str:
    if connection.vendor == "postgresql":
        return f"PostgreSQL {connection.pg_version // 10000}.{connection.pg_version % 10000}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()")
        return f"SQLite {cursor.fetchone()[0]}"


def serve(commands: dict[str, Callable[..., Any]]) -> None:
    """Answer until the parent hangs up."""
    # Whatever prints must not speak between the answers.
    answers, sys.stdout = sys.stdout, sys.stderr
    for line in sys.stdin:
        name, arguments = json.loads(line)
        print(json.dumps(commands[name](**arguments)), file=answers, flush=True)


def main() -> None:
    """Become the worker."""
    django.setup()
    worker = Worker()
    names = ("start", "has", "count", "batch", "prepared")
    serve({name: getattr(worker, name) for name in names})


if __name__ == "__main__":
    main()
