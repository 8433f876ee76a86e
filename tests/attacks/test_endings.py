"""Endings: a session that has ended is over, everywhere, from the next request on."""

from collections.abc import Callable, Sequence

import pytest
from django.contrib.auth.models import Permission, User
from time_machine import TimeMachineFixture

from spa_auth.sessions import flow
from spa_auth.sessions.models import Session
from tests.attacks.stage import browser, jar, key_of, public_id_of, who_is
from tests.conftest import PASSWORD, ApiClient, finish

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.attacks.urls")]

DAY = 86400
EVERYWHERE = ("/api/whoami/", "/private/", "/private-async/", "/drf/notes/", "/api/profile/")


def statuses(key: str) -> set[int]:
    """How every kind of view answers to this cookie."""
    return {jar(key).get(path).status_code for path in EVERYWHERE}


@pytest.mark.parametrize("how", ["sign-out", "ending one's own in the list"])
def test_a06_a_cookie_is_dead_after_signing_out(alice: User, how: str) -> None:
    """A06: the cookie was copied before its owner signed out."""
    client = browser()
    client.get("/cart/?add=book")
    key = key_of(client)
    assert statuses(key) == {200}
    assert jar(key).get("/cart/").json() == {"cart": ["book"]}

    if how == "sign-out":
        client.send("POST", "/api/logout/")
    else:
        client.send("DELETE", f"/api/sessions/{public_id_of(client)}/")
    assert statuses(key) == {401}
    assert jar(key).get("/cart/").json() == {"cart": []}
    assert Session.objects.count() == 0


def test_a06_a_pending_cookie_is_dead_after_signing_out(
    alice: User, factors: dict[str, Sequence[str]], second_step: None
) -> None:
    """A06: the same for a sign-in that was given up half-way."""
    factors["alice"] = ["totp"]
    client = ApiClient()
    client.sign_in()
    copy = jar(key_of(client))
    copy.get("/api/csrf/")
    assert copy.get("/api/session/").json()["status"] == "pending"
    client.send("POST", "/api/logout/")
    assert finish(copy).status_code == 401
    assert Session.objects.count() == 0


@pytest.mark.parametrize("after", [14 * DAY, 90 * DAY, 9999 * DAY])
def test_a06_a_cookie_is_dead_after_its_session_expired(
    alice: User, time_machine: TimeMachineFixture, after: int
) -> None:
    """A06: a browser that ignores Max-Age keeps sending it."""
    time_machine.move_to(1_800_000_000, tick=False)
    key = key_of(browser())
    assert statuses(key) == {200}
    time_machine.shift(after)
    assert statuses(key) == {401}
    # The row is still there: expiry does not wait for the cleaning.
    assert Session.objects.count() == 1


def revoke_others(own: ApiClient, admin: ApiClient) -> None:
    assert own.send("POST", "/api/sessions/revoke-others/").status_code == 200


def revoke_in_admin(own: ApiClient, admin: ApiClient) -> None:
    rows = Session.objects.filter(user__username="alice").exclude(public_id=public_id_of(own))
    body = {"action": "revoke", "_selected_action": list(rows.values_list("pk", flat=True))}
    response = admin.post(
        "/admin/spa_auth_sessions/session/", body, headers={"X-CSRFToken": admin.token}
    )
    assert response.status_code == 302


def revoke_all(own: ApiClient, admin: ApiClient) -> None:
    flow.revoke_all(User.objects.get(username="alice"))


@pytest.mark.parametrize("revoke", [revoke_others, revoke_in_admin, revoke_all])
def test_a08_revoked_sessions_are_dead_at_their_next_request(
    alice: User, bob: User, revoke: Callable[[ApiClient, ApiClient], None]
) -> None:
    """A08: every copy of every other cookie, in every kind of view; nobody else's."""
    User.objects.create_superuser("root", password=PASSWORD)
    own, admin, bobs = browser(), browser("root"), key_of(browser("bob"))
    others = [key_of(browser()) for _ in range(3)]
    assert [statuses(key) for key in others] == [{200}] * 3

    revoke(own, admin)
    assert [statuses(key) for key in others] == [{401}] * 3
    assert who_is(bobs) == "bob"
    assert who_is(key_of(own)) == (None if revoke is revoke_all else "alice")
    # Nothing that the dead cookies did has brought a row back.
    assert Session.objects.filter(user=alice).count() == (revoke is not revoke_all)


def test_a09_a_new_password_ends_the_others_and_renews_the_own_key(alice: User) -> None:
    """A09: two stolen sessions, and the own cookie was copied too."""
    own = browser()
    stolen = [key_of(browser()), key_of(browser()), key_of(own)]
    assert [statuses(key) for key in stolen] == [{200}] * 3

    own.send("POST", "/change-password/", headers={"X-New-Password": "another-long-password"})
    assert statuses(key_of(own)) == {200}
    assert [statuses(key) for key in stolen] == [{401}] * 3
    assert own.sign_in("alice", PASSWORD).status_code == 400
    assert own.sign_in("alice", "another-long-password").status_code == 200


def test_a09_a_reset_password_ends_every_session_also_a_pending_one(
    alice: User, factors: dict[str, Sequence[str]], second_step: None
) -> None:
    """A09: somebody else sets the password, as a reset does: nobody stays."""
    stolen = [key_of(browser()), key_of(browser())]
    factors["alice"] = ["totp"]
    pending = ApiClient()
    assert pending.sign_in().json()["status"] == "pending"
    assert [statuses(key) for key in stolen] == [{200}] * 2

    hash_before = alice.password
    alice.set_password("another-long-password")
    alice.save()
    assert [statuses(key) for key in stolen] == [{401}] * 2
    assert finish(pending).status_code == 401
    # Not even with the old hash back in its place.
    User.objects.filter(pk=alice.pk).update(password=hash_before)
    assert [statuses(key) for key in stolen] == [{401}] * 2


def test_a10_a_sign_in_that_waits_needs_the_factors_of_now(
    alice: User, factors: dict[str, Sequence[str]], second_step: None
) -> None:
    """A10: the person replaced the factor that a thief knows, while the thief was half-way in."""
    factors["alice"] = ["totp"]
    thief, owner = ApiClient(), ApiClient()
    for client in (thief, owner):
        assert client.sign_in().json()["next"] == ["totp"]
    assert finish(owner).json()["status"] == "authenticated"

    factors["alice"] = ["passkey"]
    answer = finish(thief).json()
    assert (answer["status"], answer["next"]) == ("pending", ["passkey"])
    assert thief.get("/api/whoami/").status_code == 401


def test_a10_an_enrolled_factor_is_asked_for_also_where_the_password_was_enough(
    alice: User, factors: dict[str, Sequence[str]]
) -> None:
    """A10: signing in again over a session from before the factor keeps nothing of it."""
    client = browser()
    old = key_of(client)
    factors["alice"] = ["totp"]
    assert client.sign_in().json()["status"] == "pending"
    assert client.get("/api/whoami/").status_code == 401
    assert who_is(old) is None


def deactivate(user: User) -> None:
    user.is_active = False
    user.save()


def deactivate_past_the_signals(user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)


@pytest.mark.parametrize("how", [deactivate, deactivate_past_the_signals])
def test_a11_a_deactivated_persons_sessions_do_not_come_back(
    alice: User, how: Callable[[User], None]
) -> None:
    """A11: deactivated, used, activated again."""
    keys = [key_of(browser()), key_of(browser())]
    assert [statuses(key) for key in keys] == [{200}] * 2
    how(alice)
    assert [statuses(key) for key in keys] == [{401}] * 2
    User.objects.filter(pk=alice.pk).update(is_active=True)
    assert [statuses(key) for key in keys] == [{401}] * 2
    assert Session.objects.count() == 0


def test_a11_deactivation_ends_sessions_that_nobody_uses_meanwhile(
    alice: User, factors: dict[str, Sequence[str]], second_step: None
) -> None:
    """A11: the thief waits, with a session and with half a sign-in, until she is active again."""
    key = key_of(browser())
    assert who_is(key) == "alice"
    factors["alice"] = ["totp"]
    pending = ApiClient()
    pending.sign_in()
    deactivate(alice)
    assert finish(pending).status_code == 401
    User.objects.filter(pk=alice.pk).update(is_active=True)
    assert statuses(key) == {401}


def test_a11_a_reused_primary_key_does_not_inherit_sessions(alice: User) -> None:
    """A11: deleted, and somebody else gets the number and, by a restored backup, the hash."""
    key = key_of(browser())
    assert statuses(key) == {200}
    number, password = alice.pk, alice.password
    alice.delete()
    assert Session.objects.count() == 0
    assert statuses(key) == {401}
    User.objects.create(pk=number, username="mallory", password=password)
    assert statuses(key) == {401}


def test_a12_demotion_holds_from_the_next_request_on(db: None) -> None:
    """A12: rights are never kept in the session."""
    clerk = User.objects.create_user("clerk", password=PASSWORD, is_staff=True)
    clerk.user_permissions.add(Permission.objects.get(codename="view_user"))
    client = browser("clerk")
    key = key_of(client)
    assert client.get("/admin/auth/user/").status_code == 200

    clerk.user_permissions.clear()
    assert client.get("/admin/auth/user/").status_code == 403
    assert client.get("/admin/").status_code == 200
    User.objects.filter(pk=clerk.pk).update(is_staff=False)
    assert client.get("/admin/").status_code == 302
    assert key_of(client) == key
    assert who_is(key) == "clerk"


def test_a13_a_tab_of_somebody_who_is_no_longer_signed_in_does_nothing(
    alice: User, bob: User
) -> None:
    """A13: bob signs in in another tab of the browser; alice's tab goes on with her token."""
    shared = browser("alice")
    tab = {"headers": {"X-CSRFToken": shared.token}}
    before = shared.get("/api/session/").json()
    assert shared.send("PATCH", "/api/profile/", {"lastName": "A"}, **tab).status_code == 200

    shared.sign_in("bob")
    after = shared.get("/api/session/").json()
    assert before["user"]["id"] != after["user"]["id"]
    assert before["session"]["id"] != after["session"]["id"]
    for method, path, body in (
        ("PATCH", "/api/profile/", {"lastName": "A"}),
        ("POST", "/api/sessions/revoke-others/", {}),
        ("POST", "/api/logout/", {}),
        ("POST", "/drf/notes/", {"lines": []}),
        ("POST", "/private/", {}),
    ):
        assert shared.send(method, path, body, **tab).json()["code"] == "csrf_failed"
    bob.refresh_from_db()
    assert bob.last_name == ""
    assert shared.get("/api/whoami/").json()["username"] == "bob"


def test_a13_the_tab_hears_of_a_second_sign_in_of_the_same_person(alice: User) -> None:
    """A13: the session's public id is the sign that tells one sign-in from the next."""
    shared = browser("alice")
    before = public_id_of(shared)
    assert public_id_of(shared) == before
    shared.sign_in("alice")
    assert public_id_of(shared) != before
