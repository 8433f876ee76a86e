"""The one statement that reads a session and its user: compiled once, sent through Django's cursor.

Three quarters of a stock request goes into building the same query again. The text never changes,
so that PostgreSQL can keep it prepared where the project turns that on (`prepare_threshold`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.db import connections, models, router
from django.db.models.manager import BaseManager
from django.utils import timezone

from .models import Session

Converter = Callable[[Any, Any, Any], Any]
Found = tuple[Session, AbstractBaseUser | None]


@dataclass(frozen=True)
class Statement:
    """SQL with two parameters, and how a row becomes a session and, where joined, a user."""

    using: str
    sql: str
    session_columns: Sequence[str]
    user_model: type[AbstractBaseUser] | None
    user_columns: Sequence[str]
    converters: Sequence[tuple[int, Sequence[Converter], Any]]

    def fetch(self, key_digest: str, now: datetime) -> Found | None:
        """Return the live session and its user, None where there is none.

        The user is also None where nobody is signed in, and where users cannot be joined.
        Raises what the database raises.
        """
        connection = connections[self.using]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, [key_digest, connection.ops.adapt_datetimefield_value(now)])
            row = cursor.fetchone()
        if row is None:
            return None
        values = list(row)
        for place, converters, expression in self.converters:
            for convert in converters:
                values[place] = convert(values[place], expression, connection)
        width = len(self.session_columns)
        session = Session.from_db(self.using, self.session_columns, values[:width])
        if self.user_model is None or session.user_id is None:
            return session, None
        # Databases without the constraint may hold a session whose user is not there.
        if values[width + self.user_columns.index(self.user_model._meta.pk.attname)] is None:
            return session, None
        return session, self.user_model.from_db(self.using, self.user_columns, values[width:])


def statement(using: str) -> Statement:
    """Return the statement for one database, with the user wherever that gives the same user.

    It is kept on the connection, because that is what its converters belong to.
    """
    connection = connections[using]
    kept: dict[str, Statement] = vars(connection).setdefault("_spa_auth_statements", {})
    if settings.AUTH_USER_MODEL not in kept:
        kept[settings.AUTH_USER_MODEL] = _compile(using, joinable_user(using))
    return kept[settings.AUTH_USER_MODEL]


def joinable_user(using: str) -> type[AbstractBaseUser] | None:
    """Return the user model if a plain join reads what its default manager would, else None.

    Not where the manager filters, annotates, defers or joins (a soft-deleted user must stay signed
    out), where the model builds its instances itself or inherits over several tables, or where
    users live in another database.
    """
    model = get_user_model()
    manager = model._default_manager
    plain = (
        Session._meta.get_field("user").related_model is model
        and model._meta.concrete_model is model
        and not model._meta.parents
        and getattr(model.from_db, "__func__", None) is models.Model.from_db.__func__  # type: ignore[attr-defined]
        and type(manager).get_queryset is BaseManager.get_queryset
        and type(manager).get is models.Manager.get
        and manager._queryset_class is models.QuerySet  # type: ignore[attr-defined]
        and manager._db is None
        and router.db_for_write(model) == using
    )
    return model if plain else None


def _compile(using: str, user_model: type[AbstractBaseUser] | None) -> Statement:
    # One filter each: their order is the order of the parameters.
    found = Session.objects.using(using).filter(key_digest="")
    found = found.filter(idle_expires_at__gt=timezone.now())
    if user_model is not None:
        found = found.select_related("user")
    compiler = found.query.get_compiler(using=using)
    sql, parameters = compiler.as_sql()
    if len(parameters) != 2:
        # A field of the user's selects itself with parameters of its own.
        return _compile(using, None)
    converters = compiler.get_converters([column for column, _, _ in compiler.select])
    return Statement(
        using=using,
        sql=sql,
        session_columns=_columns(Session),
        user_model=user_model,
        user_columns=_columns(user_model) if user_model else (),
        converters=[(place, found, column) for place, (found, column) in converters.items()],
    )


def _columns(model: type[models.Model]) -> Sequence[str]:
    return [field.attname for field in model._meta.concrete_fields]
