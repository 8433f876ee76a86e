"""A clock that tests set: sessions, limits, links, codes and proofs obey it."""

import datetime
from importlib import import_module
from importlib.util import find_spec
from typing import Any
from unittest import mock

from django.conf import settings
from django.test.utils import TestContextDecorator
from django.utils import timezone

# A project may have it; we do not ask for it.
time_machine: Any = import_module("time_machine") if find_spec("time_machine") else None


_EPOCH = datetime.datetime.fromtimestamp(0, datetime.UTC)


class Clock:
    """The time as it is held still."""

    def __init__(self, now: datetime.datetime) -> None:
        self.now = now

    def advance(self, by: datetime.timedelta | None = None, **parts: float) -> None:
        """Go on by a `timedelta`, or by its parts: `clock.advance(days=14, minutes=1)`."""
        self.move_to(self.now + (by or datetime.timedelta(**parts)))

    def move_to(self, moment: datetime.datetime) -> None:
        """Go to a moment, which names its time zone."""
        if timezone.is_naive(moment):
            raise ValueError("Name the time zone of the moment: datetime(..., tzinfo=UTC).")
        self.now = moment


class frozen_clock(TestContextDecorator):  # noqa: N801 - as `override_settings` is named
    """Hold the time still, at a moment or now; gives a `Clock`.

    Where time-machine is installed it does this, for all of Python. Otherwise it holds for
    `django.utils.timezone.now`, `time.time` and `time.time_ns`, by which everything of ours goes.
    A context manager, and a decorator of functions and test cases.
    """

    def __init__(
        self,
        at: datetime.datetime | None = None,
        *,
        attr_name: str | None = None,
        kwarg_name: str | None = None,
    ) -> None:
        super().__init__(attr_name=attr_name, kwarg_name=kwarg_name)
        self._at = at

    def __enter__(self) -> Clock:  # type: ignore[override]
        return self.enable()

    def enable(self) -> Clock:
        """Stop the time."""
        now = datetime.datetime.now(datetime.UTC)
        clock = _Travelling(now) if time_machine else _Patched(now)
        self._stop = clock.stop
        clock.start()
        if self._at is not None:
            clock.move_to(self._at)
        return clock

    def disable(self) -> None:
        """Let it run again."""
        self._stop()


class _Travelling(Clock):
    """By time-machine, which the project has."""

    def start(self) -> None:
        self._travel = time_machine.travel(self.now, tick=False)
        self._traveller = self._travel.start()

    def move_to(self, moment: datetime.datetime) -> None:
        super().move_to(moment)
        self._traveller.move_to(moment)

    def stop(self) -> None:
        self._travel.stop()


class _Patched(Clock):
    """By the standard library alone."""

    def start(self) -> None:
        self._patches: list[Any] = [
            mock.patch("django.utils.timezone.now", self._now),
            mock.patch("time.time", self._seconds),
            mock.patch("time.time_ns", self._nanoseconds),
        ]
        for patch in self._patches:
            patch.start()

    def stop(self) -> None:
        for patch in self._patches:
            patch.stop()

    def _now(self) -> datetime.datetime:
        return self.now if settings.USE_TZ else timezone.make_naive(self.now)

    def _seconds(self) -> float:
        return self.now.timestamp()

    def _nanoseconds(self) -> int:
        return (self.now - _EPOCH) // datetime.timedelta(microseconds=1) * 1000
