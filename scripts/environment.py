"""What is installed into the checkout: virtual environments and node_modules."""

import os
import sys
from importlib.util import find_spec
from pathlib import Path

import system
from console import ROOT, Problem, Words, capture, step
from stamps import fingerprint, once

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
TOOLS = ROOT / ".tools"
UV = TOOLS / "uv" / "bin" / "uv"
REQUIREMENTS = ROOT / "requirements"
RUN = REQUIREMENTS / "run.txt"
DEV = REQUIREMENTS / "dev.txt"
BENCH = ROOT / "benchmarks" / "requirements.txt"
CLIENT = ROOT / "js"
FRONT_ENDS = ("react", "vue")
NPM_QUIET = {
    "npm_config_audit": "false",
    "npm_config_fund": "false",
    "npm_config_update_notifier": "false",
}
# Like pip: the certificates of the machine, among which may be those of a company.
UV_ENV = {"UV_SYSTEM_CERTS": "1"}
WHICH_PYTHON = "import sys; print(sys.version)"


def python_for_run() -> None:
    """Make ``.venv`` with what serving needs; more than that will do."""
    _venv(VENV, sys.executable, (RUN, DEV))


def python_for_development() -> None:
    """Make ``.venv`` with every tool."""
    uv()
    _venv(VENV, sys.executable, (DEV,))


def python_beside(interpreter: system.Interpreter) -> Path:
    """Install the same packages under another interpreter; the answer is its ``python``."""
    uv()
    folder = TOOLS / f"py3.{interpreter.minor}"
    _venv(folder, interpreter.path, (DEV,))
    return folder / "bin" / "python"


def python_for_benchmarks() -> Path:
    """Install the package beside those that it is measured against; the answer is its ``python``.

    Not into ``.venv``, so that no test can come to need a peer.
    """
    folder = TOOLS / "bench"
    _venv(folder, sys.executable, (BENCH,))
    return folder / "bin" / "python"


def uv() -> Path:
    """Return the tool that pins requirements, and installs them faster than pip does."""
    pinned = REQUIREMENTS / "uv.txt"

    def work() -> None:
        folder = UV.parent.parent
        _make_venv(folder, sys.executable)
        step("Installing uv", _pip(folder, pinned))

    once("uv", [fingerprint(sys.version, pinned)], UV, work)
    return UV


def node_modules() -> None:
    """Install all npm packages: without those that only tests need it would take as long."""
    node = f"node {system.node_major()}"
    manifests = [ROOT / "package.json", CLIENT / "package.json"]
    manifests += sorted(ROOT.glob("examples/*/package.json"))
    key = fingerprint(node, ROOT / "package-lock.json", *manifests)

    def work() -> None:
        # Said, because NODE_ENV=production would leave the build tools out.
        step("Installing npm packages", ["npm", "ci", "--include=dev"], env=NPM_QUIET)

    once("npm", [key], ROOT / "node_modules", work)


def build(*front_ends: str) -> None:
    """Build the pages of the examples, if anything that they are made from has changed."""
    node = f"node {system.node_major()}"
    settings = (ROOT / "package-lock.json", ROOT / "tsconfig.base.json")
    for name in front_ends:
        folder = ROOT / "examples" / name
        key = fingerprint(node, *settings, folder, CLIENT, ROOT / "openapi")

        def work(name: str = name) -> None:
            # Packs the client first, and installs it into the example.
            command = ["npm", "run", "build", "--workspace", f"examples/{name}"]
            step(f"Building the {name.capitalize()} app", command, env=NPM_QUIET)

        once(name, [key], folder / "dist" / "index.html", work)


def bare_venv(folder: Path) -> Path:
    """Make an empty environment; the answer is its ``python``."""
    _make_venv(folder, sys.executable)
    return folder / "bin" / "python"


def _venv(folder: Path, interpreter: str, pinned: tuple[Path, ...]) -> None:
    version = sys.version if interpreter == sys.executable else _version(interpreter)
    requirements = pinned[0]
    # The path is part of the key because the programs in bin/ name it in their first lines.
    keys = [f"{path.stem} {fingerprint(version, str(folder), path)}" for path in pinned]

    def work() -> None:
        _make_venv(folder, interpreter)
        label = f"Installing Python packages ({folder.relative_to(ROOT)})"
        # uv takes a tenth of the time, but does not read pip's configuration, so that it may not
        # reach the index that this machine uses. Only there for those who develop.
        command: Words = [UV, "pip", "install", "--python", folder / "bin" / "python"]
        command += ["--require-hashes", "-r", requirements]
        if not (UV.exists() and _quick(label, command)):
            step(label, _pip(folder, requirements))
        _link_sources(folder)

    once(f"python-{folder.name}", keys, folder / "bin" / "python", work)


def _make_venv(folder: Path, interpreter: str) -> None:
    if find_spec("venv") is None or find_spec("ensurepip") is None:
        raise Problem(
            f"Python's venv module is missing. On Debian: apt-get install {system.venv_package()}"
        )
    command = [interpreter, "-m", "venv", *([] if _fits(folder, interpreter) else ["--clear"])]
    step(f"Making a virtual environment ({folder.name})", [*command, str(folder)])


def _fits(folder: Path, interpreter: str) -> bool:
    """Tell an environment of that interpreter from others, and from one that was moved here."""
    if _version(folder / "bin" / "python") != _version(interpreter):
        return False
    return str(folder) in (folder / "bin" / "activate").read_text()


def _version(interpreter: str | Path) -> str:
    """Ask an interpreter what it is; the answer is empty if it is not there or does not start."""
    try:
        code, output = capture([interpreter, "-c", WHICH_PYTHON])
    except OSError:
        return ""
    return "" if code else output.strip()


def _pip(folder: Path, requirements: Path) -> Words:
    pip: Words = [folder / "bin" / "python", "-m", "pip", "install", "--disable-pip-version-check"]
    return [*pip, "--no-input", "--require-hashes", "-r", requirements]


def _quick(label: str, command: Words) -> bool:
    print(f"{label} ... ", end="", flush=True)
    code, _ = capture(command, env=UV_ENV)
    print("with pip instead:" if code else "done", flush=True)
    return code == 0


def _link_sources(folder: Path) -> None:
    """Make ``src`` importable, without a build: pip would first need the build tools."""
    for packages in folder.glob("lib/python3*/site-packages"):
        # Relative, so that a checkout can be moved.
        (packages / "django_spa_auth.pth").write_text(
            f"{os.path.relpath(ROOT / 'src', packages)}\n"
        )
