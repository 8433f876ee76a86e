"""Users with their sessions, made through the front door, and put back after every change."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection, models, transaction
from django.db.models import F

from .client import Client
from .dialects import PASSWORD, Dialect, Visitor
from .scenarios import Who, user_name

# Every table that signing in writes to, and signing out deletes from, with one of the contenders.
SIGN_IN_MODELS = (
    "spa_auth_sessions.Session",
    "sessions.Session",
    "usersessions.UserSession",
    "knox.AuthToken",
)


@dataclass
class World:
    """What the requests of a contender are about."""

    client: Client
    dialect: Dialect
    visitors: dict[int, Visitor] = field(default_factory=dict)
    others: dict[int, list[Any]] = field(default_factory=dict)
    rows: dict[type[models.Model], dict[Any, models.Model]] = field(default_factory=dict)

    def visitor(self, who: Who, sessions: int) -> Visitor:
        """Return the client that is to make a request."""
        visitor = self.visitors.get(sessions)
        if who == "nobody" or visitor is None or self.dialect.strange is None:
            return Visitor.nobody()
        return visitor if who == "signed in" else self.dialect.strange(visitor)

    def restore(self) -> None:
        """Put the rows back as they were after the start."""
        with transaction.atomic():
            for model, rows in self.rows.items():
                present = set(model._default_manager.values_list("pk", flat=True))
                model._default_manager.filter(pk__in=present - rows.keys()).delete()
                model._default_manager.bulk_create(
                    [row for key, row in rows.items() if key not in present]
                )

    def grow_older(self) -> None:
        """Let a minute pass for the sessions of the engine that writes down when it saw them."""
        for label in SIGN_IN_MODELS[:1]:
            if model := find_model(label):
                minute = datetime.timedelta(seconds=61)
                model._default_manager.update(last_seen_at=F("last_seen_at") - minute)


def find_model(label: str) -> type[models.Model] | None:
    """Return the model, None where this contender has not got it."""
    app, _, name = label.partition(".")
    return apps.get_model(app, name) if apps.is_installed(_APPS.get(app, app)) else None


_APPS = {
    "spa_auth_sessions": "spa_auth.sessions",
    "sessions": "django.contrib.sessions",
    "usersessions": "allauth.usersessions",
}


def make_tables() -> None:
    """Make every table."""
    call_command("migrate", run_syncdb=True, verbosity=0)


def make_user(name: str) -> None:
    """Make a user who can sign in."""
    get_user_model()._default_manager.create_user(name, f"{name}@example.com", PASSWORD)


def make_world(client: Client, dialect: Dialect, numbers: Sequence[int]) -> World:
    """Make a user for each number, and sign them in as often as it says."""
    world = World(client, dialect)
    for sessions in numbers:
        make_user(user_name(sessions))
        for _ in range(sessions if dialect.sign_in else 0):
            world.visitors[sessions] = sign_in(client, dialect, user_name(sessions))
        if dialect.list_sessions:
            answer = client.send(dialect.list_sessions, world.visitors[sessions])
            world.others[sessions] = dialect.others(answer.json())
    found = [model for label in SIGN_IN_MODELS if (model := find_model(label))]
    world.rows = {model: {row.pk: row for row in model._default_manager.all()} for model in found}
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return world


def sign_in(client: Client, dialect: Dialect, name: str) -> Visitor:
    """Sign a user in from an address of their own; return the client that is signed in."""
    if dialect.sign_in is None or dialect.enter is None:
        raise ValueError(f"{name} cannot sign in here")
    visitor = Visitor.nobody()
    answer = client.send(dialect.sign_in(name), visitor, address=client.address())
    return dialect.enter({**visitor.cookies, **answer.cookies}, answer.json())
