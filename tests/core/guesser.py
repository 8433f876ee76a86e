"""Guesses in a process of its own: `python -m tests.core.guesser <database> [<Redis address>]`.

Says that it is ready, waits for a line, and prints how many of ten guesses were let through.
"""

import sys

import django

django.setup()

from django.conf import settings  # noqa: E402 - models can be imported from here on
from django.db import connection  # noqa: E402
from django.test import RequestFactory  # noqa: E402

from spa_auth.core.errors import RateLimited  # noqa: E402
from spa_auth.core.limits import Limit, reserve  # noqa: E402

LIMIT = Limit(address="100/1h", account="5/1h", pair="50/1h", everybody="500/1h", subject=str)


def guess() -> bool:
    try:
        reserve("guesses", LIMIT, request=RequestFactory().post("/"), body="alice")
    except RateLimited:
        return False
    return True


database, *address = sys.argv[1:]
connection.settings_dict["NAME"] = database
settings.SPA_AUTH = {"LIMITS_REDIS": address[0]} if address else {}
connection.ensure_connection()
sys.stdout.write("ready\n")
sys.stdout.flush()
sys.stdin.readline()
sys.stdout.write(f"{sum(guess() for _ in range(10))}\n")
