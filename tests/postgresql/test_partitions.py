"""The session table works hash-partitioned by the digest of the key: nothing else has to change."""

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.backends.base import UpdateError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from time_machine import TimeMachineFixture

from spa_auth.sessions import flow
from spa_auth.sessions.engine import SessionStore
from spa_auth.sessions.models import Session
from tests.conftest import ApiClient

pytestmark = pytest.mark.django_db

TABLE = "spa_auth_sessions_session"
PARTITIONS = 4
START = 1_800_000_000
DAY = 86400


@pytest.fixture(autouse=True)
def partitioned(db: None) -> None:
    """Put a partitioned table of the same columns, indexes and constraints in its place."""
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {TABLE} RENAME TO whole")
        cursor.execute(
            f"CREATE TABLE {TABLE} (LIKE whole INCLUDING ALL) PARTITION BY HASH (key_digest)"
        )
        cursor.execute(f"ALTER TABLE {TABLE} ADD FOREIGN KEY (user_id) REFERENCES auth_user")
        for number in range(PARTITIONS):
            cursor.execute(
                f"CREATE TABLE part_{number} PARTITION OF {TABLE}"
                f" FOR VALUES WITH (MODULUS {PARTITIONS}, REMAINDER {number})"
            )


def rows_per_partition() -> list[int]:
    counts = []
    with connection.cursor() as cursor:
        for number in range(PARTITIONS):
            cursor.execute(f"SELECT count(*) FROM part_{number}")
            counts.append(cursor.fetchone()[0])
    return counts


def stored(**data: object) -> SessionStore:
    store = SessionStore()
    store.update(data)
    store.save()
    return store


def test_rows_spread_over_the_partitions_and_are_read_back() -> None:
    stores = [stored(number=number) for number in range(100)]
    assert sum(rows_per_partition()) == 100
    assert all(count > 5 for count in rows_per_partition())
    assert [SessionStore(store.session_key)["number"] for store in stores] == [*range(100)]


def test_a_request_looks_into_one_partition(signed_in: ApiClient) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert signed_in.get("/private/").status_code == 200
    (query,) = queries
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN " + query["sql"])
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert sum(f"part_{number}" in plan for number in range(PARTITIONS)) == 1


def test_a_session_is_saved_cycled_and_ended() -> None:
    store = stored(a=1)
    for number in range(20):  # from partition to partition
        old = str(store.session_key)
        store["a"] = number
        store.cycle_key()
        store.save()
        assert not store.exists(old)
        assert SessionStore(store.session_key)["a"] == number
    store["a"] = "more"
    store.save()
    assert Session.objects.count() == 1
    again = SessionStore(store.session_key)
    assert again["a"] == "more"
    store.flush()
    again["a"] = "too late"
    with pytest.raises(UpdateError):
        again.save()
    assert rows_per_partition() == [0] * PARTITIONS


def test_sessions_are_listed_and_revoked(signed_in: ApiClient, alice: User) -> None:
    for _ in range(10):
        assert ApiClient().sign_in().status_code == 200
    rows = flow.live_sessions(alice)
    assert len(rows) == 11
    assert flow.revoke(alice, rows[0].public_id, address=None)
    assert flow.revoke_others(alice, rows[1].public_id, address=None) == 9
    assert [row.public_id for row in flow.live_sessions(alice)] == [rows[1].public_id]


def test_the_sessions_of_a_user_who_is_deleted_end(signed_in: ApiClient, alice: User) -> None:
    alice.delete()
    assert rows_per_partition() == [0] * PARTITIONS
    assert signed_in.get("/api/whoami/").status_code == 401


def test_expired_sessions_are_cleared(time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(START, tick=False)
    for number in range(50):
        stored(number=number)
    time_machine.shift(15 * DAY)
    live = stored(number="live")
    SessionStore.clear_expired()
    assert sum(rows_per_partition()) == 1
    assert SessionStore(live.session_key)["number"] == "live"
