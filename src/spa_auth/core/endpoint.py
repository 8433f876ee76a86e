"""An endpoint is declared once: its behaviour, its OpenAPI operation and its types follow."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from pydantic import BaseModel

from . import boundary, carriers
from .body import Body
from .errors import (
    ApiError,
    BadRequest,
    BodyTooLarge,
    CookieAmbiguous,
    CredentialsAmbiguous,
    CsrfFailed,
    InvalidBody,
    NotAuthenticated,
    OriginRefused,
    RateLimited,
    ReauthenticationRequired,
    ServerError,
    SessionStoreUnavailable,
    UnsupportedMediaType,
)
from .limits import Limit
from .query import Query

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


def _resolve(model: Any) -> Any:
    return model if isinstance(model, type) else model()
