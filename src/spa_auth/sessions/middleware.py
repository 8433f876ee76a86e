"""Django's session middleware, taught what our engine knows and how our clients read errors."""

from django.conf import settings
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware as DjangoSessionMiddleware
from django.http import HttpRequest, HttpResponse

from spa_auth.core.address import client_address
from spa_auth.core.errors import NotAuthenticated, SessionStoreUnavailable

from .engine import Client, SessionStore


class SessionMiddleware(DjangoSessionMiddleware):
    """Load the session lazily, save it once, set its cookie.

    A session that ended while the request ran answers 401 and takes its cookie along; a store that
    is down answers 503 and leaves the cookie alone.
    """

    def process_request(self, request: HttpRequest) -> None:
        """Attach the session, and tell it who is using it."""
        super().process_request(request)
        store = request.session
        if isinstance(store, SessionStore):
            store.client = Client(client_address(request), request.META.get("HTTP_USER_AGENT", ""))

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer 503 where a view met a store that is down."""
        if isinstance(exception, SessionStoreUnavailable):
            return exception.response()
        return None

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Save the session and set its cookie."""
        try:
            return super().process_response(request, response)
        except SessionInterrupted:
            refusal = NotAuthenticated().response()
            refusal.delete_cookie(
                settings.SESSION_COOKIE_NAME,
                path=settings.SESSION_COOKIE_PATH,
                domain=settings.SESSION_COOKIE_DOMAIN,
                samesite=settings.SESSION_COOKIE_SAMESITE,
            )
            return refusal
        except SessionStoreUnavailable as error:
            return error.response()
