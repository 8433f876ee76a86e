"""Known devices: strangers do not lock an owner out, and the cookie opens nothing else."""

import time
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.core import signing
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory, override_settings
from django.test.utils import CaptureQueriesContext
from time_machine import TimeMachineFixture

from spa_auth.core import events
from spa_auth.core.known_device import KNOWN_FOR, known_device, remember_device, set_device_cookie
from tests.conftest import PASSWORD, ApiClient, finish

COOKIE = "sessionid_auth_device"
FAST = override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])

pytestmark = pytest.mark.usefixtures("stopped_clock")


def known(who: str = "alice", password: str = PASSWORD) -> ApiClient:
    """A browser in which somebody has signed in and out."""
    client = ApiClient()
    assert client.sign_in(who, password).status_code == 200
    assert client.send("POST", "/api/logout/", {}).status_code == 200
    return client


def with_cookie(value: str) -> ApiClient:
    client = ApiClient()
    client.cookies[COOKIE] = value
    return client


def fill(who: str, times: int = 10) -> None:
    """Let a stranger use up an account's limit."""
    for _ in range(times):
        ApiClient().sign_in(who, "wrong", remember=True)
    assert ApiClient().sign_in(who, "wrong").status_code == 429


def statuses(client: ApiClient, times: int, who: str = "alice") -> list[int]:
    return [client.sign_in(who, "wrong").status_code for _ in range(times)]


@pytest.mark.parametrize("own_address", [True, False], ids=["same address", "other addresses"])
@FAST
def test_an_owner_on_a_known_device_signs_in_while_a_stranger_fails_a_thousand_times(
    own_address: bool, db: None
) -> None:
    User.objects.create_user("alice", "alice@example.com", PASSWORD)
    owner, stranger = known(), ApiClient()
    answers = set()
    for number in range(1000):
        address = "127.0.0.1" if own_address else f"198.51.{number // 250}.{number % 250}"
        body = {"login": "alice", "password": "wrong"}
        answers.add(stranger.send("POST", "/api/login/", body, REMOTE_ADDR=address).status_code)
    assert answers == {400, 429}
    assert ApiClient().sign_in().status_code == 429
    assert owner.sign_in("alice@example.com").status_code == 200


def test_the_devices_own_guesses_are_limited_whatever_the_spelling(alice: User) -> None:
    client = known()
    spellings = ["alice", "ALICE", "alice@example.com", " Alice", "Alice@EXAMPLE.com."] * 2
    assert [client.sign_in(name, "wrong").status_code for name in spellings] == [400] * 10
    assert client.sign_in().status_code == 429
    assert ApiClient().sign_in().status_code == 200  # and lock nobody else out


def test_a_device_that_is_known_for_somebody_else_counts_as_none(alice: User, bob: User) -> None:
    client = known("bob")
    fill("alice")
    assert client.sign_in("alice").status_code == 429


@pytest.mark.parametrize("changed", ["signature", "device", "owner", "name"])
def test_a_forged_cookie_counts_as_none(alice: User, changed: str) -> None:
    cookie = known().cookies[COOKIE].value
    text, _, signature = cookie.partition(":")
    if changed == "signature":
        signature = signature[:-1] + ("A" if signature[-1] != "A" else "B")
    else:
        parts = text.split(".")
        parts[["device", "owner", "name"].index(changed)] = "0" * 32
        text = ".".join(parts)
    fill("alice")
    assert with_cookie(f"{text}:{signature}").sign_in().status_code == 429
    assert with_cookie(cookie).sign_in().status_code == 200


@pytest.mark.parametrize("value", ["", "x", ":", "a:b:c", "..:1:x", "\u00e9"])
def test_what_is_no_cookie_of_ours_counts_as_none(alice: User, value: str) -> None:
    assert with_cookie(value).sign_in().status_code == 200


def test_a_signature_made_for_something_else_counts_as_none(alice: User) -> None:
    text = known().cookies[COOKIE].value.partition(":")[0]
    fill("alice")
    foreign = signing.TimestampSigner(salt="something.else").sign(text)
    assert with_cookie(foreign).sign_in().status_code == 429


def test_a_new_password_ends_what_was_known(alice: User) -> None:
    client = known()
    alice.set_password("another-long-password")
    alice.save()
    fill("alice")
    assert client.sign_in("alice", "another-long-password").status_code == 429


def test_a_device_that_is_known_no_more_counts_as_a_stranger_before_any_hash(
    alice: User, hashes: list[int]
) -> None:
    client = known()
    alice.set_password("another-long-password")
    alice.save()
    assert statuses(client, 10) == [400] * 10
    hashes.clear()
    assert client.sign_in("alice", "another-long-password").status_code == 429
    assert ApiClient().sign_in("alice", "another-long-password").status_code == 429
    assert hashes == []


def test_a_device_that_is_known_no_more_can_become_known_again(alice: User) -> None:
    client = known()
    alice.set_password("another-long-password")
    alice.save()
    for _ in range(12):  # each success gives both of its uses back
        again = with_cookie(client.cookies[COOKIE].value)
        assert again.sign_in("alice", "another-long-password").status_code == 200
    fill("alice")
    assert again.sign_in("alice", "another-long-password").status_code == 200


def test_an_account_that_is_gone_counts_as_one_whose_password_is_new(alice: User) -> None:
    cookie = known().cookies[COOKIE].value
    alice.set_password("another-long-password")
    alice.save()
    changed = steps(cookie)
    alice.delete()
    assert steps(cookie) == changed


def steps(cookie: str) -> list[str]:
    """The statements of a refused sign-in, without their values."""
    client = with_cookie(cookie)
    with CaptureQueriesContext(connection) as queries:
        assert client.sign_in("alice", "wrong").status_code == 400
    return [query["sql"].split("WHERE")[0].split("VALUES")[0] for query in queries]


def test_a_cookie_says_nothing_about_accounts_that_it_is_not_for(
    alice: User, bob: User, hashes: list[int]
) -> None:
    cookie = known("bob").cookies[COOKIE].value
    seen = []
    for who in ("alice", "nobody"):
        hashes.clear()
        client = with_cookie(cookie)
        with CaptureQueriesContext(connection) as queries:
            assert client.sign_in(who, "wrong").status_code == 400
        seen.append((sum(hashes), [query["sql"].split("WHERE")[0][:40] for query in queries]))
    assert seen[0] == seen[1]


def test_it_is_known_for_400_days(alice: User, time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(int(time.time()), tick=False)  # signatures have whole seconds
    request = RequestFactory().post("/")
    request.COOKIES[COOKIE] = known().cookies[COOKIE].value
    assert known_device(request, "username:alice")
    time_machine.shift(KNOWN_FOR)
    assert known_device(request, "username:alice")
    time_machine.shift(1)
    assert known_device(request, "username:alice") is None


def test_the_cookie_is_set_at_sign_in_and_survives_sign_out(alice: User) -> None:
    client = ApiClient()
    sent = client.sign_in().cookies[COOKIE]
    assert sent["max-age"] == 400 * 86400
    assert (sent["path"], sent["domain"], sent["samesite"]) == ("/", "", "Lax")
    assert sent["httponly"]
    assert COOKIE not in client.send("POST", "/api/logout/", {}).cookies
    assert client.cookies[COOKIE].value == sent.value


@override_settings(
    SESSION_COOKIE_NAME="__Host-sessionid", SESSION_COOKIE_SECURE=True, CSRF_COOKIE_SECURE=True
)
def test_over_https_it_is_named_and_protected_as_the_session_is(alice: User) -> None:
    sent = ApiClient().sign_in().cookies[f"__Host-{COOKIE}"].OutputString()
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(sent.split("; "))
    assert "Domain" not in sent


def test_it_opens_nothing(alice: User) -> None:
    client = known()
    assert client.get("/api/whoami/").status_code == 401
    assert client.get("/api/session/").json()["status"] == "anonymous"


def test_it_names_nobody(alice: User) -> None:
    value = known().cookies[COOKIE].value
    assert "alice" not in value
    device, owner, *names = value.partition(":")[0].split(".")
    assert {len(part) for part in (device, owner, *names)} == {32}
    assert known().cookies[COOKIE].value.partition(".")[0] != device


def test_a_machine_that_is_not_to_remember_gets_none(alice: User) -> None:
    assert COOKIE not in ApiClient().sign_in("alice", remember=False).cookies


def test_a_sign_in_that_waits_for_a_factor_makes_nothing_known(
    client: ApiClient, alice: User, factors: dict[str, list[str]], second_step: Iterator[None]
) -> None:
    factors["alice"] = ["totp"]
    assert COOKIE not in client.sign_in().cookies
    assert COOKIE in finish(client).cookies


def test_a_refused_sign_in_sets_none(alice: User) -> None:
    assert COOKIE not in ApiClient().sign_in("alice", "wrong").cookies


def test_what_failed_on_our_side_sets_none(alice: User) -> None:
    request = RequestFactory().post("/")
    remember_device(request, alice)
    response = HttpResponse(status=503)
    set_device_cookie(request, response)
    assert COOKIE not in response.cookies


def test_a_user_without_names_can_be_remembered(db: None) -> None:
    request, response = RequestFactory().post("/"), HttpResponse()
    remember_device(request, User.objects.create())
    set_device_cookie(request, response)
    assert response.cookies[COOKIE].value.partition(":")[0].count(".") == 1


@pytest.mark.parametrize("header", ["{0}=a; {0}=b", "\xa0{0}=a", "\u2000{0}=a"])
def test_a_planted_cookie_is_refused_as_a_planted_session_is(
    client: ApiClient, reported: list[events.Event], header: str
) -> None:
    raw = header.format(COOKIE).encode().decode("latin-1")
    response = client.get("/api/session/", headers={"Cookie": raw})
    assert response.json()["code"] == "cookie_ambiguous"
    assert [type(event) for event in reported] == [events.RequestRefused]
