"""Growth: the same request over a small table and over a large one, in turn."""

from contextlib import ExitStack
from statistics import median
from typing import Any

from .contenders import Store, by_name
from .contest import SEED, Effort, Progress
from .processes import Process, Servers, database, process
from .summary import figure, ratios

SMALL, LARGE = 10_000, 5_000_000
CONTENDERS = ("spa_auth", "stock")


def growth(store: Store, servers: Servers, effort: Effort, *, large: int = LARGE) -> dict[str, Any]:
    """Measure the own view as randomly chosen people; return the ratios of large to small."""
    sizes = {"small": SMALL, "large": large}
    with ExitStack() as stack:
        tables: dict[tuple[str, str], Process] = {}
        for name in CONTENDERS:
            for size, rows in sizes.items():
                print(f"{store}: making {rows} sessions of {name}", flush=True)
                url = stack.enter_context(database(f"{name}_{size}", store, servers))
                started = stack.enter_context(process(by_name(name), url, servers))
                started.ask("fill", live=rows, expired=0)
                tables[name, size] = started
        return {
            "rows": sizes,
            "read": _measure(store, tables, sizes, effort, later=False),
            "write": _measure(store, tables, sizes, effort, later=True),
        }


def _measure(
    store: Store,
    tables: dict[tuple[str, str], Process],
    sizes: dict[str, int],
    effort: Effort,
    *,
    later: bool,
) -> dict[str, Any]:
    names = CONTENDERS[:1] if later else CONTENDERS
    times: dict[str, dict[str, list[float]]] = {
        name: {size: [] for size in sizes} for name in names
    }
    progress = Progress(f"{store}, growth, rounds", effort.rounds)
    for done in range(1, effort.rounds + 1):
        for name in names:
            # In turn first and second, so that neither always follows the other.
            for size in sorted(sizes, reverse=bool(done % 2)):
                measured = tables[name, size].ask(
                    "visit",
                    requests=effort.requests,
                    live=sizes[size],
                    seed=SEED + done,
                    later=later,
                )
                times[name][size].append(round(median(measured) / 1000, 1))
        progress.say(done)
    return {
        name: {
            "small": figure(found["small"]).as_dict(),
            "large": figure(found["large"]).as_dict(),
            "large_to_small": figure(ratios(found["large"], found["small"])).as_dict(),
            "times": found,
        }
        for name, found in times.items()
    }
