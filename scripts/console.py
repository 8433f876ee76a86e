"""What is said and how commands are run: quiet steps, loud parts, one-line problems."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

Command = Sequence[str | Path]
# The same while it is being put together.
Words = list[str | Path]


class Problem(Exception):
    """Something that the person at the keyboard can put right: one line, exit code 2."""


class Failed(Exception):
    """A command that did not succeed; its output was shown."""


@dataclass(frozen=True)
class Part:
    """A named piece of a run that goes on after the piece has failed."""

    name: str
    run: Callable[[], None]


def say(text: str = "") -> None:
    """Print a line at once: what follows is often written by another process."""
    print(text, flush=True)


def step(
    label: str, command: Command, *, cwd: Path = ROOT, env: Mapping[str, str] | None = None
) -> None:
    """Run something that takes time: say what it is, and show its output only if it fails."""
    print(f"{label} ... ", end="", flush=True)
    started = time.monotonic()
    code, output = capture(command, cwd=cwd, env=env)
    if code:
        say("failed")
        say(output.rstrip())
        raise Failed(f"{label}: failed with exit code {code}")
    say(f"{time.monotonic() - started:.0f} s")


def quietly(
    label: str, command: Command, *, cwd: Path = ROOT, env: Mapping[str, str] | None = None
) -> str:
    """Run something quick without a word, unless it fails; the answer is its output."""
    code, output = capture(command, cwd=cwd, env=env)
    if code:
        say(output.rstrip())
        raise Failed(f"{label}: failed with exit code {code}")
    return output


def loudly(command: Command, *, cwd: Path = ROOT, env: Mapping[str, str] | None = None) -> None:
    """Run something whose output is the point, such as tests."""
    code = subprocess.run(command, cwd=cwd, env=_environment(env), check=False).returncode
    if code:
        raise Failed(f"exit code {code}")


def capture(
    command: Command, *, cwd: Path = ROOT, env: Mapping[str, str] | None = None
) -> tuple[int, str]:
    """Return the exit code and everything that was written, in the order of writing."""
    done = subprocess.run(
        command,
        cwd=cwd,
        env=_environment(env),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    return done.returncode, done.stdout


def run_parts(parts: Sequence[Part]) -> int:
    """Run all parts, also after a failure; print a table and what failed; 1 if anything did."""
    rows: list[tuple[str, str, float]] = []
    problems: list[str] = []
    for part in parts:
        say(f"\n=== {part.name}")
        started = time.monotonic()
        try:
            part.run()
            result = "passed"
        except (Failed, Problem) as error:
            problems.append(f"{part.name}: {error}")
            print(problems[-1], file=sys.stderr, flush=True)
            result = "FAILED"
        rows.append((part.name, result, time.monotonic() - started))
    width = max(len(name) for name, _, _ in rows)
    say(f"\n{'Part':{width}}  Result  Seconds")
    for name, result, seconds in rows:
        say(f"{name:{width}}  {result}  {seconds:7.1f}")
    # Once more, where whoever reads only the end sees them.
    for problem in problems:
        say(f"\n{problem}")
    return int(bool(problems))


def _environment(extra: Mapping[str, str] | None) -> dict[str, str] | None:
    return None if extra is None else {**os.environ, **extra}
