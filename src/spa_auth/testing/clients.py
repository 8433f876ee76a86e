"""Being signed in, in tests of something else: through our door, without a password."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.http import HttpRequest
from django.http.request import HttpHeaders
from django.test import Client
from django.utils import timezone

from spa_auth.core import addresses, login
from spa_auth.core.boundary import SAFE_METHODS
from spa_auth.core.csrf import token_of
from spa_auth.core.deployment import device_cookie
from spa_auth.core.fresh import renew
from spa_auth.core.known_device import remember_device
from spa_auth.core.locking import lock_user
from spa_auth.core.people import email_of
from spa_auth.core.settings import core
from spa_auth.core.state import PROOFS_KEY

from .door import through


class StillPending(AssertionError):
    """The door asked for more than what was given."""


def log_in(
    client: Any,
    user: AbstractBaseUser,
    *,
    fresh: bool = True,
    remember: bool = True,
    proofs: Sequence[str] = ("password",),
    known_device: bool = True,
    verified: bool = True,
) -> None:
    """Sign `user` in with Django's `Client` or `AsyncClient`, or with DRF's `APIClient`.

    The session is made by the door, with all that it does: a new key, events, cookies as the
    deployment has them. Nothing is hashed, and no limit counts. `proofs` are the methods in their
    order; `fresh=False` makes them too old for what asks for a fresh one. `remember=False` ends the
    session with the browser. With `known_device=False` the person has not used this browser.
    `verified=False` leaves an address that is not proved as it is. Raises StillPending where the
    door asks for more.
    """
    if verified and email_of(user) and not addresses.is_proven(user):
        with transaction.atomic():
            lock_user(user)
            addresses.prove(user, email_of(user))
    if known_device:
        through(client, lambda request: remember_device(request, user))
    else:
        client.cookies.pop(device_cookie(), None)

    def enter(request: HttpRequest) -> None:
        _enter(request, user, proofs, remember=remember)
        if not fresh:
            _age_proofs(request)

    through(client, enter)


alog_in = sync_to_async(log_in)


def log_out(client: Any) -> None:
    """Sign the client out, as the endpoint does. Nothing happens where nobody is signed in."""
    through(client, login.leave)


alog_out = sync_to_async(log_out)


def csrf_headers(client: Any) -> Mapping[str, str]:
    """Return the header that an unsafe request needs; the client has the cookie that goes with it.

    `client.post("/api/notes/", headers=csrf_headers(client))`.
    """
    tokens: list[str] = []
    through(client, lambda request: tokens.append(token_of(request)))
    return {str(HttpHeaders.parse_header_name(settings.CSRF_HEADER_NAME)): tokens[0]}


def _enter(
    request: HttpRequest, user: AbstractBaseUser, proofs: Sequence[str], *, remember: bool
) -> None:
    backend = login.default_backend()
    first, *others = [login.Proof(user=user, method=each, backend=backend) for each in proofs]
    outcome = login.advance(request, first, remember=remember)
    for proof in others:
        if isinstance(outcome, login.Pending):
            outcome = login.advance(request, proof)
        else:
            renew(request, proof)
    if isinstance(outcome, login.Pending):
        steps = ", ".join(outcome.next)
        raise StillPending(
            f"The door asks {user} for one more of: {steps}. Name a factor in `proofs`; prove the "
            "address, or leave `verified` True, for what is asked about it."
        )


def _age_proofs(request: HttpRequest) -> None:
    """Make them a minute older than what counts as fresh."""
    old = timezone.now() - datetime.timedelta(minutes=core.fresh_minutes + 1)
    request.session[PROOFS_KEY] = [
        {**proof, "at": old.isoformat()} for proof in request.session[PROOFS_KEY]
    ]


class SpaClient(Client):
    """Django's test client as a front end is: it sends JSON, and the CSRF token."""

    def __init__(self, **defaults: Any) -> None:
        super().__init__(enforce_csrf_checks=True, **defaults)

    def generic(  # type: ignore[override]
        self,
        method: str,
        path: str,
        data: Any = "",
        content_type: str | None = "application/json",
        *args: Any,
        headers: Mapping[str, str] | None = None,
        **more: Any,
    ) -> Any:
        """Send a request, with the token where it may change something."""
        headers = dict(headers or {})
        if method not in SAFE_METHODS:
            headers = {**csrf_headers(self), **headers}
        return super().generic(method, path, data, content_type, *args, headers=headers, **more)

    def post(  # type: ignore[override]
        self,
        path: str,
        data: Any = None,
        content_type: str = "application/json",
        *args: Any,
        **more: Any,
    ) -> Any:
        """Post JSON."""
        return super().post(path, {} if data is None else data, content_type, *args, **more)

    def put(  # type: ignore[override]
        self, path: str, data: Any = "", content_type: str = "application/json", **more: Any
    ) -> Any:
        """Put JSON."""
        return super().put(path, data, content_type, **more)

    def patch(  # type: ignore[override]
        self, path: str, data: Any = "", content_type: str = "application/json", **more: Any
    ) -> Any:
        """Patch by JSON."""
        return super().patch(path, data, content_type, **more)

    def delete(  # type: ignore[override]
        self, path: str, data: Any = "", content_type: str = "application/json", **more: Any
    ) -> Any:
        """Delete, with JSON where something is sent along."""
        return super().delete(path, data, content_type, **more)
