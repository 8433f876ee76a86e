"""Who may use a DRF view."""

from abc import abstractmethod
from typing import TYPE_CHECKING, ClassVar

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from spa_auth.core import guard
from spa_auth.core.access import access_of
from spa_auth.core.errors import ApiError, NotAuthenticated

if TYPE_CHECKING:
    from rest_framework.views import APIView


class _Permission(BasePermission):
    """Refuses by raising, so that the answer says what would help."""

    def has_permission(self, request: Request, view: "APIView") -> bool:
        """Let who may pass. Raises what `require` raises, but where a page asks what to offer."""
        try:
            self.require(request)
        except ApiError:
            if _is_hypothetical(request):
                return False
            raise
        return True

    @abstractmethod
    def require(self, request: Request) -> None:
        """Raise an ApiError for who may not."""


class IsAuthenticated(_Permission):
    """Signed-in people only; others get 401, whatever other authenticators the view lists."""

    def require(self, request: Request) -> None:
        """Raise NotAuthenticated, or what the reader of a token raises, unless signed in."""
        if request.user and request.user.is_authenticated:
            return
        _ = access_of(request._request).abilities  # raises where a token is not right
        raise NotAuthenticated


class HasFreshProof(_Permission):
    """Signed-in people who have just proved who they are; for what is dangerous in other hands."""

    def require(self, request: Request) -> None:
        """Raise ReauthenticationRequired with the ways, unless the last proof is fresh."""
        guard.require_fresh_session(request._request)


def HasAbility(  # noqa: N802 - it reads as the class that it makes
    ability: str, *, change: str | None = None
) -> type["AbilityPermission"]:
    """Let signed-in people pass, and API tokens that may: `[HasAbility("notes:read")]`.

    `change` is the ability for unsafe methods, where it is another. First in the list: the classes
    after it see the token's owner in `request.user`, and what may be done in `request.auth`.
    """
    return type(
        "HasAbility", (AbilityPermission,), {"ability": ability, "change": change or ability}
    )


class AbilityPermission(_Permission):
    """What `HasAbility` makes classes of."""

    ability: ClassVar[str]
    change: ClassVar[str]

    def require(self, request: Request) -> None:
        """Raise NotAuthenticated or AbilityMissing, unless the caller may."""
        inner = request._request
        guard.require_ability(inner, self.ability, change=self.change)
        access = access_of(inner)
        if access.abilities is not None:
            request.user, request.auth = inner.user, access


def _is_hypothetical(request: Request) -> bool:
    """Tell whether DRF's browsable API asks for which methods it shall show a form."""
    # By a copy of the request, whose method is its own; any other has that of Django's.
    return "method" in vars(request)
