"""Who is calling a DRF view: the person whose session the request carries."""

from typing import Any

from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request

from spa_auth.core import carriers, guard
from spa_auth.core.errors import NotAuthenticated


class SessionAuthentication(BaseAuthentication):
    """A person's session, checked at our boundary: origin always, CSRF token for a live cookie.

    Without a session the answer is 401 with `WWW-Authenticate: Session`, never a pop-up. An API
    token makes nobody known here, whatever permission classes a view has: `HasAbility` lets it in.
    A bearer token of another package's, such as a JWT, is left to the view's next authenticator.
    """

    def authenticate(self, request: Request) -> tuple[Any, None] | None:
        """Return the signed-in user.

        Raises OriginRefused, CsrfFailed, CredentialsAmbiguous, and 401 for a dead token (see
        `exception_handler`).
        """
        if carriers.brings_foreign_token(request._request):
            return None
        try:
            guard.require_session(request._request)
        except NotAuthenticated:
            return None
        return request._request.user, None

    def authenticate_header(self, request: Request) -> str:
        """Return what makes DRF answer 401 instead of 403."""
        return NotAuthenticated().headers["WWW-Authenticate"]
