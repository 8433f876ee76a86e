"""How much is how often: the arithmetic of a limit. This module is pure."""

from dataclasses import dataclass

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


@dataclass(frozen=True)
class Rate:
    """`times` uses within any `seconds`."""

    times: int
    seconds: int

    @classmethod
    def parse(cls, text: str) -> "Rate":
        """Read "5/1m": a count, a number and a unit of s, m, h or d.

        Raises ValueError, and KeyError for another unit.
        """
        times, _, window = text.partition("/")
        return cls(int(times), int(window[:-1]) * _UNITS[window[-1:]])

    @property
    def step(self) -> int:
        """Microseconds that one use takes to be paid off."""
        return self.seconds * 1_000_000 // self.times

    @property
    def span(self) -> int:
        """Microseconds that all uses together take to be paid off."""
        return self.step * self.times
