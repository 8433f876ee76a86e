"""The answer to "who is signed in?": SessionState, and the user and session inside it."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Literal

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.core.signals import setting_changed
from django.http import HttpRequest
from pydantic import Field, RootModel, create_model

from .addresses import is_proven_here
from .body import Answer
from .boundary import PENDING_KEY
from .csrf import token_of
from .fields import json_type, text_of, user_field
from .settings import core

# The part of the session that holds what was proved, and when.
PROOFS_KEY = "_spa_auth_proofs"


class BaseUser(Answer):
    """The signed-in person."""

    id: str
    username: str | None
    email: str | None
    email_verified: bool
    first_name: str
    last_name: str


class SessionDetails(Answer):
    """The current session, as far as any engine knows it."""

    authenticated_at: datetime.datetime | None
    proofs: list[str]


class Anonymous(Answer):
    """Nobody is signed in."""

    status: Literal["anonymous"] = "anonymous"
    is_authenticated: Literal[False] = False
    csrf_token: str


class Pending(Answer):
    """A sign-in has begun; `next` names the steps of which one must follow."""

    status: Literal["pending"] = "pending"
    is_authenticated: Literal[False] = False
    next: list[str]
    csrf_token: str


class BaseAuthenticated(Answer):
    """Somebody is signed in."""

    status: Literal["authenticated"] = "authenticated"
    is_authenticated: Literal[True] = True
    csrf_token: str


SessionDescription = Callable[[HttpRequest], SessionDetails]


def describe_session(request: HttpRequest) -> SessionDetails:
    """Describe the session by what the door wrote into it."""
    proved = request.session.get(PROOFS_KEY, [])
    return SessionDetails(
        authenticated_at=proved[-1]["at"] if proved else None,
        proofs=methods_of(proved),
    )


def methods_of(proofs: Sequence[Mapping[str, str]]) -> list[str]:
    """Return how a session was proved, each method once."""
    return list(dict.fromkeys(proof["method"] for proof in proofs))


_description: tuple[type[SessionDetails], SessionDescription] = (SessionDetails, describe_session)


def describe_sessions_with(model: type[SessionDetails], describe: SessionDescription) -> None:
    """Let the room that owns the session engine describe sessions more fully."""
    global _description  # noqa: PLW0603 - one engine per project, chosen while apps get ready
    _description = (model, describe)
    _forget_models()


@lru_cache(maxsize=1)
def user_model() -> type[BaseUser]:
    """Return the model of the user, with the project's `USER_FIELDS`."""
    extra: dict[str, Any] = {name: (json_type(user_field(name)), ...) for name in core.user_fields}
    return create_model("User", __base__=BaseUser, __doc__=BaseUser.__doc__, **extra)


@lru_cache(maxsize=1)
def authenticated_model() -> type[BaseAuthenticated]:
    """Return the model of the state in which somebody is signed in."""
    return create_model(
        "Authenticated",
        __base__=BaseAuthenticated,
        __doc__=BaseAuthenticated.__doc__,
        user=(user_model(), ...),
        session=(_description[0], ...),
    )


@lru_cache(maxsize=1)
def session_state_model() -> type[RootModel[Any]]:
    """Return the model of SessionState: a union that `status` tells apart."""
    union = Anonymous | Pending | authenticated_model()

    class SessionState(RootModel[union]):  # type: ignore[valid-type]
        """Who is signed in, and the CSRF token for what comes next."""

        root: union = Field(discriminator="status")  # type: ignore[valid-type]

    return SessionState


def own_answer(request: HttpRequest) -> BaseUser:
    """Describe who is signed in."""
    user: Any = request.user
    return user_answer(user, proven=is_proven_here(request))


def user_answer(user: AbstractBaseUser, *, proven: bool) -> BaseUser:
    """Describe a user of any user model; `proven` is whether their address is."""
    model = user_model()
    return model(
        id=str(user.pk),
        username=text_of(user, "username") or None,
        email=text_of(user, get_user_model().get_email_field_name()) or None,
        email_verified=proven,
        first_name=text_of(user, "first_name"),
        last_name=text_of(user, "last_name"),
        **{name: getattr(user, name) for name in core.user_fields},
    )


def session_state(request: HttpRequest) -> Answer:
    """Describe the request's session as it is now, after whatever the request changed."""
    token = token_of(request)
    if request.user.is_authenticated:
        model = authenticated_model()
        user, session = own_answer(request), _description[1](request)
        return model(user=user, session=session, csrf_token=token)  # type: ignore[call-arg]
    if pending := request.session.get(PENDING_KEY):
        return Pending(next=pending["next"], csrf_token=token)
    return Anonymous(csrf_token=token)


def _forget(*, setting: str, **_: object) -> None:
    if setting in {"SPA_AUTH", "AUTH_USER_MODEL"}:
        _forget_models()


def _forget_models() -> None:
    for model in (user_model, authenticated_model, session_state_model):
        model.cache_clear()


setting_changed.connect(_forget)
