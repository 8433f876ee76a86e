"""The commands for daily work: test, lint, types, openapi, mails, messages, fmt, lock."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.etree import ElementTree

import environment
import system
import webkit
from console import ROOT, Failed, Part, Words, loudly, step
from environment import NPM_QUIET, PYTHON, UV_ENV, VENV

BACKEND = ROOT / "examples" / "backend"
OPENAPI = ROOT / "openapi" / "v1.json"
MAILS = ROOT / "docs" / "mails"
E2E = ("npm", "test", "--workspace", "examples/e2e")
MATRIX = ("npm", "run", "matrix", "--workspace", "examples/e2e")
CLASSIC = ("npm", "run", "classic", "--workspace", "examples/e2e")
# Each worker has a database and servers of its own.
PARALLEL = ("-n", "auto", "--maxprocesses", "8")
COMMON_CASE = ("--", "--project", "same-origin-drf chromium")
TEST_SETTINGS = {"DJANGO_SETTINGS_MODULE": "tests.settings"}
# Of the deployments that need no build, because the build needs what is written.
EXAMPLE_SETTINGS = {"DJANGO_SETTINGS_MODULE": "config.settings", "DEPLOYMENT": "SameOrigin"}


def prepare() -> None:
    """Everything that the development commands stand on."""
    system.provide()
    system.node_major()
    environment.python_for_development()
    environment.node_modules()


def test() -> list[Part]:
    """Run the Python, TypeScript and browser tests."""
    system.provide(browsers=True, postgresql=True, redis=True, servers=True)
    prepare()
    # The browser suite starts the server by itself, but not the build of what it serves.
    environment.build(*environment.FRONT_ENDS)
    return [
        Part("Python tests", lambda: pytest(PYTHON, *PARALLEL)),
        command("TypeScript tests", "npm", "test"),
        *_on_each_front_end("Browser tests on", E2E),
        # One deployment in one browser; `make e2e` tries all.
        _browsers("Behind TLS and a proxy", (*MATRIX, *COMMON_CASE)),
    ]


def e2e() -> list[Part]:
    """Try every deployment in every browser, over TLS."""
    system.provide(browsers=True, webkit=True, servers=True)
    prepare()
    environment.build(*environment.FRONT_ENDS)
    return e2e_parts()


def lint() -> list[Part]:
    """Run the linters and look at the format."""
    prepare()
    return lint_parts()


def types() -> list[Part]:
    """Run the type checkers."""
    prepare()
    return types_parts()


def openapi() -> list[Part]:
    """Write openapi/v1.json and the TypeScript types."""
    prepare()
    write_openapi()
    return []


def mails() -> list[Part]:
    """Write docs/mails: each mail in text and HTML, and its picture."""
    system.provide(browsers=True, pictures=True)
    prepare()
    write_mails()
    return []


def messages() -> list[Part]:
    """Write the translations anew from the strings of the code, and say what is missing."""
    prepare()
    return [command("Translations", PYTHON, ROOT / "scripts" / "catalogues.py")]


def fmt() -> list[Part]:
    """Format the code and fix what can be fixed safely."""
    prepare()
    return [
        tool("ruff check --fix", "ruff", "check", "--fix", "."),
        tool("ruff format", "ruff", "format", "."),
        command("npm run fmt", "npm", "run", "fmt"),
    ]


def lock() -> list[Part]:
    """Pin the requirements of Python and package-lock.json anew from what they are made of."""
    system.provide()
    system.node_major()
    lock_python(ROOT)
    install = ["npm", "install", "--package-lock-only"]
    step("Locking npm packages", install, env=NPM_QUIET)
    return []


def pytest(python: Path, *options: str, env: dict[str, str] | None = None) -> None:
    """Run the Python tests; with CI=true a skipped one is a failure too."""
    with _failures_named() as report:
        loudly([python, "-m", "pytest", f"--junit-xml={report}", *options], env=env)
        skipped = [case for case in _cases(report) if case.find("skipped") is not None]
        if skipped and os.environ.get("CI") == "true":
            raise Failed(f"{len(skipped)} skipped, and with CI=true nothing may be")


@contextmanager
def _failures_named() -> Iterator[Path]:
    """Name what failed in the error, which a long run repeats where its end is read."""
    report = ROOT / ".cache" / "tests.xml"
    report.unlink(missing_ok=True)
    try:
        yield report
    except Failed as error:
        raise Failed("\n  ".join([str(error), *_failures(report)])) from None


def _failures(report: Path) -> list[str]:
    return [
        f"{case.get('classname')}.{case.get('name')}: {_why(problem)}"
        for case in _cases(report)
        for problem in case
        if problem.tag in ("failure", "error")
    ]


def _why(problem: ElementTree.Element) -> str:
    """Return the message of pytest; that of Playwright is too short, its text starts with it."""
    text = (problem.text or "").strip()
    return text[:1500] if ".spec.ts:" in text[:200] else repr(problem.get("message", "")[:300])


def _cases(report: Path) -> list[ElementTree.Element]:
    if not report.exists():
        return []
    # Written by our own test runners a moment ago, so that no hostile XML is to be feared.
    return list(ElementTree.parse(report).iter("testcase"))  # noqa: S314


def e2e_parts() -> list[Part]:
    """List what tries the deployments: two browsers, and a third for a moment."""
    return [
        *_on_each_front_end("Deployments of", MATRIX),
        _browsers("Front ends of tutorials", CLASSIC),
        Part("Sign-in in WebKitGTK", webkit.signs_in),
    ]


def lint_parts() -> list[Part]:
    """List the linters, the ones for Python first."""
    return [
        tool("ruff check", "ruff", "check", "."),
        tool("ruff format", "ruff", "format", "--check", "."),
        tool("lint-imports", "lint-imports"),
        command("npm run lint", "npm", "run", "lint"),
        # Its size, its exports, what its types cost, and the code of its documentation.
        command("npm package", "npm", "run", "check", "--workspace", "js"),
    ]


def types_parts() -> list[Part]:
    """List the type checkers."""
    return [
        # The scripts are no package: they import each other as neighbours.
        tool("mypy", "mypy", env={"MYPYPATH": "scripts"}),
        # By itself, because it has a user model of its own.
        tool("mypy of the example", "mypy", ".", cwd=BACKEND),
        command("npm run types", "npm", "run", "types"),
    ]


def write_openapi() -> None:
    """Write the contract from the code, its TypeScript types, and those of the example's fields."""
    OPENAPI.parent.mkdir(exist_ok=True)
    write: Words = [PYTHON, "-m", "django", "spa_auth_openapi", "--output", OPENAPI]
    step("Writing the OpenAPI document", write, env=TEST_SETTINGS)
    step("Writing the TypeScript types", ["npm", "run", "openapi"], env=NPM_QUIET)
    for path in project_types():
        fill: Words = [PYTHON, "manage.py", "spa_auth_types", "--output", path]
        step(f"Writing {path.relative_to(ROOT)}", fill, cwd=BACKEND, env=EXAMPLE_SETTINGS)


def write_mails() -> None:
    """Write each mail from the code, and take its picture."""
    write: Words = [PYTHON, "-m", "django", "spa_auth_mails", "--output", MAILS]
    step("Writing the mails", write, env=TEST_SETTINGS)
    take = ["npm", "run", "mails", "--workspace", "examples/e2e"]
    step("Taking their pictures", take, env={**NPM_QUIET, **system.browsers()})


def project_types() -> list[Path]:
    """List where the example's front ends have the types of the example's own fields."""
    sources = [ROOT / "examples" / name / "src" for name in environment.FRONT_ENDS]
    return [source / "spa-auth.d.ts" for source in sources]


def lock_python(root: Path) -> None:
    """Pin below ``root``; what is pinned there already and still fits stays."""
    compile_: Words = [environment.uv(), "pip", "compile", "-q", "--generate-hashes"]
    compile_ += ["--custom-compile-command", "make lock"]
    package: Words = [*compile_, "--universal", "--python-version", "3.11", "--all-extras"]
    run, deploy, dev, uv = (f"requirements/{name}.txt" for name in ("run", "deploy", "dev", "uv"))
    serve: Words = [*package, "--group", "run", "-o", run, "pyproject.toml"]
    image: Words = [*package, "--group", "deploy", "-c", run, "-o", deploy, "pyproject.toml"]
    develop: Words = [*package, "--group", "dev", "-c", deploy, "-o", dev, "pyproject.toml"]
    itself: Words = [*compile_, "-o", uv, "requirements/uv.in"]
    # With the versions that the tests run on, so that what is measured is what is tested.
    measure: Words = [*compile_, "--universal", "--python-version", "3.11", "--all-extras"]
    measure += ["-c", dev, "-o", "benchmarks/requirements.txt"]
    measure += ["pyproject.toml", "benchmarks/requirements.in"]
    pins = {"run": serve, "deploy": image, "dev": develop, "uv": itself, "bench": measure}
    for name, words in pins.items():
        step(f"Pinning for {name}", words, cwd=root, env=UV_ENV)


def _on_each_front_end(name: str, argv: tuple[str, ...]) -> list[Part]:
    return [
        _browsers(f"{name} {front_end}", argv, {"FRONT_END": front_end})
        for front_end in environment.FRONT_ENDS
    ]


def _browsers(name: str, argv: tuple[str, ...], env: dict[str, str] | None = None) -> Part:
    def run() -> None:
        with _failures_named() as report:
            named = {"JUNIT_REPORT": str(report)}
            loudly(argv, env={**NPM_QUIET, **system.browsers(), **named, **(env or {})})

    return Part(name, run)


def command(
    name: str, *argv: str | Path, cwd: Path = ROOT, env: dict[str, str] | None = None
) -> Part:
    """Make a part of a command."""
    return Part(name, lambda: loudly(argv, cwd=cwd, env={**NPM_QUIET, **(env or {})}))


def tool(
    name: str, program: str, *argv: str, cwd: Path = ROOT, env: dict[str, str] | None = None
) -> Part:
    """Make a part of a program of the virtual environment."""
    return command(name, VENV / "bin" / program, *argv, cwd=cwd, env=env)
