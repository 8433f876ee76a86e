"""One error format also for the project's DRF views: problem+json (RFC 9457)."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic.alias_generators import to_camel
from rest_framework.exceptions import APIException, ErrorDetail, ValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler as drf_exception_handler
from rest_framework.views import set_rollback

from spa_auth.core.body import field_error
from spa_auth.core.errors import PROBLEM_JSON, ApiError, InvalidBody, problem


def exception_handler(exc: Exception, context: Mapping[str, Any]) -> Response | None:
    """Answer with a problem document; for `REST_FRAMEWORK["EXCEPTION_HANDLER"]`.

    DRF's own codes stay as they are (`not_found`, `throttled`, ...); a validation error becomes
    `invalid_body` with `fields`. Anything that is no API error is left to Django.
    """
    if isinstance(exc, ApiError):
        set_rollback()
        return _answer(exc.problem(), headers=exc.headers)
    answer = drf_exception_handler(exc, dict(context))
    if answer is None:
        return None
    if isinstance(exc, ValidationError):
        document = InvalidBody(fields=_fields(exc.detail)).problem()
    else:
        detail, code = _said(exc, answer)
        document = problem(answer.status_code, code, detail)
    headers = {name: answer[name] for name in ("WWW-Authenticate", "Retry-After") if name in answer}
    return _answer(document, headers=headers)


def _answer(document: Mapping[str, Any], *, headers: Mapping[str, str]) -> Response:
    return Response(
        document, status=document["status"], headers=dict(headers), content_type=PROBLEM_JSON
    )


def _said(exc: Exception, answer: Response) -> tuple[str, str]:
    detail = answer.data.get("detail", "") if isinstance(answer.data, dict) else ""
    code = detail.code if isinstance(detail, ErrorDetail) else "error"
    if isinstance(exc, APIException):
        return str(detail), str(code)
    # Django's Http404 and PermissionDenied: DRF has already chosen its words for them.
    return str(detail), "not_found" if answer.status_code == 404 else "permission_denied"


def _fields(detail: Any, path: str = "") -> dict[str, Sequence[Mapping[str, Any]]]:
    """Flatten DRF's nested errors to one list per path, in camelCase."""
    if isinstance(detail, Mapping):
        found: dict[str, Sequence[Mapping[str, Any]]] = {}
        for name, inner in detail.items():
            key = "" if name == "non_field_errors" else to_camel(str(name))
            found |= _fields(inner, ".".join(part for part in (path, key) if part))
        return found
    entries = [item for item in detail if isinstance(item, ErrorDetail)]
    nested = {
        key: value
        for place, item in enumerate(detail)
        if not isinstance(item, ErrorDetail)
        for key, value in _fields(item, f"{path}.{place}" if path else str(place)).items()
    }
    return (
        {path: [field_error(str(item.code), item) for item in entries]} if entries else {}
    ) | nested
