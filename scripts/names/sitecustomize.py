"""For tests: Python looks for the provider's host on this machine, as the browsers do."""

import socket

_ask = socket.getaddrinfo


def _here(host: object, *arguments: object, **options: object) -> object:
    name = "127.0.0.1" if host == "accounts.test" else host
    return _ask(name, *arguments, **options)  # type: ignore[arg-type]


socket.getaddrinfo = _here  # type: ignore[assignment]
