"""A47: Django's own cache of whole pages stands around everything, and keeps nothing of ours."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import override_settings

from spa_auth.sessions.models import Session
from tests.conftest import ApiClient

OURS = ["session", "csrf", "config", "profile", "sessions"]
HEADERS: dict[str, dict[str, str]] = {
    "nothing": {},
    "Authorization": {"Authorization": "Other x"},
    "an empty header": {"Accept-Language": ""},
    "a cache that may": {"Cache-Control": "max-age=600"},
}


@pytest.fixture(autouse=True)
def caching() -> Iterator[None]:
    cache.clear()
    with override_settings(
        MIDDLEWARE=[
            "django.middleware.cache.UpdateCacheMiddleware",
            *settings.MIDDLEWARE,
            "django.middleware.cache.FetchFromCacheMiddleware",
        ]
    ):
        yield
    cache.clear()


def kept() -> list[str]:
    return list(cache._cache)  # type: ignore[attr-defined]


def test_a47_the_cache_would_keep_what_it_may(signed_in: ApiClient) -> None:
    assert signed_in.get("/cart/").status_code == 200
    assert kept()


@pytest.mark.parametrize("sent", HEADERS)
@pytest.mark.parametrize("path", OURS)
def test_a47_nothing_of_ours_is_kept(signed_in: ApiClient, path: str, sent: str) -> None:
    assert signed_in.get(f"/api/{path}/", headers=HEADERS[sent]).status_code == 200
    assert kept() == []


@pytest.mark.parametrize("path", OURS)
def test_a47_a_revoked_session_reads_nothing_from_the_cache(
    signed_in: ApiClient, alice: User, path: str
) -> None:
    assert signed_in.get(f"/api/{path}/").status_code == 200
    Session.objects.all().delete()
    after = signed_in.get(f"/api/{path}/")
    assert after.status_code == ApiClient().get(f"/api/{path}/").status_code
    assert b"alice" not in after.content
