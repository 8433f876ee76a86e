"""The project's own views, without DRF."""

import json

from django.contrib import auth
from django.http import HttpRequest, JsonResponse


def me(request: HttpRequest) -> JsonResponse:
    """Answer who is signed in: the request that every front end makes all day."""
    user = request.user
    if not user.is_authenticated:
        return JsonResponse({"detail": "nobody is signed in"}, status=401)
    return JsonResponse({"id": str(user.pk)})


def bare(request: HttpRequest) -> JsonResponse:
    """Answer the same without asking who it is."""
    return JsonResponse({"id": "1"})


def sign_in(request: HttpRequest) -> JsonResponse:
    """Sign in as a Django project with a front end writes it by hand."""
    body = json.loads(request.body)
    user = auth.authenticate(request, username=body["username"], password=body["password"])
    if user is None:
        return JsonResponse({"detail": "wrong"}, status=400)
    auth.login(request, user)
    return JsonResponse({"id": str(user.pk)})


def sign_out(request: HttpRequest) -> JsonResponse:
    """Sign out likewise."""
    auth.logout(request)
    return JsonResponse({})
