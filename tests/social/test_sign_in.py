"""Signing in with a provider, for the first time and again."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from spa_auth.social.models import Flow, Identity
from tests.conftest import ApiClient
from tests.social.provider import Provider
from tests.social.stage import visit

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["oidc", "github"])
def test_a_newcomer_has_an_account(client: ApiClient, provider: Provider, name: str) -> None:
    answer = visit(client, provider, name)
    assert answer.status_code == 200, answer.content
    state = answer.json()
    assert state["status"] == "authenticated"
    assert state["session"]["proofs"] == ["social"]
    assert (state["user"]["email"], state["user"]["emailVerified"]) == ("ada@example.com", True)
    user = User.objects.get()
    assert (user.username, user.has_usable_password()) == ("ada", False)
    assert Flow.objects.count() == 0
    # And again, as the same person.
    again = ApiClient()
    assert visit(again, provider, name).json()["user"]["id"] == str(user.pk)
    assert (User.objects.count(), Identity.objects.count()) == (1, 1)
