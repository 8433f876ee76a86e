"""Run everything, and write what was found: `python -m benchmarks`, by way of `make bench`."""

import argparse
import json
from pathlib import Path
from typing import Any

from . import cleanup, growth, machine
from .contenders import STORES
from .contest import FULL, QUICK, SEED, contest
from .plot import plot
from .processes import Servers
from .report import report, summary


def main() -> None:
    """Measure as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--postgresql", required=True, help="URL of a server to make databases on")
    parser.add_argument("--redis", required=True, help="URL of a server that nobody else uses")
    parser.add_argument("--output", required=True, type=Path, help="the folder for the results")
    parser.add_argument("--quick", action="store_true", help="few rounds: to see that it works")
    parser.add_argument("--full", action="store_true", help="also large tables")
    arguments = parser.parse_args()
    results = measure(
        Servers(arguments.postgresql, arguments.redis), quick=arguments.quick, full=arguments.full
    )
    write(results, arguments.output)
    print(summary(results), f"\nWritten to {arguments.output}", sep="\n", flush=True)


def measure(servers: Servers, *, quick: bool, full: bool) -> dict[str, Any]:
    """Return everything that was measured."""
    effort = QUICK if quick else FULL
    # A quick look at the large tables makes them a hundredth as large.
    smaller = 100 if quick else 1
    results: dict[str, Any] = {
        "about": machine.describe(servers),
        "seed": SEED,
        "quick": quick,
        "stores": {store: contest(store, servers, effort) for store in STORES},
    }
    if full:
        results["growth"] = {
            store: growth.growth(store, servers, effort, large=growth.LARGE // smaller)
            for store in STORES
        }
        results["cleanup"] = {
            store: cleanup.cleanup(
                store, servers, live=cleanup.LIVE // smaller, expired=cleanup.EXPIRED // smaller
            )
            for store in STORES
        }
    return results


def write(results: dict[str, Any], folder: Path) -> None:
    """Write the figures, the page and the picture."""
    folder.mkdir(parents=True, exist_ok=True)
    compact = json.dumps(results, separators=(",", ":"))
    (folder / "results.json").write_text(compact + "\n")
    (folder / "README.md").write_text(report(results))
    (folder / "own-view.svg").write_text(plot(results["stores"]))


if __name__ == "__main__":
    main()
