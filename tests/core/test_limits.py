import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from threading import Barrier

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.contrib.sessions.backends.base import SessionBase
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from time_machine import TimeMachineFixture

from spa_auth.core import limits
from spa_auth.core.boundary import PENDING_KEY
from spa_auth.core.errors import RateLimited
from spa_auth.core.limits import Limit, reservation_of, reserve
from spa_auth.core.models import Counter
from spa_auth.core.rates import Rate
from tests.attacks.stage import at_once
from tests.paths import ROOT

START = 1_800_000_000.0
LIMIT = Limit(address="100/1m", account="3/1m", subject=str)

pytestmark = pytest.mark.django_db


def use(who: str = "alice", *, limit: Limit = LIMIT, address: str = "192.0.2.1") -> None:
    reserve("test", limit, request=RequestFactory().post("/", REMOTE_ADDR=address), body=who)


def refused(who: str = "alice", **options: str) -> int:
    with pytest.raises(RateLimited) as refusal:
        use(who, **options)  # type: ignore[arg-type]
    return int(refusal.value.headers["Retry-After"])


def test_a_rate_is_read_from_text() -> None:
    assert Rate.parse("5/1m") == Rate(5, 60)
    assert Rate.parse("20/2h") == Rate(20, 7200)


@pytest.mark.parametrize("text", ["", "5", "5/m", "x/1m", "5/1w", "0/1m", "5/0m", "5/1m\n"])
def test_a_rate_that_cannot_be_read_is_an_error(text: str) -> None:
    with pytest.raises(ValueError, match="is no rate"):
        Rate.parse(text)


@pytest.mark.usefixtures("store")
def test_the_limit_is_exact_and_says_when_to_come_back(time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(START, tick=False)
    for _ in range(3):
        use()
    assert refused() == 20
    time_machine.shift(19.9)
    assert refused() == 1
    time_machine.shift(0.1)
    use()
    assert refused() == 20


@pytest.mark.usefixtures("store")
def test_after_a_quiet_window_everything_is_paid_off(time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(START, tick=False)
    for _ in range(3):
        use()
    time_machine.shift(60)
    for _ in range(3):
        use()
    refused()


@pytest.mark.usefixtures("store")
def test_accounts_count_apart(time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(START, tick=False)
    for _ in range(3):
        use("alice")
    refused("alice")
    use("bob")


@pytest.mark.usefixtures("store")
def test_an_address_counts_over_all_accounts(time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(START, tick=False)
    limit = Limit(address="2/1m", account="9/1m", subject=str)
    use("a", limit=limit)
    use("b", limit=limit)
    with pytest.raises(RateLimited):
        use("c", limit=limit)
    use("c", limit=limit, address="192.0.2.2")


@pytest.mark.usefixtures("store")
def test_a_refusal_by_one_dimension_does_not_use_up_the_other(
    time_machine: TimeMachineFixture,
) -> None:
    time_machine.move_to(START, tick=False)
    limit = Limit(address="4/1m", account="3/1m", subject=str)
    for _ in range(3):
        use("alice", limit=limit)
    for _ in range(5):
        with pytest.raises(RateLimited):
            use("alice", limit=limit)
    use("bob", limit=limit)


@pytest.mark.usefixtures("store")
def test_a_limit_without_an_account_counts_addresses_only() -> None:
    limit = Limit(address="1/1m")
    use(limit=limit)
    with pytest.raises(RateLimited):
        use("somebody else", limit=limit)


@pytest.mark.usefixtures("store")
def test_a_pair_counts_one_account_from_one_address(time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(START, tick=False)
    limit = Limit(address="9/1m", account="9/1m", pair="2/1m", subject=str)
    use("alice", limit=limit)
    use("alice", limit=limit)
    with pytest.raises(RateLimited):
        use("alice", limit=limit)
    use("bob", limit=limit)
    use("alice", limit=limit, address="192.0.2.2")


@pytest.mark.usefixtures("store")
def test_everybody_counts_together_where_an_endpoint_says_so() -> None:
    limit = Limit(address="9/1m", everybody="3/1m")
    for number in range(3):
        use(limit=limit, address=f"192.0.2.{number}")
    with pytest.raises(RateLimited):
        use(limit=limit, address="192.0.2.9")


def use_as(user: User | None, *, pending: object = None) -> None:
    request = RequestFactory().post("/")
    request.user = user or AnonymousUser()
    request.session = SessionBase()
    if pending is not None:
        request.session[PENDING_KEY] = {"user": str(pending)}
    reserve("test", Limit(address="99/1m", user="2/1m"), request=request, body=None)


@pytest.mark.usefixtures("store")
def test_a_user_counts_alike_while_a_sign_in_is_pending(
    alice: User, bob: User, stopped_clock: None
) -> None:
    use_as(alice)
    use_as(None, pending=alice.pk)
    assert not passes(lambda: use_as(alice))
    assert not passes(lambda: use_as(None, pending=alice.pk))
    use_as(bob)
    use_as(None, pending=bob.pk)


@pytest.mark.usefixtures("store")
def test_strangers_do_not_use_up_a_limit_for_each_other(stopped_clock: None) -> None:
    for _ in range(5):
        use_as(None)


def test_four_dimensions_cost_one_statement() -> None:
    everything = {"account": "9/1m", "pair": "9/1m", "device": "9/1m", "everybody": "9/1m"}
    limit = Limit(address="9/1m", subject=str, **everything)  # type: ignore[arg-type]
    assert limit.described() == {"address": "9/1m", **everything}
    with CaptureQueriesContext(connection) as queries:
        use(limit=limit)
    assert [q["sql"].split()[0] for q in queries].count("INSERT") == 1
    assert Counter.objects.count() == 4


@pytest.mark.parametrize("dimension", ["account", "pair", "device"])
def test_a_limit_per_account_without_a_subject_is_a_mistake(dimension: str) -> None:
    with pytest.raises(ValueError, match="subject"):
        Limit(address="1/1m", **{dimension: "1/1m"})  # type: ignore[arg-type]


def test_a_limit_that_cannot_be_read_is_a_mistake_where_it_is_declared() -> None:
    with pytest.raises(ValueError):
        Limit(address="often")


@pytest.mark.usefixtures("store")
@pytest.mark.django_db(transaction=True)
def test_what_is_given_back_can_be_used_again(time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(START, tick=False)
    request = RequestFactory().post("/")
    for _ in range(3):
        reserve("test", LIMIT, request=request, body="alice")
    reservation_of(request).refund()
    reserve("test", LIMIT, request=request, body="alice")
    with pytest.raises(RateLimited):
        reserve("test", LIMIT, request=request, body="alice")


def test_a_request_without_a_limit_has_nothing_to_give_back() -> None:
    with CaptureQueriesContext(connection) as queries:
        reservation_of(RequestFactory().post("/")).refund()
    assert len(queries) == 0


def test_two_dimensions_cost_one_statement() -> None:
    with CaptureQueriesContext(connection) as queries:
        use()
    # MySQL and MariaDB lock the rows with it, and read them with another.
    expected = ["INSERT", "SELECT"] if connection.vendor == "mysql" else ["INSERT"]
    assert [verb for q in queries if (verb := q["sql"].split()[0]) in expected] == expected


def test_a_copy_of_the_table_names_nobody() -> None:
    use("alice@example.com")
    stored = " ".join(Counter.objects.values_list("key", flat=True))
    assert "alice" not in stored
    assert "192.0.2.1" not in stored
    assert [len(str(counter)) for counter in Counter.objects.all()] == [64, 64]


def test_counters_that_say_nothing_are_cleared(time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(START, tick=False)
    use("alice")
    time_machine.shift(61)
    use("bob")
    assert limits.clear_expired() == 1  # alice's; the address is in use again
    assert Counter.objects.count() == 2


@pytest.mark.usefixtures("store")
@pytest.mark.django_db(transaction=True)
def test_forty_requests_at_once_use_exactly_the_limit() -> None:
    barrier = Barrier(8)

    def attempt() -> list[bool]:
        try:
            barrier.wait()
            return [passes(use) for _ in range(5)]
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        outcomes = [future.result() for future in [pool.submit(attempt) for _ in range(8)]]
    assert sum(sum(outcome) for outcome in outcomes) == 3


@pytest.mark.django_db(transaction=True)
def test_forty_guesses_at_once_in_four_processes_use_exactly_the_limit(store: str) -> None:
    command = [sys.executable, "-m", "tests.core.guesser", connection.settings_dict["NAME"]]
    with ExitStack() as processes:
        guessers = [
            processes.enter_context(
                subprocess.Popen(
                    [*command, *filter(None, [store])],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                    cwd=ROOT,
                )
            )
            for _ in range(4)
        ]
        ready = [guesser.stdout.readline() for guesser in guessers if guesser.stdout]
        tried = [
            int(answer)
            for answer, _ in at_once(
                *[partial(guesser.communicate, "go\n") for guesser in guessers]
            )
        ]
    assert ready == ["ready\n"] * 4
    assert sum(tried) == 5


def passes(action: Callable[[], None]) -> bool:
    try:
        action()
    except RateLimited:
        return False
    return True
