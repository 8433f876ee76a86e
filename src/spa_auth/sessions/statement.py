"""The statements that read a session with its user, and end it: compiled once, sent by Django.

Three quarters of a stock request goes into building the same query again. The text never changes,
so that PostgreSQL can keep it prepared where the project turns that on (`prepare_threshold`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.deletion import Collector
from django.db.models.sql import DeleteQuery
from django.utils import timezone

from spa_auth.core import joining

from .models import Session

# Makes a value of Python's of one of the database's.
Convert = Callable[[Any], Any]


@dataclass(frozen=True)
class Columns:
    """The columns of one model among those of a row, from the place `first` on."""

    model: type[models.Model]
    using: str
    names: Sequence[str]
    first: int
    converts: Mapping[int, Convert]

    def value(self, row: Sequence[Any], name: str) -> Any:
        """Return one value, as an instance has it."""
        place = self.first + self.names.index(name)
        convert = self.converts.get(place)
        return convert(row[place]) if convert else row[place]

    def instance(self, row: Sequence[Any]) -> Any:
        """Return the instance, as the ORM would make it."""
        values = list(row)
        for place, convert in self.converts.items():
            values[place] = convert(values[place])
        end = self.first + len(self.names)
        return self.model.from_db(self.using, self.names, values[self.first : end])


@dataclass(frozen=True)
class Statement:
    """SQL with the parameters `key_digest` and `now`, and what its columns are.

    `ending` deletes the session; None where that takes more than a statement, because others hang
    on it: rows of the project's, or receivers of a signal.

    The parameters have names because Django then formats the text, on SQLite, instead of searching
    it by a regular expression: a fifth of the whole call.
    """

    connection: BaseDatabaseWrapper
    sql: str
    session: Columns
    user: Columns | None
    ending: str | None

    def fetch(self, key_digest: str, now: datetime) -> "Row | None":
        """Return the live session, None where there is none. Raises what the database raises."""
        moment = self.connection.ops.adapt_datetimefield_value(now)
        with self.connection.cursor() as cursor:
            cursor.execute(self.sql, {"key_digest": key_digest, "now": moment})
            row = cursor.fetchone()
        return None if row is None else Row(self, row)

    def end(self, key_digest: str) -> bool:
        """Delete the session; False where there was none. Raises what the database raises."""
        if self.ending is None:
            found = Session.objects.using(self.connection.alias).filter(key_digest=key_digest)
            return found.delete()[0] > 0
        with self.connection.cursor() as cursor:
            cursor.execute(self.ending, {"key_digest": key_digest})
            return int(cursor.rowcount) > 0


class Row:
    """A live session as the database gave it: most requests need only some values of it."""

    def __init__(self, statement: Statement, row: Sequence[Any]) -> None:
        self._statement = statement
        self._row = row

    @property
    def key_digest(self) -> str:
        """What it is found by."""
        return str(self._statement.session.value(self._row, "key_digest"))

    @property
    def public_id(self) -> str:
        """Its id in lists."""
        return str(self._statement.session.value(self._row, "public_id"))

    @property
    def data(self) -> str:
        """Its data, as text."""
        return str(self._statement.session.value(self._row, "data"))

    @property
    def last_seen_at(self) -> datetime:
        """When it was last used."""
        seen: datetime = self._statement.session.value(self._row, "last_seen_at")
        return seen

    def session(self) -> Session:
        """Make the whole of it."""
        session: Session = self._statement.session.instance(self._row)
        return session

    def user(self) -> AbstractBaseUser | None:
        """Make its user; None where nobody is signed in, and where users cannot be joined."""
        columns = self._statement.user
        # Databases without the constraint may hold a session whose user is not there.
        if columns is None or columns.value(self._row, columns.model._meta.pk.attname) is None:
            return None
        user: AbstractBaseUser = columns.instance(self._row)
        return user


def statement(using: str) -> Statement:
    """Return the statement for one database, with the user wherever that gives the same user.

    It is kept on the connection, because that is what its converters belong to.
    """
    connection = connections[using]
    kept: dict[str, Statement] = vars(connection).setdefault("_spa_auth_statements", {})
    if settings.AUTH_USER_MODEL not in kept:
        kept[settings.AUTH_USER_MODEL] = _compile(connection, joinable_user(using))
    return kept[settings.AUTH_USER_MODEL]


def joinable_user(using: str) -> type[AbstractBaseUser] | None:
    """Return the user model if a session's user may be joined to it, see `core.joining`."""
    return joining.joinable_user(Session, using)


def _compile(
    connection: BaseDatabaseWrapper, user_model: type[AbstractBaseUser] | None
) -> Statement:
    using = connection.alias
    # One filter each: their order is the order of the parameters.
    found = Session.objects.using(using).filter(key_digest="")
    found = found.filter(idle_expires_at__gt=timezone.now())
    if user_model is not None:
        found = found.select_related("user")
    compiler = found.query.get_compiler(using=using)
    sql, parameters = compiler.as_sql()
    if len(parameters) != 2:
        # A field of the user's selects itself with parameters of its own.
        return _compile(connection, None)
    converters = compiler.get_converters([column for column, _, _ in compiler.select])
    converts = {
        place: _chain(chain, column, connection) for place, (chain, column) in converters.items()
    }
    session = _columns(Session, using, 0, converts)
    return Statement(
        connection=connection,
        sql=_named(sql, "key_digest", "now"),
        session=session,
        user=_columns(user_model, using, len(session.names), converts) if user_model else None,
        ending=_ending(using),
    )


def _ending(using: str) -> str | None:
    found = Session.objects.using(using).filter(key_digest="")
    if not Collector(using).can_fast_delete(found):
        return None
    sql, _ = found.query.chain(klass=DeleteQuery).get_compiler(using=using).as_sql()
    return _named(sql, "key_digest")


def _named(sql: str, *names: str) -> str:
    """Give the parameters names."""
    # An escaped percent sign, in the name of a table say, must stay one.
    return sql.replace("%%", "%%%%") % tuple(f"%({name})s" for name in names)


def _columns(
    model: type[models.Model], using: str, first: int, converts: Mapping[int, Convert]
) -> Columns:
    names = [field.attname for field in model._meta.concrete_fields]
    mine = range(first, first + len(names))
    return Columns(
        model, using, names, first, {place: converts[place] for place in mine if place in converts}
    )


def _chain(converters: Sequence[Any], column: Any, connection: BaseDatabaseWrapper) -> Convert:
    """Bind the converters of a column, the backend's and the field's, to what they are given."""

    def convert(value: Any) -> Any:
        for converter in converters:
            value = converter(value, column, connection)
        return value

    return convert
