"""The URLs of every installed room, for `path("api/", include("spa_auth.urls"))`."""

import re

from django.urls import path

from .core.dispatch import view_for
from .core.endpoint import pages, registry

app_name = "spa_auth"

# With and without the trailing slash, because a redirect would turn a POST into a GET. Fixed paths
# come first: `sessions/revoke-others` is no session's id.
_views = {route: view_for(route) for route in registry} | pages
urlpatterns = [
    path(f"{route}{slash}", _views[route], name=re.sub(r"\W+", "-", route).strip("-"))
    for route in sorted(_views, key=lambda route: ("<" in route, route))
    for slash in ("", "/")
]
