"""The browser boundary: where an unsafe request comes from, and whether its token is right.

The table is that of the Go 1.25 `CrossOriginProtection` and the OWASP CSRF cheat sheet, with one
difference: `same-site` is not trusted, because a sibling host is somebody else.
"""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware, RejectRequest
from django.views.csrf import csrf_failure as django_csrf_failure

from . import carriers, events
from .address import client_address
from .caller import is_signed_in
from .deployment import current
from .errors import ApiError, CsrfFailed, OriginRefused

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
# The part of the session that holds a sign-in which still needs a factor or a demand.
PENDING_KEY = "_spa_auth_pending"


def enforce(request: HttpRequest) -> None:
    """Let an unsafe request pass only from where it may come, with its token where one is needed.

    For views that act for a signed-in person: Django's own CSRF check must not run on them, since
    over https it refuses a client that sends neither Origin nor Referer.
    Raises OriginRefused, CsrfFailed, and CredentialsAmbiguous for a token beside a cookie.
    """
    carriers.check_single(request)
    if request.method in SAFE_METHODS:
        return
    check_origin(request)
    check_token(request)


def check_origin(request: HttpRequest) -> None:
    """Raise OriginRefused unless the request comes from us, a front end of ours or no browser."""
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    if site == "same-origin":
        return
    if site is None and origin is None:
        return
    if origin is not None and origin in current().origins:
        return
    if site is None and origin == _own_origin(request):
        return
    report(request, OriginRefused)
    raise OriginRefused(debug=_seen(request, site=site, origin=origin))


def check_script(request: HttpRequest) -> None:
    """Raise OriginRefused unless a script of a front end of ours asks, by `fetch` or the like.

    For a GET that changes something. No link, image, frame, prefetch or page of somebody else's
    passes (Fetch Metadata), nor does who says nothing of that kind: an old browser, or none.
    """
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    ours = site == "same-origin" or (site is not None and origin in current().origins)
    by_script = (
        request.headers.get("Sec-Fetch-Mode") in {"cors", "same-origin"}
        and request.headers.get("Sec-Fetch-Dest") == "empty"
        and request.headers.keys().isdisjoint({"Sec-Purpose", "Purpose"})
    )
    if ours and by_script:
        return
    report(request, OriginRefused)
    raise OriginRefused(debug=_seen(request, site=site, origin=origin))


def check_token(request: HttpRequest) -> None:
    """Raise CsrfFailed if the cookie names a live session and the request has no matching token."""
    if not acts_for_session(request):
        return
    try:
        _TokenCheck(_unused)._check_token(request)  # type: ignore[attr-defined]
    except RejectRequest as error:
        report(request, CsrfFailed)
        raise CsrfFailed(debug={"reason": error.reason} if settings.DEBUG else None) from None


def acts_for_session(request: HttpRequest) -> bool:
    """Tell whether the request's cookie names a live session, authenticated or pending."""
    # Without a cookie nothing is loaded: an anonymous request costs no query.
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    if SESSION_KEY in request.session:
        return is_signed_in(request)
    return PENDING_KEY in request.session


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer for `CSRF_FAILURE_VIEW`: problem+json to who accepts JSON, Django's page otherwise."""
    if request.accepts("text/html"):
        return django_csrf_failure(request, reason=reason)
    return CsrfFailed(debug={"reason": reason} if settings.DEBUG else None).response()


def report(request: HttpRequest, error: type[ApiError]) -> None:
    """Report that a request was refused before anything was read."""
    events.emit(
        events.RequestRefused(code=error.code, path=request.path, address=client_address(request))
    )


class _TokenCheck(CsrfViewMiddleware):
    """Django's comparison of cookie and token alone; its origin and referer checks are ours."""


def _unused(request: HttpRequest) -> HttpResponse:
    raise AssertionError  # pragma: no cover - the check is never called as a middleware


def _own_origin(request: HttpRequest) -> str | None:
    try:
        return f"{request.scheme}://{request.get_host()}"
    except DisallowedHost:
        return None


def _seen(request: HttpRequest, **seen: object) -> Mapping[str, Any] | None:
    if not settings.DEBUG:
        return None
    return {"seen": seen, "expected": {"origin": [*current().origins, _own_origin(request)]}}
