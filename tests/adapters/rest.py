"""The small API as DRF views."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from spa_auth.drf import HasAbility, HasFreshProof, Throttle
from tests.adapters.plain import TWICE


class Note(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=9)


class Private(APIView):
    def get(self, request: Request) -> Response:
        return Response({"user": request.user.get_username()})

    @extend_schema(request=Note, responses=Note)
    def post(self, request: Request) -> Response:
        note = Note(data=request.data)
        note.is_valid(raise_exception=True)
        return Response(note.data)


class Notes(Private):
    permission_classes = (HasAbility("notes:read", change="notes:write"),)


class Fresh(Private):
    permission_classes = (HasFreshProof,)


class Often(Private):
    throttle_classes = (Throttle("drf", TWICE),)


class Forbidden(APIView):
    def get(self, request: Request) -> Response:
        raise PermissionDenied


class Missing(APIView):
    def get(self, request: Request) -> Response:
        raise Http404("words that name a model")


urlpatterns: list[Any] = [
    path("private/", Private.as_view()),
    path("notes/", Notes.as_view()),
    path("fresh/", Fresh.as_view()),
    path("often/", Often.as_view()),
    path("forbidden/", Forbidden.as_view()),
    path("missing/", Missing.as_view()),
]
