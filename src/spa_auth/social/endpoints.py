"""What the social room answers."""

import datetime
import re
from typing import Annotated, Self

from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest
from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from spa_auth.core import login
from spa_auth.core.body import SECRET, Answer, Body, EmptyBody
from spa_auth.core.caller import session_id
from spa_auth.core.config import add_section
from spa_auth.core.endpoint import endpoint
from spa_auth.core.errors import CsrfFailed, InvalidCredentials, NotAuthenticated, NotFound
from spa_auth.core.export import add_section as add_export
from spa_auth.core.limits import Limit
from spa_auth.core.state import session_state, session_state_model

from . import flow, linking
from .callback import PASSED_ON
from .errors import (
    AccountExists,
    AlreadyConnected,
    Cancelled,
    EmailUnverified,
    LastWay,
    ProviderUnavailable,
    Refused,
    SignUpClosed,
    StateMismatch,
)
from .models import Identity
from .providers import Provider as Known
from .providers import all_providers, get_provider

# Nothing else is asked of the database, which may not even be able to read it.
_PUBLIC_ID = re.compile(r"[0-9a-f]{32}")


class Provider(Answer):
    """A provider that people can sign in with; `icon` names a picture of the front end."""

    id: str
    name: str
    icon: str


class Connection(Answer):
    """An account at a provider that opens this one; `address` is what it is called there."""

    id: str
    provider: str
    name: str
    address: str
    created_at: datetime.datetime
    last_used_at: datetime.datetime


class Connections(Answer):
    """The connected accounts, the oldest first."""

    connections: list[Connection]


class SocialOverview(Connections):
    """The providers in the order of their buttons, and what is connected."""

    providers: list[Provider]


class SocialConfig(Answer):
    """What a sign-in page needs to know."""

    providers: list[Provider]


class SocialBegin(Body):
    """How the session shall be that the sign-in makes."""

    remember: bool = Field(True, description="False ends the session with the browser.")


class WayToProvider(Answer):
    """Where the browser has to go, and the state with which it comes back."""

    authorization_url: str
    state: str


class SocialReturn(Body):
    """What came back with the person: a code, or an error."""

    state: Annotated[str, StringConstraints(max_length=PASSED_ON["state"]), SECRET] = ""
    code: (
        Annotated[str, StringConstraints(min_length=1, max_length=PASSED_ON["code"]), SECRET] | None
    ) = None
    error: Annotated[str, StringConstraints(min_length=1, max_length=PASSED_ON["error"])] | None = (
        None
    )
    error_description: (
        Annotated[str, StringConstraints(max_length=PASSED_ON["error_description"]), SECRET] | None
    ) = None
    iss: Annotated[str, StringConstraints(max_length=PASSED_ON["iss"])] | None = None

    @model_validator(mode="after")
    def one_answer(self) -> Self:
        """Refuse none and both."""
        if (self.code is None) == (self.error is None):
            raise PydanticCustomError("one_answer", "one answer")
        return self


@endpoint("GET", "social", returns=SocialOverview)
def social(request: HttpRequest) -> SocialOverview:
    """List the providers, and what of yours is connected with your account."""
    mine = _connections(request.user) if request.user.is_authenticated else []
    return SocialOverview(providers=_providers(), connections=mine)


@endpoint(
    "POST",
    "social/<provider>/begin",
    body=SocialBegin,
    returns=WayToProvider,
    errors=[NotFound, Refused, ProviderUnavailable],
    starts_session=True,
    limit=Limit(address="120/10m", everybody="20000/1h"),
)
def social_begin(request: HttpRequest, body: SocialBegin, provider: str) -> WayToProvider:
    """Begin to sign in with a provider. Send the browser to the address of the answer.

    It comes back to your page, which sends on to `finish/` what it was given. In the session of who
    is signed in it proves once more that they are who they are.
    """
    return _way(flow.begin(request, get_provider(provider), remember=body.remember))


@endpoint(
    "POST",
    "social/<provider>/connect",
    body=EmptyBody,
    returns=WayToProvider,
    errors=[NotFound, Refused, ProviderUnavailable],
    needs_session=True,
    fresh=True,
    limit=Limit(address="120/10m", user="30/10m"),
)
def social_connect(request: HttpRequest, body: EmptyBody, provider: str) -> WayToProvider:
    """Begin to connect an account at a provider with yours; go on as after `begin/`."""
    return _way(flow.begin_connect(request, get_provider(provider)))


@endpoint(
    "POST",
    "social/<provider>/finish",
    body=SocialReturn,
    returns=session_state_model,
    errors=[
        NotFound,
        Cancelled,
        StateMismatch,
        Refused,
        EmailUnverified,
        InvalidCredentials,
        NotAuthenticated,
        CsrfFailed,
        SignUpClosed,
        AccountExists,
        AlreadyConnected,
        ProviderUnavailable,
    ],
    starts_session=True,
    limit=Limit(address="60/10m"),
)
def social_finish(request: HttpRequest, body: SocialReturn, provider: str) -> Answer:
    """Finish what `begin/` or `connect/` has begun, with what came back from the provider.

    The answer says `pending` where a second factor must follow. After `connect/` it needs the CSRF
    token, and the session in which that was begun.
    """
    flow.finish(
        request,
        get_provider(provider),
        state=body.state,
        code=body.code,
        error=body.error,
        iss=body.iss,
    )
    return session_state(request)


@endpoint(
    "DELETE",
    "social/connections/<id>",
    returns=Connections,
    errors=[NotFound, LastWay],
    needs_session=True,
    fresh=True,
)
def social_disconnect(request: HttpRequest, id: str) -> Connections:  # noqa: A002 - the contract's
    """Disconnect an account. Every other session of yours ends, and you have a mail.

    Not the last way to sign in: set a password or confirm your address first.
    """
    if not _PUBLIC_ID.fullmatch(id):
        raise NotFound
    user = login.get_user(request)
    linking.disconnect(user, id, kept=session_id(request))
    return Connections(connections=_connections(user))


class ExportedConnection(Answer):
    """An account at a provider, by which of its accounts it is known there."""

    provider: str
    issuer: str
    subject: str
    address: str
    created_at: datetime.datetime
    last_used_at: datetime.datetime


def exported(user: AbstractBaseUser) -> list[ExportedConnection]:
    """Return what is held about a person's connected accounts, without the tokens."""
    names = tuple(ExportedConnection.model_fields)
    return [
        ExportedConnection(**{name: getattr(row, name) for name in names})
        for row in linking.connections_of(user)
    ]


def _providers() -> list[Provider]:
    return [Provider(id=each.id, name=each.name, icon=each.icon) for each in all_providers()]


def _connections(user: AbstractBaseUser) -> list[Connection]:
    known = {provider.id: provider for provider in all_providers()}
    return [_connection(row, known.get(row.provider)) for row in linking.connections_of(user)]


def _connection(row: Identity, provider: Known | None) -> Connection:
    return Connection(
        id=row.public_id,
        provider=row.provider,
        # One that the project offers no more is called by its id.
        name=row.provider if provider is None else provider.name,
        address=row.address,
        created_at=row.created_at,
        last_used_at=row.last_used_at,
    )


def _way(begun: flow.Begun) -> WayToProvider:
    return WayToProvider(authorization_url=begun.url, state=begun.state)


add_export("connections", lambda: list[ExportedConnection], exported)
add_section("social", SocialConfig, lambda: SocialConfig(providers=_providers()))
