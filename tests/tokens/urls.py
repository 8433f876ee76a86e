"""The project's own views that read `request.spa_auth`, beside those of tests.urls."""

from django.contrib.auth import login
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path

from spa_auth.core.access import access_of
from spa_auth.core.errors import AbilityMissing
from tests import urls


def who(request: HttpRequest) -> JsonResponse:
    access = access_of(request)
    abilities = access.abilities
    return JsonResponse(
        {
            "user": access.user.get_username(),
            "kind": access.kind,
            "abilities": None if abilities is None else sorted(abilities),
            "is_authenticated": access.is_authenticated,
            "is_fresh": access.is_fresh(),
            "may_read": access.has("notes:read"),
        }
    )


def write(request: HttpRequest) -> HttpResponse:
    """A view under Django's own CSRF protection."""
    if not access_of(request).has("notes:write"):
        raise AbilityMissing(ability="notes:write")
    return HttpResponse("written")


def plain_login(request: HttpRequest) -> HttpResponse:
    """Sign in past our door, and leave cookies of the project's own."""
    login(request, User.objects.get(username="alice"))
    response = HttpResponse("in")
    response.set_cookie("theme", "dark")
    return response


def nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse("the same for everybody")


urlpatterns = [
    path("who/", who),
    path("write/", write),
    path("in/", plain_login),
    path("nothing/", nothing),
    *urls.urlpatterns,
]
