"""One bucket, however the guesser disguises where they are, whom they mean and where they knock."""

from collections.abc import Iterator
from itertools import count

import pytest
from django.contrib.auth.models import User
from django.test import override_settings

from spa_auth.core.settings import core
from tests.conftest import PASSWORD, ApiClient

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]


def guess(number: int, *, address: str = "127.0.0.1", **headers: str) -> int:
    body = {"login": f"user{number}", "password": "wrong"}
    return (
        ApiClient()
        .send("POST", "/api/login/", body, REMOTE_ADDR=address, headers=headers)
        .status_code
    )


DISGUISES = {
    "X-Forwarded-For": lambda n: {"X-Forwarded-For": f"192.0.2.{n}"},
    "X-Forwarded-For as a list": lambda n: {"X-Forwarded-For": f"192.0.2.{n}, 10.0.0.1"},
    "X-Real-IP": lambda n: {"X-Real-IP": f"192.0.2.{n}"},
    "Forwarded": lambda n: {"Forwarded": f"for=192.0.2.{n}"},
    "CF-Connecting-IP": lambda n: {"CF-Connecting-IP": f"192.0.2.{n}"},
    "True-Client-IP": lambda n: {"True-Client-IP": f"192.0.2.{n}"},
    "neighbours in a /64": lambda n: {"address": f"2001:db8:0:1::{n:x}"},
    "spellings of IPv6": lambda n: {"address": f"2001:DB8:0:{'0' * (n % 4)}1::{n:04X}"},
    "IPv4 inside IPv6": lambda n: {"address": "::ffff:192.0.2.1" if n % 2 else "192.0.2.1"},
    "IPv4 inside IPv6, in hex": lambda n: {"address": "::FFFF:c000:201" if n % 2 else "192.0.2.1"},
    "no address at all": lambda n: {"address": "" if n % 2 else "unix:"},
}


@pytest.mark.parametrize("disguise", DISGUISES)
def test_an_address_has_one_bucket(disguise: str) -> None:
    disguised = DISGUISES[disguise]
    assert [guess(number, **disguised(number)) for number in range(60)] == [400] * 60
    assert guess(60, **disguised(60)) == 429
    assert guess(61, **disguised(61)) == 429


@override_settings(SPA_AUTH={"TRUSTED_PROXIES": 1})
def test_behind_a_proxy_what_the_client_claims_changes_nothing() -> None:
    assert core.trusted_proxies == 1
    for number in range(60):
        guess(number, **{"X-Forwarded-For": f"192.0.2.{number}, 203.0.113.7"})
    assert guess(60, **{"X-Forwarded-For": "203.0.113.7"}) == 429
    assert guess(61, **{"X-Forwarded-For": "203.0.113.8"}) == 400


SPELLINGS = {
    "case": ["alice", "ALICE", "Alice", "aLiCe"],
    "space": [" alice", "alice ", "\u3000alice", "alice\u00a0"],
    "compatible letters": ["\uff41lice", "\u24d0lice", "al\u2170ce", "alic\u212f"],
    "the address": ["alice@example.com", "ALICE@EXAMPLE.COM", "alice@example.com."],
    "an address in other letters": ["\uff41lice@example.com", "alice@\uff25xample.com"],
    "an IDNA address": [
        "a@b\u00fccher.example",
        "A@B\u00dcCHER.example",
        "a@xn--bcher-kva.example",
    ],
}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_an_account_has_one_bucket(alice: User, spelling: str) -> None:
    def answers(times: int) -> Iterator[int]:
        for number, _ in zip(count(), range(times), strict=False):
            names = SPELLINGS[spelling]
            body = {"login": names[number % len(names)], "password": "wrong"}
            # From ever other addresses: it is the account that is meant.
            yield (
                ApiClient()
                .send("POST", "/api/login/", body, REMOTE_ADDR=f"192.0.2.{number}")
                .status_code
            )

    assert list(answers(12)) == [400] * 10 + [429] * 2


PATHS = [
    *["/api/login", "//api/login/", "/api//login/", "/api/login//", "/api/./login/"],
    *["/API/login/", "/api/Login/", "/api/%6cogin/", "/api/login/;x", "/api/login%2f"],
    "/api/login/?x=1",
]


@pytest.mark.parametrize("path", PATHS)
def test_an_endpoint_has_one_bucket(alice: User, hashes: list[int], path: str) -> None:
    for _ in range(10):
        ApiClient().sign_in("alice", "wrong")
    hashes.clear()
    client = ApiClient()
    client.contract = False  # most of these paths are none
    answer = client.send("POST", path, {"login": "alice", "password": PASSWORD}, PATH_INFO=path)
    # Limited, or nothing of ours: what is not below our prefix is the page, and takes no POST.
    assert answer.status_code in {403, 404, 429}
    assert hashes == []
