"""Django REST framework's defaults, read off the settings: nothing of it is imported.

In the core, because a project without our `drf` room has these defaults all the more.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import Error, Warning  # noqa: A004

from spa_auth.core.deployment import Deployment
from spa_auth.core.rule import Found, deployment_rule
from spa_auth.core.settings import core

from .routes import Route, layers, name_of, routes

_BASIC = "rest_framework.authentication.BasicAuthentication"
# Tokens that other packages gave out go on opening the API, whatever becomes of the sessions.
_TOKENS = {
    "rest_framework.authentication.TokenAuthentication",
    "rest_framework_simplejwt.authentication.JWTAuthentication",
    "dj_rest_auth.jwt_auth.JWTCookieAuthentication",
    "knox.auth.TokenAuthentication",
}
_ANYBODY = "rest_framework.permissions.AllowAny"
_AUTHENTICATION = (
    'REST_FRAMEWORK = {"DEFAULT_AUTHENTICATION_CLASSES": ["spa_auth.drf.SessionAuthentication"]}'
)
_PERMISSION = 'REST_FRAMEWORK = {"DEFAULT_PERMISSION_CLASSES": ["spa_auth.drf.IsAuthenticated"]}'


@deployment_rule("R40", Error, hint=_AUTHENTICATION)
def basic_authentication(deployment: Deployment) -> Iterator[Found]:
    """A header with the password is a way in past limits and factors; it is DRF's default."""
    if not _installed():
        return
    # DRF's own default: session and Basic.
    if _BASIC in _classes("DEFAULT_AUTHENTICATION_CLASSES", _BASIC):
        yield Found("DEFAULT_AUTHENTICATION_CLASSES has BasicAuthentication, as by default.")
        return
    for route in routes():
        if _BASIC in _authenticators(route):
            yield Found(
                f"{route.path} takes BasicAuthentication.",
                "authentication_classes = [spa_auth.drf.SessionAuthentication]",
            )


@deployment_rule("R40", Warning, hint=_AUTHENTICATION)
def tokens_of_others(deployment: Deployment) -> Iterator[Found]:
    """A token of another package outlives a sign-out, and shows in no list of devices."""
    if not _installed():
        return
    for name in _classes("DEFAULT_AUTHENTICATION_CLASSES", _BASIC):
        if name in _TOKENS:
            yield Found(f"DEFAULT_AUTHENTICATION_CLASSES has {name!r}: old tokens open the API.")
    for route in routes():
        for name in sorted(_authenticators(route) & _TOKENS):
            yield Found(f"{route.path} takes {name}: old tokens open it.")


@deployment_rule("R41", Warning, hint=_PERMISSION)
def everybody_permitted(deployment: Deployment) -> Iterator[Found]:
    """A view that forgets its permissions is open to everybody: DRF's default."""
    if _installed() and _ANYBODY in _classes("DEFAULT_PERMISSION_CLASSES", _ANYBODY):
        yield Found("DEFAULT_PERMISSION_CLASSES is AllowAny, as by default.")


@deployment_rule("R53", Error, hint='REST_FRAMEWORK = {"NUM_PROXIES": 1}', deploy=True)
def throttles_miscount_proxies(deployment: Deployment) -> Iterator[Found]:
    """Without `NUM_PROXIES` DRF's throttles believe all of `X-Forwarded-For`, as clients write it.

    Asked where a view has throttles.
    """
    written = _setting("NUM_PROXIES", None)
    counted = counted_proxies(deployment)
    throttled = any(_is_drfs(item) for r in routes() for item in _class_of(r, "throttle_classes"))
    if throttled and written != counted:
        yield Found(
            f"REST_FRAMEWORK['NUM_PROXIES'] is {written!r}, the deployment's proxies are {counted}:"
            " clients choose the address that throttles count.",
            f'REST_FRAMEWORK = {{"NUM_PROXIES": {counted}}}',
        )


def counted_proxies(deployment: Deployment) -> int:
    """Return how many proxies of ours append to `X-Forwarded-For`."""
    return deployment.proxies if core.trusted_proxies is None else int(core.trusted_proxies)


def _is_drfs(throttle: object) -> bool:
    bases = {name_of(base) for base in getattr(throttle, "__mro__", ())}
    return "spa_auth.drf.throttling.CountedThrottle" not in bases  # which counts as we do


def _installed() -> bool:
    return apps.is_installed("rest_framework") or hasattr(settings, "REST_FRAMEWORK")


def _setting(name: str, default: Any) -> Any:
    return getattr(settings, "REST_FRAMEWORK", {}).get(name, default)


def _classes(name: str, default: str) -> list[str]:
    written = _setting(name, [default]) or ()
    return [item if isinstance(item, str) else name_of(item) for item in written]


def _authenticators(route: Route) -> set[str]:
    return {
        name_of(base)
        for authenticator in _class_of(route, "authentication_classes")
        for base in getattr(authenticator, "__mro__", ())
    }


def _class_of(route: Route, attribute: str) -> list[type]:
    """Return such a list of a DRF view; empty for other views."""
    views = (getattr(layer, "cls", None) for layer in layers(route.view))
    return [item for view in views for item in getattr(view, attribute, ())]
