"""Django's session and authentication middleware, taught what our engine knows."""

import logging
from functools import partial

from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.middleware import (
    AuthenticationMiddleware as DjangoAuthenticationMiddleware,
)
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware as DjangoSessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject

from spa_auth.core import boundary, carriers
from spa_auth.core.address import client_address
from spa_auth.core.caller import user_agent
from spa_auth.core.errors import ApiError, NotAuthenticated, SessionStoreUnavailable

from .engine import Client, SessionStore
from .settings import sessions
from .users import get_user

logger = logging.getLogger("django.request")


class SessionMiddleware(DjangoSessionMiddleware):
    """Load the session lazily, save it once, set its cookie.

    A session that ended while the request ran answers 401, a store that is down answers 503; both
    leave the cookie alone. A client that is no browser may bring the key in a header, and then has
    it in one: see `core.carriers`.
    """

    def process_request(self, request: HttpRequest) -> HttpResponse | None:  # type: ignore[override]
        """Attach the session, and tell it who is using it; refuse a key that may not come so."""
        try:
            key = carriers.take_key(request)
        except ApiError as error:
            boundary.report(request, type(error))
            return _refusal(error)
        moved = False
        if key is None:
            moved = _take_djangos_cookie(request)
            super().process_request(request)
        else:
            request.session = self.SessionStore(key or None)
            # No cookie was read: there is nothing that another site could ride on.
            request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]
        store = request.session
        if isinstance(store, SessionStore):
            store.client = partial(_client_of, request)
            store.moved = moved
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer 503 where a view met a store that is down."""
        if isinstance(exception, SessionStoreUnavailable):
            logger.error("Service Unavailable: %r", request.path, exc_info=exception)
            return _refusal(exception)
        return None

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Save the session and set its cookie; where the store failed, leave the cookie alone."""
        store = getattr(request, "session", None)
        if store is None:
            return response  # refused above: the cookie stays
        if response.status_code >= 500:
            # What a request did before it broke may have been rolled back.
            if getattr(store, "unavailable", False) and response.status_code != 503:
                response = _refusal(SessionStoreUnavailable())
            patch_vary_headers(response, ("Cookie",))
            return response
        try:
            response = super().process_response(request, response)
        except SessionInterrupted:
            # The cookie stays: it may be that of a later sign-in by now, and this answer late.
            return _refusal(NotAuthenticated())
        except SessionStoreUnavailable as error:
            logger.error("Service Unavailable: %r", request.path, exc_info=error)
            return _refusal(error)
        if carriers.takes_keys():
            _answer_by_header(request, response)
        return response


class AuthenticationMiddleware(DjangoAuthenticationMiddleware):
    """Attach the user that was read together with the session: one query for both."""

    def process_request(self, request: HttpRequest) -> None:
        """Make `request.user` and `request.auser` lazy, as Django's do."""
        if not hasattr(request, "session"):
            super().process_request(request)  # it says what is missing
        request.user = SimpleLazyObject(lambda: _user_of(request))  # type: ignore[assignment]
        request.auser = partial(_auser_of, request)  # type: ignore[assignment]


def _refusal(error: ApiError) -> HttpResponse:
    """Return the answer, kept apart from others as every answer of ours is."""
    response = error.response()
    patch_vary_headers(response, ("Cookie", "Origin"))
    return response


def _answer_by_header(request: HttpRequest, response: HttpResponse) -> None:
    """Give the key that the cookie would have had, where the request brought one by header."""
    if request.session.accessed:
        patch_vary_headers(response, (carriers.KEY_HEADER,))
    if not carriers.is_by_header(request):
        return
    if settings.SESSION_COOKIE_NAME in response.cookies:
        response[carriers.KEY_HEADER] = response.cookies.pop(settings.SESSION_COOKIE_NAME).value
    elif carriers.sent_key(request) and request.session.is_empty():
        # As a cookie is deleted: what was sent opens nothing, or not any more.
        response[carriers.KEY_HEADER] = ""
    else:
        return
    # What no cache keeps with a cookie, it would keep with this header.
    response["Cache-Control"] = "no-store"


def _take_djangos_cookie(request: HttpRequest) -> bool:
    """Read the cookie of a project that is moving over, where the browser has none of ours yet."""
    theirs, ours = sessions.django_session_cookie, settings.SESSION_COOKIE_NAME
    if not theirs or ours in request.COOKIES or theirs not in request.COOKIES:
        return False
    # As if it were ours, so that whoever asks for a session's cookie, for CSRF say, finds it.
    request.COOKIES[ours] = request.COOKIES[theirs]
    return True


def _client_of(request: HttpRequest) -> Client:
    return Client(client_address(request), user_agent(request))


async def _auser_of(request: HttpRequest) -> AbstractBaseUser | AnonymousUser:
    return await sync_to_async(_user_of)(request)


def _user_of(request: HttpRequest) -> AbstractBaseUser | AnonymousUser:
    # The name that Django uses, so that what clears or reads its cache finds ours.
    user: AbstractBaseUser | AnonymousUser | None = getattr(request, "_cached_user", None)
    if user is None:
        user = get_user(request)
        request._cached_user = user  # type: ignore[attr-defined]
    return user
