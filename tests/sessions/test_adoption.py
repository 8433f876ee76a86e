"""Moving over from Django's `db` engine signs nobody out, and brings nobody back."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import StringIO
from threading import Barrier
from typing import Any

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore as DjangoStore
from django.contrib.sessions.models import Session as DjangoSession
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import override_settings
from django.utils import timezone

from spa_auth.sessions import adoption
from spa_auth.sessions.engine import SessionStore
from spa_auth.sessions.models import Session
from tests.conftest import ApiClient

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def moving() -> Iterator[None]:
    with override_settings(SPA_AUTH={"DJANGO_SESSION_COOKIE": "sessionid"}):
        yield


def djangos(user: User | None = None, **data: Any) -> str:
    """Store a session as a project had it before; return its key."""
    store = DjangoStore()
    store.update(data)
    if user is not None:
        store[SESSION_KEY] = str(user.pk)
        store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.save()
    return str(store.session_key)


def with_cookie(key: str) -> ApiClient:
    client = ApiClient()
    client.cookies["sessionid"] = key
    return client


def test_a_session_of_djangos_engine_goes_on_as_ours(
    alice: User, django_assert_num_queries: Any
) -> None:
    client = with_cookie(djangos(alice, cart=["book"]))
    state = client.get("/api/session/").json()
    assert (state["status"], state["user"]["username"]) == ("authenticated", "alice")
    assert (state["session"]["authenticatedAt"], state["session"]["proofs"]) == (None, [])
    assert client.get("/cart/").json() == {"cart": ["book"]}
    assert not DjangoSession.objects.exists()
    assert Session.objects.get().user == alice
    assert client.cookies["sessionid"].value not in str(Session.objects.values().get())
    with django_assert_num_queries(1):
        assert client.get("/private/").status_code == 200
    assert client.send("POST", "/api/logout/").status_code == 200
    assert client.get("/api/whoami/").status_code == 401


def test_the_device_is_that_of_the_first_request(alice: User) -> None:
    client = with_cookie(djangos(alice))
    client.get("/api/whoami/", headers={"User-Agent": "Browser/1"})
    row = Session.objects.get()
    assert (row.user_agent, row.address) == ("Browser/1", "127.0.0.1")


@override_settings(SESSION_COOKIE_NAME="newname")
def test_where_the_cookie_gets_another_name_ours_is_sent(alice: User) -> None:
    client = with_cookie(djangos(alice))
    assert client.send("PATCH", "/api/profile/", {}).status_code == 403
    assert client.get("/api/whoami/").status_code == 200
    assert client.cookies["newname"]["httponly"]
    del client.cookies["sessionid"]
    assert client.get("/api/whoami/").status_code == 200
    # The old cookie is not looked at any more.
    client.cookies["sessionid"] = djangos()
    assert client.get("/api/whoami/").status_code == 200


def test_without_the_setting_nothing_of_djangos_is_read(
    alice: User, django_assert_num_queries: Any
) -> None:
    client = with_cookie(djangos(alice))
    with override_settings(SPA_AUTH={}), django_assert_num_queries(0):
        assert client.get("/api/whoami/").status_code == 401
    assert DjangoSession.objects.exists()


@pytest.mark.parametrize("key", ["\0" * 32, "é" * 32, "x" * 31, "x" * 32, "'" * 32])
def test_a_key_that_django_never_gave_out_is_nobodys(db: None, key: str) -> None:
    store = SessionStore(key)
    assert store.is_empty() is False  # not looked up yet, as in Django
    assert dict(store.items()) == {}
    assert store.session_key is None


def test_it_ends_no_later_than_under_django(alice: User) -> None:
    key = djangos(alice)
    DjangoSession.objects.update(expire_date=timezone.now() + timedelta(hours=1))
    assert with_cookie(key).get("/api/whoami/").status_code == 200
    row = Session.objects.get()
    assert row.idle_expires_at == row.expires_at <= timezone.now() + timedelta(hours=1)


def test_what_is_dead_under_django_stays_dead(alice: User, bob: User) -> None:
    expired, deleted, garbled, changed = (djangos(user) for user in (alice, bob, alice, alice))
    DjangoSession.objects.filter(session_key=expired).update(expire_date=timezone.now())
    DjangoSession.objects.filter(session_key=garbled).update(session_data="garbage")
    bob.delete()
    alice.set_password("another one")
    alice.save()
    odd, unreadable = djangos(**{SESSION_KEY: "nobody's number"}), djangos(alice)
    data = DjangoStore().encode({"_session_expiry": "tomorrow"})
    DjangoSession.objects.filter(session_key=unreadable).update(session_data=data)
    for key in (expired, deleted, garbled, changed, odd, unreadable):
        assert with_cookie(key).get("/api/whoami/").status_code == 401


def test_a_session_that_ends_while_it_is_taken_over_stays_ended(
    alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    build = adoption._build

    def ended_meanwhile(old: DjangoSession) -> Session | None:
        DjangoSession.objects.all().delete()
        return build(old)

    monkeypatch.setattr(adoption, "_build", ended_meanwhile)
    assert with_cookie(djangos(alice)).get("/api/whoami/").status_code == 401
    assert not Session.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_page_that_sends_five_requests_at_once_loses_none(alice: User) -> None:
    key = djangos(alice)
    barrier = Barrier(5)

    def ask(_: int) -> int:
        barrier.wait()
        try:
            return with_cookie(key).get("/api/whoami/").status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(5) as pool:
        assert list(pool.map(ask, range(5))) == [200] * 5
    assert Session.objects.count() == 1


def test_the_command_takes_all_over(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adoption, "_CHUNK", 2)
    keys = [djangos(alice) for _ in range(5)]
    output = StringIO()
    call_command("spa_auth_adopt_sessions", stdout=output)
    assert output.getvalue().splitlines()[-1].startswith("Done: 5 sessions")
    assert not DjangoSession.objects.exists()
    for key in keys:
        assert with_cookie(key).get("/api/whoami/").status_code == 200


def test_the_command_gets_past_what_somebody_moves_meanwhile(
    alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = sorted(djangos(alice) for _ in range(3))
    build = adoption._build

    def first_moves_itself(old: DjangoSession) -> Session | None:
        if old.session_key == keys[0]:
            DjangoSession.objects.filter(session_key=keys[0]).delete()
        return build(old)

    monkeypatch.setattr(adoption, "_build", first_moves_itself)
    output = StringIO()
    call_command("spa_auth_adopt_sessions", stdout=output)
    assert output.getvalue().splitlines()[-1].startswith("Done: 2 sessions")
    assert Session.objects.count() == 2


def test_the_command_is_refused_where_nobody_could_use_the_sessions() -> None:
    with override_settings(SPA_AUTH={}), pytest.raises(CommandError, match="DJANGO_SESSION_COOKIE"):
        call_command("spa_auth_adopt_sessions")
