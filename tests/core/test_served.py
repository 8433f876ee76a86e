from pathlib import Path
from wsgiref.headers import Headers

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings

from spa_auth.core.deployment import DjangoServed, SameOrigin
from spa_auth.core.headers import CONTENT_SECURITY_POLICY, add_headers
from tests.conftest import ApiClient


@pytest.mark.parametrize("path", ["/", "/notes", "/deep/link/", "/sign-in?next=%2Fnotes"])
def test_every_address_of_the_app_gets_its_page(client: ApiClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert b"<title>App</title>" in response.content
    assert response["Cache-Control"] == "no-store"
    assert response["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_the_page_is_only_read(client: ApiClient) -> None:
    client.get("/api/csrf/")
    assert client.send("POST", "/notes").status_code == 405


def test_a_front_end_that_is_not_built_is_said_in_words(client: ApiClient) -> None:
    unbuilt = DjangoServed(["http://localhost"], build=Path("nowhere"))
    with override_settings(SPA_AUTH_DEPLOYMENT=unbuilt):
        response = client.get("/")
    assert (response.status_code, response.content) == (503, b"The front end is not built yet.")


def test_the_policy_allows_no_inline_script_and_no_frame() -> None:
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert "frame-ancestors 'none'" in CONTENT_SECURITY_POLICY


@pytest.mark.parametrize(
    ("path", "url", "cache", "policy"),
    [
        ("dist/assets/x-1a2b.js", "/assets/x-1a2b.js", "max-age=31536000, public, immutable", None),
        ("dist/index.html", "/index.html", "no-store", CONTENT_SECURITY_POLICY),
        ("admin/css/base.css", "/static/admin/css/base.css", "max-age=60", None),
    ],
)
def test_hashed_files_are_kept_a_year_and_pages_never(
    path: str, url: str, cache: str, policy: str | None
) -> None:
    headers = Headers([("Cache-Control", "max-age=60")])
    add_headers(headers, path, url)  # type: ignore[arg-type]
    assert headers["Cache-Control"] == cache
    assert headers["Content-Security-Policy"] == policy
    assert headers["X-Frame-Options"] == ("DENY" if policy else None)


def test_no_file_is_open_to_every_origin() -> None:
    served = DjangoServed(["http://localhost"], build=Path("dist"))
    assert served.settings()["WHITENOISE_ALLOW_ALL_ORIGINS"] is False


@override_settings(SPA_AUTH_DEPLOYMENT=SameOrigin(["http://localhost:5173"]))
def test_where_a_proxy_serves_the_front_end_django_does_not(client: ApiClient) -> None:
    with pytest.raises(ImproperlyConfigured, match="DjangoServed"):
        client.get("/")
