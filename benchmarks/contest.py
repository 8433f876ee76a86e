"""The contest: every contender in turn, in every round in another order, on one store."""

import random
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from .contenders import CONTENDERS, Store, by_name
from .processes import Process, Servers, processes
from .scenarios import FEW, MANY, SCENARIOS, Scenario
from .summary import figure, ratios, shares

STOCK = "stock"
SEED = 20_260_101
# Scenario -> contender -> microseconds, one figure per round.
Times = dict[str, dict[str, list[float]]]


@dataclass(frozen=True)
class Effort:
    """How much is measured: rounds, and requests per contender and round (fewer of slow ones).

    `sessions` are the numbers of sessions whose scenarios take part: a hundred take long to make.
    """

    rounds: int
    requests: int
    sessions: Sequence[int] = (FEW, MANY)

    def requests_of(self, scenario: Scenario) -> int:
        """Return how many requests make the median of one round."""
        return max(3, self.requests // scenario.weight)


FULL = Effort(rounds=20, requests=40)
QUICK = Effort(rounds=5, requests=10, sessions=(FEW,))


class Progress:
    """A line now and then, so that nobody wonders whether it still runs."""

    def __init__(self, label: str, total: int) -> None:
        self._label = label
        self._total = total
        self._started = self._said = time.monotonic()

    def say(self, done: int) -> None:
        """Say how far it is, at most every ten seconds."""
        now = time.monotonic()
        if now - self._said < 10 and done < self._total:
            return
        self._said = now
        left = (now - self._started) / done * (self._total - done)
        print(f"{self._label}: {done} of {self._total}, {left:.0f} s left", flush=True)


def contest(store: Store, servers: Servers, effort: Effort) -> dict[str, Any]:
    """Let everybody who knows the store compete; return counts, times and figures."""
    contenders = [contender for contender in CONTENDERS if store in contender.stores]
    print(f"{store}: making tables and sessions for {len(contenders)} contenders", flush=True)
    with processes(contenders, store, servers) as taking_part:
        for process in taking_part:
            process.tell("start", sessions=effort.sessions)
        started = [process.hear() for process in taking_part]
        entries = {
            scenario: [p for p in taking_part if p.ask("has", name=scenario.name)]
            for scenario in SCENARIOS
            if scenario.sessions in effort.sessions
        }
        counts = _count(entries)
        times = _time(store, entries, effort)
        prepared = {
            process.contender.name: process.ask("session_statement")
            for process in taking_part
            if process.contender.options
        }
    return {
        "database": started[0]["database"],
        "rounds": effort.rounds,
        "requests": {scenario.name: effort.requests_of(scenario) for scenario in entries},
        "prepared": prepared,
        "counts": counts,
        "figures": figures(times),
        "times": times,
    }


def figures(times: Times) -> dict[str, dict[str, dict[str, Any]]]:
    """Summarise: scenario -> contender -> microseconds, ratios and share, each with an interval."""
    return {
        scenario: {name: _figures_of(name, found) for name in found}
        for scenario, found in times.items()
    }


def _figures_of(name: str, found: Mapping[str, list[float]]) -> dict[str, Any]:
    floor = by_name(name).floor
    result = {"microseconds": figure(found[name])}
    result["to_floor"] = figure(ratios(found[name], found[floor]))
    if STOCK in found:
        result["to_stock"] = figure(ratios(found[name], found[STOCK]))
        added = shares(
            found[name], found[floor], base=found[STOCK], base_floor=found[by_name(STOCK).floor]
        )
        if added:
            result["share_of_stock"] = figure(added)
    return {key: value.as_dict() for key, value in result.items()}


def _count(entries: Mapping[Scenario, Sequence[Process]]) -> dict[str, dict[str, Any]]:
    return {
        scenario.name: {
            process.contender.name: process.ask("count", name=scenario.name)
            for process in taking_part
        }
        for scenario, taking_part in entries.items()
    }


def _time(store: Store, entries: Mapping[Scenario, Sequence[Process]], effort: Effort) -> Times:
    times: Times = {
        scenario.name: {process.contender.name: [] for process in taking_part}
        for scenario, taking_part in entries.items()
    }
    # Not for secrets: the same order in every run, so that a run can be repeated.
    shuffled = random.Random(SEED)  # noqa: S311
    progress = Progress(f"{store}, rounds", effort.rounds)
    for done in range(1, effort.rounds + 1):
        for scenario, taking_part in entries.items():
            if (done - 1) % scenario.every:
                continue
            requests = effort.requests_of(scenario)
            for process in shuffled.sample(list(taking_part), len(taking_part)):
                measured = process.ask("batch", name=scenario.name, requests=requests)
                microseconds = round(median(measured) / 1000, 1)
                times[scenario.name][process.contender.name].append(microseconds)
        progress.say(done)
    return times
