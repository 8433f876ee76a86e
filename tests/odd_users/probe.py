"""Compares our `get_user` with Django's over one odd user model, in a process of its own."""

import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, timedelta, timezone
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.odd_users.settings")
django.setup()

from asgiref.sync import async_to_sync  # noqa: E402 - models need the apps
from django.conf import settings  # noqa: E402
from django.contrib import auth  # noqa: E402
from django.contrib.auth.models import AnonymousUser  # noqa: E402
from django.core.exceptions import ValidationError  # noqa: E402
from django.db import connection, connections, models, router, transaction  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.test import RequestFactory, override_settings  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from hypothesis import HealthCheck, given, note  # noqa: E402
from hypothesis import settings as hypothesis_settings  # noqa: E402
from hypothesis import strategies as st  # noqa: E402

from spa_auth.core import secrets  # noqa: E402
from spa_auth.sessions.engine import SessionStore  # noqa: E402
from spa_auth.sessions.middleware import AuthenticationMiddleware  # noqa: E402
from spa_auth.sessions.models import Session  # noqa: E402
from spa_auth.sessions.statement import statement  # noqa: E402
from spa_auth.sessions.users import get_user  # noqa: E402
from tests.odd_users.models import Group, Scrambled  # noqa: E402

User: Any = auth.get_user_model()
EXAMPLES = int(os.environ.get("ODD_EXAMPLES", "1"))
SESSIONS = router.db_for_write(Session)
OLD_KEY = settings.SECRET_KEY
BACKENDS = settings.AUTHENTICATION_BACKENDS
# Those whose `get_user` is Django's: only they can be answered by the join.
JOINED_BACKENDS = {*BACKENDS[:3], "tests.odd_users.backends.Strict"}

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20)
MOMENTS = st.datetimes(
    min_value=django.utils.timezone.datetime(1971, 1, 1),
    max_value=django.utils.timezone.datetime(2200, 1, 1),
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=-5))])
    if settings.USE_TZ
    else st.none(),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | TEXT,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXT, inner, max_size=2),
    max_leaves=4,
)
# The first that fits.
VALUES: list[tuple[Any, st.SearchStrategy[Any]]] = [
    (models.BooleanField, st.booleans()),
    (models.DateTimeField, MOMENTS),
    (models.DateField, st.dates()),
    (models.TimeField, st.times()),
    (models.DurationField, st.timedeltas(timedelta(-1000), timedelta(1000))),
    (models.DecimalField, st.decimals(-9999, 9999, places=2)),
    (models.FloatField, st.floats(-1e9, 1e9)),
    (models.IntegerField, st.integers(-(2**31), 2**31 - 1)),
    (models.UUIDField, st.uuids()),
    (models.JSONField, JSON),
    (models.BinaryField, st.binary(max_size=20)),
    (models.GenericIPAddressField, st.ip_addresses().map(str)),
    (Scrambled, TEXT),
    (models.CharField, TEXT),
    (models.TextField, TEXT),
]


@dataclass(frozen=True)
class Case:
    """Somebody, and somebody else."""

    values: dict[str, Any]
    other: dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """What a look-up gave: who, or what it raised; and what it left of the session."""

    who: Any
    data: dict[str, Any]
    renewed: bool
    statements: int
    live: bool


def values_of_user() -> st.SearchStrategy[dict[str, Any]]:
    required: dict[str, st.SearchStrategy[Any]] = {}
    for field in User._meta.concrete_fields:
        skipped = field.generated or field.name in {"password", "deleted", "is_active"}
        if skipped or field.is_relation or isinstance(field, models.AutoField):
            continue
        found = next(values for kind, values in VALUES if isinstance(field, kind))
        required[field.name] = st.none() | found if field.null else found
    required["name"] = st.just("alice 2")
    return st.fixed_dictionaries({}, optional=required) | st.fixed_dictionaries(required)


FALLBACK = "a new secret, the old one a fallback"
CHANGES: dict[str, Callable[[Any, Any], None]] = {
    "nothing": lambda user, other: None,
    "saved again": lambda user, other: user.save(),
    "deactivated": lambda user, other: edit(user, is_active=False),
    "locked": lambda user, other: edit(user, locked_at=django.utils.timezone.now()),
    "soft-deleted": lambda user, other: edit(user, deleted=True),
    "another password": lambda user, other: edit(user, password="another"),
    "deleted": lambda user, other: user.delete(),
    # Where no constraint holds it: a row of a session whose user is not there.
    "vanished": lambda user, other: vanish(user),
    "no hash": lambda user, other: edit_session(_auth_user_hash=None),
    "an empty hash": lambda user, other: edit_session(_auth_user_hash=""),
    "an older hash": lambda user, other: edit_session(
        _auth_user_hash="old-" + getattr(user, "password", "")
    ),
    "a wrong hash": lambda user, other: edit_session(_auth_user_hash="0" * 64),
    "somebody else's id": lambda user, other: edit_session(_auth_user_id=pk_of(other)),
    "a garbage id": lambda user, other: edit_session(_auth_user_id="garbage \u2028"),
    "no id": lambda user, other: edit_session(_auth_user_id=None),
    "an unknown backend": lambda user, other: edit_session(_auth_user_backend="gone.Backend"),
    "no backend": lambda user, other: edit_session(_auth_user_backend=None),
    "backend removed": lambda user, other: None,
    FALLBACK: lambda user, other: None,
    "a new secret": lambda user, other: None,
}


FEW = ("nothing", "deactivated", "another password", "backend removed", FALLBACK)


def settings_after(change: str, backend: str) -> Any:
    if change == "backend removed":
        return override_settings(AUTHENTICATION_BACKENDS=[b for b in BACKENDS if b != backend])
    if change == "a new secret":
        return override_settings(SECRET_KEY="new" * 20)
    if change == FALLBACK:
        return override_settings(SECRET_KEY="new" * 20, SECRET_KEY_FALLBACKS=["x", OLD_KEY])
    return override_settings()


def edit(user: Any, **changes: Any) -> None:
    columns = {f.name for f in User._meta.concrete_fields}
    changes = {name: value for name, value in changes.items() if name in columns}
    if changes:
        models.QuerySet(User, using=user._state.db).filter(pk=user.pk).update(**changes)


def vanish(user: Any) -> None:
    models.QuerySet(User, using=user._state.db).filter(pk=user.pk)._raw_delete(user._state.db)


def edit_session(**changes: Any) -> None:
    row = Session.objects.get()
    data = json.loads(row.data) | changes
    row.data = json.dumps({key: value for key, value in data.items() if value is not None})
    row.save()


def pk_of(user: Any) -> str:
    value: str = User._meta.pk.value_to_string(user)
    return value


def make(values: dict[str, Any], number: int) -> Any:
    pk = User._meta.pk
    if pk.is_relation and not User._meta.parents:
        values = values | {"person": Group.objects.create(slug=f"person {number}")}
    if any(field.name == "group" for field in User._meta.fields):
        values = values | {"group": Group.objects.create(slug=f"group {number}")}
    user = User(**values)
    if hasattr(user, "password"):
        user.password = f"password {number}"
    user.save(force_insert=True)
    return user


def sign_in(user: Any, backend: str) -> str:
    """As `auth.login` does it, also for users that it does not take."""
    store = SessionStore()
    hashed = user.get_session_auth_hash() if hasattr(user, "get_session_auth_hash") else ""
    store.update(
        {
            auth.SESSION_KEY: pk_of(user),
            auth.BACKEND_SESSION_KEY: backend,
            auth.HASH_SESSION_KEY: hashed,
        }
    )
    store.save()
    return str(store.session_key)


def facts_of(user: Any) -> Any:
    """Everything that the instance is made of."""
    if isinstance(user, AnonymousUser):
        return "anonymous"
    state = dict(vars(user._state))
    related = sorted(state.pop("fields_cache", {}))
    # Since Django 6.1: written down by queries only, and the default where it is not.
    state["fetch_mode"] = getattr(user._state, "fetch_mode", None)
    values = {name: value for name, value in vars(user).items() if name != "_state"}
    types = {name: type(value) for name, value in values.items()}
    deferred = user.get_deferred_fields()
    return (
        type(user),
        pk_of(user),
        values,
        types,
        deferred,
        sorted(map(str, state.items())),
        related,
    )


@contextmanager
def undone() -> Iterator[None]:
    with ExitStack() as stack:
        for alias in connections:
            stack.enter_context(transaction.atomic(using=alias))
        yield
        for alias in connections:
            transaction.set_rollback(True, using=alias)


def ask(look_up: Callable[[Any], Any], key: str) -> Answer:
    """Look up on a store of its own, save as the middleware does, and undo it all."""
    request: Any = RequestFactory().get("/")
    request.session = store = SessionStore(key)
    with undone():
        with ExitStack() as stack:
            logs = [stack.enter_context(CaptureQueriesContext(c)) for c in connections.all()]
            try:
                who = facts_of(look_up(request))
            except ValidationError as error:  # what Django raises over an id that is none
                return Answer(type(error), {}, renewed=False, statements=0, live=True)
            statements = sum(map(len, logs))
        data = dict(store.items())
        if not store.is_empty():
            store.save()
        live = Session.objects.filter(key_digest=secrets.digest(key)).exists()
    return Answer(who, data, store.session_key not in {None, key}, statements, live)


def asynchronously(request: Any) -> Any:
    AuthenticationMiddleware(HttpResponse).process_request(request)  # type: ignore[arg-type]
    return async_to_sync(request.auser)()


def compare(user: Any, other: Any, backend: str, change: str) -> None:
    key = sign_in(user, backend)
    CHANGES[change](user, other)
    with settings_after(change, backend):
        theirs, ours = ask(auth.get_user, key), ask(get_user, key)
        # Over an id that is none Django raises; for us it is a session of nobody's.
        assert ours.who == ("anonymous" if isinstance(theirs.who, type) else theirs.who)
        assert ask(asynchronously, key) == ours
        known = ours.data.get(auth.BACKEND_SESSION_KEY) in settings.AUTHENTICATION_BACKENDS
    if ours.who == "anonymous":
        # What Django only ignores we end for good, as long as the backend is known.
        assert not known
        return
    assert ours.data == theirs.data
    joined = (
        statement(SESSIONS).user is not None
        and backend in JOINED_BACKENDS
        and hasattr(user, "get_session_auth_hash")
        and change != "somebody else's id"
    )
    if joined and theirs.renewed:
        # Signed in under an older SECRET_KEY: Django gives the session a new key, we keep it.
        assert (ours.renewed, ours.live) == (False, True)
        return
    assert (ours.renewed, ours.live) == (theirs.renewed, theirs.live)
    assert ours.statements == (1 if joined else theirs.statements)


def changes_for(name: str, backend: str) -> Iterable[str]:
    """Everything once with the stock backend; with the others what they could see otherwise."""
    if name == "bob":
        return ("nothing", FALLBACK)
    return CHANGES if backend == BACKENDS[0] else FEW


CASES = st.builds(
    Case,
    values=values_of_user(),
    other=values_of_user(),
).filter(lambda case: same_pk(case) is False)


def same_pk(case: Case) -> bool:
    name = User._meta.pk.name
    if isinstance(User._meta.pk, models.AutoField | models.UUIDField | models.OneToOneField):
        return False
    one, other = case.values.get(name), case.other.get(name)
    return one is None or other is None or str(one).casefold() == str(other).casefold()


@hypothesis_settings(
    max_examples=EXAMPLES,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    report_multiple_bugs=False,
)
@given(CASES)
def run(case: Case) -> None:
    for name in ("alice", "bob"):
        with undone():
            user, other = make(case.values | {"name": name}, 1), make(case.other, 2)
            for backend in BACKENDS:
                for change in changes_for(name, backend):
                    with undone():
                        note(f"{name} {backend} {change}")
                        compare(deepcopy(user), other, backend, change)


def prepared() -> list[str]:
    """The statements of ours that PostgreSQL keeps prepared on this connection."""
    # Once more, outside: psycopg forgets what it prepared at every rollback.
    SessionStore("k" * 43).get("a")
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        kept = [row[0] for row in cursor.fetchall()]
    ours = statement(SESSIONS).sql.split("WHERE")[0]
    return [text for text in kept if text.startswith(ours)]


def main() -> None:
    names = {alias: connections[alias].settings_dict["NAME"] for alias in connections}
    # Django 6.1 copies no rows unless it is told to, and does not like to be told.
    options: dict[str, Any] = {} if django.VERSION >= (6, 1) else {"serialize": False}
    for alias in connections:
        connections[alias].creation.create_test_db(verbosity=0, **options)
    try:
        joined = statement(SESSIONS).user is not None
        run()
        kept = prepared() if connection.vendor == "postgresql" else []
    finally:
        for alias, name in names.items():
            connections[alias].creation.destroy_test_db(name, verbosity=0)
    print(json.dumps({"joined": joined, "prepared": kept}))  # noqa: T201


if __name__ == "__main__":
    main()
