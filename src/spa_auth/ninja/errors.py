"""One error format also for Ninja's operations: problem+json (RFC 9457)."""

from collections.abc import Sequence
from math import ceil
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError

from spa_auth.core.body import field_errors, not_json
from spa_auth.core.errors import (
    InvalidBody,
    NotAuthenticated,
    RateLimited,
    problem,
    problem_response,
)
from spa_auth.core.refusals import REFUSALS, refuse

# What Ninja calls the error, by status; the words are the operation's own.
_CODES = {403: "permission_denied", 404: "not_found"}


def speak_problems(api: NinjaAPI) -> None:
    """Let an API answer what its operations raise as plain views do.

    An `HttpError` keeps its status and words. A fault is left to Django.
    """
    for refusal in REFUSALS:
        api.add_exception_handler(refusal, _refused)
    api.add_exception_handler(ValidationError, _invalid)
    api.add_exception_handler(HttpError, _http_error)
    api.add_exception_handler(AuthenticationError, _unauthenticated)
    api.add_exception_handler(Throttled, _throttled)


def without_source(errors: Sequence[dict[str, Any]], model: Any) -> Sequence[dict[str, Any]]:
    """Take out of each path what the client did not send: "body", and the name of its argument."""
    argument = getattr(model, "__read_from_single_attr__", None)
    return [error | {"loc": _sent(error["loc"], argument)} for error in errors]


def _sent(loc: Sequence[object], argument: str | None) -> Sequence[object]:
    return loc[2:] if argument and loc[1] == argument else loc[1:]


def _refused(_: HttpRequest, error: Any) -> HttpResponse:
    return refuse(error)


def _invalid(_: HttpRequest, error: Any) -> HttpResponse:
    return refuse(InvalidBody(fields=field_errors(error.errors)))


def _http_error(_: HttpRequest, error: Any) -> HttpResponse:
    if isinstance(error.__cause__, ValueError):  # Ninja could not read the body
        return refuse(not_json())
    code = _CODES.get(error.status_code, "error")
    return problem_response(problem(error.status_code, code, str(error)))


def _unauthenticated(_: HttpRequest, error: Any) -> HttpResponse:
    return refuse(NotAuthenticated())


def _throttled(_: HttpRequest, error: Any) -> HttpResponse:
    return refuse(RateLimited(retry_after=ceil(error.wait or 1)))
