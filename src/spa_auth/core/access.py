"""`request.spa_auth`: who asks, how that is known, and what they may do that way.

It is there on every request that passed `BoundaryMiddleware`, and asks nothing before it is asked.
"""

from typing import TYPE_CHECKING, Literal

from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest

from . import carriers
from .caller import is_of_session, is_signed_in, signed_in_id
from .carriers import Grant
from .errors import ApiError, CredentialsAmbiguous

# Adapters are imported before there may be models.
if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

Kind = Literal["session", "session_token", "token"]


class Access:
    """The access of one request.

    Whom another package's token makes `request.user`, as DRF's authenticators do, is nobody here:
    it is no session of theirs.

    Every part of it raises CredentialsAmbiguous where the request brings two things that say who
    asks, and what the installed rooms raise for a token that is not right: `BoundaryMiddleware`
    answers with these where a view lets them pass. In asynchronous views it is read by
    `sync_to_async`, as it may ask the database.
    """

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self._read: Grant | ApiError | None = None
        # Whether the answer depends on what the `Authorization` header says.
        self.was_asked = False

    @property
    def user(self) -> "AbstractBaseUser | AnonymousUser":
        """Who asks."""
        if grant := self._grant():
            return grant.user
        if self.kind:
            return self._request.user
        from django.contrib.auth.models import AnonymousUser  # noqa: PLC0415 - needs the registry

        return AnonymousUser()

    @property
    def kind(self) -> Kind | None:
        """How that is known: by a session's cookie, its key in a header, or a token; or not."""
        if self._grant():
            return "token"
        if not is_signed_in(self._request):
            return None
        if not is_of_session(self._request):
            if signed_in_id(self._request) is not None:
                raise CredentialsAmbiguous
            return None
        return "session_token" if carriers.is_by_header(self._request) else "session"

    @property
    def abilities(self) -> frozenset[str] | None:
        """What a token may do; None for a session of the person's own, which may do everything."""
        grant = self._grant()
        return grant.abilities if grant else None

    @property
    def is_authenticated(self) -> bool:
        """Whether it is known who asks."""
        return self.kind is not None

    def has(self, ability: str) -> bool:
        """Tell whether this may be done, by whoever may do it at all; never by nobody."""
        abilities = self.abilities
        return self.is_authenticated if abilities is None else ability in abilities

    def is_fresh(self) -> bool:
        """Tell whether who asks has proved minutes ago who they are. A token never does."""
        from . import fresh  # noqa: PLC0415 - as well

        return self._grant() is None and self.is_authenticated and fresh.is_fresh(self._request)

    def _grant(self) -> Grant | None:
        if not self.was_asked:
            self.was_asked = True
            try:
                self._read = carriers.read_token(self._request)
            except ApiError as error:
                self._read = error
        if isinstance(self._read, ApiError):
            raise self._read
        return self._read


def access_of(request: HttpRequest) -> Access:
    """Return `request.spa_auth`, for code that is typed. Raises ImproperlyConfigured without it."""
    access: Access | None = getattr(request, "spa_auth", None)
    if access is None:
        raise ImproperlyConfigured(
            'The request has no "spa_auth": put "spa_auth.core.middleware.BoundaryMiddleware" into '
            "MIDDLEWARE, before the session middleware."
        )
    return access
