from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from spa_auth.core import counters
from spa_auth.core.models import Counter
from spa_auth.core.rates import Rate

# Microseconds since 1970.
NOW = 1_800_000_000_000_000

pytestmark = pytest.mark.django_db


def test_they_are_cleared_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counters, "CLEARED_AT_ONCE", 2)
    counters.count({key: Rate.parse("1/1m") for key in "abcde"}, now=NOW)
    assert counters.clear_expired(now=NOW) == 0
    assert counters.clear_expired(now=NOW + 60_000_001) == 5
    assert Counter.objects.count() == 0


def test_one_that_was_cleared_before_its_refund_says_nothing() -> None:
    rates = {"a": Rate.parse("3/1m"), "b": Rate.parse("3/1m")}
    counters.count(rates, now=NOW)
    Counter.objects.filter(key="a").delete()
    counters.refund(rates)
    assert counters.clear_expired(now=NOW + 1) == 2


@pytest.mark.django_db(transaction=True)
def test_counting_refunding_and_clearing_do_not_lock_each_other_out() -> None:
    # After the first use one of them is used up, so that each use gives those of the others back.
    often = Rate.parse("1000000/1h")
    rates = {str(place): often for place in range(8)} | {"8": Rate.parse("1/1h")}
    # MariaDB reads a small table whole to delete from it, and locks all that it reads.
    others = [f"other {place}" for place in range(300 if connection.vendor == "mysql" else 0)]
    Counter.objects.bulk_create(
        Counter(key=key, free_at=NOW * 2, step=1, span=1, allowed=True) for key in others
    )
    barrier = Barrier(4)

    def work(clears: bool) -> None:
        try:
            barrier.wait()
            for turn in range(100):
                if clears:
                    counters.clear_expired(now=NOW + often.step + 1 + turn)
                else:
                    counters.count(rates, now=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(work, clears) for clears in (True, False, False, False)]:
            done.result()
    used = Counter.objects.exclude(key__in=["8", *others])
    assert all(counter.free_at <= NOW + often.step for counter in used)
