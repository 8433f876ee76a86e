"""Tokens of providers: dropped, unless the project asks for them, and then encrypted."""

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import override_settings

from spa_auth.social.models import Identity
from spa_auth.social.tokens import tokens_of
from tests.conftest import ApiClient
from tests.social.provider import Account, Provider
from tests.social.stage import visit

pytestmark = pytest.mark.django_db


def test_they_are_dropped(client: ApiClient, provider: Provider) -> None:
    visit(client, provider)
    assert Identity.objects.get().tokens == ""
    assert tokens_of(User.objects.get(), "oidc") is None


@override_settings(SPA_AUTH={"SOCIAL_KEEP_TOKENS": ["oidc"]})
def test_they_are_kept_encrypted(client: ApiClient, provider: Provider) -> None:
    visit(client, provider)
    ada = User.objects.get()
    access, refresh, id_token = provider.secrets
    stored = Identity.objects.get().tokens
    assert not [token for token in provider.secrets if token in stored]
    assert tokens_of(ada, "oidc") == {
        "access_token": access,
        "refresh_token": refresh,
        "id_token": id_token,
        "token_type": "Bearer",
        "expires_in": 3600,
    }
    assert tokens_of(ada, "github") is None
    # The last ones count.
    visit(client, provider)
    tokens = tokens_of(ada, "oidc")
    assert tokens is not None
    assert tokens["access_token"] == provider.secrets[3]


@override_settings(SPA_AUTH={"SOCIAL_KEEP_TOKENS": ["oidc"]})
def test_they_outlive_a_change_of_key(client: ApiClient, provider: Provider) -> None:
    visit(client, provider)
    ada, new = User.objects.get(), "another-secret-key-of-the-tests-that-is-long-enough-0123456789"
    with override_settings(SECRET_KEY=new, SECRET_KEY_FALLBACKS=[settings.SECRET_KEY]):
        assert tokens_of(ada, "oidc")
    with override_settings(SECRET_KEY=new):
        assert tokens_of(ada, "oidc") is None


@override_settings(SPA_AUTH={"SOCIAL_KEEP_TOKENS": ["oidc"]})
def test_they_belong_to_their_row(client: ApiClient, provider: Provider) -> None:
    """Who can write the table gives nobody the tokens of somebody else."""
    visit(client, provider)
    provider.account = Account(subject="mallory", email="mallory@example.com")
    visit(ApiClient(), provider)
    adas, mallorys = Identity.objects.order_by("id")
    Identity.objects.filter(pk=mallorys.pk).update(tokens=adas.tokens)
    assert tokens_of(mallorys.user, "oidc") is None
    Identity.objects.filter(pk=mallorys.pk).update(tokens="torn")
    assert tokens_of(mallorys.user, "oidc") is None
