"""The results as a page: every number comes from the JSON file, none is typed."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .budgets import Verdict, judge
from .contenders import STORES, by_name
from .scenarios import scenario

OTHER_REQUESTS = (
    "me_100",
    "me_later",
    "me_nobody",
    "me_unknown",
    "state",
    "state_nobody",
    "sign_out",
    "sign_in_10",
    "sign_in_100",
)
SESSION_REQUESTS = (
    "list_10",
    "list_100",
    "revoke_one_10",
    "revoke_one_100",
    "revoke_others_10",
    "revoke_others_100",
)
FLOORS = ("floor", "floor_drf")
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


INTRODUCTION = (
    "`make bench` wrote this page from `results.json`; "
    "[how it measures](../README.md), and what the figures do not say, is beside it."
)
QUICK = "**A quick run: these figures are noise, good only to see that the harness works.**"


def report(results: Mapping[str, Any]) -> str:
    """Return the page."""
    stores: dict[str, Any] = {store: results["stores"][store] for store in STORES}
    parts = [
        "# Results",
        INTRODUCTION,
        *([QUICK] if results["quick"] else []),
        "## Budgets",
        _budgets(judge(stores)),
        "## The project's own view, signed in",
        "![Time of one authenticated request, relative to Django](own-view.svg)",
        *[part for store, found in stores.items() for part in _own_view(store, found)],
        "## Other requests",
        "Milliseconds, and in brackets the SQL statements.",
        *[part for store, found in stores.items() for part in _matrix(store, found, FLOORS)],
        *_large(results),
        "## Measured on",
        _machine(results["about"], stores),
    ]
    return "\n\n".join(parts) + "\n"


def summary(results: Mapping[str, Any]) -> str:
    """Return what the terminal shows."""
    lines = []
    for store, found in results["stores"].items():
        lines.append(f"\n{NAMES[store]}: own view, signed in")
        figures = found["figures"]["me"]
        for name in sorted(figures, key=lambda name: float(figures[name]["to_stock"]["median"])):
            ratio = figures[name]["to_stock"]
            milliseconds = figures[name]["microseconds"]["median"] / 1000
            lines.append(
                f"  {by_name(name).label:46} {milliseconds:7.2f} ms  {ratio['median']:5.2f}x "
                f"({ratio['low']:.2f} to {ratio['high']:.2f})  "
                f"{found['counts']['me'][name]['sql']} SQL"
            )
    lines.append("\nBudgets")
    for verdict in judge(results["stores"]):
        budget = verdict.budget
        lines.append(
            f"  {'met   ' if verdict.met else 'MISSED'} {NAMES[budget.store]:10} "
            f"{budget.what:45} {_number(verdict.measured)} (at most {budget.limit:g})"
        )
    return "\n".join(lines)


def _budgets(verdicts: Sequence[Verdict]) -> str:
    return _table(
        ["", "store", "budget", "measured", "95 % interval", "authentication alone", ""],
        [
            [
                verdict.budget.what,
                NAMES[verdict.budget.store],
                f"{verdict.budget.limit:g}",
                _number(verdict.measured),
                _interval(verdict),
                "" if verdict.share is None else f"{verdict.share:.2f}",
                "met" if verdict.met else "**missed**",
            ]
            for verdict in verdicts
        ],
    )


def _interval(verdict: Verdict) -> str:
    if verdict.low == verdict.high:
        return ""
    return f"{verdict.low:.2f} to {verdict.high:.2f}"


def _own_view(store: str, found: Mapping[str, Any]) -> Sequence[str]:
    figures, counts = found["figures"]["me"], found["counts"]["me"]
    header = ["", "ms", "to stock", "95 % interval", "authentication alone", "SQL", "writes"]
    rows = []
    for name, figure in figures.items():
        ratio, share = figure["to_stock"], figure["share_of_stock"]["median"]
        rows.append(
            [
                by_name(name).label,
                f"{figure['microseconds']['median'] / 1000:.2f}",
                f"{ratio['median']:.2f}",
                f"{ratio['low']:.2f} to {ratio['high']:.2f}",
                "" if name in FLOORS else f"{share:.2f}",
                *[str(counts[name][kind]) for kind in ("sql", "writes", "cache")],
            ]
        )
    prepared = [
        f"PostgreSQL ran the prepared session statement of {by_name(name).label} "
        + (
            f"{plans['generic_plans']} times from its kept plan, {plans['custom_plans']} times "
            "planned anew."
            if plans
            else "never: it is not prepared."
        )
        for name, plans in found["prepared"].items()
    ]
    return [f"### {NAMES[store]}", _table([*header, "cache"], rows), *prepared]


def _matrix(store: str, found: Mapping[str, Any], left_out: Iterable[str]) -> Sequence[str]:
    tables = []
    for group in (OTHER_REQUESTS, SESSION_REQUESTS):
        names = [name for name in group if name in found["figures"]]
        taking_part = [
            name
            for name in found["figures"]["me"]
            if name not in left_out and any(name in found["figures"][other] for other in names)
        ]
        header = ["", *[scenario(name).label for name in names]]
        rows = [
            [by_name(name).label, *[_cell(found, other, name) for other in names]]
            for name in taking_part
        ]
        tables.append(_table(header, rows))
    return [f"### {NAMES[store]}, other requests", *tables]


def _cell(found: Mapping[str, Any], name: str, contender: str) -> str:
    figure = found["figures"][name].get(contender)
    if figure is None:
        return ""
    milliseconds = figure["microseconds"]["median"] / 1000
    return f"{milliseconds:.2f} ({found['counts'][name][contender]['sql']})"


def _large(results: Mapping[str, Any]) -> Sequence[str]:
    parts = []
    if "growth" in results:
        parts += ["## Growth", _growth(results["growth"])]
    if "cleanup" in results:
        parts += ["## Cleaning up", _cleanup(results["cleanup"])]
    return parts


def _growth(growth: Mapping[str, Any]) -> str:
    header = ["", "store", "request", "sessions", "ms", "sessions", "ms", "ratio", "95 % interval"]
    rows = []
    for store, found in growth.items():
        for kind, label in (("read", "own view"), ("write", "own view, last seen a minute ago")):
            for name, figure in found[kind].items():
                ratio = figure["large_to_small"]
                row = [by_name(name).label, NAMES[store], label]
                for size in ("small", "large"):
                    row.append(f"{found['rows'][size]:,}")
                    row.append(f"{figure[size]['median'] / 1000:.2f}")
                row.append(f"{ratio['median']:.2f}")
                rows.append([*row, f"{ratio['low']:.2f} to {ratio['high']:.2f}"])
    return _table(header, rows)


def _cleanup(cleanup: Mapping[str, Any]) -> str:
    header = ["", "store", "expired", "seconds", "rows per second", "sign-ins meanwhile"]
    header += ["their median, ms", "the longest, ms", "the longest before, ms"]
    rows = [
        [
            by_name(name).label,
            NAMES[store],
            f"{figure['expired']:,}",
            f"{figure['seconds']:.1f}",
            f"{figure['expired'] / figure['seconds']:,.0f}",
            str(figure["sign_ins"]),
            f"{figure['milliseconds_during']['median']:.0f}",
            f"{figure['milliseconds_during']['longest']:.0f}",
            f"{figure['milliseconds_before']['longest']:.0f}",
        ]
        for store, found in cleanup.items()
        for name, figure in found.items()
    ]
    return _table(header, rows)


def _machine(about: Mapping[str, Any], stores: Mapping[str, Any]) -> str:
    machine = about["machine"]
    lines = [
        f"{about['date']}, revision {about['revision'] or 'unknown'}",
        "{processors} processors: {processor}, {memory_gib} GiB, {system}".format(**machine),
        *[_effort(found) for found in stores.values()],
        ", ".join(f"{name} {version}" for name, version in about["versions"].items()),
    ]
    return "\n".join(f"- {line}" for line in lines)


def _effort(found: Mapping[str, Any]) -> str:
    requests = found["requests"]["me"]
    return f"{found['database']}: {found['rounds']} rounds of {requests} requests per contender"


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _number(value: float) -> str:
    return f"{value}" if isinstance(value, int) else f"{value:.2f}"
