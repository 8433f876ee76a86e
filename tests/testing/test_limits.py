"""Limits in tests of something else."""

from collections.abc import Iterator

import pytest
from django.test import TestCase, override_settings

import services
from spa_auth.testing import SpaClient, limits_off, reset_limits

BODY = {"login": "nobody", "password": "wrong"}


@pytest.fixture
def redis() -> Iterator[None]:
    with services.redis() as address, override_settings(SPA_AUTH={"LIMITS_REDIS": address}):
        yield


def codes(times: int) -> set[str]:
    client = SpaClient()
    return {client.post("/api/login/", BODY).json()["code"] for _ in range(times)}


@pytest.mark.django_db
@pytest.mark.usefixtures("stopped_clock")
def test_counting_stops_meanwhile() -> None:
    with limits_off():
        assert codes(30) == {"invalid_credentials"}
    assert codes(30) == {"invalid_credentials", "rate_limited"}


@pytest.mark.django_db
@pytest.mark.usefixtures("stopped_clock")
def test_what_was_counted_is_forgotten() -> None:
    assert "rate_limited" in codes(30)
    reset_limits()
    assert codes(1) == {"invalid_credentials"}


@pytest.mark.django_db
@pytest.mark.usefixtures("stopped_clock")
def test_what_redis_counted_as_well(redis: None) -> None:
    assert "rate_limited" in codes(30)
    reset_limits()
    assert codes(1) == {"invalid_credentials"}


@limits_off()
class ATestCase(TestCase):
    def test_a_class_has_none(self) -> None:
        assert codes(30) == {"invalid_credentials"}
