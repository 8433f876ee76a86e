"""From the times of rounds to figures with intervals. Pure: numbers in, numbers out."""

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median


@dataclass(frozen=True)
class Figure:
    """A median over rounds, and the interval that holds the true one in 95 of 100 runs."""

    median: float
    low: float
    high: float

    def as_dict(self) -> dict[str, float]:
        """Return what the JSON file keeps: four digits are more than a run can tell."""
        return {name: float(f"{value:.4g}") for name, value in asdict(self).items()}


def figure(values: Sequence[float]) -> Figure:
    """Return the median of values, one per round, with its interval. Raises ValueError for none.

    The interval is the distribution-free one between two order statistics: nothing is assumed of
    how noise is distributed, which is never normal on a computer.
    """
    if not values:
        raise ValueError("no values")
    ordered = sorted(values)
    place = _place(len(ordered))
    return Figure(median(ordered), ordered[place], ordered[-1 - place])


def ratios(times: Sequence[float], base: Sequence[float]) -> list[float]:
    """Return the ratio of two contenders round by round: both met the same machine in a round."""
    return [time / other for time, other in zip(times, base, strict=True)]


def shares(
    times: Sequence[float],
    floor: Sequence[float],
    *,
    base: Sequence[float],
    base_floor: Sequence[float],
) -> list[float]:
    """Return round by round what a contender adds to its floor, over what the base adds to its own.

    Rounds in which the base added nothing say nothing, and are left out.
    """
    rounds = zip(times, floor, base, base_floor, strict=True)
    return [
        (time - below) / (other - other_below)
        for time, below, other, other_below in rounds
        if other > other_below
    ]


def _place(count: int) -> int:
    """Return how many values may lie below the interval of a median: binomial, 2.5 % each side."""
    below = 0.0
    for place in range(count // 2 + 1):
        below += math.comb(count, place) / 2**count
        if below > 0.025:
            # Too few values for 95 %: then from the least to the greatest.
            return max(0, place - 1)
    return 0
