"""One contender's process: it reads a line of JSON, does what it says and answers with another.

Its parent decides who runs when, so that no two processes measure at the same time.
"""

import gc
import json
import os
import random
import sys
import time
from collections.abc import Callable
from importlib import import_module
from typing import Any

import django
from django.core.wsgi import get_wsgi_application
from django.db import connection

from . import rows
from . import world as worlds
from .client import Client
from .contenders import by_name
from .counting import counting
from .dialects import DIALECTS, ME, Visitor
from .scenarios import Scenario, call_for, scenario

WARM_UP = 3
SIGNER = "grace"
# The commands of the parts with large tables.
LARGE = ("fill", "visit", "sign_in", "clear")


class Worker:
    """The commands, by their names."""

    def __init__(self) -> None:
        self.contender = by_name(os.environ["BENCH_CONTENDER"])
        self.dialect = DIALECTS[self.contender.dialect]
        self.client = Client(get_wsgi_application())
        self.world = worlds.World(self.client, self.dialect)

    def start(self, sessions: list[int]) -> dict[str, Any]:
        """Make tables, and a user with each of these numbers of sessions; answer the version."""
        worlds.make_tables()
        self.world = worlds.make_world(self.client, self.dialect, sessions)
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

    def fill(self, live: int, expired: int) -> None:
        """Make tables with that many sessions, and a user who can sign in."""
        worlds.make_tables()
        worlds.make_user(SIGNER)
        worlds.sign_in(self.client, self.dialect, SIGNER)
        rows.fill(self.contender.dialect, live=live, expired=expired)

    def visit(self, requests: int, live: int, seed: int, later: bool) -> list[int]:
        """Return the nanoseconds of requests, each of another of the sessions that `fill` made."""
        # Not for secrets: the same sessions in every run.
        chosen = random.Random(seed)  # noqa: S311
        times = []
        for _ in range(requests + WARM_UP):
            number = chosen.randrange(live)
            if later:
                rows.grow_older(number)
            visitor = rows.visitor(self.contender.dialect, number)
            times.append(self.client.send(ME, visitor).nanoseconds)
        return times[WARM_UP:]

    def sign_in(self, requests: int) -> list[int]:
        """Return the nanoseconds of sign-ins whose rows stay."""
        if self.dialect.sign_in is None:
            raise ValueError("nobody signs in to a floor")
        call = self.dialect.sign_in(SIGNER)
        return [
            self.client.send(call, Visitor.nobody(), address=self.client.address()).nanoseconds
            for _ in range(requests)
        ]

    def clear(self) -> float:
        """Clean up as `clearsessions` does; return how many seconds it took."""
        started = time.perf_counter()
        import_module(self.contender.engine).SessionStore.clear_expired()
        seconds = time.perf_counter() - started
        if left := rows.expired(self.contender.dialect):
            raise AssertionError(f"{left} expired sessions are left")
        return seconds

    def session_statement(self) -> dict[str, int] | None:
        """Return how often PostgreSQL ran the prepared statement that reads a session.

        With a plan of its own (custom) and with the one it keeps (generic); None where it has
        prepared no such statement.
        """
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT custom_plans, generic_plans FROM pg_prepared_statements "
                "WHERE statement LIKE 'SELECT %%session%%expire%%' "
                "ORDER BY custom_plans + generic_plans DESC LIMIT 1"
            )
            row = cursor.fetchone()
        return {"custom_plans": row[0], "generic_plans": row[1]} if row else None

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
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SHOW server_version")
        else:
            cursor.execute("SELECT sqlite_version()")
        return f"{connection.display_name} {cursor.fetchone()[0].split()[0]}"


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
    names = ("start", "has", "count", "batch", "session_statement", *LARGE)
    serve({name: getattr(worker, name) for name in names})


if __name__ == "__main__":
    main()
