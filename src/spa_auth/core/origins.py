"""Origins as browsers send them (RFC 6454), and which of them share a site. This module is pure."""

from urllib.parse import urlsplit

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
_DEFAULT_PORTS = {"http": 80, "https": 443}


def problem_with(origin: str) -> str | None:
    """Return what is wrong with an origin that somebody wrote down, in words; None if nothing is.

    Browsers compare origins letter by letter, so only their own spelling ever matches. Without TLS
    only the loopback is accepted: a cookie on another http host is anybody's.
    """
    exact = spelling(origin)
    if exact is None:
        return f"{origin!r} is not an origin: write scheme, host and port."
    if origin != exact:
        return f"{origin!r} is not how browsers write it: {exact!r}."
    host = host_of(origin)
    if origin.startswith("http:") and not is_loopback(host):
        return f"{origin!r} needs https: http is for localhost only."
    return None


def spelling(origin: str) -> str | None:
    """Return an origin as browsers write it, None if it is none: lower case, no default port."""
    try:
        parts = urlsplit(origin)
        port = parts.port
    except ValueError:  # a port that is no number, a bracket that is not closed
        return None
    default = _DEFAULT_PORTS.get(parts.scheme)
    if default is None or not parts.hostname:
        return None
    ending = "" if port in (None, default) else f":{port}"
    return f"{parts.scheme}://{host_of(origin)}{ending}"


def host_of(origin: str) -> str:
    """Return the host without the port, an IPv6 address in brackets."""
    host = str(urlsplit(origin).hostname)
    return f"[{host}]" if ":" in host else host


def is_loopback(host: str) -> bool:
    """Tell whether a host is this machine, without asking anybody."""
    return host in LOOPBACK or host.endswith(".localhost")


def may_share_a_site(one: str, other: str) -> bool:
    """Tell whether two origins may be same-site; False is certain.

    Certain is only what needs no list of public suffixes: their last two labels differ. `localhost`
    counts as a public suffix, so `app.localhost` and `api.localhost` are two sites.
    """
    return _last_labels(host_of(one)) == _last_labels(host_of(other))


def _last_labels(host: str) -> list[str]:
    is_address = host.startswith("[") or host.replace(".", "").isdigit()
    return [host] if is_address else host.split(".")[-2:]
