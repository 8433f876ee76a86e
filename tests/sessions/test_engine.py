from datetime import timedelta
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.contrib.auth.models import User
from django.contrib.sessions.backends.base import CreateError, UpdateError
from django.core.management import call_command
from django.db import OperationalError, connection, connections
from django.db.models.signals import post_delete
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from time_machine import TimeMachineFixture

from spa_auth.core.errors import SessionStoreUnavailable
from spa_auth.sessions.engine import SessionStore
from spa_auth.sessions.management.commands import clearsessions
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


def test_what_a_project_does_when_a_session_goes_is_done() -> None:
    ended: list[str] = []

    def receiver(instance: Session, **_: object) -> None:
        ended.append(instance.public_id)

    store = stored()
    post_delete.connect(receiver, sender=Session)
    vars(connections["default"]).pop("_spa_auth_statements", None)
    try:
        store.flush()
        SessionStore("x" * 43).delete()
    finally:
        post_delete.disconnect(receiver, sender=Session)
        vars(connections["default"]).pop("_spa_auth_statements", None)
    assert len(ended) == 1


def test_delete_takes_any_key_and_none() -> None:
    store, other = stored(a=1), stored(b=1)
    store.delete(other.session_key)
    reopened(store).delete()
    assert Session.objects.count() == 0
    SessionStore().delete()
    store.delete("unknown-key")


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


# Django's where its own app is installed, ours where it is not.
@pytest.mark.parametrize("command", ["clearsessions", clearsessions.Command()])
def test_expired_sessions_are_cleared_and_live_ones_are_not(
    time_machine: TimeMachineFixture, command: Any
) -> None:
    time_machine.move_to(START, tick=False)
    stored(old=1)
    time_machine.shift(15 * DAY)
    live = stored(new=1)
    call_command(command)
    assert [row.key_digest for row in Session.objects.all()] == [
        live.row.key_digest if live.row else None
    ]


def test_a_lot_of_expired_sessions_is_cleared_in_chunks(
    time_machine: TimeMachineFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("spa_auth.core.chunks._FEWEST", 2)
    monkeypatch.setattr("spa_auth.core.chunks._MOST", 2)
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

    monkeypatch.setattr("spa_auth.sessions.writing.write", down)
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


def test_clearing_a_session_does_not_adopt_its_key() -> None:
    store = SessionStore("k" * 43)
    store.clear()
    store["a"] = 1
    store.save()
    assert store.session_key != "k" * 43
    assert reopened(store)["a"] == 1


def test_clearing_a_revoked_session_does_not_resurrect_it() -> None:
    store = reopened(stored(a=1))
    Session.objects.all().delete()
    key = str(store.session_key)
    store.clear()
    store.save()
    assert not store.exists(key)


def test_a_new_key_for_a_cleared_session_ends_the_old_one() -> None:
    old = stored(a=1)
    store = reopened(old)
    store.clear()
    store.cycle_key()
    store.save()
    assert not store.exists(str(old.session_key))


def test_a_save_after_a_delete_does_not_resurrect() -> None:
    store = stored(a=1)
    store.delete()
    store["a"] = 2
    with pytest.raises(UpdateError):
        store.save()
    assert Session.objects.count() == 0


def test_a_value_that_changed_inside_is_saved_when_somebody_saves() -> None:
    store = stored(cart=["book"])
    store["cart"].append("pen")
    store.save()
    assert reopened(store)["cart"] == ["book", "pen"]


def test_what_must_be_created_must_not_be_there() -> None:
    store = stored(a=1)
    for again in (store, reopened(store)):
        with pytest.raises(CreateError):
            again.save(must_create=True)
    assert reopened(store)["a"] == 1
    SessionStore("k" * 43).save(must_create=True)
    assert store.exists("k" * 43)


def test_creating_a_session_while_a_new_key_waits_ends_the_old_one() -> None:
    store = stored(a=1)
    old = str(store.session_key)
    store.cycle_key()
    store.create()
    assert not store.exists(old)
    kept = str(store.session_key)
    store.create()
    assert store.exists(kept)
