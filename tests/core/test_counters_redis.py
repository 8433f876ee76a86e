"""What is particular to counting in Redis or Valkey; what is not is in `test_limits.py`."""

import re
from collections.abc import Iterator

import pytest
import redis
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test import RequestFactory, override_settings
from django.test.utils import CaptureQueriesContext

from spa_auth.core.errors import RateLimited
from spa_auth.core.limits import Limit, reserve
from spa_auth.core.models import Counter
from system import free_port
from tests.conftest import ApiClient

LIMIT = Limit(address="3/1m", account="2/1m", subject=str)


@pytest.fixture
def server(redis_store: str) -> Iterator["redis.Redis[str]"]:
    with redis.Redis.from_url(redis_store, decode_responses=True) as client:
        yield client


@pytest.fixture
def nowhere() -> Iterator[None]:
    """Nobody listens there."""
    address = f"redis://127.0.0.1:{free_port()}/0"
    with override_settings(SPA_AUTH={"LIMITS_REDIS": address}):
        yield


def stored(server: "redis.Redis[str]") -> dict[str, str]:
    return {key: server.get(key) or "" for key in server.scan_iter()}


def use(who: str = "alice") -> None:
    reserve("test", LIMIT, request=RequestFactory().post("/"), body=who)


@pytest.mark.django_db
def test_nothing_is_counted_in_the_database(server: "redis.Redis[str]") -> None:
    with CaptureQueriesContext(connection) as queries:
        use()
    assert len(queries) == 0
    assert Counter.objects.count() == 0
    assert server.dbsize() == 2


def test_a_copy_of_the_store_names_nobody(server: "redis.Redis[str]") -> None:
    use()
    for key, value in stored(server).items():
        assert re.fullmatch(r"\{spa_auth\.limit\}:[0-9a-f]{64}", key)
        assert re.fullmatch(r"[0-9]{16}", value)


def test_counters_expire_when_they_say_nothing_any_more(server: "redis.Redis[str]") -> None:
    use()
    use()
    assert sorted(round(server.pttl(key) / 10_000) for key in stored(server)) == [4, 6]


def test_a_refusal_writes_nothing(server: "redis.Redis[str]") -> None:
    use()
    use()
    before = stored(server)
    with pytest.raises(RateLimited):
        use()
    assert stored(server) == before


@pytest.mark.django_db(transaction=True)
def test_a_use_is_given_back_with_the_transaction_or_not_at_all(
    server: "redis.Redis[str]",
) -> None:
    reservation = reserve("test", LIMIT, request=RequestFactory().post("/"), body="alice")
    counted = stored(server)
    with transaction.atomic():
        reservation.refund()
        transaction.set_rollback(True)
    assert stored(server) == counted
    with transaction.atomic():
        reservation.refund()
    returned = sorted(int(stored(server)[key]) - int(old) for key, old in counted.items())
    assert returned == [-30_000_000, -20_000_000]


@pytest.mark.django_db(transaction=True)
def test_a_counter_that_has_expired_needs_nothing_back(server: "redis.Redis[str]") -> None:
    reservation = reserve("test", LIMIT, request=RequestFactory().post("/"), body="alice")
    server.flushall()
    reservation.refund()
    assert server.dbsize() == 0


@pytest.mark.django_db(transaction=True)
def test_signing_in_gives_its_use_back(server: "redis.Redis[str]", alice: User) -> None:
    for _ in range(12):
        assert ApiClient().sign_in().status_code == 200


def test_a_connection_that_the_server_has_closed_is_made_anew(server: "redis.Redis[str]") -> None:
    use("alice")
    server.client_kill_filter(_type="normal", skipme=True)
    use("bob")


def test_a_server_that_has_forgotten_the_scripts_is_told_them(server: "redis.Redis[str]") -> None:
    use("alice")
    server.script_flush()
    use("bob")


@pytest.mark.django_db
def test_without_the_server_nobody_guesses(
    nowhere: None, client: ApiClient, alice: User, hashes: list[int]
) -> None:
    hashes.clear()
    response = client.sign_in()
    assert response.status_code == 503
    assert response["Retry-After"] == "5"
    assert response.json()["code"] == "session_store_unavailable"
    assert response.cookies == {}
    assert hashes == []


@pytest.mark.django_db(transaction=True)
def test_a_server_that_goes_away_between_leaves_the_person_signed_in(
    server: "redis.Redis[str]", nowhere: None
) -> None:
    with override_settings(SPA_AUTH={"LIMITS_REDIS": redis_address(server)}):
        reservation = reserve("test", LIMIT, request=RequestFactory().post("/"), body="alice")
    with transaction.atomic():
        reservation.refund()
        user = User.objects.create_user("late")
    assert User.objects.get() == user


def redis_address(server: "redis.Redis[str]") -> str:
    where = server.connection_pool.connection_kwargs
    return f"redis://{where['host']}:{where['port']}/0"
