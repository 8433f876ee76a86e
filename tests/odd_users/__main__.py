"""Runs the probe for each case in a process of its own, forked after the slow imports."""

import json
import os
import runpy
import sys
from pathlib import Path

# Imported here only so that no child has to: they need neither settings nor models.
import pydantic  # noqa: F401 - see above


def run(environment: dict[str, str], report: Path) -> None:
    os.environ |= environment
    output = os.open(report, os.O_WRONLY | os.O_CREAT)
    os.dup2(output, sys.stdout.fileno())
    os.dup2(output, sys.stderr.fileno())
    runpy.run_module("tests.odd_users.probe", run_name="__main__")


def main(folder: Path, cases: dict[str, dict[str, str]]) -> None:
    running = 0
    for name, environment in cases.items():
        if running == os.cpu_count():
            os.wait()
            running -= 1
        if os.fork() == 0:
            return run(environment, folder / name)
        running += 1
    while running:
        os.wait()
        running -= 1
    return None


if __name__ == "__main__":
    main(Path(sys.argv[1]), json.loads(sys.argv[2]))
