"""The budgets that the design sets, each with where its figure is found in the results."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .contenders import Store


@dataclass(frozen=True)
class Budget:
    """A limit for one figure of one contender in one scenario on one store.

    `figure` is a count (`sql`, `writes`, `transactions`, `cache`) or a ratio (`to_stock`,
    `to_floor`).
    """

    what: str
    scenario: str
    figure: str
    limit: float
    contender: str = "spa_auth"
    store: Store = "sqlite"


@dataclass(frozen=True)
class Verdict:
    """What was measured for a budget; `share` only where the ratio is one to stock."""

    budget: Budget
    measured: float
    low: float
    high: float
    share: float | None = None

    @property
    def met(self) -> bool:
        """Whether the figure is within its budget."""
        return self.measured <= self.budget.limit


def _counts(what: str, scenario: str, **limits: float) -> Sequence[Budget]:
    return [
        Budget(f"{what}: {_NAMES[figure]}", scenario, figure, limit)
        for figure, limit in limits.items()
    ]


_NAMES = {
    "sql": "statements",
    "writes": "writes",
    "transactions": "transactions",
    "cache": "cache commands",
}


def _ratios(
    what: str, scenario: str, figure: str, *, sqlite: float, postgresql: float
) -> Sequence[Budget]:
    return [
        Budget(what, scenario, figure, sqlite),
        Budget(what, scenario, figure, postgresql, store="postgresql"),
    ]


BUDGETS: Sequence[Budget] = (
    *_counts("own view", "me", sql=1, writes=0, cache=0),
    *_ratios("own view: time to stock", "me", "to_stock", sqlite=0.25, postgresql=0.45),
    Budget(
        "own view, prepared: time to stock",
        "me",
        "to_stock",
        0.22,
        "spa_auth_prepared",
        "postgresql",
    ),
    *_counts("who am I, nobody", "state_nobody", sql=0, cache=0),
    *_ratios(
        "who am I, nobody: time to floor", "state_nobody", "to_floor", sqlite=1.5, postgresql=1.5
    ),
    *_counts("unknown cookie", "me_unknown", sql=1, writes=0),
    *_ratios(
        "unknown cookie: time to stock", "me_unknown", "to_stock", sqlite=0.35, postgresql=0.35
    ),
    *_counts("sign-in at 10 sessions", "sign_in_10", sql=12, transactions=3),
    *_counts("sign-in at 100 sessions", "sign_in_100", sql=12, transactions=3),
    *_counts("sign-out", "sign_out", sql=2),
    *_ratios("sign-out: time to stock", "sign_out", "to_stock", sqlite=0.5, postgresql=0.5),
    *_counts("list of 100 sessions", "list_100", sql=2),
    *_counts("revoke one of 100", "revoke_one_100", sql=3),
    *_counts("revoke 99 others", "revoke_others_100", sql=4),
)


def judge(stores: Mapping[str, Any]) -> Sequence[Verdict]:
    """Compare every budget with the results of the contests, by store.

    A quick run leaves scenarios out, and says nothing about theirs.
    """
    return [
        _judge(budget, stores[budget.store])
        for budget in BUDGETS
        if budget.scenario in stores[budget.store]["figures"]
    ]


def _judge(budget: Budget, results: Mapping[str, Any]) -> Verdict:
    if budget.figure in _NAMES:
        count = results["counts"][budget.scenario][budget.contender][budget.figure]
        return Verdict(budget, count, count, count)
    figures = results["figures"][budget.scenario][budget.contender]
    ratio = figures[budget.figure]
    share = figures.get("share_of_stock") if budget.figure == "to_stock" else None
    return Verdict(
        budget, ratio["median"], ratio["low"], ratio["high"], share["median"] if share else None
    )
