"""A PostgreSQL server of our own: real, empty, on a free port, gone afterwards."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import system
from console import Problem, Words, capture, quietly


@contextmanager
def postgresql() -> Iterator[str]:
    """Start a server, the value is its URL; it is stopped and deleted also when the tests fail."""
    programs = system.postgresql_programs()
    if programs is None:
        raise Problem("PostgreSQL's server programs (initdb, pg_ctl) are missing")
    # PostgreSQL refuses to run as root.
    as_postgres = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    with tempfile.TemporaryDirectory(prefix="spa-auth-") as name:
        folder = Path(name)
        if as_postgres:
            shutil.chown(folder, "postgres")
        data, log = folder / "data", folder / "log"
        # Trust and no fsync: only for data that live for minutes on the loopback address.
        initdb: Words = [programs / "initdb", "-D", data, "-U", "app", "--auth=trust", "--no-sync"]
        initdb += ["--encoding=UTF8", "--locale=C.UTF-8"]
        quietly("initdb", [*as_postgres, *initdb], cwd=folder)
        number = system.free_port()
        # No socket: a long TMPDIR would make its path too long.
        options = f"-p {number} -c listen_addresses=127.0.0.1 -c unix_socket_directories="
        options += " -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
        pg_ctl: Words = [*as_postgres, programs / "pg_ctl", "-D", data, "-w"]
        try:
            quietly("pg_ctl", [*pg_ctl, "-l", log, "-o", options, "start"], cwd=folder)
            address = ["-h", "127.0.0.1", "-p", str(number), "-U", "app"]
            quietly("createdb", [*as_postgres, programs / "createdb", *address, "app"], cwd=folder)
            yield f"postgresql://app@127.0.0.1:{number}/app"
        finally:
            # Unchecked: it may never have started, and the first failure is the one to show.
            capture([*pg_ctl, "-m", "immediate", "stop"], cwd=folder)
