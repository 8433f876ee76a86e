"""The CSRF token's way, and the origins that Django trusts in the project's other views."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.core.checks import Error, Warning  # noqa: A004

from spa_auth.core.deployment import Deployment
from spa_auth.core.origins import host_of, spelling
from spa_auth.core.rule import Found, deployment_rule, follows

_HEADER = "HTTP_X_CSRFTOKEN"
# What the front ends of the tutorials look for.
_CLASSIC = "csrftoken"
# Below these anybody gets a host of their own; a few of the public suffix list.
_SHARED = (
    "appspot.com",
    "azurewebsites.net",
    "cloudfront.net",
    "firebaseapp.com",
    "fly.dev",
    "github.io",
    "gitlab.io",
    "herokuapp.com",
    "netlify.app",
    "ngrok.app",
    "onrender.com",
    "pages.dev",
    "up.railway.app",
    "vercel.app",
    "web.app",
    "workers.dev",
)


@deployment_rule("R19", Error, hint="CSRF_COOKIE_HTTPONLY = False")
def token_cookie_hidden(deployment: Deployment) -> Iterator[Found]:
    """A front end that reads the token's cookie (`csrf_cookie=`) must be able to.

    All others take the token from our answers, so that its cookie may stay `HttpOnly`.
    """
    if deployment.csrf_cookie is not None and settings.CSRF_COOKIE_HTTPONLY:
        yield Found(
            f"CSRF_COOKIE_HTTPONLY is True: the front end cannot read {deployment.csrf_cookie!r}.",
            follows(deployment, "CSRF_COOKIE_HTTPONLY"),
        )


@deployment_rule(
    "E009", Error, hint=f'SameOrigin(["https://app.example.com"], csrf_cookie="{_CLASSIC}")'
)
def token_that_no_tutorial_finds(deployment: Deployment) -> Iterator[Found]:
    """Front ends that `spa_auth.classic` is for read the token from a cookie of this name.

    Some take the first cookie that a script can read, so that no other of ours may be readable.
    """
    if apps.is_installed("spa_auth.classic") and deployment.csrf_cookie != _CLASSIC:
        yield Found(f"csrf_cookie is {deployment.csrf_cookie!r}: those front ends find no token.")


@deployment_rule("R20", Error, hint=f'CSRF_HEADER_NAME = "{_HEADER}"')
def token_under_another_name(deployment: Deployment) -> Iterator[Found]:
    """Clients send the token as `X-CSRFToken`, and read the cookie that `csrf_cookie` names."""
    if settings.CSRF_HEADER_NAME != _HEADER:
        yield Found(
            f"CSRF_HEADER_NAME is {settings.CSRF_HEADER_NAME!r}: clients send X-CSRFToken, and "
            "every request that changes something is refused."
        )
    if deployment.csrf_cookie not in (None, settings.CSRF_COOKIE_NAME):
        yield Found(
            f"CSRF_COOKIE_NAME is {settings.CSRF_COOKIE_NAME!r}: the front end reads "
            f"{deployment.csrf_cookie!r}.",
            f"csrf_cookie={settings.CSRF_COOKIE_NAME!r} in the deployment, or no CSRF_COOKIE_NAME.",
        )


@deployment_rule("R21", Warning, hint="CSRF_USE_SESSIONS = False")
def token_in_the_session(deployment: Deployment) -> Iterator[Found]:
    """With the token in the session every anonymous visitor writes a row: storage fills up."""
    if settings.CSRF_USE_SESSIONS:
        yield Found(
            "CSRF_USE_SESSIONS is True: each anonymous request for a token stores a session.",
            follows(deployment, "CSRF_USE_SESSIONS"),
        )


@deployment_rule(
    "R23", Warning, hint='CSRF_TRUSTED_ORIGINS = ["https://app.example.com"]', sometimes=Error
)
def any_host_trusted(deployment: Deployment) -> Iterator[Found]:
    """A `*` trusts every host below, the forgotten and the hacked ones, and the parent itself.

    Below a shared domain, and below a bare suffix, those hosts are anybody's.
    """
    for origin in settings.CSRF_TRUSTED_ORIGINS:
        if "*" not in origin:
            continue
        parent = origin.rpartition("*")[2].strip("./")
        shared = "." not in parent or parent in _SHARED
        yield Found(
            f"CSRF_TRUSTED_ORIGINS has {origin!r}: every host below {parent or 'any domain'} may "
            "send forms in a person's name.",
            follows(deployment, "CSRF_TRUSTED_ORIGINS"),
            Error if shared else None,
        )


@deployment_rule("R24", Error, hint='CSRF_TRUSTED_ORIGINS = ["https://app.example.com"]')
def clear_origin_trusted(deployment: Deployment) -> Iterator[Found]:
    """Whoever is on the way speaks for an http origin."""
    for origin in settings.CSRF_TRUSTED_ORIGINS:
        if deployment.secure and origin.startswith("http://"):
            yield Found(
                f"CSRF_TRUSTED_ORIGINS has {origin!r}: whoever is on the way speaks for it.",
                f"Write {'https' + origin[4:]!r}, or take it out.",
            )


@deployment_rule("R25", Error, hint='CSRF_TRUSTED_ORIGINS = ["https://app.example.com"]')
def origin_that_never_matches(deployment: Deployment) -> Iterator[Found]:
    """Browsers compare letter by letter: scheme and host, no path, no slash, no default port."""
    for origin in settings.CSRF_TRUSTED_ORIGINS:
        right = spelling(origin)
        if right != origin:
            yield Found(
                f"CSRF_TRUSTED_ORIGINS has {origin!r}, which no browser sends.",
                f"Write {right!r}." if right else "Write scheme and host: https://app.example.com",
            )


def is_trusted(origin: str) -> bool:
    """Tell whether Django accepts a form from this origin."""
    host = host_of(origin)
    scheme = urlsplit(origin).scheme
    return any(
        origin == trusted
        or (
            trusted.startswith(f"{scheme}://*.")
            and f".{host}".endswith(trusted.removeprefix(f"{scheme}://*"))
        )
        for trusted in settings.CSRF_TRUSTED_ORIGINS
    )
