"""Servers of our own: real, empty, on free ports, gone afterwards."""

import getpass
import os
import shutil
import socket
import subprocess
import tempfile
import time
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


@contextmanager
def mariadb() -> Iterator[str]:
    """Start a server, the value is its URL; it is stopped and deleted also when the tests fail."""
    if shutil.which("mariadbd") is None:
        raise Problem("MariaDB's server programs (mariadbd, mariadb-install-db) are missing")
    user = "mysql" if os.geteuid() == 0 else getpass.getuser()
    with tempfile.TemporaryDirectory(prefix="spa-auth-") as name:
        folder = Path(name)
        if os.geteuid() == 0:
            shutil.chown(folder, user)
        number = system.free_port()
        # No file of the machine's decides; no fsync: only for data that live for minutes.
        common: Words = ["--no-defaults", f"--datadir={folder / 'data'}", f"--user={user}"]
        install: Words = ["mariadb-install-db", *common, "--skip-test-db"]
        install += ["--auth-root-authentication-method=normal"]
        quietly("mariadb-install-db", install, cwd=folder)
        options = [f"--port={number}", "--bind-address=127.0.0.1", f"--socket={folder / 'socket'}"]
        options += ["--character-set-server=utf8mb4", "--innodb-flush-log-at-trx-commit=0"]
        with (folder / "log").open("w") as log:
            server = subprocess.Popen(["mariadbd", *common, *options], stdout=log, stderr=log)
        client: Words = ["mariadb", "--no-defaults", "--protocol=tcp", "-h", "127.0.0.1"]
        client += ["-P", str(number), "-u", "root", "-e", "CREATE DATABASE app"]
        try:
            _until(client, folder, server)
            yield f"mariadb://root@127.0.0.1:{number}/app"
        finally:
            server.kill()
            server.wait()


def _until(command: Words, folder: Path, server: "subprocess.Popen[bytes]") -> None:
    """Repeat the command until it succeeds: the server needs a moment before it answers."""
    end = time.monotonic() + 60
    code, output = capture(command, cwd=folder)
    while code and server.poll() is None and time.monotonic() < end:
        time.sleep(0.2)
        code, output = capture(command, cwd=folder)
    if code:
        raise Problem(f"MariaDB does not answer: {output.strip()}\n{(folder / 'log').read_text()}")


@contextmanager
def redis() -> Iterator[str]:
    """Start a Redis or Valkey server that keeps nothing on disk; the value is its URL."""
    program = system.redis_program()
    if program is None:
        raise Problem("A Redis server (redis-server, valkey-server) is missing")
    number = system.free_port()
    command = [program, "--port", str(number), "--bind", "127.0.0.1"]
    command += ["--save", "", "--appendonly", "no", "--loglevel", "warning"]
    with tempfile.TemporaryDirectory(prefix="spa-auth-") as folder:
        server = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL)
        try:
            _wait_for(server, number)
            yield f"redis://127.0.0.1:{number}/0"
        finally:
            server.terminate()
            server.wait()


def _wait_for(server: subprocess.Popen[bytes], port: int) -> None:
    """Return when the server answers. Raises Problem when it ended, or took ten seconds."""
    for _ in range(100):
        if server.poll() is not None:
            raise Problem(f"{server.args!r} ended with {server.returncode}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise Problem(f"{server.args!r} does not answer")
