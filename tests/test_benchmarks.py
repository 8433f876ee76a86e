"""The arithmetic of the benchmarks. Times themselves are never a test."""

import pytest

from benchmarks.budgets import Budget, Verdict, judge
from benchmarks.contest import Effort, figures
from benchmarks.scenarios import SCENARIOS
from benchmarks.summary import figure, ratios, shares


def test_a_figure_is_the_median_and_an_interval_of_order_statistics() -> None:
    found = figure(range(1, 61))
    # The ranks for a median of sixty, from tables of the sign test.
    assert (found.median, found.low, found.high) == (30.5, 22, 39)


def test_an_interval_does_not_mind_outliers() -> None:
    assert figure([1.0] * 59 + [1000.0]).high == 1.0


def test_too_few_rounds_for_an_interval_give_the_least_and_the_greatest() -> None:
    found = figure([2.0, 3.0, 1.0])
    assert (found.median, found.low, found.high) == (2.0, 1.0, 3.0)


def test_no_rounds_are_no_figure() -> None:
    with pytest.raises(ValueError, match="no values"):
        figure([])


def test_ratios_pair_the_same_round() -> None:
    assert ratios([1.0, 4.0], [2.0, 2.0]) == [0.5, 2.0]


def test_ratios_of_unequal_runs_are_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        ratios([1.0], [2.0, 2.0])


def test_a_share_is_what_is_added_to_the_floor() -> None:
    assert shares([3.0], [1.0], base=[5.0], base_floor=[1.0]) == [0.5]


def test_a_round_in_which_the_base_added_nothing_is_left_out() -> None:
    assert shares([3.0, 3.0], [1.0, 1.0], base=[5.0, 1.0], base_floor=[1.0, 1.0]) == [0.5]


def test_figures_compare_with_stock_and_with_the_floor_of_the_same_view() -> None:
    found = figures(
        {"me": {"stock": [5.0], "floor": [1.0], "floor_drf": [2.0], "spa_auth_drf": [4.0]}}
    )
    through_drf = found["me"]["spa_auth_drf"]
    assert through_drf["to_stock"]["median"] == 0.8
    assert through_drf["to_floor"]["median"] == 2.0
    assert through_drf["share_of_stock"]["median"] == 0.5


def test_what_stock_does_not_offer_is_not_compared_with_it() -> None:
    found = figures({"state": {"spa_auth": [4.0], "floor": [1.0]}})
    assert set(found["state"]["spa_auth"]) == {"microseconds", "to_floor"}


def test_slow_scenarios_get_fewer_requests_but_some() -> None:
    heavy = max(SCENARIOS, key=lambda scenario: scenario.weight)
    assert Effort(rounds=1, requests=10).requests_of(heavy) == 3


@pytest.mark.parametrize(("measured", "met"), [(0.25, True), (0.26, False)])
def test_a_budget_is_met_up_to_its_limit(measured: float, met: bool) -> None:
    budget = Budget("own view", "me", "to_stock", 0.25)
    assert Verdict(budget, measured, measured, measured).met is met


def test_every_budget_finds_its_figure() -> None:
    figure_of = {"median": 0.1, "low": 0.1, "high": 0.2}
    contenders = ("spa_auth", "spa_auth_prepared")
    results = {
        "counts": {
            scenario.name: {
                name: {"sql": 0, "writes": 0, "transactions": 1, "cache": 0} for name in contenders
            }
            for scenario in SCENARIOS
        },
        "figures": {
            scenario.name: {
                name: {"to_stock": figure_of, "to_floor": figure_of} for name in contenders
            }
            for scenario in SCENARIOS
        },
    }
    verdicts = judge({"sqlite": results, "postgresql": results})
    assert {verdict.met for verdict in verdicts} == {True}
    assert {verdict.high for verdict in verdicts if verdict.budget.figure == "to_stock"} == {0.2}
