"""Keys: they cannot be guessed, forged, read from a copy of the database or sent another way."""

import base64
import hashlib
import json
import math
import string
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from spa_auth.core import secrets
from spa_auth.sessions.engine import SessionStore
from spa_auth.sessions.models import Session
from tests.attacks.stage import browser, key_of, row_of, who_is
from tests.conftest import PASSWORD, ApiClient

pytestmark = pytest.mark.django_db

URL_SAFE = set(string.ascii_letters + string.digits + "-_")
MANY = 10_000


def new_session_key() -> str:
    store = SessionStore()
    store.cycle_key()
    return str(store.session_key)


@pytest.mark.parametrize(
    ("make", "length"), [(new_session_key, 43), (secrets.new_public_id, 32)], ids=["key", "id"]
)
def test_a03_keys_are_as_random_as_their_length_says(make: Callable[[], str], length: int) -> None:
    """A03: ten thousand of them, and Pearson's chi-square test at every position."""
    keys = [make() for _ in range(MANY)]
    assert len(set(keys)) == MANY
    assert {len(key) for key in keys} == {length}
    bits = 0.0
    for position in range(length):
        seen = Counter(key[position] for key in keys)
        assert set(seen) <= URL_SAFE
        expected = MANY / len(seen)
        surprise = sum((count - expected) ** 2 / expected for count in seen.values())
        # 64 letters: 63 degrees of freedom, beyond 180 once in 10^12 runs.
        assert surprise < 180
        bits += math.log2(len(seen))
    assert bits >= 128


# What somebody might send who knows a live key, its owner or our code.
FORGED: dict[str, Callable[[str], str]] = {
    "a short one": lambda key: key[:7],
    "Django's minimum": lambda key: key[:8],
    "Django's own length": lambda key: "a" * 32,
    "one letter less": lambda key: key[:-1],
    "one letter more": lambda key: key + "a",
    "a long one": lambda key: "a" * 4096,
    "our own length": lambda key: "a" * 43,
    "other case": str.swapcase,
    "backwards": lambda key: key[::-1],
    "the key and more": lambda key: f"{key},{key}",
    "padded": lambda key: f"{key}=",
    "quoted twice": lambda key: f'"\\"{key}\\""',
    "NUL": lambda key: "\0" * 43,
    "NUL after the key": lambda key: f"{key}\0",
    "NUL inside": lambda key: f"{key[:42]}\0",
    "not ASCII": lambda key: "\u00e9" * 43,
    "not UTF-8": lambda key: "\xff" * 43,
    "a file": lambda key: "../" * 14 + "x",
    "SQL": lambda key: "' OR '1'='1' -- ".ljust(43, "-"),
    "a pattern": lambda key: "%" * 43,
    "the user's id": lambda key: "1",
    "the digest": secrets.digest,
    "nothing": lambda key: "",
}


@pytest.mark.leaves_secrets("what is forged may be the digest that a row has")
@pytest.mark.parametrize("forge", FORGED)
def test_a04_a_forged_key_is_anonymous_and_never_adopted(alice: User, forge: str) -> None:
    """A04: nobody's session, no error, no row; a session that begins has a key of our own."""
    key = key_of(browser())
    assert who_is(key) == "alice"

    forged = FORGED[forge](key)
    assert forged != key
    client = ApiClient()

    def get(path: str) -> Any:
        return client.get(path, headers={"Cookie": f"sessionid={forged}"})

    with CaptureQueriesContext(connection) as queries:
        assert get("/api/whoami/").status_code == 401
        assert get("/api/session/").json()["status"] == "anonymous"
        assert get("/private/").status_code == 401
    # No other length was ever given out: garbage costs nothing.
    assert len(queries) == (3 if len(forged) == 43 else 0)
    assert Session.objects.count() == 1

    answer = get("/cart/?add=x")
    assert answer.json() == {"cart": ["x"]}
    begun = answer.cookies["sessionid"].value
    assert begun not in {forged, key}
    assert len(begun) == 43
    assert who_is(key) == "alice"


def dump() -> Iterator[str]:
    """Every value of every row of every table, and what the JSON among them holds."""
    for model in apps.get_models():
        for row in model._default_manager.values():
            for value in row.values():
                text = json.dumps(value) if isinstance(value, dict) else str(value)
                yield text
                if text.startswith("{"):
                    yield from (str(inner) for inner in json.loads(text).values())


def readings(value: str) -> set[str]:
    """A stored value, and what may be made of it without a secret."""
    raw = value.encode()
    made = {value, value[:43], secrets.digest(value), hashlib.md5(raw).hexdigest()}
    made.add(base64.urlsafe_b64encode(raw).decode().rstrip("="))
    made.add(base64.urlsafe_b64encode(hashlib.sha256(raw).digest()).decode().rstrip("="))
    if set(value) <= set(string.hexdigits) and len(value) == 64:
        made.add(base64.urlsafe_b64encode(bytes.fromhex(value)).decode().rstrip("="))
    return made


@pytest.mark.leaves_secrets("what is tried as a key is taken from the rows")
def test_a17_a_copy_of_the_database_opens_no_session(alice: User) -> None:
    """A17: whoever reads the tables finds neither the key nor anything to use as one."""
    client = browser()
    client.get("/cart/?add=book")
    key = key_of(client)
    assert who_is(key) == "alice"

    stored = set(dump())
    assert row_of(client).key_digest in stored
    assert not [value for value in stored if key in value]
    for value in set().union(*map(readings, stored)):
        for path in ("/api/whoami/", "/private/"):
            cookie = {"Cookie": f"sessionid={value}"}
            assert ApiClient().get(path, headers=cookie).status_code == 401


ELSEWHERE: dict[str, Callable[[str], dict[str, Any]]] = {
    "the query": lambda key: {"query_params": {"sessionid": key, "session": key}},
    "a header": lambda key: {"headers": {"X-Sessionid": key, "Sessionid": key}},
    "bearer": lambda key: {"headers": {"Authorization": f"Bearer {key}"}},
    "the challenge's scheme": lambda key: {"headers": {"Authorization": f"Session {key}"}},
    "a password": lambda key: {
        "headers": {
            "Authorization": "Basic " + base64.b64encode(f"alice:{PASSWORD}".encode()).decode()
        }
    },
    "another cookie": lambda key: {"headers": {"Cookie": f"csrftoken={key}; session={key}"}},
    "the other case": lambda key: {"headers": {"Cookie": f"SessionID={key}"}},
}


@pytest.mark.leaves_secrets("Django logs the address of a request that is refused, with its query")
@pytest.mark.parametrize("way", ELSEWHERE)
def test_a18_a_key_counts_in_its_cookie_only(alice: User, way: str) -> None:
    """A18: nothing stands for the cookie, but one header of clients that are no browsers."""
    key = key_of(browser())
    assert who_is(key) == "alice"
    for path in ("/api/whoami/", "/private/", "/drf/notes/"):
        assert ApiClient().get(path, **ELSEWHERE[way](key)).status_code == 401
