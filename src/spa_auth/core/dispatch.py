"""The way of every request to the endpoint that answers it.

Origin, content type and size, body (no SQL so far), session and CSRF token, limit, and only then
the function that answers.
"""

import logging
import re
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.signals import got_request_exception
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.request import UnreadablePostError
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt

from . import addresses, boundary, carriers, fresh, limits
from .access import access_of
from .body import MAX_BYTES, B, EmptyBody, parse_body
from .carriers import AMBIGUOUS_ATTRIBUTE
from .endpoint import Endpoint, registry
from .errors import (
    ApiError,
    BadRequest,
    CookieAmbiguous,
    MethodNotAllowed,
    NotAuthenticated,
    ServerError,
    SessionStoreUnavailable,
    UnsupportedMediaType,
)
from .faults import DATABASE_FAULTS
from .headers import API_HEADERS
from .query import parse_query
from .secrets import HiddenBytes, HiddenText
from .state import session_state_model

logger = logging.getLogger("django.request")

_JSON = re.compile(r'application/json(?:\s*;\s*charset="?utf-8"?)?', re.IGNORECASE)
_HEADERS = "_spa_auth_headers"


def add_header(request: HttpRequest, name: str, value: str) -> None:
    """Add a header to the answer of this request."""
    headers: dict[str, str] = getattr(request, _HEADERS, {})
    setattr(request, _HEADERS, headers | {name: value})


def view_for(path: str) -> Callable[..., HttpResponse]:
    """Return the view that answers every method of one path."""

    @login_not_required  # under LoginRequiredMiddleware: we answer 401, not a redirect
    @csrf_exempt  # our boundary checks instead; Django's refuses https clients without a Referer
    @transaction.non_atomic_requests
    def view(request: HttpRequest, **parts: str) -> HttpResponse:
        return dispatch(request, registry[path], parts)

    return view


def dispatch(
    request: HttpRequest, methods: dict[str, Endpoint], parts: dict[str, str]
) -> HttpResponse:
    """Answer a request, whatever happens: with what was declared, or with a problem document."""
    try:
        response = _answer(request, methods, parts)
    except (SessionStoreUnavailable, *DATABASE_FAULTS) as fault:
        response = _broken(request, fault, SessionStoreUnavailable())
    except ApiError as error:
        response = error.response()
    except Exception as error:
        got_request_exception.send(sender=None, request=request)
        response = _broken(request, error, ServerError())
    patch_vary_headers(response, ("Cookie", "Origin"))
    if request.method == "HEAD":
        response.content = b""
    return response


def _broken(request: HttpRequest, error: Exception, answer: ApiError) -> HttpResponse:
    """Log what went wrong, and take the attempt off the limits."""
    if "CSRF_COOKIE" in request.META:
        # Django's reports show META, and hide what has KEY or TOKEN in its name, not this.
        request.META["CSRF_COOKIE"] = HiddenText(request.META["CSRF_COOKIE"])
    phrase = HTTPStatus(answer.status).phrase
    logger.error("%s: %r", phrase, request.path, exc_info=error, extra={"request": request})
    # A token that was rotated for what then failed is not sent: the page still has the old one.
    request.META["CSRF_COOKIE_NEEDS_UPDATE"] = False
    # What cannot be given back is paid off by waiting.
    with suppress(*DATABASE_FAULTS):
        limits.reservation_of(request).refund()
    return answer.response()


def _answer(
    request: HttpRequest, methods: dict[str, Endpoint], parts: dict[str, str]
) -> HttpResponse:
    if names := getattr(request, AMBIGUOUS_ATTRIBUTE, None):
        seen = {"seen": {"cookies": names}, "expected": "each at most once, by its very name"}
        raise CookieAmbiguous(debug=seen if settings.DEBUG else None)
    carriers.check_single(request)
    method = "GET" if request.method == "HEAD" else request.method
    declared = methods.get(str(method))
    if declared is None:
        raise MethodNotAllowed(headers={"Allow": ", ".join(_allowed(methods))})
    arguments: list[object] = [request]
    if declared.query:
        arguments.append(parse_query(request.GET, declared.query))
    if declared.unsafe:
        arguments += _admit(request, declared)
    if declared.needs_session and not _is_somebody(request, declared):
        raise NotAuthenticated
    if declared.fresh:
        fresh.require_fresh(request)
    if declared.needs_session and declared.returns is session_state_model:
        # The answer tells it, and once something is done nothing may be asked that can fail.
        addresses.is_proven_here(request)
    if declared.limit:
        name = f"{declared.method} {declared.path}"
        limits.reserve(name, declared.limit, request=request, body=arguments[-1])
    answer = declared.handler(*arguments, **parts)
    headers: dict[str, str] = getattr(request, _HEADERS, {})
    return JsonResponse(
        answer.model_dump(mode="json", by_alias=True), headers={**API_HEADERS, **headers}
    )


def _is_somebody(request: HttpRequest, declared: Endpoint) -> bool:
    if declared.or_token and access_of(request).is_authenticated:
        return True
    pending = declared.or_pending and boundary.PENDING_KEY in request.session
    return request.user.is_authenticated or pending


def _admit(request: HttpRequest, declared: Endpoint) -> list[object]:
    boundary.check_origin(request)
    model = declared.body_model()
    raw = _read(request)
    body: list[object] = [] if model is None else [_parse(raw, model)]
    # Loading the session here, also where no token is asked for, is what deletes a dead cookie.
    if boundary.acts_for_session(request) and not declared.starts_session:
        boundary.check_token(request)
    return body


def _read(request: HttpRequest) -> HiddenBytes:
    try:
        raw = HiddenBytes(request.read(MAX_BYTES + 1))
    except UnreadablePostError:
        raise BadRequest from None
    content_type = request.META.get("CONTENT_TYPE", "")
    if (raw or content_type) and not _JSON.fullmatch(content_type):
        raise UnsupportedMediaType
    return raw


def _parse(raw: bytes, model: type[B]) -> B:
    if not raw and issubclass(model, EmptyBody):
        return model()
    return parse_body(raw, model)


def _allowed(methods: dict[str, Endpoint]) -> list[str]:
    return sorted({*methods, *(["HEAD"] if "GET" in methods else [])})
