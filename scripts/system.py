"""What the machine must provide: Node, browsers, servers, other Pythons, a free port."""

import errno
import os
import random
import re
import shutil
import socket
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from console import Problem, capture, step

PYTHON_MINORS = (11, 12, 13, 14)
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
FIREFOX_NAMES = ("firefox-esr", "firefox")
REDIS_NAMES = ("redis-server", "valkey-server")
_handed_out: set[int] = set()


@dataclass(frozen=True)
class Interpreter:
    """A Python 3 that was started and can make virtual environments."""

    minor: int
    path: str


def node_major() -> int:
    """Return the major version of Node, or a Problem when there is none that will do."""
    wanted = "Node 20.19+, 22.12+ or newer is needed"
    if shutil.which("node") is None:
        raise Problem(f"{wanted}, and there is no node on PATH: see https://nodejs.org")
    _, output = capture(["node", "--version"])
    found = re.fullmatch(r"v((\d+)\.(\d+)\.\S+)", output.strip())
    if found is None:
        raise Problem(f"{wanted}, and node --version says {output.strip()!r}")
    major, minor = int(found[2]), int(found[3])
    # The range that Vite 8 supports.
    if not (major > 22 or (major, minor) >= (22, 12) or (major == 20 and minor >= 19)):
        raise Problem(f"{wanted}, this is {found[1]}: see https://nodejs.org")
    if shutil.which("npm") is None:
        raise Problem("npm is needed, it comes with Node: see https://nodejs.org")
    return major


def port() -> int:
    """Return the port that ``PORT`` names, or 8000; a Problem when it is no port or not free."""
    text = os.environ.get("PORT") or "8000"
    if not re.fullmatch(r"[0-9]{1,5}", text) or not 1 <= int(text) <= 65535:
        raise Problem(f"PORT must be a number from 1 to 65535, not {text!r}")
    number = int(text)
    for family, address in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        _require_free(family, address, number)
    return number


def is_free(number: int) -> bool:
    """Tell whether nobody serves on a port of the loopback address."""
    try:
        _require_free(socket.AF_INET, "127.0.0.1", number)
    except Problem:
        return False
    return True


def free_port() -> int:
    """Find a free port below the range that outgoing connections take theirs from."""
    (number,) = free_ports(1)
    return number


def free_ports(count: int) -> list[int]:
    """Find several free ports, none of which was handed out before."""
    found: list[int] = []
    # From somewhere else each time, for another run on this machine looks at the same moment.
    start = random.randrange(12000)  # noqa: S311 - no secret
    for offset in range(12000):
        number = 20000 + (start + offset) % 12000
        if number in _handed_out:
            continue
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", number))
            except OSError:
                continue
            found.append(number)
            _handed_out.add(number)
        if len(found) == count:
            return found
    raise Problem("no port between 20000 and 32000 is free")


def browsers() -> dict[str, str]:
    """Find the browsers; the answer is the environment that the browser suite reads."""
    found = {"CHROMIUM": _chromium(), "FIREFOX": _firefox()}
    missing = [name for name, path in found.items() if path is None]
    if missing:
        raise Problem(f"not found: {', '.join(missing)}")
    return {name: path for name, path in found.items() if path}


def postgresql_programs() -> Path | None:
    """Find ``initdb`` and ``pg_ctl``; Debian keeps them off PATH, in a folder per version."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_numbers)
    on_path = shutil.which("initdb")
    if debian:
        return debian[-1].parent
    return Path(on_path).resolve().parent if on_path else None


def redis_program() -> str | None:
    """Find a server that speaks Redis's protocol."""
    return _program("REDIS", REDIS_NAMES)


def nginx() -> str | None:
    """Find nginx; Debian keeps it off the PATH of ordinary users."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")


def mini_browser() -> Path | None:
    """Find the window that WebKitGTK's driver steers; Debian keeps it off PATH."""
    found = sorted(Path("/usr/lib").glob("*/webkit2gtk-4.1/MiniBrowser"))
    return found[0] if found else None


def provide(
    *,
    browsers: bool = False,
    webkit: bool = False,
    postgresql: bool = False,
    mariadb: bool = False,
    redis: bool = False,
    servers: bool = False,
    pictures: bool = False,
) -> None:
    """Install system packages that are missing where we may, else name the command."""
    packages = [] if find_spec("ensurepip") else [venv_package()]
    if browsers:
        packages += [] if _chromium() else ["chromium"]
        packages += [] if _firefox() else ["firefox-esr"]
    if webkit:
        driver = shutil.which("WebKitWebDriver") and mini_browser()
        packages += [] if driver else ["webkit2gtk-driver"]
        packages += [] if shutil.which("Xvfb") else ["xvfb"]
    if postgresql and postgresql_programs() is None:
        packages.append("postgresql")
    if mariadb and shutil.which("mariadbd") is None:
        packages.append("mariadb-server")
    if redis and redis_program() is None:
        packages.append("redis-server")
    if servers and nginx() is None:
        packages.append("nginx-light")
    if pictures and shutil.which("pngquant") is None:
        packages.append("pngquant")
    if not packages:
        return
    install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        raise Problem(
            f"missing: {', '.join(packages)}. On Debian: sudo apt-get update && sudo "
            f"{' '.join(install)}. CHROMIUM, FIREFOX and REDIS can name programs elsewhere."
        )
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    step("Reading the list of system packages", ["apt-get", "update"], env=quiet)
    step(f"Installing system packages: {' '.join(packages)}", install, env=quiet)


def venv_package() -> str:
    """Debian takes ensurepip out of Python and puts it into this package."""
    return f"python3.{sys.version_info.minor}-venv"


def other_interpreters() -> list[Interpreter]:
    """Find the supported Pythons on this machine apart from the running one, oldest first."""
    others = [minor for minor in PYTHON_MINORS if minor != sys.version_info.minor]
    return [found for minor in others if (found := _interpreter(minor))]


def _interpreter(minor: int) -> Interpreter | None:
    for path in _candidates(f"python3.{minor}"):
        # Asked, not assumed: a pyenv shim is on PATH also for versions that are not active, and
        # Debian's Python may be without venv.
        code, output = capture(
            [path, "-c", "import sys, venv, ensurepip; print(sys.version_info.minor)"]
        )
        if code == 0 and output.strip() == str(minor):
            return Interpreter(minor, str(path))
    return None


def _candidates(name: str) -> Iterator[Path]:
    for folder in os.get_exec_path():
        if shutil.which(name, path=folder):
            yield Path(folder) / name
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    yield from sorted(pyenv.glob(f"versions/*/bin/{name}"), key=_numbers, reverse=True)


def _numbers(path: Path) -> list[int]:
    return [int(digits) for digits in re.findall(r"\d+", str(path))]


def _chromium() -> str | None:
    return _program("CHROMIUM", CHROMIUM_NAMES)


def _firefox() -> str | None:
    return _program("FIREFOX", FIREFOX_NAMES)


def _program(variable: str, names: tuple[str, ...]) -> str | None:
    given = os.environ.get(variable)
    if given and shutil.which(given) is None:
        raise Problem(f"{variable} is {given!r}, which is not a program")
    return next((path for name in (given, *names) if name and (path := shutil.which(name))), None)


def _require_free(family: int, address: str, number: int) -> None:
    taken = Problem(
        f"Port {number} is in use. Stop what uses it, or choose another one: "
        f"PORT={number + 1 if number < 65535 else 8000} make run"
    )
    # By connecting first: some systems let us bind beside a server that has all addresses.
    # Also on ::1, although we do not serve there: a browser asks it first for localhost, and would
    # show somebody else's page.
    try:
        with socket.socket(family) as probe:
            probe.settimeout(1)
            if probe.connect_ex((address, number)) == 0:
                raise taken
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((address, number))
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise taken from error
        if error.errno == errno.EACCES:
            raise Problem(
                f"Port {number} needs administrator rights: PORT=8000 make run"
            ) from error
        if family == socket.AF_INET6:
            return  # No IPv6 on this machine: nobody can be there.
        raise Problem(f"Port {number} cannot be used: {error.strerror}") from error
