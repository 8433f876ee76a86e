"""Who is calling a DRF view: the person whose session the request carries."""

from typing import Any

from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request

from spa_auth.core import boundary
from spa_auth.core.errors import NotAuthenticated


class SessionAuthentication(BaseAuthentication):
    """Django's session, checked at our boundary: origin always, CSRF token for a live session.

    Without a session the answer is 401 with `WWW-Authenticate: Session`, never a pop-up.
    """

    def authenticate(self, request: Request) -> tuple[Any, None] | None:
        """Return the signed-in user. Raises OriginRefused, CsrfFailed (see `exception_handler`)."""
        boundary.enforce(request._request)
        user = request._request.user
        return (user, None) if user.is_authenticated else None

    def authenticate_header(self, request: Request) -> str:
        """Return what makes DRF answer 401 instead of 403."""
        return NotAuthenticated().headers["WWW-Authenticate"]
