"""An endpoint is declared once: its behaviour, its OpenAPI operation and its types follow.

Every request takes the same way: origin, content type and size, body (no SQL so far), session and
CSRF token, limit, and only then the function that answers.
"""

import logging
import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.signals import got_request_exception
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.request import UnreadablePostError
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt
from pydantic import BaseModel

from . import addresses, boundary, carriers, fresh, limits
from .access import access_of
from .body import MAX_BYTES, B, Body, EmptyBody, parse_body
from .carriers import AMBIGUOUS_ATTRIBUTE
from .errors import (
    ApiError,
    BadRequest,
    BodyTooLarge,
    CookieAmbiguous,
    CredentialsAmbiguous,
    CsrfFailed,
    InvalidBody,
    MethodNotAllowed,
    NotAuthenticated,
    OriginRefused,
    RateLimited,
    ReauthenticationRequired,
    ServerError,
    SessionStoreUnavailable,
    UnsupportedMediaType,
)
from .faults import DATABASE_FAULTS
from .headers import API_HEADERS
from .limits import Limit
from .query import Query, parse_query
from .secrets import HiddenBytes, HiddenText
from .state import session_state_model

logger = logging.getLogger("django.request")

_JSON = re.compile(r'application/json(?:\s*;\s*charset="?utf-8"?)?', re.IGNORECASE)

Handler = Callable[..., BaseModel]
# Models that depend on the project's user model are looked up when needed, not at import.
AnswerType = type[BaseModel] | Callable[[], type[BaseModel]]


@dataclass(frozen=True, kw_only=True)
class Endpoint:
    """One method of one path, with everything that is promised about it."""

    method: str
    path: str
    handler: Handler
    returns: AnswerType
    body: type[Body] | Callable[[], type[Body]] | None = None
    query: type[Query] | None = None
    errors: Sequence[type[ApiError]] = field(default_factory=tuple)
    needs_session: bool = False
    or_pending: bool = False
    or_token: bool = False
    starts_session: bool = False
    fresh: bool = False
    limit: Limit | None = None

    @property
    def operation_id(self) -> str:
        """The handler's name in camelCase: the name of the operation in every client."""
        head, *rest = self.handler.__name__.split("_")
        return head + "".join(part.title() for part in rest)

    @property
    def unsafe(self) -> bool:
        """Whether the method may change something (RFC 9110, section 9.2.1)."""
        return self.method not in boundary.SAFE_METHODS

    def body_model(self) -> type[Body] | None:
        """Return the model of the body, None where there is none."""
        body: type[Body] | None = _resolve(self.body) if self.body else None
        return body

    def answer_model(self) -> type[BaseModel]:
        """Return the model of the answer."""
        model: type[BaseModel] = _resolve(self.returns)
        return model

    def declared_errors(self) -> Sequence[type[ApiError]]:
        """Return every refusal that this endpoint can answer with, those of its way included."""
        declared: list[type[ApiError]] = [CookieAmbiguous, ServerError, SessionStoreUnavailable]
        # A browser that sends the key of a session in a header is refused also when it reads.
        declared += [BadRequest, CredentialsAmbiguous, OriginRefused]
        if self.unsafe:
            declared += [UnsupportedMediaType, BodyTooLarge, InvalidBody]
        if self.unsafe and not self.starts_session:
            declared.append(CsrfFailed)
        if self.needs_session:
            declared.append(NotAuthenticated)
        if self.or_token:
            declared += carriers.token_refusals()
        if self.fresh:
            declared.append(ReauthenticationRequired)
        if self.limit:
            declared.append(RateLimited)
        return [*declared, *self.errors]


# path -> method -> endpoint. Rooms add to it when their app is ready.
registry: dict[str, dict[str, Endpoint]] = {}


def endpoint(
    method: str,
    path: str,
    *,
    returns: AnswerType,
    body: type[Body] | Callable[[], type[Body]] | None = None,
    query: type[Query] | None = None,
    errors: Sequence[type[ApiError]] = (),
    needs_session: bool = False,
    or_pending: bool = False,
    or_token: bool = False,
    starts_session: bool = False,
    fresh: bool = False,
    limit: Limit | None = None,
    replaces: bool = False,
) -> Callable[[Handler], Handler]:
    """Register the decorated function as the answer to `method` at `path` below our prefix.

    It is called with the request, the validated `body` or `query` where one is declared, and the
    path's `<name>` parts by keyword. It returns an instance of `returns` or raises one of `errors`.
    `needs_session` refuses anonymous requests, and with `or_pending` lets those pass whose sign-in
    waits for something, with `or_token` those that bring an API token; no other endpoint takes
    tokens, so that they cannot touch what opens an account. `starts_session` endpoints are decided
    by origin alone, so that no expired cookie locks out. `fresh` endpoints ask for a proof that is
    minutes old, see `core.fresh`. `replaces` says that it answers in place of another room's
    endpoint, which must be declared before.
    """

    def register(handler: Handler) -> Handler:
        declared = Endpoint(
            method=method,
            path=path,
            handler=handler,
            returns=returns,
            body=body,
            query=query,
            errors=errors,
            needs_session=needs_session,
            or_pending=or_pending,
            or_token=or_token,
            starts_session=starts_session,
            fresh=fresh,
            limit=limit,
        )
        methods = registry.setdefault(path, {})
        if method in methods and not replaces:
            raise ValueError(f"{method} {path} is declared twice: by {methods[method].handler}.")
        methods[method] = declared
        return handler

    return register


# path -> view, of what is no endpoint: nobody calls it, a browser is sent there.
pages: dict[str, Callable[..., HttpResponse]] = {}


def add_page(path: str, view: Callable[..., HttpResponse]) -> None:
    """Let a room answer at `path` below our prefix by a plain view, which looks after itself."""
    pages[path] = view


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


_HEADERS = "_spa_auth_headers"


def add_header(request: HttpRequest, name: str, value: str) -> None:
    """Add a header to the answer of this request."""
    headers: dict[str, str] = getattr(request, _HEADERS, {})
    setattr(request, _HEADERS, headers | {name: value})


def _resolve(model: Any) -> Any:
    return model if isinstance(model, type) else model()
