"""Any sequence of operations, on our store and on Django's own: what can be observed is the same.

Where the two differ on purpose, the difference has a name and a reason in `ON_PURPOSE`, and the
test checks that it is this one. Every other difference is a bug.
"""

import json
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from asgiref.sync import async_to_sync
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.backends.base import CreateError, UpdateError
from django.contrib.sessions.backends.db import SessionStore as DjangoStore
from django.contrib.sessions.models import Session as DjangoSession
from django.test import override_settings
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from spa_auth.core import secrets
from spa_auth.sessions.engine import SessionStore
from spa_auth.sessions.models import Session

START = 1_800_000_000
DAY = 86400
IDLE = timedelta(days=7)

ON_PURPOSE = {
    "limits": "Use slides the idle limit, nothing the absolute one; set_expiry() only shortens.",
    "cookie": "The age that is told is the absolute limit, until which the cookie lives.",
    "unchanged": "A save without a change writes nothing, also where the row has gone or differs.",
    "deferred": "A new key is stored at the next save; until then the old one is live.",
    "revoked": "Neither a new key nor must_create brings back a session whose row has gone.",
    "begun": "Somebody else's sign-in under a new key is a new session, whatever went before.",
    "unknown": "A dead key is forgotten also where clear() came before the first look.",
    "left": "A row that expired unread waits for the clean-up, also where flush() comes first.",
    "cleared": "What has reached its very end is cleared; Django's stays a moment longer.",
}

NAMES = st.sampled_from(["a", "b", SessionStore.TEST_COOKIE_NAME])
SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5)
)
VALUES = (
    SCALARS
    | st.lists(SCALARS, max_size=3)
    | st.tuples(SCALARS, SCALARS)
    | st.dictionaries(st.text(max_size=3) | st.integers(), SCALARS, max_size=3)
)
DATES = ["2020-01-01T00:00:00+00:00", "2027-01-20T00:00:00.5+02:00", "2027-03-01T00:00:00+00:00"]
EXPIRIES = (
    st.none()
    | st.sampled_from([0, 1, 60, 3600, -1, -DAY, 8 * DAY, 1000 * DAY])
    | st.builds(timedelta, seconds=st.sampled_from([-1, 1, 3600, 8 * DAY, 1000 * DAY]))
    | st.sampled_from(DATES).map(datetime.fromisoformat)
)
PAUSES = st.sampled_from([1, 59, 60, 61, 3600, DAY, 7 * DAY - 1, 7 * DAY, 8 * DAY, 30 * DAY])

NAMED = st.sampled_from(["get", "pop", "has_key", "__getitem__", "__delitem__", "__contains__"])
PLAIN = st.sampled_from(
    [
        "keys",
        "values",
        "items",
        "set_test_cookie",
        "test_cookie_worked",
        "delete_test_cookie",
        "get_expire_at_browser_close",
    ]
)
# What happens in memory: a method, and what it is called with.
STEPS = (
    st.tuples(PLAIN)
    | st.tuples(NAMED, NAMES)
    | st.tuples(st.sampled_from(["get", "pop", "set", "setdefault"]), NAMES, VALUES)
    | st.tuples(st.just("set"), NAMES, VALUES)
    | st.tuples(st.just("append"), NAMES, SCALARS)
    | st.tuples(st.just("update"), st.dictionaries(NAMES, VALUES, max_size=2))
    | st.tuples(st.just("flag"), st.booleans())
    | st.tuples(st.just("set_expiry"), EXPIRIES)
)

Act = Callable[[Any], Any]
Outcome = tuple[str, Any]


@dataclass(eq=False)
class Row:
    """A session that was stored, under a key of each store."""

    ours: str
    theirs: str
    before: Session | None = None
    # While a new key waits for its save, only the store that has it may touch the row.
    held_by: "Twin | None" = None

    def stored(self) -> tuple[Session | None, DjangoSession | None]:
        return (
            Session.objects.filter(key_digest=secrets.digest(self.ours)).first(),
            DjangoSession.objects.filter(session_key=self.theirs).first(),
        )

    def end(self) -> None:
        Session.objects.filter(key_digest=secrets.digest(self.ours)).delete()
        DjangoSession.objects.filter(session_key=self.theirs).delete()


@dataclass(eq=False)
class Twin:
    """One session, opened once in each store."""

    ours: SessionStore
    theirs: DjangoStore
    row: Row | None = None
    # The row that a new key, not yet saved, replaces.
    replaced: Row | None = None
    cleared_unread: bool = False

    @property
    def keys(self) -> tuple[str | None, str | None]:
        return self.ours.session_key, self.theirs.session_key

    @property
    def unread(self) -> bool:
        """Whether nobody has looked yet if there is such a session."""
        untouched = "_session_cache" not in vars(self.theirs)
        return self.theirs.session_key is not None and (untouched or self.cleared_unread)

    @property
    def renewing(self) -> bool:
        return self.row is not None and self.row.held_by is self

    @property
    def free(self) -> bool:
        return self.row is None or self.row.held_by in {None, self}

    def try_both(self, act: Act) -> tuple[Outcome, Outcome]:
        return outcome(act, self.ours), outcome(act, self.theirs)


def outcome(act: Act, store: Any) -> Outcome:
    try:
        return "value", act(store)
    except Exception as error:
        return "raised", type(error)


def append(store: Any, key: str, value: Any) -> None:
    """What Django's documentation warns of: the store does not notice."""
    if isinstance(inner := store.get(key), list):
        inner.append(value)


def flag(store: Any, modified: bool) -> None:
    store.modified = modified


def method(name: str, *args: Any, in_async: bool) -> Act:
    """Call the method of that name, or its asynchronous twin where it has one."""

    def act(store: Any) -> Any:
        mine = deepcopy(args)  # neither store sees what the other does to a value
        if name in {"append", "flag"}:
            return globals()[name](store, *mine)
        twin = getattr(store, f"a{name}", None)
        if twin is not None and in_async:
            value = async_to_sync(twin)(*mine)
        else:
            value = getattr(store, "__setitem__" if name == "set" else name)(*mine)
        return list(value) if name in {"keys", "values", "items"} else value

    return act


def json_of(store: Any) -> str:
    """The data that a store holds, without making it look."""
    return json.dumps(vars(store).get("_session_cache"))


def same_user(one: Session, other: Session) -> bool:
    return one.user_id == other.user_id


MET: set[str] = set()


def named(difference: str) -> None:
    MET.add(difference)


def limits(data: dict[str, Any], now: datetime) -> tuple[timedelta, timedelta]:
    """The idle and the absolute limit, as the design says."""
    expiry, idle, absolute = data.get("_session_expiry"), IDLE, timedelta(days=90)
    if expiry == 0:
        absolute = timedelta(days=14)
    elif isinstance(expiry, str):
        absolute = min(absolute, datetime.fromisoformat(expiry) - now)
    elif expiry is not None:
        idle = min(idle, timedelta(seconds=expiry))
    return idle, absolute


class Twins(RuleBasedStateMachine):
    twins = Bundle("twins")

    def __init__(self) -> None:
        super().__init__()
        travel = time_machine.travel(START, tick=False)
        self.clock, self.stop_clock = travel.start(), travel.stop
        self.rows: list[Row] = []
        self.unknown = 0
        self.users = [str(pk) for pk in User.objects.values_list("pk", flat=True)]

    def teardown(self) -> None:
        self.stop_clock()
        Session.objects.all().delete()
        DjangoSession.objects.all().delete()

    def check(self, twin: Twin, act: Act) -> None:
        """Do it in both, and expect the same of both."""
        if not twin.free:
            return
        ours, theirs = twin.try_both(act)
        assert ours == theirs
        self.settle(twin)

    def settle(self, twin: Twin) -> None:
        """Compare what the two stores say of themselves, and note new keys."""
        ours, theirs = twin.ours, twin.theirs
        if twin.cleared_unread and ours.session_key is None and theirs.session_key is not None:
            named("unknown")
            theirs._session_key = None
        assert (ours.session_key is None) == (theirs.session_key is None)
        assert (ours.accessed, ours.modified) == (theirs.accessed, theirs.modified)
        assert json_of(ours) == json_of(theirs)
        assert ours.is_empty() == theirs.is_empty()
        if ours.session_key is None or theirs.session_key is None:
            twin.row = None
        elif twin.row is None or (twin.row.ours, twin.row.theirs) != twin.keys:
            twin.row = Row(ours.session_key, theirs.session_key)
            self.rows.append(twin.row)

    def looked(self, twin: Twin) -> None:
        """Our store looks for its row before it says when it expires."""
        twin.cleared_unread = twin.cleared_unread and not twin.free

    # Opening.

    @initialize(target=twins)
    def begin(self) -> Twin:
        return Twin(SessionStore(), DjangoStore())

    @initialize(target=twins, who=st.sampled_from([0, None]), data=st.dictionaries(NAMES, VALUES))
    def begin_stored(self, who: int | None, data: dict[str, Any]) -> Twin:
        twin = Twin(SessionStore(), DjangoStore())
        self.check(twin, method("update", data, in_async=False))
        self.sign_in(twin, who)
        self.save(twin, in_async=False)
        return twin

    @rule(target=twins, key=st.sampled_from([None, "", "short", "garbage-that-was-never-a-key"]))
    def open_garbage(self, key: str | None) -> Twin:
        twin = Twin(SessionStore(key), DjangoStore(key))
        self.check(twin, method("get", "a", in_async=False))
        return twin

    @rule(target=twins)
    def open_unknown(self) -> Twin:
        self.unknown += 1
        twin = Twin(SessionStore(f"{self.unknown:0>43}"), DjangoStore(f"{self.unknown:0>32}"))
        self.settle(twin)
        return twin

    @rule(target=twins, twin=twins, in_async=st.booleans(), read=st.booleans())
    def open_again(self, twin: Twin, in_async: bool, read: bool) -> Twin:
        """A second request with the same cookie, or one that has it still."""
        if twin.row is None or twin.row.held_by is not None:
            return twin
        second = Twin(SessionStore(twin.row.ours), DjangoStore(twin.row.theirs), twin.row)
        self.settle(second)
        if read:
            self.check(second, method("items", in_async=in_async))
        return second

    # Data.

    @rule(twin=twins, step=STEPS, in_async=st.booleans())
    def step(self, twin: Twin, step: tuple[Any, ...], in_async: bool) -> None:
        self.check(twin, method(*step, in_async=in_async))
        if step == ("get_expire_at_browser_close",):
            self.looked(twin)

    @rule(twin=twins)
    def clear(self, twin: Twin) -> None:
        twin.cleared_unread = twin.free and twin.unread
        self.check(twin, method("clear", in_async=False))

    @rule(twin=twins, who=st.sampled_from([0, 1, None]))
    def sign_in(self, twin: Twin, who: int | None) -> None:
        user_id = ("pop", None) if who is None else ("set", self.users[who])
        self.check(twin, method(user_id[0], SESSION_KEY, user_id[1], in_async=False))

    # Expiry.

    @rule(twin=twins, in_async=st.booleans())
    def ages(self, twin: Twin, in_async: bool) -> None:
        if not twin.free:
            return
        (_, age), _ = twin.try_both(method("get_expiry_age", in_async=in_async))
        (_, date), _ = twin.try_both(method("get_expiry_date", in_async=in_async))
        named("cookie")
        now = timezone.now()
        row, data = twin.ours.row, json.loads(json_of(twin.ours))
        until = now + limits(data, now)[1]
        if row is not None and str(row.user_id or "") == data.get(SESSION_KEY, ""):
            until = min(until, row.expires_at)
        assert date == until
        assert age == max(0, round((until - now).total_seconds()))
        self.settle(twin)
        self.looked(twin)

    @rule(seconds=PAUSES)
    def wait(self, seconds: int) -> None:
        if not any(row.held_by for row in self.rows):
            self.clock.shift(seconds)

    @rule(in_async=st.booleans())
    def clear_expired(self, in_async: bool) -> None:
        if any(row.held_by for row in self.rows):
            return
        for store in (SessionStore, DjangoStore):
            outcome(method("clear_expired", in_async=in_async), store)
        for row in self.rows:
            _, theirs = row.stored()
            if theirs is not None and theirs.expire_date == timezone.now():
                named("cleared")
                row.end()

    # Storing.

    @rule(twin=twins, in_async=st.booleans())
    def save(self, twin: Twin, in_async: bool) -> None:
        if not twin.free:
            return
        now = timezone.now()
        ours_row, theirs_row = (twin.replaced or twin.row or NOWHERE).stored()
        unread, before = twin.unread, twin.ours.row
        dead = theirs_row is None or theirs_row.expire_date <= now
        ours, theirs = twin.try_both(method("save", in_async=in_async))
        if ours != theirs and twin.renewing and ours == ("raised", UpdateError):
            assert ours_row is None
            named("revoked")
            self.let_go(twin, ended=True)
        elif ours != theirs and twin.renewing and twin.row is not None:
            assert (ours, theirs) == (("value", None), ("raised", UpdateError))
            assert before is not None
            begun, _ = twin.row.stored()
            assert begun is not None
            assert not same_user(before, begun)
            named("begun")
            twin.theirs._session_key = None
            twin.theirs.save()
            twin.theirs.modified = twin.ours.modified
            twin.row.theirs = str(twin.theirs.session_key)
        elif unread and dead:
            assert ours == ("value", None)
            named("unknown")
            (twin.row or NOWHERE).end()
            twin.theirs._session_key = None
            twin.theirs.save()
        elif ours != theirs:
            assert (ours, theirs) == (("value", None), ("raised", UpdateError))
            assert before is not None
            assert json.loads(before.data) == json.loads(json_of(twin.ours))
            named("unchanged")
        elif ours == ("value", None) and not twin.renewing and twin.row is not None:
            self.keep_what_only_django_overwrote(twin, ours_row)
        if ours == ("value", None):
            twin.cleared_unread = False
            self.let_go(twin)
        self.settle(twin)

    def keep_what_only_django_overwrote(self, twin: Twin, before: Session | None) -> None:
        """A stale store that changed nothing does not undo what another one saved."""
        assert twin.row is not None
        ours, theirs = twin.row.stored()
        if before is None or ours is None or theirs is None or before.data != ours.data:
            return
        if json.loads(ours.data) != theirs.get_decoded():
            assert twin.ours.row is not None
            assert json.loads(twin.ours.row.data) == json.loads(json_of(twin.ours))
            named("unchanged")
            theirs.session_data = DjangoStore().encode(json.loads(ours.data))
            theirs.save()

    @rule(twin=twins, in_async=st.booleans())
    def save_must_create(self, twin: Twin, in_async: bool) -> None:
        if not twin.free or twin.renewing:
            return
        unread = twin.unread
        ours, theirs = twin.try_both(method("save", True, in_async=in_async))
        # A refusal leaves no data behind, and nobody has looked yet.
        twin.cleared_unread = unread and ours != ("value", None)
        if ours != theirs:
            assert ours in {("raised", CreateError), ("raised", UpdateError)}
            assert twin.row is not None
            assert twin.row.stored()[0] is None
            named("revoked")
            twin.row.end()
        self.settle(twin)

    @rule(twin=twins, in_async=st.booleans())
    def create(self, twin: Twin, in_async: bool) -> None:
        if not twin.free:
            return
        waiting, replaced = twin.row if twin.renewing else None, twin.replaced
        ours, theirs = twin.try_both(method("create", in_async=in_async))
        assert theirs == ("value", None)
        if waiting is not None:
            named("deferred")
            waiting.end()
            self.let_go(twin)
        if ours == theirs:
            twin.cleared_unread = False
            self.settle(twin)
            if replaced is not None and twin.row is not None:
                twin.row.before = replaced.before
        else:
            assert ours == ("raised", UpdateError)
            # The row that the new key was to replace, now or at an earlier save.
            row = twin.ours.row
            assert row is not None
            assert not Session.objects.filter(key_digest=row.key_digest).exists()
            named("revoked")
            twin.theirs.modified = twin.ours.modified
            self.settle(twin)
            twin.row.end()

    @rule(twin=twins, in_async=st.booleans(), save=st.sampled_from([True, True, True, False]))
    def cycle_key(self, twin: Twin, in_async: bool, save: bool) -> None:
        if not twin.free:
            return
        replaced = twin.replaced or twin.row
        before = twin.keys
        self.check(twin, method("cycle_key", in_async=in_async))
        assert all(one != other for one, other in zip(before, twin.keys, strict=True))
        assert twin.row is not None
        named("deferred")
        twin.replaced = replaced
        twin.cleared_unread = False
        for row in filter(None, (replaced, twin.row)):
            row.held_by = twin
        if save:
            self.save(twin, in_async)

    @rule(twin=twins, in_async=st.booleans())
    def flush(self, twin: Twin, in_async: bool) -> None:
        row, unread = twin.row, twin.unread
        self.check(twin, method("flush", in_async=in_async))
        if twin.free and unread and row is not None and row.stored()[0] is not None:
            left, _ = row.stored()
            assert left is not None
            assert left.idle_expires_at <= timezone.now()
            named("left")
            row.end()
        if twin.free:
            twin.cleared_unread = False
            self.let_go(twin)

    @rule(twin=twins, other=twins, in_async=st.booleans())
    def delete(self, twin: Twin, other: Twin, in_async: bool) -> None:
        if other is twin and not (twin.renewing and twin.ours.row is None):
            self.check(twin, method("delete", in_async=in_async))
        elif other.row is not None and other.row.held_by is None:
            ours, theirs = other.keys
            outcome(method("delete", ours, in_async=in_async), twin.ours)
            outcome(method("delete", theirs, in_async=in_async), twin.theirs)
            self.settle(twin)

    @rule(twin=twins, other=twins, in_async=st.booleans())
    def exists(self, twin: Twin, other: Twin, in_async: bool) -> None:
        if other.row is not None and other.row.held_by is None:
            ours = method("exists", other.row.ours, in_async=in_async)(twin.ours)
            assert ours == method("exists", other.row.theirs, in_async=in_async)(twin.theirs)
            self.settle(twin)

    @rule(twin=twins)
    def revoke(self, twin: Twin) -> None:
        """End it where it is stored, under the old key or the new one."""
        rows = [row for row in (twin.row, twin.replaced) if row and row.held_by in {None, twin}]
        if any(row.stored()[0] for row in rows):
            for row in rows:
                row.end()

    def let_go(self, twin: Twin, *, ended: bool = False) -> None:
        """The new key is stored, or will never be."""
        if twin.replaced is not None and twin.row is not None:
            twin.row.before = twin.replaced.before
        for row in filter(None, (twin.replaced, twin.row)):
            row.held_by = None
            if ended:
                row.end()
        twin.replaced = None

    # What is stored.

    @invariant()
    def rows_agree(self) -> None:
        for row in self.rows:
            if row.held_by is None:
                self.rows_of(row)

    def rows_of(self, row: Row) -> None:
        now = timezone.now()
        ours, theirs = row.stored()
        assert (ours is None) == (theirs is None)
        if ours is None or theirs is None:
            row.before = None
            return
        data = json.loads(ours.data)
        assert data == theirs.get_decoded()
        assert str(ours.user_id or "") == data.get(SESSION_KEY, "")
        self.limits_hold(row.before, ours, data)
        row.before = ours
        if (ours.idle_expires_at > now) != (theirs.expire_date > now):
            named("limits")
            row.end()

    def limits_hold(self, before: Session | None, after: Session, data: dict[str, Any]) -> None:
        now = timezone.now()
        if before is not None and before.last_seen_at == after.last_seen_at < now:
            assert before.idle_expires_at == after.idle_expires_at
            return
        assert after.last_seen_at == now or before is not None
        idle, absolute = limits(data, after.last_seen_at)
        assert after.idle_expires_at == min(after.last_seen_at + idle, after.expires_at)
        until = after.last_seen_at + absolute
        if before is None or not same_user(before, after):
            assert (after.created_at, after.expires_at) == (after.last_seen_at, until)
        else:
            assert after.expires_at in {before.expires_at, min(before.expires_at, until)}
            assert (after.created_at, after.public_id) == (before.created_at, before.public_id)


NOWHERE = Row("", "")


@pytest.mark.django_db(transaction=True)
@override_settings(SESSION_COOKIE_AGE=int(IDLE.total_seconds()))
def test_our_store_does_what_djangos_does(alice: User, bob: User) -> None:
    run_state_machine_as_test(
        Twins,
        settings=settings(
            max_examples=60,
            stateful_step_count=30,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.django_db(transaction=True)
@override_settings(SESSION_COOKIE_AGE=int(IDLE.total_seconds()))
def test_every_difference_on_purpose_can_be_met(alice: User, bob: User) -> None:
    MET.clear()
    for walk in (
        met_limits,
        met_cookie,
        met_left,
        met_unchanged,
        met_revoked,
        met_begun,
        met_unknown,
    ):
        machine = Twins()
        twin = machine.begin_stored(0, {"a": 1})
        machine.rows_agree()
        walk(machine, twin)
        machine.rows_agree()
        machine.teardown()
    assert ON_PURPOSE.keys() == MET


def met_limits(machine: Twins, twin: Twin) -> None:
    machine.wait(6 * DAY)
    machine.open_again(twin, in_async=False, read=True)
    machine.rows_agree()
    machine.wait(2 * DAY)


def met_cookie(machine: Twins, twin: Twin) -> None:
    machine.ages(twin, in_async=False)
    machine.wait(7 * DAY)
    machine.clear_expired(in_async=False)


def met_left(machine: Twins, twin: Twin) -> None:
    machine.wait(8 * DAY)
    second = machine.open_again(twin, in_async=False, read=False)
    machine.flush(second, in_async=False)


def met_unchanged(machine: Twins, twin: Twin) -> None:
    machine.revoke(twin)
    machine.save(twin, in_async=False)


def met_revoked(machine: Twins, twin: Twin) -> None:
    machine.revoke(twin)
    machine.cycle_key(twin, in_async=False, save=True)


def met_begun(machine: Twins, twin: Twin) -> None:
    machine.cycle_key(twin, in_async=False, save=False)
    machine.revoke(twin)
    machine.sign_in(twin, 1)
    machine.save(twin, in_async=False)


def met_unknown(machine: Twins, twin: Twin) -> None:
    second = machine.open_again(twin, in_async=False, read=False)
    machine.revoke(twin)
    machine.clear(second)
    machine.save(second, in_async=False)
