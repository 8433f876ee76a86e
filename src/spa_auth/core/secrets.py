"""Where secrets come from and what of them is kept: random text for people, digests for tables."""

import hashlib
import secrets

from django.utils.crypto import salted_hmac


def new_key() -> str:
    """Return 256 random bits as 43 URL-safe characters (ASVS 7.2.3 asks for 128)."""
    return secrets.token_urlsafe(32)


def new_code() -> str:
    """Return six random digits, for people to type. Whoever checks them must count the tries."""
    return f"{secrets.randbelow(10**6):06}"


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
