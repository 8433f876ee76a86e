"""Who may use a DRF view."""

from typing import TYPE_CHECKING

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from spa_auth.core.errors import NotAuthenticated

if TYPE_CHECKING:
    from rest_framework.views import APIView


class IsAuthenticated(BasePermission):
    """Signed-in people only; others get 401, whatever other authenticators the view lists."""

    def has_permission(self, request: Request, view: "APIView") -> bool:
        """Tell whether the caller is signed in. Raises NotAuthenticated."""
        if not (request.user and request.user.is_authenticated):
            raise NotAuthenticated
        return True
