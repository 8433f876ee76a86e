"""The same API as in `views`, as plain Django views: for a project without a REST framework."""

from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotAllowed,
    JsonResponse,
)
from pydantic import StringConstraints

from spa_auth.core.body import Body, parse_body
from spa_auth.core.decorators import ability_required, session_required
from spa_auth.core.errors import NotFound, UnsupportedMediaType

from .models import Note
from .views import PersonRequest, greeting

View = Callable[..., HttpResponseBase]


class NoteBody(Body):
    """What somebody writes."""

    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]


def api(methods: dict[str, View]) -> View:
    """Make one view of a function per method."""

    @wraps(next(iter(methods.values())))
    def view(request: HttpRequest, **parts: Any) -> HttpResponseBase:
        if request.method not in methods:
            return HttpResponseNotAllowed(methods)
        return methods[request.method](request, **parts)

    return view


def _hello(request: PersonRequest) -> JsonResponse:
    return JsonResponse({"message": greeting(request.user.username)})


def _list(request: PersonRequest) -> JsonResponse:
    return JsonResponse([_shown(note) for note in request.user.notes.all()], safe=False)


def _add(request: PersonRequest) -> JsonResponse:
    if request.content_type != "application/json":
        raise UnsupportedMediaType
    body = parse_body(request.body, NoteBody)
    note = request.user.notes.create(text=body.text)
    return JsonResponse(_shown(note), status=201)


def _delete(request: PersonRequest, *, pk: int) -> HttpResponse:
    deleted, _ = request.user.notes.filter(pk=pk).delete()
    if not deleted:
        raise NotFound
    return HttpResponse(status=204)


def _shown(note: Note) -> dict[str, Any]:
    return {"id": note.pk, "text": note.text, "createdAt": note.created_at}


_guarded = ability_required("notes:read", change="notes:write")

hello = session_required(api({"GET": _hello}))
notes = _guarded(api({"GET": _list, "POST": _add}))
note = _guarded(api({"DELETE": _delete}))
