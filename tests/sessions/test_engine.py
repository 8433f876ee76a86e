from datetime import timedelta
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.contrib.auth.models import User
from django.contrib.sessions.backends.base import UpdateError
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from time_machine import TimeMachineFixture

from spa_auth.core.errors import SessionStoreUnavailable
from spa_auth.sessions.engine import SessionStore
from spa_auth.sessions.models import Session
from tests.conftest import PASSWORD, ApiClient

START = 1_800_000_000
DAY = 86400

pytestmark = pytest.mark.django_db


def stored(**data: Any) -> SessionStore:
    store = SessionStore()
    store.update(data)
    store.save()
    return store


def reopened(store: SessionStore) -> SessionStore:
    return SessionStore(store.session_key)


def test_what_is_saved_is_read_back() -> None:
    assert reopened(stored(cart=["book"]))["cart"] == ["book"]


def test_the_row_holds_no_key_and_no_stored_value_opens_a_session(signed_in: ApiClient) -> None:
    key = signed_in.cookies["sessionid"].value
    values = [str(value) for row in Session.objects.values() for value in row.values()]
    assert key not in " ".join(values)
    for value in values:
        signed_in.cookies["sessionid"] = value
        assert signed_in.get("/api/whoami/").status_code == 401


def test_the_row_says_who_when_and_from_where(client: ApiClient, alice: User) -> None:
    before = timezone.now()
    client.send(
        "POST",
        "/api/login/",
        {"login": "alice", "password": PASSWORD},
        headers={"User-Agent": "Browser/1" + "x" * 600},
    )
    row = Session.objects.get()
    assert row.user == alice
    assert before <= row.created_at == row.last_seen_at == row.authenticated_at
    assert row.address == "127.0.0.1"
    assert len(row.user_agent) == 512
    assert str(row) == row.public_id


@pytest.mark.parametrize(
    "key", ["short", "a" * 7, "a" * 8, "a" * 32, "a" * 44, "a" * 4096, "\0" * 43, "\u00e9" * 43]
)
def test_a_forged_key_is_anonymous_never_adopted_and_never_written(key: str) -> None:
    store = SessionStore(key)
    with CaptureQueriesContext(connection) as queries:
        assert store.get("x") is None
    assert store.session_key is None
    assert store.is_empty()
    assert len(queries) <= (len(key) == 43)
    assert Session.objects.count() == 0


def test_an_unknown_key_costs_one_query_and_is_not_reused_by_a_save() -> None:
    store = SessionStore("k" * 43)
    with CaptureQueriesContext(connection) as queries:
        assert store.is_empty() is False  # not looked at yet
        assert dict(store.items()) == {}
    assert len(queries) == 1
    store["x"] = 1
    store.save()
    assert store.session_key != "k" * 43


def test_keys_are_long_random_and_never_the_same() -> None:
    keys = {stored(n=n).session_key for n in range(50)}
    assert len(keys) == 50
    assert {len(str(key)) for key in keys} == {43}


def test_a_save_writes_once_and_only_when_something_changed() -> None:
    store = stored(a=1)
    with CaptureQueriesContext(connection) as queries:
        store.save()
    assert len(queries) == 0
    store["a"] = 2
    with CaptureQueriesContext(connection) as queries:
        store.save()
        store.save()
    assert len([q for q in queries if q["sql"].startswith("UPDATE")]) == 1
    assert reopened(store)["a"] == 2


def test_a_save_after_a_revoke_does_not_resurrect() -> None:
    store = reopened(stored(a=1))
    store["a"] = 2
    Session.objects.all().delete()
    with pytest.raises(UpdateError):
        store.save()
    assert Session.objects.count() == 0


def test_a_new_key_does_not_resurrect_either() -> None:
    store = reopened(stored(a=1))
    store.cycle_key()
    Session.objects.all().delete()
    with pytest.raises(UpdateError):
        store.save()
    assert Session.objects.count() == 0


def test_a_new_key_keeps_the_data_and_ends_the_old_one_when_it_is_stored() -> None:
    store = stored(a=1)
    old = reopened(store)
    store.cycle_key()
    assert store.session_key != old.session_key
    assert SessionStore.exists(store, str(old.session_key))
    store.save()
    assert reopened(store)["a"] == 1
    assert not store.exists(str(old.session_key))
    assert dict(old.items()) == {}


def test_a_new_key_does_not_extend_the_absolute_limit(time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(START, tick=False)
    store = stored(a=1)
    before = Session.objects.get()
    time_machine.shift(10 * DAY)
    store.cycle_key()
    store.save()
    after = Session.objects.get()
    assert (after.expires_at, after.created_at) == (before.expires_at, before.created_at)
    assert after.public_id == before.public_id


def test_flush_ends_the_session() -> None:
    store = stored(a=1)
    key = store.session_key
    store.flush()
    assert store.session_key is None
    assert store.is_empty()
    assert not store.exists(str(key))


def test_create_makes_an_empty_session_with_a_row() -> None:
    store = SessionStore()
    store.create()
    assert store.exists(str(store.session_key))
    assert dict(reopened(store).items()) == {}


def test_delete_takes_any_key_and_none() -> None:
    store, other = stored(a=1), stored(b=1)
    store.delete(other.session_key)
    reopened(store).delete()
    assert Session.objects.count() == 0
    SessionStore().delete()
    store.delete("unknown-key")


@pytest.mark.parametrize(
    ("remember", "idle", "absolute"), [(True, 14 * DAY, 90 * DAY), (False, DAY, 14 * DAY)]
)
def test_a_session_ends_when_idle_to_the_second(
    client: ApiClient,
    alice: User,
    time_machine: TimeMachineFixture,
    remember: bool,
    idle: int,
    absolute: int,
) -> None:
    time_machine.move_to(START, tick=False)
    client.sign_in(remember=remember)
    time_machine.move_to(START + idle - 1, tick=False)
    assert client.get("/api/whoami/").status_code == 200
    time_machine.move_to(START + idle - 1 + idle, tick=False)
    assert client.get("/api/whoami/").status_code == 401


@pytest.mark.parametrize(
    ("remember", "step", "absolute"), [(True, 13 * DAY, 90 * DAY), (False, DAY // 2, 14 * DAY)]
)
def test_use_never_extends_the_absolute_limit(
    client: ApiClient,
    alice: User,
    time_machine: TimeMachineFixture,
    remember: bool,
    step: int,
    absolute: int,
) -> None:
    time_machine.move_to(START, tick=False)
    client.sign_in(remember=remember)
    key = client.cookies["sessionid"].value
    for seconds in [*range(step, absolute, step), absolute - 1]:
        time_machine.move_to(START + seconds, tick=False)
        assert client.get("/api/whoami/").status_code == 200
    time_machine.move_to(START + absolute, tick=False)
    client.cookies["sessionid"] = key
    assert client.get("/api/whoami/").status_code == 401


def test_the_cookie_lives_as_long_as_the_absolute_limit(client: ApiClient, alice: User) -> None:
    assert client.sign_in().cookies["sessionid"]["max-age"] == 90 * DAY


def test_without_remember_the_cookie_ends_with_the_browser(client: ApiClient, alice: User) -> None:
    cookie = client.sign_in(remember=False).cookies["sessionid"]
    assert (cookie["max-age"], cookie["expires"]) == ("", "")


def test_reading_writes_at_most_once_a_minute(
    signed_in: ApiClient, time_machine: TimeMachineFixture
) -> None:
    begin = timezone.now()
    writes = []
    for seconds in (1, 30, 59, 61, 70, 120, 122, 200):
        time_machine.move_to(begin + timedelta(seconds=seconds), tick=False)
        with CaptureQueriesContext(connection) as queries:
            signed_in.get("/api/whoami/")
        writes.append(sum(q["sql"].startswith("UPDATE") for q in queries))
    assert writes == [0, 0, 0, 1, 0, 0, 1, 1]


@override_settings(SESSION_COOKIE_AGE=3600)
def test_a_cookie_age_that_the_project_set_is_the_idle_limit(
    time_machine: TimeMachineFixture,
) -> None:
    time_machine.move_to(START, tick=False)
    store = stored(a=1)
    time_machine.shift(3601)
    assert dict(reopened(store).items()) == {}


@override_settings(SESSION_EXPIRE_AT_BROWSER_CLOSE=True)
def test_a_project_can_end_every_session_with_the_browser() -> None:
    store = stored(a=1)
    assert store.get_expire_at_browser_close()
    assert store.get_expiry_age() == 14 * DAY


def test_set_expiry_shortens_and_can_be_taken_back(time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(START, tick=False)
    store = stored(a=1)
    store.set_expiry(timedelta(hours=1))
    assert store.get_expiry_age() == 3600
    store.save()
    assert store.get_expiry_age() == 3600
    assert store.get_expiry_date() == timezone.now() + timedelta(hours=1)
    assert not store.get_expire_at_browser_close()
    time_machine.move_to(timezone.now() + timedelta(hours=1))
    assert dict(reopened(store).items()) == {}


def test_a_session_that_is_not_stored_yet_has_an_expiry_too() -> None:
    assert SessionStore().get_expiry_age() == 90 * DAY


@pytest.mark.parametrize("data", ["", "not json", "[]", "7", "null"])
def test_damaged_data_are_an_empty_session_and_logged(
    data: str, caplog: pytest.LogCaptureFixture
) -> None:
    store = stored(a=1)
    Session.objects.update(data=data)
    assert dict(reopened(store).items()) == {}
    assert "damaged" in caplog.text


def test_expired_sessions_are_cleared_and_live_ones_are_not(
    time_machine: TimeMachineFixture,
) -> None:
    time_machine.move_to(START, tick=False)
    stored(old=1)
    time_machine.shift(15 * DAY)
    live = stored(new=1)
    call_command("clearsessions")
    assert [row.key_digest for row in Session.objects.all()] == [
        live.row.key_digest if live.row else None
    ]


def test_a_lot_of_expired_sessions_is_cleared_in_chunks(
    time_machine: TimeMachineFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("spa_auth.sessions.engine._CHUNK", 2)
    time_machine.move_to(START, tick=False)
    for number in range(5):
        stored(old=number)
        time_machine.shift(1)
    time_machine.shift(15 * DAY)
    with CaptureQueriesContext(connection) as queries:
        SessionStore.clear_expired()
    deletes = [q["sql"] for q in queries if q["sql"].startswith("DELETE")]
    assert len([sql for sql in deletes if "spa_auth_sessions_session" in sql]) == 3
    assert Session.objects.count() == 0


def test_deleting_a_user_deletes_their_sessions(signed_in: ApiClient, alice: User) -> None:
    alice.delete()
    assert Session.objects.count() == 0
    assert signed_in.get("/api/whoami/").status_code == 401


def test_signing_in_past_our_door_makes_a_session_without_proofs(
    client: ApiClient, alice: User
) -> None:
    client.get("/plain-login/?as=alice")
    state = client.get("/api/session/").json()
    assert state["session"]["proofs"] == []
    assert state["session"]["authenticatedAt"] is not None


def test_a_store_that_is_down_is_not_a_signed_out_user(
    signed_in: ApiClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(*_: Any) -> Any:
        raise OperationalError

    monkeypatch.setattr("spa_auth.sessions.engine.statement", down)
    for path in ("/api/whoami/", "/private/", "/cart/?add=x"):
        response = signed_in.get(path)
        assert response.status_code == 503
        assert response["Retry-After"] == "5"
        assert "sessionid" not in response.cookies
    monkeypatch.undo()
    assert signed_in.get("/api/whoami/").status_code == 200


def test_a_store_that_fails_while_saving_is_reported_alike(
    client: ApiClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(*_: Any) -> Any:
        raise OperationalError

    monkeypatch.setattr(SessionStore, "_insert", down)
    response = client.get("/cart/?add=x")
    assert (response.status_code, response.json()["code"]) == (503, "session_store_unavailable")
    with pytest.raises(SessionStoreUnavailable):
        stored(a=1)


def test_a_store_that_can_only_be_read_keeps_people_signed_in(
    signed_in: ApiClient, time_machine: TimeMachineFixture
) -> None:
    def read_only(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith("UPDATE"):
            raise OperationalError("attempt to write a readonly database")
        return execute(sql, params, many, context)

    time_machine.move_to(timezone.now() + timedelta(hours=1))
    with connection.execute_wrapper(read_only):
        assert signed_in.get("/api/whoami/").status_code == 200
        assert signed_in.get("/api/whoami/").status_code == 200


def test_the_asynchronous_methods_do_the_same() -> None:
    async def story() -> None:
        store = SessionStore()
        await store.aset("a", 1)
        await store.asave()
        key = store.session_key
        await store.acycle_key()
        await store.asave()
        assert store.session_key != key
        assert await store.aget_expiry_age() == 90 * DAY
        assert await store.aget_expiry_date() > timezone.now()
        assert not await store.aget_expire_at_browser_close()
        assert await SessionStore(store.session_key).aget("a") == 1
        await store.aflush()
        assert store.is_empty()

    async_to_sync(story)()
    assert Session.objects.count() == 0
