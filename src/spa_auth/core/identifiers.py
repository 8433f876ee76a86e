"""How people name their account: canonical e-mail addresses and user names. This module is pure."""

import unicodedata


def canonical_email(address: str) -> str:
    """Return the one form of an address that is stored and compared: NFKC, casefold, IDNA.

    Text without a usable domain comes back normalised only: it then equals no stored address.
    """
    text = unicodedata.normalize("NFKC", address.strip()).casefold()
    local, at, domain = text.rpartition("@")
    try:
        return f"{local}{at}{domain.rstrip('.').encode('idna').decode()}"
    except UnicodeError:
        return text


def subject_of(kind: str, canonical: str) -> str:
    """Return what limits count by: every spelling of one name is one subject."""
    return f"{kind}:{canonical.casefold()}"


def is_email(identifier: str) -> bool:
    """Tell whether a sign-in identifier means an e-mail address: if and only if it has an `@`."""
    return "@" in identifier


def canonical_username(name: str) -> str:
    """Return a user name as Django stores it (NFKC), so that a composed letter finds its user."""
    return unicodedata.normalize("NFKC", name.strip())
