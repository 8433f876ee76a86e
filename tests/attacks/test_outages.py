"""What stands beside us is down or late: a cache server, a replica of the database."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import connections
from django.test import override_settings

from spa_auth.core import secrets
from spa_auth.sessions import flow
from spa_auth.sessions.models import Session
from tests.attacks.stage import browser, key_of, public_id_of, who_is
from tests.conftest import PASSWORD, ApiClient

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.attacks.urls")]


@override_settings(CACHES={"default": {"BACKEND": "tests.attacks.backends.DeadCache"}})
def test_a122_nothing_of_ours_needs_the_cache_server(alice: User) -> None:
    """A122: it is down. Sign-in, use, limits, the list, the admin and the cleaning go on."""
    with pytest.raises(ConnectionError):
        cache.get("anything")
    User.objects.create_superuser("root", password=PASSWORD)
    client, other, root = browser(), browser(), browser("root")
    assert client.sign_in("alice", "wrong").status_code == 400
    for path in ("/api/session/", "/api/whoami/", "/private/", "/private-async/", "/drf/notes/"):
        assert client.get(path).status_code == 200
    assert client.get("/cart/?add=book").json() == {"cart": ["book"]}
    assert root.get("/admin/spa_auth_sessions/session/").status_code == 200
    assert client.send("DELETE", f"/api/sessions/{public_id_of(other)}/").status_code == 200
    assert other.get("/api/whoami/").status_code == 401
    assert client.send("POST", "/api/logout/").status_code == 200
    for _ in range(10):
        client.sign_in("alice", "wrong")
    assert client.sign_in().status_code == 429  # limits are kept, not forgotten


@pytest.fixture
def replica(settings: Any) -> Iterator[Callable[[], None]]:
    """A second database to which all reads are routed; it is as the first one was at each call."""
    connections.settings["replica"] = connections.settings["default"] | {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": ":memory:",
        "OPTIONS": {},
    }
    connections["replica"].connect()
    with connections["replica"].schema_editor() as editor:
        for table in apps.get_models():
            editor.create_model(table)

    def catch_up() -> None:
        for model in (User, Session):
            rows = list(model._base_manager.using("default"))
            model._base_manager.using("replica").all().delete()
            model._base_manager.using("replica").bulk_create(rows)

    settings.DATABASE_ROUTERS = ["tests.attacks.backends.ToReplica"]
    yield catch_up
    connections["replica"].connection.close()
    del connections["replica"]
    del connections.settings["replica"]


NEW = "another-long-password"


def revoke(user: User) -> None:
    assert flow.revoke_all(user) > 0


def deactivate(user: User) -> None:
    User.objects.using("default").filter(pk=user.pk).update(is_active=False)


def reset_password(user: User) -> None:
    user.set_password(NEW)
    user.save(using="default")


def replica_knows(key: str) -> bool:
    """Whether a look-up of this key on the replica would find a live session of an active user."""
    rows = Session.objects.filter(key_digest=secrets.digest(key), user__is_active=True)
    assert rows.db == "replica"
    return rows.exists()


@pytest.mark.parametrize("end", [revoke, deactivate, reset_password])
def test_a129_what_ended_on_the_primary_has_ended(
    alice: User, replica: Callable[[], None], end: Callable[[User], None]
) -> None:
    """A129: the replica has not heard of it yet."""
    replica()
    key = key_of(browser())
    replica()
    assert who_is(key) == "alice"
    end(alice)
    assert replica_knows(key)
    assert who_is(key) is None
    assert ApiClient().get("/drf/notes/", headers={"Cookie": f"sessionid={key}"}).status_code == 401


def test_a129_what_began_on_the_primary_has_begun(alice: User, replica: Callable[[], None]) -> None:
    """A129: the session, its data, its place in the list and its end are there at once."""
    replica()
    client = browser()
    assert not replica_knows(key_of(client))
    assert who_is(key_of(client)) == "alice"
    assert client.get("/cart/?add=book").json() == client.get("/cart/").json()
    assert len(client.get("/api/sessions/").json()["sessions"]) == 1
    assert client.send("POST", "/api/logout/").json()["status"] == "anonymous"


def test_a129_a_change_of_rights_on_the_primary_holds(
    db: None, replica: Callable[[], None]
) -> None:
    """A129: the user comes with the session, and so from the primary."""
    User.objects.db_manager("default").create_superuser("root", password=PASSWORD)
    replica()
    client = browser("root")
    replica()
    assert client.get("/admin/").status_code == 200
    User.objects.using("default").update(is_staff=False, is_superuser=False)
    assert User.objects.get().is_staff  # the replica
    assert client.get("/admin/").status_code == 302


def test_a129_an_old_password_gives_no_session_that_lives(
    alice: User, replica: Callable[[], None]
) -> None:
    """A129: the replica still has the hash of the old password."""
    replica()
    assert who_is(key_of(browser())) == "alice"
    reset_password(alice)
    assert User.objects.get().check_password(PASSWORD)
    thief = ApiClient()
    thief.sign_in("alice", PASSWORD)
    assert thief.get("/api/whoami/").status_code == 401
