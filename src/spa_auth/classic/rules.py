"""HTTP Basic authentication, read (RFC 7617). This module is pure."""

import base64
import binascii


def read_basic(header: str) -> tuple[str, str] | None:
    """Return the name and the password of an `Authorization` header, None where it has none.

    They are UTF-8 or else Latin-1: a script's `btoa()` knows no other letters.
    """
    scheme, _, encoded = header.partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        content = base64.b64decode(encoded.strip(), validate=True)
    except (binascii.Error, ValueError):  # not ASCII
        return None
    try:
        text = content.decode()
    except UnicodeDecodeError:
        text = content.decode("latin-1")
    name, colon, password = text.partition(":")
    return (name, password) if colon else None
