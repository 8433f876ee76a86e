from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.exceptions import Throttled
from rest_framework.request import Request
from rest_framework.response import Response


class Line(serializers.Serializer[Any]):
    item_name = serializers.CharField(max_length=5)


class Order(serializers.Serializer[Any]):
    lines = Line(many=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if len(attrs["lines"]) > 2:
            raise serializers.ValidationError("too many lines", code="too_many")
        return attrs


@extend_schema(request=Order, responses=Order)
@api_view(["GET", "POST"])
def notes(request: Request) -> Response:
    failures = {
        "404": Http404("gone"),
        "403": PermissionDenied(),
        "429": Throttled(wait=7),
        "500": RuntimeError(),
    }
    if failure := failures.get(request.query_params.get("fail", "")):
        raise failure
    if request.method == "POST":
        order = Order(data=request.data)
        order.is_valid(raise_exception=True)
    return Response({"user": request.user.get_username()})
