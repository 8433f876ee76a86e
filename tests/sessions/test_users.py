"""One query for session and user, and the same user as Django's own look-up finds."""

import json
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.contrib import auth
from django.contrib.auth.backends import BaseBackend, ModelBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser, User, UserManager
from django.db import connection, connections, models
from django.db.models.manager import Manager
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory, override_settings
from django.test.utils import CaptureQueriesContext

from spa_auth.core import addresses, people
from spa_auth.sessions.engine import SessionStore
from spa_auth.sessions.flow import end_if_deactivated
from spa_auth.sessions.middleware import AuthenticationMiddleware
from spa_auth.sessions.models import Session
from spa_auth.sessions.statement import joinable_user
from spa_auth.sessions.users import get_user
from tests.conftest import ApiClient

pytestmark = pytest.mark.django_db


def request_with(client: ApiClient) -> HttpRequest:
    request = RequestFactory().get("/")
    request.session = SessionStore(client.cookies["sessionid"].value)
    return request


def found(client: ApiClient) -> tuple[Any, int]:
    """Who is signed in, and how many statements it took."""
    request = request_with(client)
    with CaptureQueriesContext(connection) as queries:
        user = get_user(request)
    return user, len(queries)


def statements(client: ApiClient, path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


@pytest.fixture
def fresh_statement() -> Any:
    """Compile anew, before and after: what decides about joining is changed in between."""
    kept = vars(connections["default"])
    kept.pop("_spa_auth_statements", None)
    yield
    kept.pop("_spa_auth_statements", None)


@pytest.mark.parametrize("path", ["/private/", "/drf/notes/", "/api/profile/"])
def test_an_authenticated_request_takes_one_query_and_no_write(
    client: ApiClient, alice: User, path: str
) -> None:
    addresses.prove(alice, alice.email)
    client.sign_in()
    assert statements(client, path) == 1


@pytest.mark.parametrize("path", ["/api/whoami/", "/api/session/"])
def test_whether_an_address_is_proved_takes_another_until_it_is(
    signed_in: ApiClient, alice: User, path: str
) -> None:
    assert statements(signed_in, path) == 2
    addresses.prove(alice, alice.email)
    assert signed_in.get("/api/whoami/").json()["emailVerified"]


@pytest.mark.parametrize("path", ["/api/whoami/", "/api/session/"])
def test_whether_an_address_is_proved_takes_one_more(signed_in: ApiClient, path: str) -> None:
    assert statements(signed_in, path) == 2


def test_a_stale_cookie_takes_one_query_and_no_write(signed_in: ApiClient) -> None:
    Session.objects.all().delete()
    key = signed_in.cookies["sessionid"].value
    with CaptureQueriesContext(connection) as queries:
        signed_in.get("/api/session/", headers={"Cookie": f"sessionid={key}"})
    assert [query["sql"][:6] for query in queries] == ["SELECT"]


def test_the_joined_user_is_the_one_that_django_reads(signed_in: ApiClient, alice: User) -> None:
    alice.refresh_from_db()
    user, queries = found(signed_in)
    assert queries == 1
    for field in User._meta.concrete_fields:
        assert getattr(user, field.attname) == getattr(alice, field.attname), field.attname
    assert (user._state.db, user._state.adding) == ("default", False)
    assert not user.get_deferred_fields()


def test_asynchronous_code_gets_the_same_user_at_the_same_price(signed_in: ApiClient) -> None:
    request = request_with(signed_in)
    AuthenticationMiddleware(HttpResponse).process_request(request)  # type: ignore[arg-type]
    with CaptureQueriesContext(connection) as queries:
        assert async_to_sync(request.auser)().get_username() == "alice"
        assert request.user.get_username() == "alice"
    assert len(queries) == 1


CHANGES: dict[str, Callable[[User], Any]] = {
    "nothing": lambda user: None,
    "deactivated": lambda user: User.objects.filter(pk=user.pk).update(is_active=False),
    "another password": lambda user: User.objects.filter(pk=user.pk).update(password="new"),
    "no hash": lambda user: edit_session(_auth_user_hash=None),
    "another user id": lambda user: edit_session(_auth_user_id="999"),
    "no user id of this model": lambda user: edit_session(_auth_user_id="alice"),
    "an unknown backend": lambda user: edit_session(_auth_user_backend="gone.Backend"),
    "no backend": lambda user: edit_session(_auth_user_backend=None),
}


def edit_session(**changes: Any) -> None:
    row = Session.objects.get()
    row.data = json.dumps(json.loads(row.data) | changes)
    row.save()


@pytest.mark.parametrize("change", CHANGES)
def test_every_check_of_djangos_is_kept(signed_in: ApiClient, alice: User, change: str) -> None:
    CHANGES[change](alice)
    ours, _ = found(signed_in)
    if Session.objects.exists():  # ours may have ended it for good
        assert ours == auth.get_user(request_with(signed_in))
    assert ours.is_authenticated == (change == "nothing")


class Other(ModelBackend):
    """Finds users in its own way."""

    def get_user(self, user_id: Any) -> User | None:
        return User.objects.filter(pk=user_id, first_name="Alice").first()


class NoModel(BaseBackend):
    """Knows no rows of users at all."""

    def get_user(self, user_id: Any) -> Any:
        return User(pk=user_id, username="from elsewhere")


@pytest.mark.parametrize("backend", ["Other", "NoModel"])
def test_a_backend_that_finds_users_in_its_own_way_decides(
    signed_in: ApiClient, backend: str, settings: Any
) -> None:
    path = f"tests.sessions.test_users.{backend}"
    settings.AUTHENTICATION_BACKENDS = [path]
    edit_session(_auth_user_backend=path)
    User.objects.update(first_name="Somebody else")
    user, _ = found(signed_in)
    # Neither is the joined user: one hides her, the other's password hash is another one.
    assert user == AnonymousUser()


def test_other_backends_of_djangos_are_joined_too(signed_in: ApiClient, settings: Any) -> None:
    path = "django.contrib.auth.backends.AllowAllUsersModelBackend"
    settings.AUTHENTICATION_BACKENDS = [path]
    edit_session(_auth_user_backend=path)
    User.objects.update(is_active=False)
    user, queries = found(signed_in)
    assert (user.get_username(), queries) == ("alice", 1)


class Hiding(UserManager[User]):
    """Hides some users, as soft deletion does."""

    def get_queryset(self) -> models.QuerySet[User]:
        return super().get_queryset().exclude(first_name="Alice")


def test_a_manager_that_hides_users_keeps_them_signed_out(
    signed_in: ApiClient, monkeypatch: pytest.MonkeyPatch, fresh_statement: None
) -> None:
    manager = Hiding()
    manager.model = User
    monkeypatch.setattr(User._meta, "default_manager", manager)
    assert joinable_user("default") is None
    assert found(signed_in)[0] == AnonymousUser()


class Counted(models.QuerySet[User]):
    """A project's own query set."""


def test_users_are_joined_only_where_that_reads_the_same(
    monkeypatch: pytest.MonkeyPatch, fresh_statement: None
) -> None:
    assert joinable_user("default") is User
    assert joinable_user("another database") is None
    with override_settings(AUTH_USER_MODEL="people.EmailUser"):
        assert joinable_user("default") is None

    with monkeypatch.context() as patch:
        manager = Manager.from_queryset(Counted)()
        manager.model = User
        patch.setattr(User._meta, "default_manager", manager)
        assert joinable_user("default") is None
    with monkeypatch.context() as patch:
        patch.setattr(User, "from_db", classmethod(Counted))
        assert joinable_user("default") is None
    with monkeypatch.context() as patch:
        patch.setattr(User._meta, "parents", {User: None})
        assert joinable_user("default") is None


def test_without_a_join_it_takes_two_queries_and_finds_the_same(
    signed_in: ApiClient, monkeypatch: pytest.MonkeyPatch, fresh_statement: None
) -> None:
    monkeypatch.setattr("spa_auth.sessions.statement.joinable_user", lambda using: None)
    user, queries = found(signed_in)
    assert (user.get_username(), queries) == ("alice", 2)


class GetsOthers(UserManager[User]):
    """Hides some users where `get` is called, and nowhere else."""

    def get(self, *args: Any, **kwargs: Any) -> User:
        return super().exclude(first_name="Alice").get(*args, **kwargs)


def test_a_manager_that_hides_users_in_get_keeps_them_signed_out(
    signed_in: ApiClient, monkeypatch: pytest.MonkeyPatch, fresh_statement: None
) -> None:
    manager = GetsOthers()
    manager.model = User
    monkeypatch.setattr(User._meta, "default_manager", manager)
    assert found(signed_in)[0] == AnonymousUser()


def test_a_field_that_selects_itself_with_parameters_is_not_joined(
    signed_in: ApiClient, monkeypatch: pytest.MonkeyPatch, fresh_statement: None
) -> None:
    field = User._meta.get_field("first_name")
    monkeypatch.setattr(field, "select_format", lambda _, sql, params: ("UPPER(%s)", ["bob"]))
    user, queries = found(signed_in)
    assert (user.first_name, queries) == ("BOB", 2)


def test_a_session_whose_user_is_not_there_is_anonymous(
    signed_in: ApiClient, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(User, "__init__", lambda self, *values: len(values[1]) and None)
    # As a database may be that was restored from parts, or that never checked.
    with connection.constraint_checks_disabled():
        User.objects.filter(pk=alice.pk)._raw_delete("default")  # type: ignore[attr-defined]
    assert found(signed_in)[0] == AnonymousUser()
    assert Session.objects.count() == 0


@pytest.mark.parametrize("stored", ["", None])
def test_an_empty_hash_signs_nobody_in(
    signed_in: ApiClient, monkeypatch: pytest.MonkeyPatch, stored: str | None
) -> None:
    monkeypatch.setattr(User, "get_session_auth_hash", lambda self: "")
    edit_session(_auth_user_hash=stored)
    assert found(signed_in)[0] == AnonymousUser()


def test_a_user_without_a_hash_is_not_asked_for_one(
    signed_in: ApiClient, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(AbstractBaseUser, "get_session_auth_hash")
    assert found(signed_in) == (alice, 2)


def test_a_falsy_user_is_nobody_as_in_django(
    signed_in: ApiClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(User, "__bool__", lambda self: False, raising=False)
    assert found(signed_in)[0].pk is None


def test_a_guest_who_calls_himself_anonymous_keeps_the_session(
    signed_in: ApiClient, alice: User, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(User, "is_anonymous", True)
    settings.AUTHENTICATION_BACKENDS = ["tests.sessions.test_users.Other"]
    edit_session(_auth_user_backend="tests.sessions.test_users.Other")
    assert found(signed_in)[0] == alice
    assert Session.objects.count() == 1


def test_a_user_without_is_active_is_never_deactivated(signed_in: ApiClient) -> None:
    end_if_deactivated(User, SimpleNamespace(), created=False)
    assert Session.objects.count() == 1


def test_a_deactivation_that_was_not_stored_ends_nothing(signed_in: ApiClient, alice: User) -> None:
    alice.is_active = False
    alice.save(update_fields=["first_name"])
    assert Session.objects.count() == 1
    alice.save(update_fields=["is_active"])
    assert not Session.objects.exists()


def test_what_decides_it_may_be_another_field(
    signed_in: ApiClient, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice.is_active = False
    monkeypatch.setattr(people, "get_user_model", lambda: Session)
    alice.save(update_fields=["first_name"])
    assert not Session.objects.exists()
