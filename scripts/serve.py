"""``make run``: install, build, migrate, and become the server."""

import os
import sys
from typing import NoReturn

import environment
import provider
import system
from console import ROOT, Problem, quietly, say
from environment import PYTHON

BACKEND = ROOT / "examples" / "backend"
# In one process, because Django takes longer to start than either command to run.
PREPARE_DATA = """
import django
from django.core.management import call_command
django.setup()
call_command("migrate", verbosity=0, skip_checks=False)
call_command("demo_users", verbosity=0)
"""
WELCOME = """
Django and {front_end} are on http://localhost:{port}

  alice@example.com / alice   password  correct-horse-battery-staple
  bob@example.com   / bob     password  correct-horse-battery-staple

What it mails is on http://localhost:{port}/mailbox/
{social}
The data are in examples/backend/var. Ctrl-C stops the server.
"""
SOCIAL = """
Who signs in with Example says on {address} who they are: nobody has a password there.
"""


def run() -> NoReturn:
    """Serve the example, installed and built as far as it is not yet."""
    # What can be refused is refused before anything that takes time.
    port = system.port()
    front_end = _front_end()
    system.node_major()
    environment.python_for_run()
    environment.node_modules()
    environment.build(front_end)
    os.environ["PORT"] = str(port)
    os.environ["DEBUG"] = "1"
    os.environ["EXAMPLE_BUILD"] = str(ROOT / "examples" / front_end / "dist")
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    quietly("Preparing the database", [PYTHON, "-c", PREPARE_DATA], cwd=BACKEND)
    address = provider.start(beside=port)
    os.environ["PROVIDER"] = address
    social = SOCIAL.format(address=address) if address else ""
    say(WELCOME.format(port=port, front_end=front_end.capitalize(), social=social))
    sys.stderr.flush()
    # Granian takes over this process, so that Ctrl-C and signals reach it and nobody else.
    os.chdir(BACKEND)
    command = [str(PYTHON), "-m", "granian", *options(port), "config.wsgi:application"]
    os.execv(PYTHON, command)  # noqa: S606 - no shell, as wanted


def _front_end() -> str:
    """Return which example ``FRONT_END`` names; React unless it says otherwise."""
    name = os.environ.get("FRONT_END") or "react"
    if name not in environment.FRONT_ENDS:
        raise Problem(f"FRONT_END must be {' or '.join(environment.FRONT_ENDS)}, not {name!r}")
    return name


def options(port: int) -> list[str]:
    """Return how granian is to serve the example."""
    # Loopback only: these users have a published password. A browser that tries ::1 first for
    # localhost is refused there at once and comes here; system.port() saw that ::1 is free.
    # One process with a few threads: SQLite has one writer at a time, hashing frees the others.
    return [
        "--interface=wsgi",
        "--host=127.0.0.1",
        f"--port={port}",
        "--workers=1",
        "--blocking-threads=4",
        "--backpressure=64",
        "--log-level=warning",
        # Ctrl-C reaches the worker twice, from the terminal and from granian 2.8.7, and the second
        # one sometimes meets the first halfway: then both wait for ever.
        "--workers-kill-timeout=3",
    ]
