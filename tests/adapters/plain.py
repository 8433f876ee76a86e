"""The same small API four times over; here as plain Django views, and as asynchronous ones."""

from typing import Annotated, Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.http import require_http_methods
from pydantic import StringConstraints

from spa_auth.core.body import Body, parse_body
from spa_auth.core.decorators import ability_required, fresh_required, limited, session_required
from spa_auth.core.limits import Limit

TWICE = Limit(address="20/1m", user="2/1m")


class Note(Body):
    text: Annotated[str, StringConstraints(max_length=9)]


def read(request: HttpRequest) -> JsonResponse:
    if request.method == "POST":
        return JsonResponse({"text": parse_body(request.body, Note).text})
    return JsonResponse({"user": request.user.get_username()})


@session_required
@require_http_methods(["GET", "POST"])
def private(request: HttpRequest) -> JsonResponse:
    return read(request)


@ability_required("notes:read", change="notes:write")
@require_http_methods(["GET", "POST"])
def notes(request: HttpRequest) -> JsonResponse:
    return read(request)


@fresh_required
def fresh(request: HttpRequest) -> JsonResponse:
    return read(request)


@session_required
@limited("plain", TWICE)
def often(request: HttpRequest) -> JsonResponse:
    return read(request)


@session_required
def forbidden(request: HttpRequest) -> JsonResponse:
    raise PermissionDenied


@session_required
def missing(request: HttpRequest) -> JsonResponse:
    raise Http404("words that name a model")


async def aread(request: HttpRequest) -> JsonResponse:
    user = await request.auser()
    assert request.user == user
    return read(request)


@session_required
@require_http_methods(["GET", "POST"])
async def aprivate(request: HttpRequest) -> JsonResponse:
    return await aread(request)


@ability_required("notes:read", change="notes:write")
@require_http_methods(["GET", "POST"])
async def anotes(request: HttpRequest) -> JsonResponse:
    return await aread(request)


@fresh_required
async def afresh(request: HttpRequest) -> JsonResponse:
    return await aread(request)


@session_required
@limited("asynchronous", TWICE)
async def aoften(request: HttpRequest) -> JsonResponse:
    return await aread(request)


@session_required
async def aforbidden(request: HttpRequest) -> JsonResponse:
    raise PermissionDenied


@session_required
async def amissing(request: HttpRequest) -> JsonResponse:
    raise Http404("words that name a model")


plain: list[Any] = [
    path("private/", private),
    path("notes/", notes),
    path("fresh/", fresh),
    path("often/", often),
    path("forbidden/", forbidden),
    path("missing/", missing),
]
asynchronous: list[Any] = [
    path("private/", aprivate),
    path("notes/", anotes),
    path("fresh/", afresh),
    path("often/", aoften),
    path("forbidden/", aforbidden),
    path("missing/", amissing),
]
