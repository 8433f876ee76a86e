"""The attributes of the cookies: what browsers drop, what siblings and foreign sites can do."""

from collections.abc import Iterator

from django.apps import apps
from django.conf import settings
from django.core.checks import Error, Warning  # noqa: A004

from spa_auth.core.deployment import Deployment
from spa_auth.core.rule import Found, deployment_rule, follows, rule

from .middleware import BOUNDARY, places

_DROPPED = "browsers drop the cookie: signing in works, and nobody is signed in"
# Rooms and packages whose links or redirects bring people in from elsewhere.
_ARRIVALS = (
    "spa_auth.social",
    "spa_auth.email",
    "social_django",
    "allauth.socialaccount",
    "mozilla_django_oidc",
    "sesame",
)


@deployment_rule("R05", Error, hint="SESSION_COOKIE_SECURE = True")
def session_in_clear(deployment: Deployment) -> Iterator[Found]:
    """Without `Secure` the session's cookie travels over http too (ASVS 3.3.1)."""
    if deployment.secure and not settings.SESSION_COOKIE_SECURE:
        yield Found(
            f"SESSION_COOKIE_SECURE is {settings.SESSION_COOKIE_SECURE!r}: whoever is on the way "
            "reads the session's key.",
            follows(deployment, "SESSION_COOKIE_SECURE"),
        )


@deployment_rule("R06", Warning, hint="CSRF_COOKIE_SECURE = True")
def token_in_clear(deployment: Deployment) -> Iterator[Found]:
    """Without `Secure` the CSRF token's cookie travels over http too (ASVS 3.3.1)."""
    if deployment.secure and not settings.CSRF_COOKIE_SECURE and not settings.CSRF_USE_SESSIONS:
        yield Found(
            f"CSRF_COOKIE_SECURE is {settings.CSRF_COOKIE_SECURE!r}: the token travels in clear.",
            follows(deployment, "CSRF_COOKIE_SECURE"),
        )


@deployment_rule("R07", Warning, hint='SESSION_COOKIE_NAME = "__Host-sessionid"')
def session_from_a_sibling(deployment: Deployment) -> Iterator[Found]:
    """Any sibling host can plant a cookie whose name has no `__Host-` (RFC 6265bis, 4.1.3.2)."""
    plain = not settings.SESSION_COOKIE_NAME.startswith("__Host-")
    host_only = settings.SESSION_COOKIE_PATH == "/" and not settings.SESSION_COOKIE_DOMAIN
    if deployment.secure and plain and host_only:
        yield Found(
            f"SESSION_COOKIE_NAME is {settings.SESSION_COOKIE_NAME!r}: a sibling host can set it.",
            follows(deployment, "SESSION_COOKIE_NAME"),
        )


@rule(
    "R08",
    Error,
    hint='SESSION_COOKIE_SECURE = True; SESSION_COOKIE_PATH = "/"; SESSION_COOKIE_DOMAIN = None',
)
def host_prefix_broken() -> Iterator[Found]:
    """Browsers accept `__Host-` only with `Secure`, `Path=/` and no `Domain`; Django sends any."""
    for cookie, name in _cookies():
        if not name.startswith("__Host-"):
            continue
        wrong = {
            f"{cookie}_DOMAIN": (getattr(settings, f"{cookie}_DOMAIN") or None, None),
            f"{cookie}_PATH": (getattr(settings, f"{cookie}_PATH"), "/"),
            f"{cookie}_SECURE": (bool(getattr(settings, f"{cookie}_SECURE")), True),
        }
        for setting, (value, right) in wrong.items():
            if value != right:
                yield Found(
                    f"{setting} is {value!r} for the cookie {name!r}: {_DROPPED}.",
                    f"{setting} = {right!r}",
                )


@rule("R09", Error, hint="SESSION_COOKIE_SECURE = True")
def secure_prefix_broken() -> Iterator[Found]:
    """Browsers accept `__Secure-` only with `Secure` (RFC 6265bis, 4.1.3.1)."""
    for cookie, name in _cookies():
        if name.startswith("__Secure-") and not getattr(settings, f"{cookie}_SECURE"):
            yield Found(
                f"{cookie}_SECURE is False for the cookie {name!r}: {_DROPPED}.",
                f"{cookie}_SECURE = True",
            )


@deployment_rule("R10", Warning, hint="SESSION_COOKIE_DOMAIN = None")
def session_for_every_sibling(deployment: Deployment) -> Iterator[Found]:
    """With `Domain` every sibling host receives the session's key, and can set it."""
    if settings.SESSION_COOKIE_DOMAIN:
        yield Found(
            f"SESSION_COOKIE_DOMAIN is {settings.SESSION_COOKIE_DOMAIN!r}: every host below it "
            "receives the session's key.",
            follows(deployment, "SESSION_COOKIE_DOMAIN"),
        )


@deployment_rule("R11", Error, hint='SESSION_COOKIE_SAMESITE = "Lax"')
def same_site_left_out(deployment: Deployment) -> Iterator[Found]:
    """Without the attribute Firefox and Safari send the cookie with every foreign request."""
    if not settings.SESSION_COOKIE_SAMESITE:
        yield Found(
            f"SESSION_COOKIE_SAMESITE is {settings.SESSION_COOKIE_SAMESITE!r}: the attribute is "
            "left out, and Firefox and Safari send the session with foreign requests.",
            follows(deployment, "SESSION_COOKIE_SAMESITE"),
        )


@rule("R12", Error, hint="SESSION_COOKIE_SECURE = True")
def none_without_secure() -> Iterator[Found]:
    """Browsers drop a cookie with `SameSite=None` that is not `Secure`."""
    if _same_site() == "none" and not settings.SESSION_COOKIE_SECURE:
        yield Found(
            f'SESSION_COOKIE_SECURE is False with SESSION_COOKIE_SAMESITE = "None": {_DROPPED}.'
        )


@deployment_rule("R13", Error, hint=f'Put "{BOUNDARY}" into MIDDLEWARE: it marks the cookies.')
def not_partitioned(deployment: Deployment) -> Iterator[Found]:
    """Across sites browsers keep only cookies that are `Partitioned` (CHIPS).

    The boundary middleware marks them, on every Python.
    """
    if deployment.partitioned and not places("BoundaryMiddleware"):
        yield Found("Nothing marks the cookies as Partitioned: across sites browsers refuse them.")


@deployment_rule("R14", Warning, hint='SESSION_COOKIE_SAMESITE = "Lax"')
def none_for_nothing(deployment: Deployment) -> Iterator[Found]:
    """Only a front end of another site needs `SameSite=None`; elsewhere it only helps forgers."""
    if _same_site() == "none" and not deployment.partitioned:
        yield Found(
            "SESSION_COOKIE_SAMESITE is 'None' although front end and Django share a site: foreign "
            "pages send the session for nothing.",
            follows(deployment, "SESSION_COOKIE_SAMESITE"),
        )


@deployment_rule("R15", Error, hint='SESSION_COOKIE_SAMESITE = "Lax"')
def strict_with_arrivals(deployment: Deployment) -> Iterator[Found]:
    """`Strict` is withheld when people come from a provider's page or a link in a mail."""
    arrivals = [name for name in _ARRIVALS if apps.is_installed(name)]
    if _same_site() == "strict" and arrivals:
        yield Found(
            f"SESSION_COOKIE_SAMESITE is 'Strict' with {', '.join(arrivals)}: who comes back from "
            "there has no session.",
            follows(deployment, "SESSION_COOKIE_SAMESITE"),
        )


@rule("R18", Error, hint="SESSION_COOKIE_HTTPONLY = True")
def session_open_to_scripts() -> Iterator[Found]:
    """Without `HttpOnly` one hole for foreign script gives the session's key away (ASVS 3.3.4)."""
    if not settings.SESSION_COOKIE_HTTPONLY:
        yield Found("SESSION_COOKIE_HTTPONLY is False: any script in the page reads the key.")


def _same_site() -> str:
    return str(settings.SESSION_COOKIE_SAMESITE).lower()


def _cookies() -> Iterator[tuple[str, str]]:
    yield "SESSION_COOKIE", settings.SESSION_COOKIE_NAME
    if not settings.CSRF_USE_SESSIONS:
        yield "CSRF_COOKIE", settings.CSRF_COOKIE_NAME
