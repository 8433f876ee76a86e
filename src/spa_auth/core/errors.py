"""Refusals: each is declared once, as a class, and documents itself (RFC 9457)."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, ClassVar

from django.http import HttpResponse, JsonResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .headers import API_HEADERS

type_text = str | Promise

PROBLEM_JSON = "application/problem+json"
# A project may answer with a status that nobody has registered, such as 499.
_PHRASES = {each.value: each.phrase for each in HTTPStatus}


class ApiError(Exception):
    """A refusal that the client can act on.

    Subclasses declare `status` (HTTP), `code` (stable, for programs) and `detail` (for people,
    translated). The class docstring becomes the description in the OpenAPI document.
    """

    status: ClassVar[int]
    code: ClassVar[str]
    detail: ClassVar[type_text]

    # More members of the document (RFC 9457, section 3.2), by name, each with its JSON schema.
    members: ClassVar[Mapping[str, Mapping[str, Any]]] = {}

    def __init__(
        self,
        *,
        headers: Mapping[str, str] | None = None,
        fields: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
        debug: Mapping[str, Any] | None = None,
        more: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(self.code)
        self.headers = dict(headers or {})
        self.fields = fields
        self.debug = debug
        self.more = dict(more or {})

    def problem(self) -> dict[str, Any]:
        """Return the RFC 9457 problem document."""
        document = problem(
            self.status, self.code, self.detail, fields=self.fields, debug=self.debug
        )
        return document | self.more

    def response(self) -> HttpResponse:
        """Return the refusal as an HTTP answer."""
        return problem_response(self.problem(), headers=self.headers)


def problem(
    status: int,
    code: str,
    detail: type_text,
    *,
    fields: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
    debug: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Build a problem document (RFC 9457, section 3); `code` is our extension member."""
    document: dict[str, Any] = {
        "type": "about:blank",
        "title": _PHRASES.get(status, "Error"),
        "status": status,
        "detail": str(detail),
        "code": code,
    }
    if fields is not None:
        document["fields"] = fields
    if debug is not None:
        document["debug"] = debug
    return document


def problem_response(
    document: Mapping[str, Any], *, headers: Mapping[str, str] | None = None
) -> HttpResponse:
    """Send a problem document, which is about this one request and for nobody's cache."""
    return JsonResponse(
        document,
        status=document["status"],
        content_type=PROBLEM_JSON,
        headers={**API_HEADERS, **(headers or {})},
    )


class BadRequest(ApiError):
    """The request could not be understood, such as its `Host` header or its query string."""

    status = 400
    code = "bad_request"
    detail = _("This request could not be understood.")


class InvalidBody(ApiError):
    """The body is not what this endpoint reads; `fields` says where and why."""

    status = 400
    code = "invalid_body"
    detail = _("Some of what was sent is not valid.")


class InvalidCredentials(ApiError):
    """The identifier and the proof do not belong together.

    The same for a wrong password, an unknown or inactive user and a user without a password.
    """

    status = 400
    code = "invalid_credentials"
    detail = _("These sign-in details are not right.")


class LinkInvalid(ApiError):
    """The link was never sent, or not for this. Perhaps it was not copied whole."""

    status = 400
    code = "link_invalid"
    detail = _("This link is not right. Open it from the mail, or ask for a new one.")


class LinkExpired(ApiError):
    """The link is too old, a newer one was sent, or what it was for has changed since."""

    status = 400
    code = "link_expired"
    detail = _("This link is no longer valid. Ask for a new one.")


class LinkUsed(ApiError):
    """The link, or the code in the same mail, was used before."""

    status = 400
    code = "link_used"
    detail = _("This link was used before.")


class LinkForeign(ApiError):
    """The link was sent to another account than the one that is signed in."""

    status = 400
    code = "link_foreign"
    detail = _("This link is for another account. Sign out first.")


class CodeInvalid(ApiError):
    """The code is not right.

    The same for a wrong, expired, used and replaced code, after too many tries, and where none was
    sent: codes can be guessed, so nothing more is told.
    """

    status = 400
    code = "code_invalid"
    detail = _("That code is not right. After a few tries only a new one helps.")


class CookieAmbiguous(ApiError):
    """The `Cookie` header names one of our cookies twice, or in disguise."""

    status = 400
    code = "cookie_ambiguous"
    detail = _("Your browser sent conflicting cookies. Clear the cookies of this site.")


class CredentialsAmbiguous(ApiError):
    """The request says in two ways who asks: by a cookie, by `X-Session-Token`, by a token."""

    status = 400
    code = "credentials_ambiguous"
    detail = _("Send either cookies, or a session's token, or an API token.")


class NotAuthenticated(ApiError):
    """There is no live session."""

    status = 401
    code = "not_authenticated"
    detail = _("You are not signed in.")

    def __init__(self) -> None:
        super().__init__(headers={"WWW-Authenticate": "Session"})


class CsrfFailed(ApiError):
    """A live session acts, and the CSRF token is missing or wrong. Fetch a new one."""

    status = 403
    code = "csrf_failed"
    detail = _("The security token is missing or out of date.")


class ReauthenticationRequired(ApiError):
    """The last proof is too old for this; `ways` names those that are open for a new one."""

    status = 403
    code = "reauthentication_required"
    detail = _("Confirm that it is you, then try again.")
    members: ClassVar[Mapping[str, Mapping[str, Any]]] = {
        "ways": {"type": "array", "items": {"type": "string"}}
    }

    def __init__(self, *, ways: Sequence[str]) -> None:
        super().__init__(more={"ways": list(ways)})


class AbilityMissing(ApiError):
    """The token may not do this; `params` names the ability that it would need."""

    status = 403
    code = "ability_missing"
    detail = _("This token may not do that.")
    members: ClassVar[Mapping[str, Mapping[str, Any]]] = {
        "params": {
            "type": "object",
            "properties": {"ability": {"type": "string"}},
            "required": ["ability"],
        }
    }

    def __init__(self, *, ability: str) -> None:
        challenge = f'Bearer error="insufficient_scope", scope="{ability}"'  # RFC 6750, section 3
        super().__init__(
            headers={"WWW-Authenticate": challenge}, more={"params": {"ability": ability}}
        )


class OriginRefused(ApiError):
    """The request comes from a page that is not one of the configured front ends."""

    status = 403
    code = "origin_refused"
    detail = _("Requests from this page are not accepted.")


class Forbidden(ApiError):
    """The caller is known, and may not do this."""

    status = 403
    code = "permission_denied"
    detail = _("You may not do this.")


class NotFound(ApiError):
    """There is nothing at this address."""

    status = 404
    code = "not_found"
    detail = _("There is nothing here.")


class MethodNotAllowed(ApiError):
    """The path exists, the method does not; `Allow` lists those that do."""

    status = 405
    code = "method_not_allowed"
    detail = _("This method is not supported here.")


class BodyTooLarge(ApiError):
    """The body is longer than 64 KB."""

    status = 413
    code = "body_too_large"
    detail = _("Too much was sent.")


class UnsupportedMediaType(ApiError):
    """The body is not declared as `application/json`, in UTF-8."""

    status = 415
    code = "unsupported_media_type"
    detail = _("Send JSON, as application/json.")


class RateLimited(ApiError):
    """Too many tries; `Retry-After` says in how many seconds the next one counts."""

    status = 429
    code = "rate_limited"
    detail = _("Too many attempts. Try again later.")

    def __init__(self, *, retry_after: int) -> None:
        super().__init__(headers={"Retry-After": str(retry_after)})


class ServerError(ApiError):
    """Something broke on our side."""

    status = 500
    code = "server_error"
    detail = _("Something went wrong on our side.")


class SessionStoreUnavailable(ApiError):
    """The session store cannot be reached; the session is left as it is."""

    status = 503
    code = "session_store_unavailable"
    detail = _("Signing in is not possible at the moment. Try again in a few seconds.")

    def __init__(self) -> None:
        super().__init__(headers={"Retry-After": "5"})


def for_status(status: int) -> ApiError:
    """Choose the refusal that stands for an HTTP status of unknown origin."""
    known: dict[int, ApiError] = {
        404: NotFound(),
        405: MethodNotAllowed(),
        413: BodyTooLarge(),
        415: UnsupportedMediaType(),
    }
    return known.get(status, ServerError() if status >= 500 else BadRequest())
