"""What the figures were taken on: enough to judge them, nothing that names the machine."""

import datetime
import os
import platform
import re
import subprocess
from importlib.metadata import version
from pathlib import Path
from typing import Any

import redis

from .processes import ROOT, Servers

PACKAGES = (
    "Django",
    "djangorestframework",
    "djangorestframework-simplejwt",
    "django-rest-knox",
    "django-allauth",
    "psycopg",
    "redis",
    "hiredis",
    "pydantic",
)


def describe(servers: Servers) -> dict[str, Any]:
    """Return date, processor, and the version of everything that takes part."""
    return {
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "revision": _revision(),
        "machine": {
            "processor": _processor(),
            "processors": os.cpu_count(),
            "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30),
            "system": platform.system(),
        },
        "versions": {
            "Python": platform.python_version(),
            **{name: version(name) for name in PACKAGES},
            "Redis server": redis.Redis.from_url(servers.redis).info("server")["redis_version"],
        },
    }


def _processor() -> str:
    information = Path("/proc/cpuinfo")
    text = information.read_text() if information.exists() else ""
    found = re.search(r"^model name\s*:\s*(.+)$", text, re.MULTILINE)
    return found[1] if found else platform.processor() or platform.machine()


def _revision() -> str | None:
    command = ["git", "rev-parse", "--short", "HEAD"]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None  # from an archive without its history
    return done.stdout.strip()
