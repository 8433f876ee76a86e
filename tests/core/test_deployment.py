from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings

from spa_auth.core.deployment import (
    CrossOrigin,
    CrossSite,
    Deployment,
    DjangoServed,
    SameOrigin,
    current,
)

APP = "https://app.example.com"
API = "https://api.example.com"
ELSEWHERE = "https://api.other.test"
DEPLOYMENTS = [
    DjangoServed([APP], build=Path("dist")),
    SameOrigin([APP]),
    CrossOrigin([APP], api=API),
    CrossSite([APP], api=ELSEWHERE),
]
each_deployment = pytest.mark.parametrize(
    "deployment", DEPLOYMENTS, ids=[type(deployment).__name__ for deployment in DEPLOYMENTS]
)


def settings_of(deployment: Deployment, **written: Any) -> dict[str, Any]:
    namespace: dict[str, Any] = written
    deployment.configure(namespace)
    return namespace


@each_deployment
def test_https_makes_every_cookie_secure_and_host_only(deployment: Deployment) -> None:
    derived = settings_of(deployment)
    assert derived["SESSION_COOKIE_NAME"] == "__Host-sessionid"
    assert derived["CSRF_COOKIE_NAME"] == "__Host-csrftoken"
    for cookie in ("SESSION_COOKIE", "CSRF_COOKIE"):
        assert derived[f"{cookie}_SECURE"]
        assert derived[f"{cookie}_HTTPONLY"]
        assert derived[f"{cookie}_DOMAIN"] is None
        assert derived[f"{cookie}_PATH"] == "/"
    assert derived["SECURE_HSTS_SECONDS"] >= 365 * 86400
    assert not derived["USE_X_FORWARDED_HOST"]


@each_deployment
def test_one_list_of_origins_is_trusted(deployment: Deployment) -> None:
    derived = settings_of(deployment)
    assert derived["CSRF_TRUSTED_ORIGINS"] == [APP]
    assert derived.get("CORS_ALLOWED_ORIGINS", [APP]) == [APP]


def test_what_differs_between_the_four() -> None:
    served, same, cross_origin, cross_site = (settings_of(each) for each in DEPLOYMENTS)
    assert served["ALLOWED_HOSTS"] == same["ALLOWED_HOSTS"] == ["app.example.com"]
    assert cross_origin["ALLOWED_HOSTS"] == ["api.example.com"]
    assert cross_site["ALLOWED_HOSTS"] == ["api.other.test"]
    assert served["SECURE_SSL_REDIRECT"]
    for behind_a_proxy in (same, cross_origin, cross_site):
        assert "SECURE_SSL_REDIRECT" not in behind_a_proxy
        assert "security.W008" in behind_a_proxy["SILENCED_SYSTEM_CHECKS"]
    for with_cors in (cross_origin, cross_site):
        assert with_cors["CORS_ALLOW_CREDENTIALS"]
        assert "x-csrftoken" in with_cors["CORS_ALLOW_HEADERS"]
    for without_cors in (served, same):
        assert not any(name.startswith("CORS_") for name in without_cors)
    for lax in (served, same, cross_origin):
        assert lax["SESSION_COOKIE_SAMESITE"] == lax["CSRF_COOKIE_SAMESITE"] == "Lax"
    assert cross_site["SESSION_COOKIE_SAMESITE"] == cross_site["CSRF_COOKIE_SAMESITE"] == "None"


def test_a_proxy_is_believed_only_where_it_is_named() -> None:
    believed = ("HTTP_X_FORWARDED_PROTO", "https")
    assert settings_of(SameOrigin([APP]))["SECURE_PROXY_SSL_HEADER"] == believed
    direct = settings_of(CrossOrigin([APP], api=API))
    assert "SECURE_PROXY_SSL_HEADER" not in direct
    behind = settings_of(CrossOrigin([APP], api=API, proxies=2))
    assert behind["SECURE_PROXY_SSL_HEADER"] == believed


def test_checks_that_the_project_has_silenced_stay_silenced() -> None:
    derived = settings_of(SameOrigin([APP]), SILENCED_SYSTEM_CHECKS=["models.W042"])
    assert derived["SILENCED_SYSTEM_CHECKS"][0] == "models.W042"


@pytest.mark.parametrize(
    "deployment",
    [
        DjangoServed(["http://localhost:8000"], build=Path("dist")),
        SameOrigin(["http://localhost:5173"]),
        CrossOrigin(["http://localhost:5173"], api="http://localhost:8000"),
        CrossSite(["http://localhost:5173"], api="http://localhost:8000"),
    ],
)
def test_http_on_localhost_works_without_weakening_anything_else(deployment: Deployment) -> None:
    derived = settings_of(deployment)
    assert derived["SESSION_COOKIE_NAME"] == "sessionid"
    assert not derived["SESSION_COOKIE_SECURE"]
    assert derived["SESSION_COOKIE_HTTPONLY"]
    assert derived["SESSION_COOKIE_SAMESITE"] == "Lax"
    assert derived["ALLOWED_HOSTS"] == ["127.0.0.1", "[::1]", "localhost"]
    assert "SECURE_HSTS_SECONDS" not in derived
    assert "SECURE_PROXY_SSL_HEADER" not in derived


def test_a_front_end_that_reads_the_csrf_cookie_gets_one_it_can_read() -> None:
    derived = settings_of(SameOrigin([APP], csrf_cookie="csrftoken"))
    assert derived["CSRF_COOKIE_NAME"] == "csrftoken"
    assert not derived["CSRF_COOKIE_HTTPONLY"]
    # It is also let in by a header of its own, and reads another.
    plain, reading = (
        settings_of(CrossOrigin([APP], api="https://api.example.com", csrf_cookie=name))
        for name in (None, "csrftoken")
    )
    gained = {
        name: set(reading[name]) - set(plain[name])
        for name in ("CORS_ALLOW_HEADERS", "CORS_EXPOSE_HEADERS")
    }
    assert gained == {
        "CORS_ALLOW_HEADERS": {"authorization"},
        "CORS_EXPOSE_HEADERS": {"x-csrftoken"},
    }


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
        SameOrigin([origin])
    with pytest.raises(ImproperlyConfigured, match=r"origin|browsers|https"):
        CrossSite([APP], api=origin)


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
    assert settings_of(SameOrigin([origin]))["SPA_AUTH_DEPLOYMENT"].origins == [origin]


def test_no_origin_one_string_and_mixed_schemes_are_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="at least one"):
        SameOrigin([])
    with pytest.raises(ImproperlyConfigured, match="list"):
        SameOrigin(APP)
    with pytest.raises(ImproperlyConfigured, match="one scheme"):
        SameOrigin([APP, "http://localhost"])
    with pytest.raises(ImproperlyConfigured, match="one scheme"):
        CrossSite([APP], api="http://localhost")


@pytest.mark.parametrize(
    ("origin", "api"),
    [
        (APP, ELSEWHERE),
        ("http://app.localhost", "http://api.localhost"),
        ("http://localhost:8000", "http://127.0.0.1:8000"),
        ("http://[::1]:8000", "http://127.0.0.1:8000"),
    ],
)
def test_two_sites_are_not_one(origin: str, api: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="two sites"):
        CrossOrigin([origin], api=api)


@pytest.mark.parametrize(
    ("origin", "api"),
    [
        (APP, API),
        ("http://localhost:5173", "http://localhost:8000"),
        ("http://127.0.0.1:5173", "http://127.0.0.1:8000"),
        ("https://app.example.localhost", "https://api.example.localhost"),
    ],
)
def test_two_hosts_or_ports_of_one_site_are_cross_origin(origin: str, api: str) -> None:
    assert CrossOrigin([origin], api=api).own_origin == api


@override_settings(SPA_AUTH_DEPLOYMENT=None)
def test_a_project_without_a_deployment_is_told_the_line_to_write() -> None:
    with pytest.raises(ImproperlyConfigured, match="DjangoServed"):
        current()
