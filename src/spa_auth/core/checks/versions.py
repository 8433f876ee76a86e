"""Versions with known holes in what we stand on."""

import re
from collections.abc import Iterator
from importlib import metadata

import django
from django.core.checks import Error

from spa_auth.core.rule import Found, rule

# As of 3 November 2026: the last release of each series that closed a hole which concerns us.
# CVE-2026-113593 (private pages from a cache), docs.djangoproject.com/en/dev/releases/security/
_DJANGO = {(5, 2): (5, 2, 19), (6, 0): (6, 0, 10), (6, 1): (6, 1, 3)}
# CVE-2026-114136 (memory for a small body), github.com/advisories/GHSA-3547-9m27-7rxg
_DRF = (3, 18, 2)


@rule("R74", Error, hint="pip install --upgrade django djangorestframework", deploy=True)
def known_holes() -> Iterator[Found]:
    """A release of Django or DRF with a published hole."""
    fixed = _DJANGO.get(django.VERSION[:2])
    if fixed and django.VERSION[:3] < fixed:
        yield _behind("Django", "django", django.VERSION[:3], fixed)
    installed = _installed("djangorestframework")
    if installed and installed < _DRF:
        yield _behind("Django REST framework", "djangorestframework", installed, _DRF)


def _behind(name: str, package: str, version: tuple[int, ...], fixed: tuple[int, ...]) -> Found:
    return Found(
        f"{name} {_dotted(version)} has known holes; {_dotted(fixed)} closes them.",
        f'pip install --upgrade "{package}>={_dotted(fixed)}"',
    )


def _installed(package: str) -> tuple[int, ...]:
    try:
        return tuple(map(int, re.findall(r"\d+", metadata.version(package))[:3]))
    except metadata.PackageNotFoundError:
        return ()


def _dotted(version: tuple[int, ...]) -> str:
    return ".".join(map(str, version))
