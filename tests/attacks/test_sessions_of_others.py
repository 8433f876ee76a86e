"""The list of sessions: everybody sees and ends their own, and learns nothing about others."""

import json
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User

from spa_auth.sessions.models import Session
from tests.attacks.stage import browser, key_of, public_id_of, row_of, who_is
from tests.conftest import PASSWORD, ApiClient

pytestmark = pytest.mark.django_db

PEOPLE = ("alice", "bob", "mallory")


@pytest.fixture
def browsers(alice: User, bob: User) -> dict[str, list[ApiClient]]:
    """Two browsers of everybody."""
    User.objects.create_user("mallory", password=PASSWORD)
    return {who: [browser(who), browser(who)] for who in PEOPLE}


def test_a15_everybody_sees_their_own_sessions_only(browsers: dict[str, list[ApiClient]]) -> None:
    """A15: the matrix of people and lists."""
    for clients in browsers.values():
        own = {public_id_of(client) for client in clients}
        for client in clients:
            listed = client.get("/api/sessions/").json()["sessions"]
            assert {session["id"] for session in listed} == own
            current = [session["id"] for session in listed if session["current"]]
            assert current == [public_id_of(client)]


@pytest.mark.parametrize("who", PEOPLE)
def test_a15_nobody_ends_the_session_of_somebody_else(
    browsers: dict[str, list[ApiClient]], who: str
) -> None:
    """A15: every foreign id, from everybody; the refusal says no more than for a made-up one."""
    attacker, second = browsers[who]
    made_up = attacker.send("DELETE", "/api/sessions/AAAAAAAAAAAAAAAAAAAAAA/")
    assert made_up.status_code == 404
    for owner in set(PEOPLE) - {who}:
        for client in browsers[owner]:
            refusal = attacker.send("DELETE", f"/api/sessions/{public_id_of(client)}/")
            assert (refusal.status_code, refusal.content) == (404, made_up.content)
            assert refusal.headers == made_up.headers
    assert attacker.send("POST", "/api/sessions/revoke-others/").status_code == 200
    alive = {name: [who_is(key_of(c)) for c in clients] for name, clients in browsers.items()}
    assert alive == {name: [name, name] for name in PEOPLE} | {who: [who, None]}
    assert second.get("/api/whoami/").status_code == 401


GUESSES: dict[str, Callable[[Session], str]] = {
    "the digest": lambda row: row.key_digest,
    "the user's id": lambda row: str(row.user_id),
    "one": lambda row: "1",
    "the user's name": lambda row: "alice",
    "nothing": lambda row: "None",
    "the current one": lambda row: "current",
    "a pattern": lambda row: "%25",
    "the other case": lambda row: row.public_id.swapcase(),
    "a part": lambda row: row.public_id[:-1],
    "NUL": lambda row: f"{row.public_id}%00",
    "with more": lambda row: f"{row.public_id}=",
    "SQL": lambda row: "x'%20OR%20'1'='1",
    "not ASCII": lambda row: "%C3%A9",
    "not UTF-8": lambda row: "%FF",
}


@pytest.mark.parametrize("guess", GUESSES)
def test_a15_only_the_exact_public_id_ends_a_session(alice: User, guess: str) -> None:
    """A15: ids that a person or a program may try."""
    own, other = browser(), browser()
    row = row_of(other)
    assert own.send("DELETE", f"/api/sessions/{GUESSES[guess](row)}/").status_code == 404
    assert Session.objects.count() == 2
    assert own.send("DELETE", f"/api/sessions/{row.public_id}/").status_code == 200
    assert Session.objects.count() == 1


@pytest.mark.parametrize("path", ["/api/sessions/x/", "/api/sessions/revoke-others/"])
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_a15_nobody_ends_sessions_without_one(alice: User, path: str, method: str) -> None:
    """A15: the anonymous row of the matrix."""
    key = key_of(browser())
    assert ApiClient().send(method, path).status_code in {401, 405}
    assert who_is(key) == "alice"


def test_a15_no_answer_holds_a_key_or_its_digest(alice: User) -> None:
    """A15: neither in the list nor in the state nor in the admin (CVE-2020-5224)."""
    User.objects.create_superuser("root", password=PASSWORD)
    root = browser("root")
    clients = [browser(), browser(), root]
    secrets = [key_of(client) for client in clients]
    digests = list(Session.objects.values_list("key_digest", flat=True))
    pages = ["/api/session/", "/api/sessions/", "/api/whoami/", "/api/config/", "/api/profile/"]
    said = [client.get(path).content.decode() for client in clients for path in pages]
    said += [json.dumps(dict(client.get("/api/session/").headers)) for client in clients]
    assert public_id_of(root) in "".join(said)
    for text in said:
        assert not [secret for secret in [*secrets, *digests] if secret in text]
    # The admin addresses rows by their digest, which opens nothing; the key it does not know.
    page = root.get("/admin/spa_auth_sessions/session/").content.decode()
    assert digests[0] in page
    assert not [secret for secret in secrets if secret in page]
