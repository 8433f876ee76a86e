"""What the tests of providers share: the providers themselves, and people who go there."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from pytest_django import Settings

from spa_auth.social.models import Flow, Identity
from spa_auth.social.openid import documents
from spa_auth.social.settings import SocialSettings
from tests.social.provider import CLIENT, SECRET, Provider
from tests.social.serving import running

SOCIAL = SocialSettings.declared()["SOCIAL"][1]
PROVIDERS = ("oidc", "github", "facebook")


@pytest.fixture(scope="session")
def running_provider() -> Iterator[Provider]:
    with running() as provider:
        yield provider


@pytest.fixture
def provider(
    running_provider: Provider, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> Provider:
    """The providers, as the settings have them, whatever else a test writes into `SPA_AUTH`."""
    running_provider.reset()
    documents.clear()
    monkeypatch.setattr(SOCIAL, "default", PROVIDERS)
    url = running_provider.url
    for name in ("OIDC", "GITHUB", "FACEBOOK"):
        setattr(settings, f"SOCIAL_AUTH_{name}_KEY", CLIENT)
        setattr(settings, f"SOCIAL_AUTH_{name}_SECRET", SECRET)
    settings.SOCIAL_AUTH_OIDC_OIDC_ENDPOINT = running_provider.issuer
    for name in ("github", "facebook"):
        prefix = f"SOCIAL_AUTH_{name.upper()}"
        setattr(settings, f"{prefix}_AUTHORIZATION_URL", f"{url}/{name}/authorize")
        setattr(settings, f"{prefix}_ACCESS_TOKEN_URL", f"{url}/{name}/token")
    settings.SOCIAL_AUTH_GITHUB_API_URL = f"{url}/github/api/"
    settings.SOCIAL_AUTH_FACEBOOK_USER_DATA_URL = f"{url}/facebook/me"
    return running_provider


def leave(client: Any, name: str = "oidc", act: str = "begin", **body: Any) -> dict[str, str]:
    """Ask where to go; return the address of the provider's page, and the state."""
    response = client.send("POST", f"/api/social/{name}/{act}/", body)
    assert response.status_code == 200, response.content
    way: dict[str, str] = response.json()
    return way


def come_back(client: Any, name: str, back: dict[str, Any], **changed: Any) -> HttpResponse:
    """Send on what came back, changed; what is None is left out."""
    sent = {key: value for key, value in (back | changed).items() if value is not None}
    response: HttpResponse = client.send("POST", f"/api/social/{name}/finish/", sent)
    return response


def visit(
    client: Any,
    provider: Provider,
    name: str = "oidc",
    *,
    act: str = "begin",
    body: dict[str, Any] | None = None,
    **changed: Any,
) -> HttpResponse:
    """Go to a provider, agree there and come back."""
    way = leave(client, name, act, **(body or {}))
    return come_back(client, name, provider.agree(way["authorizationUrl"]), **changed)


def identity(
    user: User, provider: str = "oidc", subject: str = "somebody", **more: str
) -> Identity:
    """As if a person had connected an account a year ago."""
    past = datetime(2025, 1, 1, tzinfo=UTC)
    made: Identity = Identity.objects.create(
        key=Identity.key_of("https://issuer.example", subject),
        user=user,
        provider=provider,
        issuer="https://issuer.example",
        subject=subject,
        address="somebody@example.com",
        created_at=past,
        last_used_at=past,
        **more,
    )
    return made


def assert_nothing_happened(client: Any, *, flows: int = 0) -> None:
    """Nobody is signed in, no account was made, nothing was connected, and so many are away."""
    assert client.get("/api/session/").json()["status"] == "anonymous"
    assert User.objects.count() == Identity.objects.count() == 0
    assert Flow.objects.count() == flows
