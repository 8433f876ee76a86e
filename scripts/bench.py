"""``make bench``: measure the package beside its peers, on servers that are started for it."""

import os

import environment
import services
import system
from console import ROOT, Part, Problem, Words, loudly

RESULTS = ROOT / "benchmarks" / "results"
# A quick run is for those who work on the harness: its figures must not replace the real ones.
QUICK_RESULTS = ROOT / ".cache" / "bench"


def bench() -> list[Part]:
    """Measure; QUICK=1 takes two minutes, FULL=1 adds five million rows and cleaning up."""
    quick, full = _flag("QUICK"), _flag("FULL")
    system.provide(browsers=False, postgresql=True, redis=True)
    python = environment.python_for_benchmarks()

    def measure() -> None:
        with services.postgresql() as database, services.redis() as cache:
            command: Words = [
                python,
                "-m",
                "benchmarks",
                "--postgresql",
                database,
                "--redis",
                cache,
            ]
            command += ["--output", QUICK_RESULTS if quick else RESULTS]
            command += ["--quick"] if quick else []
            command += ["--full"] if full else []
            loudly(command)

    return [Part("Benchmarks", measure)]


def _flag(name: str) -> bool:
    value = os.environ.get(name) or "0"
    if value not in ("0", "1"):
        raise Problem(f"{name} must be 0 or 1, not {value!r}")
    return value == "1"
