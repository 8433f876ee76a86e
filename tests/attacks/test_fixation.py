"""Fixation: what somebody planted before a sign-in is worth nothing after it."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.contrib.auth.models import User

from spa_auth.sessions.models import Session
from tests.attacks.stage import browser, jar, key_of, who_is
from tests.conftest import ApiClient, finish

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.attacks.urls")]

DOORS: dict[str, Callable[[ApiClient], Any]] = {
    "our door": lambda victim: victim.sign_in("alice"),
    "another package's": lambda victim: victim.get("/plain-login/?as=alice"),
}


def plant(key: str) -> tuple[ApiClient, ApiClient]:
    """One cookie in two browsers: the attacker's, and the victim's."""
    return jar(key), jar(key)


@pytest.mark.parametrize("door", DOORS)
def test_a01_a_planted_cookie_does_not_become_the_victims(alice: User, door: str) -> None:
    """A01: a valid anonymous cookie is planted, the victim signs in with it."""
    visitor = ApiClient()
    visitor.get("/cart/?add=bait")
    mallory, victim = plant(key_of(visitor))
    assert mallory.get("/cart/").json() == victim.get("/cart/").json() == {"cart": ["bait"]}

    DOORS[door](victim)
    assert victim.get("/api/whoami/").json()["username"] == "alice"
    assert key_of(victim) != key_of(mallory)
    assert mallory.get("/api/whoami/").status_code == 401
    assert mallory.get("/cart/").json() == {"cart": []}


def test_a01_a_planted_pending_cookie_does_not_become_the_victims(
    alice: User, factors: dict[str, Sequence[str]], second_step: None
) -> None:
    """A01: the same while the victim's sign-in waits for a second factor."""
    factors["alice"] = ["totp"]
    visitor = ApiClient()
    visitor.sign_in("alice")
    mallory, victim = plant(key_of(visitor))
    victim.get("/api/csrf/")
    assert mallory.get("/api/session/").json()["status"] == "pending"

    assert finish(victim).json()["status"] == "authenticated"
    assert victim.get("/api/whoami/").json()["username"] == "alice"
    assert mallory.get("/api/session/").json()["status"] == "anonymous"


def test_a02_a_planted_pending_sign_in_of_the_attacker_is_dropped(
    alice: User, bob: User, factors: dict[str, Sequence[str]], second_step: None
) -> None:
    """A02: mallory (bob's account) has proved a password; alice signs in on top of that session."""
    factors["bob"] = ["totp"]
    visitor = ApiClient()
    assert visitor.sign_in("bob").json()["status"] == "pending"
    mallory, victim = plant(key_of(visitor))

    victim.sign_in("alice")
    session = victim.get("/api/session/").json()
    assert (session["user"]["username"], session["session"]["proofs"]) == ("alice", ["password"])
    # Neither browser can finish bob's sign-in any more.
    assert [finish(client).status_code for client in (victim, mallory)] == [401, 401]
    assert victim.get("/api/whoami/").json()["username"] == "alice"


def test_a02_a_sign_in_that_was_begun_as_somebody_else_brings_no_proof_along(
    alice: User, bob: User, factors: dict[str, Sequence[str]], second_step: None
) -> None:
    """A02: a factor that bob proved does not count for alice."""
    factors["bob"] = factors["alice"] = ["totp"]
    client = ApiClient()
    client.sign_in("bob")
    assert finish(client).json()["session"]["proofs"] == ["password", "totp"]
    assert client.sign_in("alice").json()["status"] == "pending"
    assert client.get("/api/whoami/").status_code == 401


PLANTED: dict[str, Any] = {
    "_spa_auth_pending": {
        "user": "1",
        "backend": "x",
        "hash": "",
        "remember": True,
        "proofs": [],
        "next": [],
    },
    "_spa_auth_proofs": [{"method": "totp", "at": "2026-01-01T00:00:00Z"}],
    "_spa_auth_of_a_later_version": True,
    "_auth_of_another_package": "planted",
    "_session_expiry": 3600,
    "_csrftoken": "planted",
}


def test_a02_nothing_that_decides_anything_survives_a_sign_in(alice: User) -> None:
    """A02: the anonymous session was filled with all that a sign-in is made of."""
    client = ApiClient()
    client.get("/cart/?add=book")
    session = client.session
    session.update(PLANTED)
    session.save()
    assert set(client.session.keys()) == {"cart", *PLANTED}
    assert client.get("/cart/").json() == {"cart": ["book"]}

    response = client.sign_in("alice")
    kept = client.session
    assert {name for name in kept.keys() if not name.startswith("_")} == {"cart"}  # noqa: SIM118
    assert [proof["method"] for proof in kept["_spa_auth_proofs"]] == ["password"]
    assert kept.keys() & PLANTED.keys() == {"_spa_auth_proofs"}
    assert response.cookies["sessionid"]["max-age"] == 90 * 86400


def test_a05_every_change_of_privilege_gives_a_new_key_and_ends_the_old(
    alice: User, factors: dict[str, Sequence[str]], second_step: None
) -> None:
    """A05: password, second factor, signing in again, a new password."""
    factors["alice"] = ["totp"]
    client = ApiClient()

    def change_password() -> None:
        new = {"X-New-Password": "another-long-password"}
        assert client.send("POST", "/change-password/", headers=new).status_code == 200

    client.get("/cart/?add=book")
    keys = [key_of(client)]
    for step in (client.sign_in, lambda: finish(client), client.sign_in, lambda: finish(client)):
        step()
        keys.append(key_of(client))
    assert who_is(keys[-1]) == "alice"
    change_password()
    keys.append(key_of(client))

    assert len(set(keys)) == 6
    assert [who_is(key) for key in keys] == [None] * 5 + ["alice"]
    assert [jar(key).get("/cart/").json()["cart"] for key in keys] == [[]] * 5 + [["book"]]
    assert Session.objects.count() == 1


def test_a05_signing_in_again_as_the_same_person_gives_a_new_key(alice: User) -> None:
    """A05: Django keeps the key here (ASVS 7.2.4 does not)."""
    client = browser("alice")
    old = key_of(client)
    assert who_is(old) == "alice"
    client.sign_in("alice")
    assert key_of(client) != old
    assert (who_is(old), who_is(key_of(client))) == (None, "alice")
    assert Session.objects.count() == 1
