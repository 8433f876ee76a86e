"""How much is how often: the arithmetic of a limit. This module is pure."""

import re
from dataclasses import dataclass

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_RATE = re.compile(r"([1-9][0-9]*)/([1-9][0-9]*)([smhd])")


@dataclass(frozen=True)
class Rate:
    """`times` uses within any `seconds`."""

    times: int
    seconds: int

    @classmethod
    def parse(cls, text: str) -> "Rate":
        """Read "5/1m": a count, a number and a unit of s, m, h or d. Raises ValueError."""
        if not (found := _RATE.fullmatch(text)):
            raise ValueError(
                f"{text!r} is no rate: write how often, a slash, a number and its unit (s, m, h or "
                'd), such as "5/1m".'
            )
        times, number, unit = found.groups()
        return cls(int(times), int(number) * _UNITS[unit])

    @property
    def step(self) -> int:
        """Microseconds that one use takes to be paid off."""
        return self.seconds * 1_000_000 // self.times

    @property
    def span(self) -> int:
        """Microseconds that all uses together take to be paid off."""
        return self.step * self.times
