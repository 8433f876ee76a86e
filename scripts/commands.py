"""The list of commands, and how each of them ends."""

import signal
import sys
from collections.abc import Callable

import bench
import serve
import tasks
import verify
from console import Failed, Part, Problem, run_parts, say


def check() -> list[Part]:
    """Run test, then verify."""
    return [*tasks.test(), *verify.verify()]


COMMANDS: dict[str, Callable[[], list[Part]]] = {
    "run": serve.run,
    "test": tasks.test,
    "e2e": tasks.e2e,
    "check": check,
    "verify": verify.verify,
    "lint": tasks.lint,
    "types": tasks.types,
    "openapi": tasks.openapi,
    "mails": tasks.mails,
    "messages": tasks.messages,
    "fmt": tasks.fmt,
    "lock": tasks.lock,
    "bench": bench.bench,
}


def main(arguments: list[str]) -> int:
    """Return the exit code: 0 done, 1 something failed, 2 something must be put right first."""
    # As an exception, so that servers are stopped and temporary folders deleted.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    if arguments in ([], ["help"]):
        return _help()
    if len(arguments) != 1 or arguments[0] not in COMMANDS:
        print(f"usage: dev.py {{{','.join(COMMANDS)}}}", file=sys.stderr)
        return 2
    try:
        parts = COMMANDS[arguments[0]]()
        return run_parts(parts) if parts else 0
    except Problem as problem:
        print(problem, file=sys.stderr)
        return 2
    except Failed as failure:
        print(failure, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return 130


def _help() -> int:
    for name, function in COMMANDS.items():
        say(f"make {name:8} {(function.__doc__ or '').splitlines()[0]}")
    return 0
