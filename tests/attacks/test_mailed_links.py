"""A75: no link and no code is good for anything but what it was mailed for, in any room."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User

from spa_auth.core import links
from spa_auth.core.endpoint import registry
from spa_auth.core.links import Purpose
from spa_auth.core.messages import declared
from spa_auth.core.models import Secret
from spa_auth.email.models import ProvenAddress
from spa_auth.sessions.models import Session
from tests.answers import outcome
from tests.attacks.stage import browser
from tests.conftest import ApiClient

OWN = "alice@example.com"
SIGN_UP = {"username": "carol", "password": "another-long-password"}
# By endpoint: its purpose, and what it is sent besides. An endpoint that takes a token or a code
# needs a line, so that it is held against every other purpose.
TAKING: dict[str, tuple[str, dict[str, str]]] = {
    "email/verify": ("email.verify", {}),
    "email/change/confirm": ("email.change", {}),
    "email/change/undo": ("email.undo", {}),
    "login/email/finish": ("email.sign_in", {}),
    "reauthenticate/email/finish": ("email.confirm", {}),
    "password/reset/confirm": ("password.reset", {"newPassword": "another-long-password"}),
    "signup/finish": ("account.sign_up", SIGN_UP),
    "account/restore": ("account.delete.undo", {}),
}
PURPOSES = {message.purpose.name: message.purpose for message in declared() if message.purpose}
CROSSED = [
    (path, PURPOSES[name]) for path in TAKING for name in PURPOSES if name != TAKING[path][0]
]

pytestmark = pytest.mark.django_db


def fields_of(path: str) -> set[str]:
    body = registry[path]["POST"].body_model()
    assert body is not None
    return set(body.model_fields)


def proofs(path: str, issued: links.Issued) -> Iterator[dict[str, Any]]:
    """Each way in which this endpoint takes a proof."""
    fields = fields_of(path)
    if "token" in fields:
        yield {"token": issued.token}
    if "code" in fields:
        yield {"code": issued.code} | ({"email": OWN} if "email" in fields else {})


def everything() -> list[object]:
    rows = [
        User.objects.values("username", "email", "password"),
        ProvenAddress.objects.values(),
        Session.objects.values("public_id", "user_id"),
        Secret.objects.values("purpose", "used_at", "expires_at"),
    ]
    return [sorted(map(str, each)) for each in rows]


def test_every_endpoint_that_takes_a_link_or_a_code_is_among_them() -> None:
    found = {
        path
        for path, methods in registry.items()
        if "POST" in methods and {"token", "code"} & fields_of(path)
    }
    # The code there is a provider's, and no mail has one.
    assert found - {"social/<provider>/finish"} == set(TAKING)


@pytest.mark.parametrize(
    ("path", "purpose"), CROSSED, ids=lambda each: each if isinstance(each, str) else each.name
)
@pytest.mark.parametrize("who", ["nobody", "alice", "bob"])
@pytest.mark.parametrize("whose", ["alice", None])
def test_a_link_of_another_purpose_opens_nothing(
    alice: User, bob: User, path: str, purpose: Purpose, who: str, whose: str | None
) -> None:
    client = ApiClient() if who == "nobody" else browser(who)
    issued = links.issue(purpose, alice if whose else None, address=OWN)
    before = everything()
    for proof in proofs(path, issued):
        answer = client.send("POST", f"/api/{path}/", proof | TAKING[path][1])
        assert outcome(answer) in {
            (400, "link_invalid"),
            (400, "code_invalid"),
            (401, "not_authenticated"),
        }
    assert everything() == before
