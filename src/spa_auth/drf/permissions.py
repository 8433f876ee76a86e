"""Who may use a DRF view."""

from typing import TYPE_CHECKING, ClassVar

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from spa_auth.core import guard
from spa_auth.core.access import access_of
from spa_auth.core.errors import NotAuthenticated

if TYPE_CHECKING:
    from rest_framework.views import APIView


class IsAuthenticated(BasePermission):
    """Signed-in people only; others get 401, whatever other authenticators the view lists."""

    def has_permission(self, request: Request, view: "APIView") -> bool:
        """Tell whether the caller is signed in. Raises NotAuthenticated, or as a token's reader."""
        if request.user and request.user.is_authenticated:
            return True
        _ = access_of(request._request).abilities  # raises where a token is not right
        raise NotAuthenticated


class HasFreshProof(BasePermission):
    """Signed-in people who have just proved who they are; for what is dangerous in other hands."""

    def has_permission(self, request: Request, view: "APIView") -> bool:
        """Tell whether the last proof is fresh. Raises ReauthenticationRequired with the ways."""
        guard.require_fresh_session(request._request)
        return True


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


class AbilityPermission(BasePermission):
    """What `HasAbility` makes classes of."""

    ability: ClassVar[str]
    change: ClassVar[str]

    def has_permission(self, request: Request, view: "APIView") -> bool:
        """Tell whether the caller may. Raises NotAuthenticated, AbilityMissing."""
        inner = request._request
        guard.require_ability(inner, self.ability, change=self.change)
        access = access_of(inner)
        if access.abilities is not None:
            request.user, request.auth = inner.user, access
        return True
