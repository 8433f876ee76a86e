from asgiref.sync import async_to_sync
from django.contrib.auth.models import User
from django.test import AsyncClient

from spa_auth.core.decorators import session_required
from tests.conftest import ApiClient


def test_a_plain_view_answers_signed_in_people(signed_in: ApiClient) -> None:
    assert signed_in.get("/private/").json() == {"user": "alice"}


def test_a_plain_view_refuses_others_with_401_as_problem(client: ApiClient, db: None) -> None:
    response = client.get("/private/")
    assert response.status_code == 401
    assert response["WWW-Authenticate"] == "Session"
    assert response["Content-Type"] == "application/problem+json"


def test_a_plain_view_needs_the_token_for_a_change(signed_in: ApiClient) -> None:
    assert signed_in.send("POST", "/private/", headers={"X-CSRFToken": ""}).status_code == 403
    assert signed_in.send("POST", "/private/").status_code == 200


def test_an_asynchronous_view_is_guarded_too(alice: User) -> None:
    async def story() -> None:
        client = AsyncClient(headers={"host": "localhost"})
        assert (await client.get("/private-async/")).status_code == 401
        await client.aforce_login(alice)
        assert (await client.get("/private-async/")).json() == {"user": "alice"}

    async_to_sync(story)()


def test_a_guarded_view_keeps_its_name() -> None:
    @session_required
    def my_view(request: object) -> None:
        """Its own words."""

    assert (my_view.__name__, my_view.__doc__) == ("my_view", "Its own words.")
