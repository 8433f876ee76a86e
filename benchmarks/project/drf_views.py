"""The project's own view as DRF has it."""

from rest_framework.decorators import api_view, permission_classes
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response


@api_view(["GET"])
@permission_classes([IsAuthenticated])
def me(request: Request) -> Response:
    """Answer who is signed in."""
    return Response({"id": str(request.user.pk)})


@api_view(["GET"])
@permission_classes([AllowAny])
def bare(request: Request) -> Response:
    """Answer the same without asking who it is."""
    return Response({"id": "1"})
