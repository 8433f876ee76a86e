"""Where secrets come from and what of them is kept: random text for people, digests for tables."""

import hashlib
import secrets

from django.utils.crypto import salted_hmac


class HiddenText(str):
    """A secret that error reports do not show, with DEBUG or without, Django's or others'.

    They print the local variables of every frame by `repr`. For hashers, drivers and templates it
    is text like any other; what is made of it by `+`, `format` or `encode` shows again.
    """

    __slots__ = ()

    def __repr__(self) -> str:
        return f"{type(self).__name__}(...)"


class HiddenBytes(bytes):
    """The same for bytes."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"{type(self).__name__}(...)"


def new_key() -> HiddenText:
    """Return 256 random bits as 43 URL-safe characters (ASVS 7.2.3 asks for 128)."""
    return HiddenText(secrets.token_urlsafe(32))


def new_code() -> HiddenText:
    """Return six random digits, for people to type. Whoever checks them must count the tries."""
    return HiddenText(f"{secrets.randbelow(10**6):06}")


def new_public_id() -> str:
    """Return 128 random bits as 32 hex digits, for lists and addresses: not a secret.

    Of one case, because MariaDB compares without it.
    """
    return secrets.token_hex(16)


def digest(secret: str) -> str:
    """Return the SHA-256 of a random secret, in hex. A plain hash is enough above 112 bits."""
    return hashlib.sha256(secret.encode()).hexdigest()


def keyed_digest(purpose: str, value: str) -> str:
    """Return an HMAC-SHA-256 under `SECRET_KEY`, in hex, for values that could be guessed."""
    return salted_hmac(f"spa_auth.{purpose}", value, algorithm="sha256").hexdigest()
