"""Limits in tests of something else."""

from collections.abc import Mapping
from unittest import mock

from django.test.utils import TestContextDecorator

from spa_auth.core import counters_redis, limits
from spa_auth.core.counters import Counted
from spa_auth.core.models import Counter
from spa_auth.core.rates import Rate
from spa_auth.core.settings import core


def reset_limits() -> None:
    """Forget every use that was counted, in the database or in Redis."""
    if core.limits_redis:
        import redis  # noqa: PLC0415 - an extra: only who names a server needs it

        with redis.Redis.from_url(core.limits_redis) as client:
            for key in client.scan_iter(f"{counters_redis._PREFIX}*"):
                client.delete(key)
    else:
        Counter.objects.all().delete()


class limits_off(TestContextDecorator):  # noqa: N801 - as `override_settings` is named
    """Count nothing, so that nothing is refused for being too often.

    A context manager, and a decorator of functions and test cases.
    """

    def enable(self) -> None:
        """Stop counting."""
        self._patch = mock.patch.object(limits, "_store", _Uncounted)
        self._patch.start()

    def disable(self) -> None:
        """Count again."""
        self._patch.stop()


class _Uncounted:
    """A store of counters that allows everything."""

    def count(self, rates: Mapping[str, Rate], *, now: int) -> Mapping[str, Counted]:
        return {key: Counted(free_at=now, allowed=True) for key in rates}

    def refund(self, rates: Mapping[str, Rate]) -> None:
        """Give nothing back: nothing was taken."""
