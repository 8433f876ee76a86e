"""The routes of the variant."""

from importlib import import_module
from types import ModuleType

from django.urls import URLPattern, URLResolver, include, path

from .settings import CONTENDER


def _views() -> ModuleType:
    # By name: DRF reads its settings at import, and not every variant has it.
    return import_module(f"benchmarks.project.{'drf_views' if CONTENDER.drf else 'views'}")


def _signing_in() -> list[URLPattern | URLResolver]:
    """Return the routes by which people come and go."""
    if CONTENDER.dialect == "django":
        views = import_module("benchmarks.project.views")
        return [path("login/", views.sign_in), path("logout/", views.sign_out)]
    if CONTENDER.dialect == "spa_auth":
        return [path("api/", include("spa_auth.urls"))]
    if CONTENDER.dialect == "jwt":
        jwt = import_module("rest_framework_simplejwt.views")
        return [path("login/", jwt.TokenObtainPairView.as_view())]
    if CONTENDER.dialect == "knox":
        knox = import_module("knox.views")
        basic = import_module("rest_framework.authentication").BasicAuthentication
        login = knox.LoginView.as_view(authentication_classes=[basic])
        return [path("login/", login), path("logout/", knox.LogoutView.as_view())]
    if CONTENDER.dialect == "nobody":
        return []
    return [path("_allauth/", include("allauth.headless.urls"))]


_own = _views().bare if CONTENDER.dialect == "nobody" else _views().me
urlpatterns = [path("me/", _own), *_signing_in()]
