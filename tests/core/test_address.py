from collections.abc import Mapping

import pytest
from django.test import RequestFactory, override_settings

from spa_auth.core.address import client_address, network_of


def address(proxies: int, forwarded: str | None = None, remote: str = "203.0.113.9") -> str | None:
    headers: Mapping[str, str] = {"X-Forwarded-For": forwarded} if forwarded is not None else {}
    request = RequestFactory().get("/", headers=headers, REMOTE_ADDR=remote)
    with override_settings(SPA_AUTH={"TRUSTED_PROXIES": proxies}):
        return client_address(request)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "seen"),
    [
        (0, None, "203.0.113.9"),
        (0, "192.0.2.1", "203.0.113.9"),
        (1, "192.0.2.1", "192.0.2.1"),
        (1, "198.51.100.7, 192.0.2.1", "192.0.2.1"),
        (2, "198.51.100.7, 192.0.2.1, 192.0.2.2", "192.0.2.1"),
        (2, "192.0.2.1", "203.0.113.9"),
        (1, "not an address", None),
        (1, "", None),
    ],
)
def test_only_configured_proxies_are_believed(
    proxies: int, forwarded: str | None, seen: str | None
) -> None:
    assert address(proxies, forwarded) == seen


@pytest.mark.parametrize("text", ["::ffff:192.0.2.1", "0:0:0:0:0:ffff:c000:201"])
def test_an_ipv4_address_in_ipv6_clothes_is_an_ipv4_address(text: str) -> None:
    assert address(0, remote=text) == "192.0.2.1"


def test_spellings_of_one_ipv6_address_are_one() -> None:
    assert address(0, remote="2001:DB8:0:0::1") == address(0, remote="2001:db8::1") == "2001:db8::1"


def test_a_unix_socket_has_no_address() -> None:
    assert address(0, remote="") is None


@pytest.mark.parametrize(
    ("seen", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        (None, "unknown"),
    ],
)
def test_limits_count_by_address_or_by_the_64_of_ipv6(seen: str | None, network: str) -> None:
    assert network_of(seen) == network
