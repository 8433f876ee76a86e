"""``make verify``: what must hold beside the tests of the one installed Python."""

import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import environment
import services
import system
import tasks
import wheel
from console import ROOT, Failed, Part, say
from environment import BENCH, PYTHON, REQUIREMENTS

# Without coverage: it is held by the main run, whose Python and database it is written for.
WITHOUT_COVERAGE = "--no-cov"
NO_FAULTS = (
    "--ignore=tests/attacks/test_faults.py",
    "--ignore=tests/sessions/test_odd_users.py",
    "--ignore=tests/sessions/test_twins.py",
)


def verify() -> list[Part]:
    """Check everything that make test leaves out."""
    system.provide(
        browsers=True, webkit=True, postgresql=True, mariadb=True, redis=True, servers=True
    )
    tasks.prepare()
    environment.build(*environment.FRONT_ENDS)
    return [
        *tasks.lint_parts(),
        *tasks.types_parts(),
        Part("OpenAPI document and types", _contract_is_current),
        Part("Pinned requirements", _requirements_are_current),
        Part("package-lock.json", _npm_lock_is_clean),
        Part("Wheel", wheel.works),
        Part("Real servers", lambda: tasks.pytest(PYTHON, WITHOUT_COVERAGE, "tests_servers")),
        *tasks.e2e_parts(),
        *[_suite_on(interpreter) for interpreter in _interpreters()],
        Part("Python tests on PostgreSQL", lambda: _suite_with(services.postgresql)),
        # How to cause faults, and what is compared with Django, is known for the other two.
        Part("Python tests on MariaDB", lambda: _suite_with(services.mariadb, *NO_FAULTS)),
    ]


def _interpreters() -> list[system.Interpreter]:
    found = system.other_interpreters()
    names = ", ".join(f"3.{interpreter.minor}" for interpreter in found) or "none"
    say(f"Other supported Pythons on this machine: {names}")
    return found


def _suite_on(interpreter: system.Interpreter) -> Part:
    def run() -> None:
        python = environment.python_beside(interpreter)
        tasks.pytest(python, WITHOUT_COVERAGE, *tasks.PARALLEL)

    return Part(f"Python tests on 3.{interpreter.minor}", run)


def _suite_with(database: Callable[[], AbstractContextManager[str]], *options: str) -> None:
    with database() as url:
        everything = (WITHOUT_COVERAGE, *tasks.PARALLEL, *options)
        tasks.pytest(PYTHON, *everything, env={"SPA_AUTH_TEST_DATABASE": url})


def _contract_is_current() -> None:
    generated = [tasks.OPENAPI, *_generated_types()]
    with _put_back(generated) as before:
        tasks.write_openapi()
        stale = [
            path for path in {*generated, *_generated_types()} if _read(path) != before.get(path)
        ]
    _none(stale, "does not match the code, run make openapi")


def _generated_types() -> list[Path]:
    sources = [ROOT / "js" / "src", *ROOT.glob("examples/*/src")]
    found = [path for source in sources for path in source.rglob("schema.d.ts")]
    return [*found, *tasks.project_types()]


def _requirements_are_current() -> None:
    with tempfile.TemporaryDirectory() as name:
        # From the present pins, so that a release of somebody else's does not fail this.
        copy = Path(name)
        shutil.copy(ROOT / "pyproject.toml", copy)
        shutil.copytree(REQUIREMENTS, copy / "requirements")
        (copy / "benchmarks").mkdir()
        for path in BENCH.parent.glob("requirements.*"):
            shutil.copy(path, copy / "benchmarks")
        tasks.lock_python(copy)
        pinned = [*sorted(REQUIREMENTS.glob("*.txt")), BENCH]
        stale = [path for path in pinned if _read(path) != _read(copy / path.relative_to(ROOT))]
    _none(stale, "does not match what it is made of, run make lock")
    named = [path for path in pinned if re.search(r"https?://", path.read_text())]
    _none(named, "names an index, which would bind everybody to it")


def _npm_lock_is_clean() -> None:
    lock = ROOT / "package-lock.json"
    # Links to workspaces are "resolved" too, to folders.
    found = re.search(r'"resolved": "(https?|git)[^"]*"', lock.read_text())
    _none([lock] if found else [], f"names a registry ({found and found[0]}), run make lock")


@contextmanager
def _put_back(paths: list[Path]) -> Iterator[dict[Path, bytes | None]]:
    """Leave files as they were found; the value is their contents."""
    before = {path: _read(path) for path in paths}
    try:
        yield before
    finally:
        for path, content in before.items():
            if content is None:
                path.unlink(missing_ok=True)
            elif _read(path) != content:
                path.write_bytes(content)


def _read(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _none(paths: list[Path], complaint: str) -> None:
    if paths:
        raise Failed("; ".join(f"{path.relative_to(ROOT)} {complaint}" for path in sorted(paths)))
