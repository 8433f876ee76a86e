"""The example's own API: DRF views, and one plain Django view."""

from django.db.models import QuerySet
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext
from drf_spectacular.utils import extend_schema
from rest_framework import generics
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from people.models import User
from spa_auth.core.decorators import session_required
from spa_auth.drf import HasAbility

from .models import Note
from .serializers import HelloSerializer, NoteSerializer

NOTES = HasAbility("notes:read", change="notes:write")


def greeting(name: str) -> str:
    """Greet in the language of the request, which `BoundaryMiddleware` speaks below `/api/`."""
    return gettext("Hello %(name)s") % {"name": name}


@extend_schema(responses=HelloSerializer)
@api_view(["GET"])
def hello(request: Request) -> Response:
    """Greet the signed-in person."""
    return Response({"message": greeting(request.user.username)})


class NoteList(generics.ListCreateAPIView[Note]):
    """The notes of a signed-in person, or of a token's owner."""

    permission_classes = (NOTES,)
    serializer_class = NoteSerializer
    queryset = Note.objects.all()

    def get_queryset(self) -> QuerySet[Note]:
        """Return the person's own notes only."""
        return super().get_queryset().filter(owner=self.request.user.pk)

    def perform_create(self, serializer: BaseSerializer[Note]) -> None:
        """Store the note under the person who wrote it."""
        serializer.save(owner=self.request.user)


class NoteDetail(generics.DestroyAPIView[Note]):
    """One note; somebody else's is not found."""

    permission_classes = (NOTES,)
    serializer_class = NoteSerializer
    queryset = Note.objects.all()

    def get_queryset(self) -> QuerySet[Note]:
        """Return the person's own notes only."""
        return super().get_queryset().filter(owner=self.request.user.pk)


class PersonRequest(HttpRequest):
    """A request that `session_required` let pass."""

    user: User


@session_required
def stats(request: PersonRequest) -> JsonResponse:
    """Count the person's notes: a plain Django view."""
    return JsonResponse(
        {"notes": request.user.notes.count(), "memberSince": request.user.date_joined.isoformat()}
    )
