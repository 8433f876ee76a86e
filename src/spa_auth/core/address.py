"""Who is calling: the client's address, counted back from the proxies that we trust."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.http import HttpRequest

from .deployment import chosen
from .settings import core


def client_address(request: HttpRequest) -> str | None:
    """Return the client's address in canonical text, or None where the server gives none.

    With n trusted proxies the n-th entry from the right of `X-Forwarded-For` counts. What stands
    left of it came from the client and is never read (CWE-348).
    """
    hops = _trusted_proxies()
    if hops == 0:
        return _canonical(request.META.get("REMOTE_ADDR", ""))
    entries = [entry.strip() for entry in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    # Fewer entries than proxies: somebody reached us past them. Their own address is all we know.
    if len(entries) < hops:
        return _canonical(request.META.get("REMOTE_ADDR", ""))
    return _canonical(entries[-hops])


def network_of(address: str | None) -> str:
    """Return what limits count by: an IPv4 address, the /64 of an IPv6 address, or `unknown`."""
    if address is None:
        return "unknown"
    parsed = ip_address(address)
    if isinstance(parsed, IPv6Address):
        return str(ip_network((parsed, 64), strict=False))
    return str(parsed)


def _trusted_proxies() -> int:
    written: int | None = core.trusted_proxies
    if written is not None:
        return written
    deployment = chosen()
    return deployment.proxies if deployment else 0


def _canonical(text: str) -> str | None:
    try:
        parsed = ip_address(text)
    except ValueError:
        return None
    # ::ffff:192.0.2.1 and 192.0.2.1 are one client (CVE-2026-45364 shows what else happens).
    if isinstance(parsed, IPv6Address):
        return str(parsed.ipv4_mapped or IPv6Address(int(parsed)))
    return str(parsed)
