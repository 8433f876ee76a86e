"""One error format also for the project's DRF views: problem+json (RFC 9457)."""

from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any

from pydantic.alias_generators import to_camel
from rest_framework import exceptions as drf
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler as drf_exception_handler
from rest_framework.views import set_rollback

from spa_auth.core.body import field_error, not_json, required
from spa_auth.core.errors import (
    PROBLEM_JSON,
    ApiError,
    Forbidden,
    InvalidBody,
    MethodNotAllowed,
    NotAuthenticated,
    NotFound,
    RateLimited,
    problem,
)
from spa_auth.core.headers import API_HEADERS
from spa_auth.core.refusals import REFUSALS, refusal_of

# What DRF says in words of its own to the same, by the class of its exception.
_SAME: Mapping[type[Exception], type[ApiError]] = {
    drf.NotAuthenticated: NotAuthenticated,
    drf.PermissionDenied: Forbidden,
    drf.NotFound: NotFound,
}
_CHALLENGE = NotAuthenticated().headers["WWW-Authenticate"]
# What holds errors; anything else is one.
_SEVERAL = (Mapping, list, tuple)


def exception_handler(exc: Exception, context: Mapping[str, Any]) -> Response | None:
    """Answer with a problem document; for `REST_FRAMEWORK["EXCEPTION_HANDLER"]`.

    What plain views refuse too has the same code and words here. Exceptions to which a project gave
    words or a code keep both; a validation error becomes `invalid_body` with `fields`. Anything
    that is no API error is left to Django.
    """
    refusal = _refusal(exc)
    if refusal is not None:
        set_rollback()
        return _answer(refusal.problem(), headers=refusal.headers)
    answer = drf_exception_handler(exc, dict(context))
    if answer is None:
        return None
    headers = {name: answer[name] for name in ("WWW-Authenticate", "Retry-After") if name in answer}
    return _answer(problem(answer.status_code, *_said(answer)), headers=headers)


def _refusal(exc: Exception) -> ApiError | None:
    """Return what our own views say to the same; None where only DRF or the project says it."""
    if isinstance(exc, REFUSALS):
        return refusal_of(exc)
    if isinstance(exc, ValidationError):
        return InvalidBody(fields=_fields(exc.detail))
    if isinstance(exc, drf.ParseError) and isinstance(exc.__context__, ValueError):
        return not_json()
    if wait := getattr(exc, "wait", None):  # a throttle of DRF's
        return RateLimited(retry_after=ceil(wait))
    if isinstance(exc, drf.MethodNotAllowed):  # DRF sends `Allow` with every answer
        return MethodNotAllowed()
    same = _SAME.get(type(exc))
    return same() if same and _in_drfs_words(exc) else None


def _in_drfs_words(exc: Any) -> bool:
    said = (exc.status_code, exc.detail, getattr(exc, "auth_header", _CHALLENGE))
    words = ErrorDetail(str(exc.default_detail), exc.default_code)
    return said == (type(exc).status_code, words, _CHALLENGE)


class Problem(Response):
    """A problem document, named so where it is rendered as JSON."""

    @property
    def rendered_content(self) -> str:
        """Render it. XML stays XML, and the browsable API a page."""
        if self.accepted_renderer.format == "json":
            self.content_type = PROBLEM_JSON
        rendered: str = super().rendered_content
        return rendered


def _answer(document: Mapping[str, Any], *, headers: Mapping[str, str]) -> Response:
    return Problem(document, status=document["status"], headers={**API_HEADERS, **headers})


def _said(answer: Response) -> tuple[str, str]:
    detail = answer.data.get("detail", "") if isinstance(answer.data, dict) else ""
    return str(getattr(detail, "code", "error")), str(detail)


def _fields(detail: Any, path: str = "") -> dict[str, Sequence[Mapping[str, Any]]]:
    """Flatten DRF's nested errors to one list per path, in camelCase.

    DRF keeps what a view raises in its shape: a field's error may stand alone, without a list.
    """
    found: dict[str, Sequence[Mapping[str, Any]]] = {}
    if isinstance(detail, Mapping):
        for name, inner in detail.items():
            key = "" if name == "non_field_errors" else to_camel(str(name))
            found |= _fields(inner, ".".join(part for part in (path, key) if part))
        return found
    items = detail if isinstance(detail, _SEVERAL) else [detail]
    if entries := [_field(item) for item in items if not isinstance(item, _SEVERAL)]:
        found[path] = entries
    for place, item in enumerate(items):
        if isinstance(item, _SEVERAL):
            found |= _fields(item, f"{path}.{place}" if path else str(place))
    return found


def _field(item: object) -> Mapping[str, Any]:
    code = getattr(item, "code", "invalid")
    return required() if code == "required" else field_error(str(code), item)
