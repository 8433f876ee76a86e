"""What a request brings to say who asks: a cookie, a session's key in a header, or a token.

Never two of them: one request must not act for two people, and what needs a CSRF token must not
pass for something that needs none (A18, A132). Core reads no token; rooms say how.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest

from .errors import ApiError, CredentialsAmbiguous, OriginRefused
from .secrets import HiddenText

# Adapters are imported before there may be models.
if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

# The names of the cookies that cannot be trusted, set by the middleware's cookie guard.
AMBIGUOUS_ATTRIBUTE = "_spa_auth_ambiguous"
# A session's key, for clients that are no browsers; empty from one that asks for its first key.
KEY_HEADER = "X-Session-Token"
_KEY = "HTTP_X_SESSION_TOKEN"
_BY_HEADER = "_spa_auth_by_header"


@dataclass(frozen=True, kw_only=True)
class Grant:
    """What a token gives: to act as `user`, within these abilities."""

    user: "AbstractBaseUser"
    abilities: frozenset[str]


# Tells whether credentials look like those that the room gives out.
Knows = Callable[[str], bool]
# Returns what the credentials after the scheme's name grant, or raises an ApiError.
Reader = Callable[[HttpRequest, str], Grant]


@dataclass(frozen=True)
class _Scheme:
    read: Reader
    knows: Knows
    refusals: Sequence[type[ApiError]]


_schemes: dict[str, _Scheme] = {}
_takes_keys = False


def read_scheme(
    name: str, read: Reader, *, knows: Knows, refusals: Sequence[type[ApiError]]
) -> None:
    """Let a room read what follows a scheme (RFC 9110, section 11.1), such as "Bearer".

    `refusals` are what `read` raises, also for what it does not know. Other schemes stay others'
    business.
    """
    _schemes[name.lower()] = _Scheme(read, knows, refusals)


def take_keys_by_header() -> None:
    """Let a room give clients that are no browsers their session's key in a header."""
    global _takes_keys  # noqa: PLW0603 - chosen while apps get ready
    _takes_keys = True


def token_refusals() -> Sequence[type[ApiError]]:
    """Return how the installed rooms refuse a token."""
    return [error for scheme in _schemes.values() for error in scheme.refusals]


def reads_tokens() -> bool:
    """Tell whether an installed room reads tokens."""
    return bool(_schemes)


def takes_keys() -> bool:
    """Tell whether a session's key may come in a header."""
    return _takes_keys


def brings_token(request: HttpRequest) -> bool:
    """Tell whether the request has an `Authorization` header that an installed room reads."""
    if "HTTP_AUTHORIZATION" not in request.META:
        return False
    return request.META["HTTP_AUTHORIZATION"].partition(" ")[0].lower() in _schemes


def read_token(request: HttpRequest) -> Grant | None:
    """Return what the request's token grants, None where it brings none.

    Raises CredentialsAmbiguous, and what the scheme's reader raises.
    """
    if not brings_token(request):
        return None
    check_single(request)
    scheme, credentials = _brought(request)
    return scheme.read(request, credentials)


def brings_foreign_token(request: HttpRequest) -> bool:
    """Tell whether the token is of such a scheme, and of another package's making.

    Where that package may let somebody in, it is asked; nobody else takes it. Raises
    CredentialsAmbiguous.
    """
    if not brings_token(request):
        return False
    check_single(request)
    scheme, credentials = _brought(request)
    return not scheme.knows(credentials)


def check_single(request: HttpRequest) -> None:
    """Raise CredentialsAmbiguous for a token beside a session's cookie, live or dead, or its key.

    Also where the cookie cannot be trusted: somebody wants it to count.
    """
    if not brings_token(request):
        return
    has_cookie = settings.SESSION_COOKIE_NAME in request.COOKIES
    has_key = _takes_keys and _KEY in request.META
    if has_cookie or has_key or hasattr(request, AMBIGUOUS_ATTRIBUTE):
        raise CredentialsAmbiguous


def take_key(request: HttpRequest) -> HiddenText | None:
    """Return the session's key that the header brings, perhaps empty; None without the header.

    Raises CredentialsAmbiguous beside a cookie or a token, and OriginRefused from a browser: there
    a script would hold the key. No page of another origin can add the header, as CORS does not
    allow it, so that such a request is nobody's forgery and needs no CSRF token.
    """
    if not _takes_keys or _KEY not in request.META:
        return None
    if request.META.get("HTTP_COOKIE") or brings_token(request):
        raise CredentialsAmbiguous
    if any(name == "HTTP_ORIGIN" or name.startswith("HTTP_SEC_FETCH_") for name in request.META):
        raise OriginRefused
    setattr(request, _BY_HEADER, True)
    return HiddenText(request.META[_KEY])


def sent_key(request: HttpRequest) -> str:
    """Return what the header says, also where it says nothing or is not there."""
    return HiddenText(request.META.get(_KEY, ""))


def is_by_header(request: HttpRequest) -> bool:
    """Tell whether the request's session is named by the header, and no cookie may be set."""
    return getattr(request, _BY_HEADER, False)


def _brought(request: HttpRequest) -> tuple[_Scheme, HiddenText]:
    # No variable of its own: an error report would show it.
    name = request.META["HTTP_AUTHORIZATION"].partition(" ")[0]
    credentials = HiddenText(request.META["HTTP_AUTHORIZATION"][len(name) :].strip())
    return _schemes[name.lower()], credentials
