"""Django's page cache, which keeps a page for everybody who seems to ask the same."""

from collections.abc import Iterator
from types import FunctionType
from typing import Any

from django.core.checks import Error, Warning  # noqa: A004
from django.middleware.cache import CacheMiddleware
from django.middleware.csrf import CsrfViewMiddleware

from spa_auth.core.deployment import Deployment
from spa_auth.core.rule import Found, deployment_rule

from .middleware import is_ours, places
from .routes import Route, layers, routes


@deployment_rule(
    "R61", Error, hint="Take cache_page away from pages with tokens.", sometimes=Warning
)
def kept_for_everybody(deployment: Deployment) -> Iterator[Found]:
    """A kept page gives one person's token or data to the next (CVE-2026-35192, CVE-2026-48588).

    Our own answers say `no-store`; a cache of the whole site still keeps the project's pages.
    """
    if places("UpdateCacheMiddleware"):
        yield Found(
            "UpdateCacheMiddleware keeps every page of the site that does not forbid it.",
            "Take it out, and write cache_page on the views that are the same for everybody.",
            Warning,
        )
    for route in routes():
        wrapped = list(_closed_over(route))
        cached = any(isinstance(item, CacheMiddleware) for item in wrapped)
        # ensure_csrf_cookie and its like are middleware made into decorators, too.
        token = any(isinstance(item, CsrfViewMiddleware) for item in wrapped)
        if cached and (token or is_ours(route)):
            yield Found(
                f"cache_page keeps {route.path}, which differs from person to person.",
                f"Take cache_page away from {route.path}.",
            )


def _closed_over(route: Route) -> Iterator[Any]:
    """Yield what a view's decorators hold: one made of a middleware has it two levels in."""
    for layer in layers(route.view):
        for value in _cells(layer):
            yield value
            yield from _cells(value)


def _cells(function: Any) -> list[Any]:
    closure = function.__closure__ if isinstance(function, FunctionType) else None
    return [cell.cell_contents for cell in closure or ()]
