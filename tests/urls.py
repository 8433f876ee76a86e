"""The test project's own views, beside ours and below our prefix."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.contrib.auth import login as django_login
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import include, path, re_path

from spa_auth.core.decorators import session_required
from spa_auth.core.served import index
from tests.settings import WITHOUT


def cart(request: HttpRequest) -> JsonResponse:
    """Keep something in an anonymous session, as shops do."""
    if item := request.GET.get("add"):
        request.session["cart"] = [*request.session.get("cart", []), item]
    return JsonResponse({"cart": request.session.get("cart", [])})


def plain_login(request: HttpRequest) -> HttpResponse:
    """Sign in past our door, as other packages do."""
    django_login(request, User.objects.get(username=request.GET["as"]))
    return HttpResponse("in")


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError


def missing(request: HttpRequest) -> HttpResponse:
    raise Http404("the project's own words")


@session_required
def private(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"user": request.user.get_username()})


@session_required
async def private_async(request: HttpRequest) -> JsonResponse:
    user = await request.auser()
    return JsonResponse({"user": user.get_username()})


def form(request: HttpRequest) -> HttpResponse:
    """A view under Django's own CSRF protection."""
    return HttpResponse("sent")


urlpatterns: list[Any] = [
    path("api/", include("spa_auth.urls")),
    path("api/missing/", missing),
    path("api/broken/", broken),
    path("cart/", cart),
    path("plain-login/", plain_login),
    path("private/", private),
    path("private-async/", private_async),
    path("form/", form),
    path("admin/", admin.site.urls),
]

if "drf" not in WITHOUT:  # pragma: no branch - without it in a process of its own
    from drf_spectacular.views import SpectacularAPIView

    from tests.drf.views import notes

    drf: list[tuple[str, Callable[..., Any]]] = [
        ("drf/notes/", notes),
        ("drf/schema/", SpectacularAPIView.as_view(permission_classes=[])),
    ]
    urlpatterns += [path(route, view) for route, view in drf]

urlpatterns.append(re_path(r"^(?!api/|admin/|static/|drf/)(?P<path>.*)$", index))
