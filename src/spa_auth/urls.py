"""The URLs of every installed room, for `path("api/", include("spa_auth.urls"))`."""

import re

from django.urls import path

from .core.endpoint import registry, view_for

app_name = "spa_auth"

# With and without the trailing slash, because a redirect would turn a POST into a GET. Fixed paths
# come first: `sessions/revoke-others` is no session's id.
urlpatterns = [
    path(f"{route}{slash}", view_for(route), name=re.sub(r"\W+", "-", route).strip("-"))
    for route in sorted(registry, key=lambda route: ("<" in route, route))
    for slash in ("", "/")
]
