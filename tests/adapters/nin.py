"""The small API as Ninja's operations, synchronous and asynchronous."""

from typing import Annotated, Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from ninja import Schema
from pydantic import StringConstraints

from spa_auth.core.decorators import limited
from spa_auth.ninja import Api, ability, fresh_auth
from tests.adapters.plain import TWICE

api = Api(title="Notes", urls_namespace="ninja")
asynchronous = Api(title="Notes", urls_namespace="asynchronous")


class Note(Schema):
    text: Annotated[str, StringConstraints(max_length=9)]


class Whose(Schema):
    user: str


@api.get("private/", response=Whose)
def private(request: HttpRequest) -> Any:
    return {"user": request.user.get_username()}


@api.post("private/", response=Note)
def change_private(request: HttpRequest, note: Note) -> Any:
    return note


@api.get("notes/", response=Whose, auth=ability("notes:read"))
def notes(request: HttpRequest) -> Any:
    return {"user": request.auth.get_username()}  # type: ignore[attr-defined]


@api.post("notes/", response=Note, auth=ability("notes:write"))
def write_note(request: HttpRequest, note: Note) -> Any:
    return note


@api.get("fresh/", response=Whose, auth=fresh_auth)
def fresh(request: HttpRequest) -> Any:
    return {"user": request.user.get_username()}


@api.get("often/", response=Whose)
@limited("ninja", TWICE)
def often(request: HttpRequest) -> Any:
    return {"user": request.user.get_username()}


@api.get("forbidden/")
def forbidden(request: HttpRequest) -> None:
    raise PermissionDenied


@api.get("missing/")
def missing(request: HttpRequest) -> None:
    raise Http404("words that name a model")


@asynchronous.get("private/", response=Whose)
async def aprivate(request: HttpRequest) -> Any:
    return {"user": (await request.auser()).get_username()}


@asynchronous.post("private/", response=Note)
async def achange_private(request: HttpRequest, note: Note) -> Any:
    return note


@asynchronous.get("notes/", response=Whose, auth=ability("notes:read"))
async def anotes(request: HttpRequest) -> Any:
    return {"user": request.auth.get_username()}  # type: ignore[attr-defined]


@asynchronous.post("notes/", response=Note, auth=ability("notes:write"))
async def awrite_note(request: HttpRequest, note: Note) -> Any:
    return note


@asynchronous.get("fresh/", response=Whose, auth=fresh_auth)
async def afresh(request: HttpRequest) -> Any:
    return {"user": request.user.get_username()}


@asynchronous.get("often/", response=Whose)
@limited("ninja-asynchronous", TWICE)
async def aoften(request: HttpRequest) -> Any:
    return {"user": request.user.get_username()}


@asynchronous.get("forbidden/")
async def aforbidden(request: HttpRequest) -> None:
    raise PermissionDenied


@asynchronous.get("missing/")
async def amissing(request: HttpRequest) -> None:
    raise Http404("words that name a model")
