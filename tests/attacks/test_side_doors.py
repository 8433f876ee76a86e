"""A134: nothing but our sign-in takes a password, in our projects; and the scan finds what does."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth import login as django_login
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, JsonResponse
from django.test import override_settings
from django.urls import include, path, re_path
from rest_framework.authentication import BasicAuthentication
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from tests.attacks.side_doors import doors
from tests.conftest import PASSWORD
from tests.paths import EXAMPLE, ROOT

ALICE = {"username": "alice", "email": "alice@example.com", "password": PASSWORD}
OURS = {("/api/login", "JSON"), ("/api/login/", "JSON")}
pytestmark = [
    pytest.mark.usefixtures("alice"),
    pytest.mark.leaves_secrets("the side doors of this test keep nothing to themselves"),
]


def with_json(request: HttpRequest, **_: Any) -> JsonResponse:
    body = json.loads(request.body)
    user = authenticate(request, username=body["username"], password=body["password"])
    django_login(request, user)
    return JsonResponse({})


def with_query(request: HttpRequest, **_: Any) -> JsonResponse:
    user = authenticate(request, username=request.GET["username"], password=request.GET["password"])
    return JsonResponse({"token": "abc"} if user else {})


class WithBasic(APIView):
    authentication_classes = (BasicAuthentication,)
    permission_classes = (IsAuthenticated,)

    def get(self, request: Request, **_: Any) -> Response:
        return Response({"user": request.user.get_username()})


BAD: list[tuple[Callable[..., Any], str]] = [
    (with_json, "JSON"),
    (with_query, "query"),
    (LoginView.as_view(template_name="people/hello.html", next_page="/"), "form"),
    (WithBasic.as_view(), "Basic"),
]


@pytest.mark.parametrize(("view", "way"), BAD)
def test_the_scan_finds_a_side_door(view: Callable[..., Any], way: str) -> None:
    patterns = (
        path("deep/", include([re_path(r"^(?P<key>[a-z]+)?/?in/$", view), path("<int:n>/", view)])),
    )
    with override_settings(ROOT_URLCONF=patterns):
        found = doors(**ALICE)
    assert {address for address, how in found if how == way} == {"/deep//in/", "/deep/1/"}


def test_the_project_of_the_tests_has_none() -> None:
    assert doors(**ALICE) == OURS


@pytest.mark.parametrize(
    ("deployment", "views"), [("DjangoServed", "drf"), ("SameOrigin", "plain")]
)
def test_the_example_has_none(tmp_path: Any, deployment: str, views: str) -> None:
    environment = {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DEPLOYMENT": deployment,
        "NOTES_VIEWS": views,
        "EXAMPLE_VAR": str(tmp_path),
        "DEBUG": "1",  # the mailbox is mounted too
        "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
    }
    scan = "import django; django.setup(); from tests.attacks.side_doors import main; main()"
    result = subprocess.run(
        [sys.executable, "-c", scan],
        cwd=EXAMPLE,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    assert {tuple(line.split()) for line in result.stdout.splitlines()} == OURS
