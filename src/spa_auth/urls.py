"""The URLs of every installed room, for `path("api/", include("spa_auth.urls"))`."""

from django.urls import path

from .core.endpoint import registry, view_for

app_name = "spa_auth"

# With and without the trailing slash, because a redirect would turn a POST into a GET.
urlpatterns = [
    path(f"{route}{slash}", view_for(route), name=route.replace("/", "-"))
    for route in sorted(registry)
    for slash in ("", "/")
]
