"""The parent's side of the workers: start them, ask them, stop them."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from .contenders import Contender, Store

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Servers:
    """Where the database and cache servers are."""

    postgresql: str
    redis: str


class Process:
    """One worker, to which one line at a time is said."""

    def __init__(self, contender: Contender, database: str, redis: str) -> None:
        self.contender = contender
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.worker"],
            cwd=ROOT,
            env={
                **os.environ,
                "BENCH_CONTENDER": contender.name,
                "BENCH_DATABASE": database,
                "BENCH_REDIS": redis,
                "DJANGO_SETTINGS_MODULE": "benchmarks.project.settings",
                # The order of sets and dicts must not differ from run to run.
                "PYTHONHASHSEED": "0",
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def tell(self, command: str, **arguments: Any) -> None:
        """Say what to do, and do not wait."""
        pipe = self._process.stdin
        if pipe is None or self._process.poll() is not None:
            raise RuntimeError(f"the process of {self.contender.name} has ended")
        pipe.write(json.dumps([command, arguments]) + "\n")
        pipe.flush()

    def hear(self) -> Any:
        """Wait for the answer. Raises RuntimeError when the process ended instead."""
        pipe = self._process.stdout
        line = pipe.readline() if pipe else ""
        if not line:
            raise RuntimeError(f"the process of {self.contender.name} has ended, see above")
        return json.loads(line)

    def ask(self, command: str, **arguments: Any) -> Any:
        """Say what to do, and wait for the answer."""
        self.tell(command, **arguments)
        return self.hear()

    def close(self) -> None:
        """Hang up; the process ends by itself."""
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                pipe.close()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


@contextmanager
def process(contender: Contender, database: str, servers: Servers) -> Iterator[Process]:
    """Start one process on that database."""
    started = Process(contender, database, servers.redis)
    try:
        yield started
    finally:
        started.close()


@contextmanager
def processes(
    contenders: Sequence[Contender], store: Store, servers: Servers
) -> Iterator[list[Process]]:
    """Start a process per contender, each with a database of its own."""
    with ExitStack() as stack:
        yield [
            stack.enter_context(
                process(
                    contender,
                    stack.enter_context(database(contender.name, store, servers)),
                    servers,
                )
            )
            for contender in contenders
        ]


@contextmanager
def database(name: str, store: Store, servers: Servers) -> Iterator[str]:
    """Make an empty database, the value is its URL; drop it afterwards."""
    if store == "sqlite":
        with TemporaryDirectory(prefix="spa-auth-bench-") as folder:
            yield f"sqlite://{folder}/{name}.sqlite3"
        return
    with psycopg.connect(servers.postgresql, autocommit=True) as administrator:
        administrator.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield urlsplit(servers.postgresql)._replace(path=f"/{name}").geturl()
        finally:
            drop = sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
            administrator.execute(drop)
