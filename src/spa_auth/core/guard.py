"""Who may pass a view of the project's own: the questions that every adapter asks.

A person's own session may do what the person may. An API token may do only what it was given, so
it passes only where a view names an ability: a view that names none is closed to all of them.
"""

from typing import Any

from django.http import HttpRequest

from . import boundary, fresh, limits
from .access import access_of
from .errors import AbilityMissing, NotAuthenticated, SessionStoreUnavailable
from .faults import DATABASE_FAULTS
from .limits import Limit


def require_session(request: HttpRequest) -> None:
    """Let the own session of a person pass, by cookie or by header.

    Raises OriginRefused, CsrfFailed, CredentialsAmbiguous, NotAuthenticated.
    """
    boundary.enforce(request)
    access = access_of(request)
    if not access.is_authenticated or access.abilities is not None:
        raise NotAuthenticated


def require_fresh_session(request: HttpRequest) -> None:
    """Let a session pass whose person has just proved who they are.

    Raises what `require_session` raises, and ReauthenticationRequired with the open ways.
    """
    require_session(request)
    fresh.require_fresh(request)


def require_ability(request: HttpRequest, ability: str, *, change: str | None = None) -> None:
    """Let a session pass, and an API token that has the ability; `change` is for unsafe methods.

    `request.user` is then the token's owner, as it is the session's. Raises what `require_session`
    raises, and AbilityMissing.
    """
    boundary.enforce(request)
    access = access_of(request)
    if not access.is_authenticated:
        raise NotAuthenticated
    reads = request.method in boundary.SAFE_METHODS
    wanted = ability if reads else change or ability
    if not access.has(wanted):
        raise AbilityMissing(ability=wanted)
    if access.abilities is not None:
        _act_as(request, access.user)


def reserve(request: HttpRequest, name: str, limit: Limit) -> None:
    """Count one use of what `name` stands for. Raises RateLimited, SessionStoreUnavailable."""
    try:
        limits.reserve(name, limit, request=request, body=None)
    except DATABASE_FAULTS as error:
        raise SessionStoreUnavailable from error


def for_views(limit: Limit) -> Limit:
    """Return a limit that counts callers; raises ValueError for one that needs a body."""
    if limit.subject is not None:
        raise ValueError("A view's limit counts callers, not what a body names.")
    return limit


def _act_as(request: HttpRequest, user: Any) -> None:
    async def auser() -> Any:
        return user

    request.user = user
    request.auser = auser
