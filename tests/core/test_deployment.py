from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings

from spa_auth.core.deployment import DjangoServed, current

BUILD = Path("dist")


def settings_of(*origins: str, **options: Any) -> dict[str, Any]:
    namespace: dict[str, Any] = {}
    DjangoServed(origins, build=BUILD, **options).configure(namespace)
    return namespace


def test_https_makes_every_cookie_secure_and_host_only() -> None:
    derived = settings_of("https://app.example.com")
    assert derived["SESSION_COOKIE_NAME"] == "__Host-sessionid"
    assert derived["CSRF_COOKIE_NAME"] == "__Host-csrftoken"
    for cookie in ("SESSION_COOKIE", "CSRF_COOKIE"):
        assert derived[f"{cookie}_SECURE"]
        assert derived[f"{cookie}_HTTPONLY"]
        assert derived[f"{cookie}_SAMESITE"] == "Lax"
        assert derived[f"{cookie}_DOMAIN"] is None
        assert derived[f"{cookie}_PATH"] == "/"
    assert derived["ALLOWED_HOSTS"] == ["app.example.com"]
    assert derived["SECURE_HSTS_SECONDS"] >= 365 * 86400
    assert derived["SECURE_SSL_REDIRECT"]
    assert "SECURE_PROXY_SSL_HEADER" not in derived


def test_a_proxy_that_ends_tls_is_believed_only_when_it_is_named() -> None:
    derived = settings_of("https://app.example.com", tls_proxy=True)
    assert derived["SECURE_PROXY_SSL_HEADER"] == ("HTTP_X_FORWARDED_PROTO", "https")
    assert derived["SECURE_SSL_REDIRECT"]


def test_http_on_localhost_works_without_weakening_anything_else() -> None:
    derived = settings_of("http://localhost:8000")
    assert derived["SESSION_COOKIE_NAME"] == "sessionid"
    assert not derived["SESSION_COOKIE_SECURE"]
    assert derived["SESSION_COOKIE_HTTPONLY"]
    assert derived["ALLOWED_HOSTS"] == ["127.0.0.1", "[::1]", "localhost"]
    assert "SECURE_HSTS_SECONDS" not in derived


def test_a_front_end_that_reads_the_csrf_cookie_gets_one_it_can_read() -> None:
    derived = settings_of("https://app.example.com", csrf_cookie="csrftoken")
    assert derived["CSRF_COOKIE_NAME"] == "csrftoken"
    assert not derived["CSRF_COOKIE_HTTPONLY"]


@pytest.mark.parametrize(
    "origin",
    [
        "",
        "app.example.com",
        "ftp://app.example.com",
        "https://",
        "https://app.example.com/",
        "https://app.example.com/path",
        "https://App.example.com",
        "https://app.example.com:443",
        "http://localhost:80",
        "https://user@app.example.com",
        "null",
        "*",
        "http://app.example.com",
        "http://192.168.1.7:8000",
    ],
)
def test_an_origin_must_be_written_as_browsers_send_it(origin: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"origin|browsers|https"):
        settings_of(origin)


@pytest.mark.parametrize(
    "origin",
    [
        "https://app.example.com:8443",
        "http://localhost:8000",
        "http://127.0.0.1",
        "http://[::1]:8000",
        "http://app.example.localhost:8000",
    ],
)
def test_these_origins_are_accepted(origin: str) -> None:
    assert settings_of(origin)["SPA_AUTH_DEPLOYMENT"].origins == (origin,)


def test_no_origin_and_mixed_schemes_are_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="at least one"):
        settings_of()
    with pytest.raises(ImproperlyConfigured, match="one scheme"):
        settings_of("https://app.example.com", "http://localhost")


@override_settings(SPA_AUTH_DEPLOYMENT=None)
def test_a_project_without_a_deployment_is_told_the_line_to_write() -> None:
    with pytest.raises(ImproperlyConfigured, match="DjangoServed"):
        current()
