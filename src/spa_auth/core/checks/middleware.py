"""Which middleware there must be, and in which order."""

from collections.abc import Iterator

from django.conf import settings
from django.core.checks import Error

from spa_auth.core import served
from spa_auth.core.deployment import Deployment
from spa_auth.core.rule import Found, deployment_rule, rule

from .routes import Route, layers, routes

BOUNDARY = "spa_auth.core.middleware.BoundaryMiddleware"
CSRF = "django.middleware.csrf.CsrfViewMiddleware"
LOGIN_REQUIRED = "LoginRequiredMiddleware"


def places(ending: str) -> list[int]:
    """Return where the middleware whose names end so stand, Django's, ours and the project's."""
    return [place for place, name in enumerate(settings.MIDDLEWARE) if name.endswith(ending)]


@rule("R22", Error, hint=f'Add "{CSRF}" to MIDDLEWARE, after the session middleware.')
def no_csrf_middleware() -> Iterator[Found]:
    """Without `CsrfViewMiddleware` no CSRF cookie is ever set, and other views are unprotected."""
    if not places("CsrfViewMiddleware"):
        yield Found("CsrfViewMiddleware is not installed: no CSRF cookie is ever set.")


@rule("R75", Error, hint=f'Put "{BOUNDARY}" before every SessionMiddleware in MIDDLEWARE.')
def order() -> Iterator[Found]:
    """The cookie guard must come before those that read cookies, the session before its readers."""
    boundary = places("BoundaryMiddleware")
    sessions = places("SessionMiddleware")
    if not boundary or any(place < boundary[0] for place in sessions):
        yield Found("BoundaryMiddleware must stand before the session middleware.")
    readers = ["AuthenticationMiddleware"]
    if settings.CSRF_USE_SESSIONS:
        readers.append("CsrfViewMiddleware")
    for reader in readers:
        if sessions and any(place < sessions[0] for place in places(reader)):
            yield Found(
                f"{reader} stands before the session middleware, whose session it reads.",
                f"Move {reader} below SessionMiddleware in MIDDLEWARE.",
            )


@deployment_rule("R76", Error, hint="from django.contrib.auth.decorators import login_not_required")
def sign_in_behind_a_sign_in(deployment: Deployment) -> Iterator[Found]:
    """`LoginRequiredMiddleware` redirects what it does not know to be open, our endpoints too.

    They and the front end's page say that they are open; a wrapper that hides it locks everybody
    out.
    """
    if not places(LOGIN_REQUIRED):
        return
    for route in routes():
        if is_ours(route) and getattr(route.view, "login_required", True):
            yield Found(
                f"LoginRequiredMiddleware redirects {route.path} to a sign-in page.",
                f"Wrap the view of {route.path} in login_not_required.",
            )


def is_ours(route: Route) -> bool:
    """Tell whether a route leads to an endpoint of ours or to the front end's page."""
    return "spa_auth" in route.namespaces or served.index in layers(route.view)
