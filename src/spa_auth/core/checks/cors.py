"""CORS, which django-cors-headers answers: who may read our answers, and with whose cookies."""

import re
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import Error, Warning  # noqa: A004

from spa_auth.core.deployment import CrossOrigin, Deployment
from spa_auth.core.origins import spelling
from spa_auth.core.rule import Found, deployment_rule, follows

from .csrf import is_trusted
from .middleware import places

CORS = "corsheaders.middleware.CorsMiddleware"
_ORIGINS = 'CORS_ALLOWED_ORIGINS = ["https://app.example.com"]'
# What may answer a request by itself: such an answer lacks the headers of what stands below.
_ANSWERS = (
    "SecurityMiddleware",
    "WhiteNoiseMiddleware",
    "FetchFromCacheMiddleware",
    "BoundaryMiddleware",
    "SessionMiddleware",
    "LocaleMiddleware",
    "CommonMiddleware",
    "CsrfViewMiddleware",
    "LoginRequiredMiddleware",
)
_NEEDED = ("content-type", "x-csrftoken")
_READ = ("retry-after",)


@deployment_rule("R26", Error, hint='CrossOrigin(["https://app.example.com"], api=...)')
def lists_differ(deployment: Deployment) -> Iterator[Found]:
    """The origins that may read with cookies and those that may change something are one list.

    An origin in one of them only signs in and cannot do anything, or is trusted and cannot read.
    """
    if not _installed() or not _credentials():
        return
    for origin in _origins():
        if origin not in deployment.origins or not is_trusted(origin):
            yield Found(
                f"CORS_ALLOWED_ORIGINS has {origin!r}, which may not send what changes something.",
                f"Write it into the deployment: {type(deployment).__name__}([..., {origin!r}], "
                "...), and take out CORS_ALLOWED_ORIGINS and CSRF_TRUSTED_ORIGINS.",
            )
    if not isinstance(deployment, CrossOrigin):
        return
    for origin in deployment.origins:
        if not _may_read(origin):
            yield Found(
                f"CORS_ALLOWED_ORIGINS lacks {origin!r}: this front end cannot read any answer.",
                follows(deployment, "CORS_ALLOWED_ORIGINS"),
            )
        if not is_trusted(origin):
            yield Found(
                f"CSRF_TRUSTED_ORIGINS lacks {origin!r}: your own views refuse its requests.",
                follows(deployment, "CSRF_TRUSTED_ORIGINS"),
            )


@deployment_rule("R27", Error, hint=_ORIGINS)
def every_origin_reads(deployment: Deployment) -> Iterator[Found]:
    """Every origin, with credentials: any page reads what the person may read."""
    if _installed() and _credentials() and _everybody():
        yield Found(
            "CORS_ALLOW_ALL_ORIGINS is True with CORS_ALLOW_CREDENTIALS: any page reads what a "
            "signed-in person may read."
        )


@deployment_rule("R28", Error, hint=r'CORS_ALLOWED_ORIGIN_REGEXES = [r"\Ahttps://app\.x\.com\Z"]')
def loose_pattern(deployment: Deployment) -> Iterator[Found]:
    """A pattern is matched from the start only: without an end, `...com.evil.test` matches too.

    A dot that is not escaped is any character.
    """
    for pattern in _patterns() if _installed() else ():
        if not all(alternative.endswith("$") for alternative in _alternatives(pattern)):
            yield Found(
                f"CORS_ALLOWED_ORIGIN_REGEXES has {pattern!r}, which has no end: it also matches "
                "a host of somebody else that begins so.",
                r"End it with \Z; put alternatives in brackets, and \Z behind: (?:a|b)\Z",
            )
        if re.search(r"\.(?![*+?{])", _bare(pattern)):
            yield Found(
                f"CORS_ALLOWED_ORIGIN_REGEXES has {pattern!r}, whose dot matches any character.",
                r"Write \. for a dot.",
            )


@deployment_rule("R29", Error, hint=_ORIGINS)
def nobody_reads(deployment: Deployment) -> Iterator[Found]:
    """`null` is the origin of every sandboxed frame, on any page."""
    if _installed() and "null" in _all_origins():
        yield Found(
            "CORS_ALLOWED_ORIGINS has 'null': every sandboxed frame of any page is that.",
            "Take 'null' out.",
        )


@deployment_rule("R30", Error, hint=_ORIGINS)
def clear_origin_reads(deployment: Deployment) -> Iterator[Found]:
    """Whoever is on the way speaks for an http origin."""
    for origin in _all_origins() if _installed() and deployment.secure else ():
        if origin.lower().startswith("http://"):
            yield Found(
                f"CORS_ALLOWED_ORIGINS has {origin!r}: whoever is on the way speaks for it.",
                f"Write {'https' + origin[4:]!r}, or take it out.",
            )


@deployment_rule("R31", Error, hint=_ORIGINS)
def reader_that_never_matches(deployment: Deployment) -> Iterator[Found]:
    """Origins are compared letter by letter: no capitals, no default port, no slash."""
    for origin in _all_origins() if _installed() else ():
        right = spelling(origin)
        if right not in (None, origin):
            yield Found(
                f"CORS_ALLOWED_ORIGINS has {origin!r}, which no browser sends.", f"Write {right!r}."
            )


@deployment_rule("R32", Error, hint=f'MIDDLEWARE = ["{CORS}", ...]')
def cors_middleware(deployment: Deployment) -> Iterator[Found]:
    """`CorsMiddleware` must be first: an answer from above it cannot be read by the front end."""
    needed = isinstance(deployment, CrossOrigin)
    here = places("CorsMiddleware")
    if not here and (needed or apps.is_installed("corsheaders")):
        yield Found(
            "CorsMiddleware is not installed: a front end of another origin cannot read anything.",
            f'pip install "django-spa-auth[cors]", INSTALLED_APPS += ["corsheaders"] and "{CORS}" '
            "first in MIDDLEWARE.",
        )
    for name in _ANSWERS:
        above = [place for place in places(name) if here and place < here[0]]
        if above:
            yield Found(
                f"CorsMiddleware stands below {name}, whose own answers the front end cannot read.",
                f'Put "{CORS}" first in MIDDLEWARE.',
            )


@deployment_rule(
    "R33",
    Error,
    hint='CORS_ALLOW_HEADERS = [*default_headers, "x-csrftoken"]',
    sometimes=Warning,
)
def header_held_back(deployment: Deployment) -> Iterator[Found]:
    """Clients send JSON and `X-CSRFToken`, and read from `Retry-After` when to come again."""
    if not isinstance(deployment, CrossOrigin) or not _installed():
        return
    # Without the setting django-cors-headers allows both.
    allowed = [name.lower() for name in getattr(settings, "CORS_ALLOW_HEADERS", _NEEDED)]
    exposed = [name.lower() for name in getattr(settings, "CORS_EXPOSE_HEADERS", ())]
    for name in _NEEDED:
        if name not in allowed:
            yield Found(
                f"CORS_ALLOW_HEADERS lacks {name!r}: the browser sends none of our requests.",
                follows(deployment, "CORS_ALLOW_HEADERS"),
            )
    for name in _READ:
        if name not in exposed:
            yield Found(
                f"CORS_EXPOSE_HEADERS lacks {name!r}: the front end cannot say when to try again.",
                follows(deployment, "CORS_EXPOSE_HEADERS"),
                Warning,
            )


@deployment_rule("R34", Error, hint="CORS_ALLOW_CREDENTIALS = True")
def cookies_held_back(deployment: Deployment) -> Iterator[Found]:
    """Without credentials browsers neither send nor keep a cookie across origins."""
    if isinstance(deployment, CrossOrigin) and _installed() and not _credentials():
        yield Found(
            "CORS_ALLOW_CREDENTIALS is False: browsers send no cookie, and nobody is signed in.",
            follows(deployment, "CORS_ALLOW_CREDENTIALS"),
        )


def _installed() -> bool:
    return apps.is_installed("corsheaders") or bool(places("CorsMiddleware"))


def _credentials() -> bool:
    return getattr(settings, "CORS_ALLOW_CREDENTIALS", False)


def _everybody() -> bool:
    return bool(_cors("CORS_ALLOW_ALL_ORIGINS", "CORS_ORIGIN_ALLOW_ALL", default=False))


def _all_origins() -> list[str]:
    return list(_cors("CORS_ALLOWED_ORIGINS", "CORS_ORIGIN_WHITELIST", default=()))


def _origins() -> list[str]:
    """Return the origins that a browser may send; others are for the rules R29 and R31."""
    return [origin for origin in _all_origins() if spelling(origin) == origin]


def _patterns() -> list[str]:
    written = _cors("CORS_ALLOWED_ORIGIN_REGEXES", "CORS_ORIGIN_REGEX_WHITELIST", default=())
    return [getattr(pattern, "pattern", pattern) for pattern in written]


def _may_read(origin: str) -> bool:
    return (
        _everybody()
        or origin in _all_origins()
        or any(_matches(pattern, origin) for pattern in _patterns())
    )


def _matches(pattern: str, origin: str) -> bool:
    try:
        return re.match(pattern, origin) is not None
    except re.error:  # a request will say so
        return False


def _cors(name: str, old_name: str, *, default: Any) -> Any:
    """Return a setting as django-cors-headers reads it, which still knows the old names."""
    return getattr(settings, name, getattr(settings, old_name, default))


def _bare(pattern: str) -> str:
    """Return a pattern without escaped characters and classes; an end is `$`, however written."""
    ended = re.sub(r"\\[Zz]", "$", pattern)
    return re.sub(r"\[[^\]]*\]", "x", re.sub(r"\\.", "x", ended))


def _alternatives(pattern: str) -> list[str]:
    """Split at each `|` that no bracket encloses."""
    bare = _bare(pattern)
    while (inner := re.sub(r"\([^()]*\)", "x", bare)) != bare:
        bare = inner
    return bare.split("|")
