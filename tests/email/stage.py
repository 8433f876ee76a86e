"""What the tests of addresses share."""

from contextlib import AbstractContextManager
from datetime import UTC, datetime

from django.contrib.auth.models import User
from django.test import override_settings

from spa_auth.email.models import ProvenAddress
from tests.conftest import ApiClient
from tests.letters import Letter, delivered

EVIL = {"Origin": "https://evil.example"}


def proof_needed() -> AbstractContextManager[None]:
    """A project in which who has not proved an address is not signed in."""
    changed: AbstractContextManager[None] = override_settings(SPA_AUTH={"VERIFY_EMAIL": True})
    return changed


def prove(user: User, address: str | None = None) -> None:
    """As if the user had proved their address, or another one, a year ago."""
    ProvenAddress.objects.create(
        user=user, address=address or user.email, proven_at=datetime(2025, 1, 1, tzinfo=UTC)
    )


def proven() -> dict[str, str]:
    """User names, and the addresses that are proved for them."""
    return {proof.user.username: str(proof) for proof in ProvenAddress.objects.all()}


def is_verified(client: ApiClient) -> bool:
    """What the signed-in person is told of their address, in both places."""
    told: bool = client.get("/api/whoami/").json()["emailVerified"]
    assert client.get("/api/session/").json()["user"]["emailVerified"] is told
    return told


def one_letter() -> Letter:
    """The only mail that has come since the last time."""
    (letter,) = delivered()
    return letter


def proof_of(letter: Letter, way: str) -> dict[str, str]:
    """What proves it where the account is known."""
    return {"token": letter.token} if way == "link" else {"code": letter.code}


def sent_proof(letter: Letter, way: str) -> dict[str, str]:
    """What proves it where nobody is known yet."""
    return proof_of(letter, way) | ({} if way == "link" else {"email": letter.to})
