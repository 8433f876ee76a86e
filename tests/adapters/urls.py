"""One small API by every adapter, beside ours."""

from typing import Any

from django.urls import include, path

from tests.adapters import nin, plain, rest

urlpatterns: list[Any] = [
    path("api/", include("spa_auth.urls")),
    path("plain/", include(plain.plain)),
    path("asynchronous/", include(plain.asynchronous)),
    path("drf/", include(rest.urlpatterns)),
    path("ninja/", nin.api.urls),
    path("ninja-asynchronous/", nin.asynchronous.urls),
]
