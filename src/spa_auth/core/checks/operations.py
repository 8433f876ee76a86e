"""Django Ninja's operations, read off the URLs: nothing of it is imported.

In the core, because a project without our `ninja` room has these doors all the more.
"""

from collections.abc import Callable, Iterator
from inspect import getclosurevars, isfunction
from typing import Any

from django.conf import settings
from django.core.checks import Error, Warning  # noqa: A004

from spa_auth.core.deployment import Deployment
from spa_auth.core.rule import Found, deployment_rule

from .rest import counted_proxies
from .routes import layers, name_of, routes

_BASIC = "ninja.security.http.HttpBasicAuth"
_COOKIE = "ninja.security.apikey.APIKeyCookie"
_AUTH = "auth=spa_auth.ninja.session_auth"


@deployment_rule("R40", Error, hint=_AUTH)
def operation_with_a_password(deployment: Deployment) -> Iterator[Found]:
    """A header with the password is a way in past limits and factors, also to a Ninja API."""
    for path in _where(lambda operation: _authenticators(operation, _BASIC)):
        yield Found(f"{path} takes HttpBasicAuth.")


@deployment_rule("R22", Error, hint=_AUTH)
def operation_with_a_bare_cookie(deployment: Deployment) -> Iterator[Found]:
    """A Ninja operation that believes a cookie, and asks no CSRF token, does what pages say."""
    for path in _where(_believes_a_cookie):
        yield Found(f"{path} believes a cookie without a CSRF token.")


@deployment_rule("R41", Warning, hint="api = spa_auth.ninja.Api()")
def operations_without_a_word(deployment: Deployment) -> Iterator[Found]:
    """A Ninja operation that says nothing is open to everybody, unless its API says who may."""
    open_to_all = {
        operation.api: path
        for path, operation in _operations()
        if not operation.auth_callbacks and _is_unsaid(operation) and _is_unsaid(operation.api)
    }
    for path in open_to_all.values():
        yield Found(f"{path} says not who may use it, and its API neither.")


@deployment_rule("R53", Error, hint="NINJA_NUM_PROXIES = 1", deploy=True)
def throttles_of_operations_miscount_proxies(deployment: Deployment) -> Iterator[Found]:
    """Without `NINJA_NUM_PROXIES` Ninja's throttles believe all of `X-Forwarded-For`."""
    written, counted = getattr(settings, "NINJA_NUM_PROXIES", None), counted_proxies(deployment)
    if written != counted and _where(lambda operation: operation.throttle_objects):
        yield Found(
            f"NINJA_NUM_PROXIES is {written!r}, the deployment's proxies are {counted}:"
            " clients choose the address that throttles count.",
            f"NINJA_NUM_PROXIES = {counted}",
        )


def _operations() -> Iterator[tuple[str, Any]]:
    seen: set[int] = set()
    for route in routes():
        for layer in layers(route.view):
            view = getclosurevars(layer).nonlocals.get("self") if isfunction(layer) else None
            # One view of Ninja's is mounted once for each of its operations.
            if name_of(type(view)) == "ninja.operation.PathView" and id(view) not in seen:
                seen.add(id(view))
                yield from ((route.path, each) for each in view.operations)  # type: ignore[union-attr]


def _where(holds: Callable[[Any], object]) -> list[str]:
    return sorted({path for path, operation in _operations() if holds(operation)})


def _authenticators(operation: Any, name: str) -> list[Any]:
    """Return those of an operation that are of a class, or of one made from it."""
    asked = operation.auth_callbacks
    return [each for each in asked if name in {name_of(base) for base in type(each).__mro__}]


def _believes_a_cookie(operation: Any) -> bool:
    cookies = _authenticators(operation, _COOKIE)
    return any(not each.csrf or operation.csrf_exempt for each in cookies)


def _is_unsaid(item: Any) -> bool:
    said = item.auth_param if hasattr(item, "auth_param") else item.auth
    return type(said).__name__ == "NOT_SET_TYPE"
