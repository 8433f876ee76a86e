"""The URLs of every installed room, for `path("api/", include("spa_auth.urls"))`."""

import re

from django.urls import path

from .core.dispatch import view_for
from .core.endpoint import pages, registry

app_name = "spa_auth"

# What every page asks, first: Django tries one pattern after the other.
_OFTEN = ("session", "whoami", "csrf", "config")


def _place(route: str) -> tuple[bool, int, str]:
    """Return where a route stands; fixed ones first: `sessions/revoke-others` is no id."""
    return "<" in route, _OFTEN.index(route) if route in _OFTEN else len(_OFTEN), route


_views = {route: view_for(route) for route in registry} | pages
# With and without the trailing slash, because a redirect would turn a POST into a GET.
urlpatterns = [
    path(f"{route}{slash}", _views[route], name=re.sub(r"\W+", "-", route).strip("-"))
    for route in sorted(_views, key=_place)
    for slash in ("", "/")
]
