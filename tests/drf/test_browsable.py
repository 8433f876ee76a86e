"""DRF's browsable API, which developers read an API with: pages in the place of JSON."""

from collections.abc import Sequence

import pytest
from django.contrib.auth.models import User
from django.urls import include, path
from rest_framework.generics import ListCreateAPIView
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.renderers import BaseRenderer, BrowsableAPIRenderer, JSONRenderer
from rest_framework.serializers import ModelSerializer

from spa_auth.drf import HasAbility, HasFreshProof, IsAuthenticated, SessionAuthentication
from spa_auth.testing import log_in
from tests.conftest import ApiClient


class UserSerializer(ModelSerializer[User]):
    class Meta:
        model = User
        fields = ("username",)


class Csv(BaseRenderer):
    media_type = "text/csv"
    format = "csv"

    def render(self, data: object, *_: object) -> bytes:
        return b"line"


class People(ListCreateAPIView[User]):
    queryset = User.objects.all()
    serializer_class = UserSerializer
    authentication_classes = (SessionAuthentication,)
    renderer_classes = (JSONRenderer, BrowsableAPIRenderer, Csv)
    to_read: type[BasePermission] | None = None
    to_write: type[BasePermission] = IsAuthenticated

    def get_permissions(self) -> Sequence[BasePermission]:  # type: ignore[override]
        chosen = self.to_read if self.request.method in SAFE_METHODS else self.to_write
        return [chosen()] if chosen else []


urlpatterns = [
    path("api/", include("spa_auth.urls")),
    path("open/", People.as_view()),
    path("fresh/", People.as_view(to_read=IsAuthenticated, to_write=HasFreshProof)),
    path("able/", People.as_view(to_write=HasAbility("notes:read", change="notes:write"))),
]
pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]
FORM = 'name="username"'


def page(client: ApiClient, name: str, status: int = 200, accept: str = "text/html") -> str:
    response = client.get(f"/{name}/", headers={"Accept": accept})
    assert response.status_code == status
    assert response["Content-Type"].startswith(accept)
    return response.content.decode()


@pytest.mark.parametrize("name", ["open", "able"])
def test_a_page_has_no_form_for_what_the_reader_may_not(client: ApiClient, name: str) -> None:
    assert FORM not in page(client, name)


@pytest.mark.parametrize("name", ["open", "able", "fresh"])
def test_a_page_has_the_form_for_what_they_may(signed_in: ApiClient, name: str) -> None:
    assert FORM in page(signed_in, name)


def test_who_has_no_fresh_proof_reads_on(client: ApiClient, alice: User) -> None:
    log_in(client, alice, fresh=False)
    assert FORM not in page(client, "fresh")


def test_a_refusal_is_a_page_too(client: ApiClient) -> None:
    text = page(client, "fresh", status=401)
    assert "not_authenticated" in text
    assert FORM not in text


def test_a_refusal_is_in_the_format_that_was_asked_for(client: ApiClient) -> None:
    assert page(client, "fresh", status=401, accept="text/csv") == "line"
    response = client.get("/fresh/", headers={"Accept": "application/json"})
    assert response["Content-Type"] == "application/problem+json"


def test_the_form_is_sent_as_a_browser_does(signed_in: ApiClient) -> None:
    token = signed_in.token
    for sent, status in ({"csrfmiddlewaretoken": token}, 201), ({}, 403):
        answer = signed_in.post("/open/", {"username": f"carol{status}", **sent})
        assert answer.status_code == status, answer.content
