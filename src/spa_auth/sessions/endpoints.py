"""What the sessions room answers: the list of devices, and ending what is on it."""

import datetime
import re

from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest

from spa_auth.core import devices, login
from spa_auth.core.address import client_address
from spa_auth.core.body import Answer, EmptyBody
from spa_auth.core.caller import caller
from spa_auth.core.endpoint import endpoint
from spa_auth.core.errors import NotFound
from spa_auth.core.export import add_section as add_export
from spa_auth.core.state import session_state, session_state_model

from . import flow
from .engine import SessionStore
from .models import Session
from .rows import proofs_of

# Nothing else is asked of the database, which may not even be able to read it.
_PUBLIC_ID = re.compile(r"[0-9a-f]{32}")


class ListedSession(Answer):
    """One session, as its owner sees it. The id is public: it opens nothing."""

    id: str
    current: bool
    device: devices.Device
    address: str | None
    created_at: datetime.datetime
    last_seen_at: datetime.datetime
    proofs: list[str]


class SessionList(Answer):
    """Every place where the person is signed in, the last used first."""

    sessions: list[ListedSession]


@endpoint("GET", "sessions", returns=SessionList, needs_session=True)
def sessions(request: HttpRequest) -> SessionList:
    """List where you are signed in."""
    return _list(request)


@endpoint(
    "DELETE", "sessions/<id>", returns=session_state_model, errors=[NotFound], needs_session=True
)
def session_revoke(request: HttpRequest, id: str) -> Answer:  # noqa: A002 - the contract's name
    """Sign out of one place. Your own place is one of them."""
    if not _PUBLIC_ID.fullmatch(id):
        raise NotFound
    if id == _current_id(request):
        login.leave(request)
    elif not flow.revoke(login.get_user(request), id, address=client_address(request)):
        raise NotFound
    return session_state(request)


@endpoint("POST", "sessions/revoke-others", body=EmptyBody, returns=SessionList, needs_session=True)
def sessions_revoke_others(request: HttpRequest, body: EmptyBody) -> SessionList:
    """Sign out everywhere else. The answer is what is left."""
    user = login.get_user(request)
    flow.revoke_others(user, _current_id(request), address=client_address(request))
    return _list(request)


def exported(user: AbstractBaseUser) -> list[ListedSession]:
    """Return what is held about a person's sessions: what their list shows."""
    return [_listed(row, caller().session) for row in flow.live_sessions(user)]


def _list(request: HttpRequest) -> SessionList:
    current = _current_id(request)
    rows = flow.live_sessions(login.get_user(request))
    return SessionList(sessions=[_listed(row, current) for row in rows])


def _current_id(request: HttpRequest) -> str | None:
    store = request.session
    return store.row.public_id if isinstance(store, SessionStore) and store.row else None


def _listed(row: Session, current: str | None) -> ListedSession:
    return ListedSession(
        id=row.public_id,
        current=row.public_id == current,
        device=devices.describe(row.user_agent),
        address=row.address,
        created_at=row.created_at,
        last_seen_at=row.last_seen_at,
        proofs=proofs_of(row),
    )


add_export("sessions", lambda: list[ListedSession], exported)
