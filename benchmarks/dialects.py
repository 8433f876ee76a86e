"""How each kind of contender is spoken to: which request signs in, lists, revokes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

PASSWORD = "correct-horse-battery-staple"  # noqa: S105 - nobody's
SESSION_COOKIE = "sessionid"
CSRF_COOKIE = "csrftoken"


@dataclass(frozen=True)
class Call:
    """One request, and the status that says that it did what it was for."""

    method: str
    path: str
    body: Mapping[str, Any] | None = None
    statuses: Sequence[int] = (200,)
    authorization: str | None = None


@dataclass(frozen=True)
class Visitor:
    """What a client carries: cookies and headers (as in a WSGI environment)."""

    cookies: Mapping[str, str]
    headers: Mapping[str, str]

    @classmethod
    def nobody(cls) -> "Visitor":
        """Return a client that has signed in nowhere, but has a CSRF token."""
        token = "t" * 32
        return cls({CSRF_COOKIE: token}, {"HTTP_X_CSRFTOKEN": token})


@dataclass(frozen=True, kw_only=True)
class Dialect:
    """The requests of one kind of contender; None for what it does not offer.

    `enter` makes a visitor of the answer to `sign_in`, `strange` one whose credential looks right
    and is unknown. `others` finds the ids of the sessions but the current one in a list.
    """

    sign_in: Callable[[str], Call] | None = None
    enter: Callable[[Mapping[str, str], Any], Visitor] | None = None
    strange: Callable[[Visitor], Visitor] | None = None
    state: Call | None = None
    sign_out: Call | None = None
    list_sessions: Call | None = None
    others: Callable[[Any], list[Any]] = lambda _: []
    revoke_one: Callable[[list[Any]], Call] | None = None
    revoke_others: Callable[[list[Any]], Call] | None = None


ME = Call("GET", "/me/")
REFUSED = (401, 403)


def _with_password(path: str) -> Callable[[str], Call]:
    return lambda name: Call("POST", path, {"username": name, "password": PASSWORD})


def _with_cookies(cookies: Mapping[str, str], answer: Any) -> Visitor:
    token = cookies[CSRF_COOKIE]
    return Visitor(dict(cookies), {"HTTP_X_CSRFTOKEN": token})


def _with_header(
    name: str, find: Callable[[Any], str]
) -> Callable[[Mapping[str, str], Any], Visitor]:
    return lambda _, answer: Visitor({}, {name: find(answer)})


def _other_start(value: str) -> str:
    """Change a random key so that no row has it."""
    prefix, _, key = value.rpartition(" ")
    return f"{prefix} {'0' * 16}{key[16:]}".strip()


def _other_signature(value: str) -> str:
    """Change what is signed with at its end; not the last characters, which may carry no bits."""
    return value[:-12] + ("A" if value[-12] != "A" else "B") + value[-11:]


def _strange_cookie(change: Callable[[str], str]) -> Callable[[Visitor], Visitor]:
    def strange(visitor: Visitor) -> Visitor:
        cookies = dict(visitor.cookies)
        cookies[SESSION_COOKIE] = change(cookies[SESSION_COOKIE])
        return Visitor(cookies, visitor.headers)

    return strange


def _strange_header(change: Callable[[str], str]) -> Callable[[Visitor], Visitor]:
    return lambda visitor: Visitor(
        {}, {name: change(value) for name, value in visitor.headers.items()}
    )


def _allauth(client: str, **more: Any) -> Dialect:
    base = f"/_allauth/{client}/v1/auth"
    return Dialect(
        **{
            "sign_in": _with_password(f"{base}/login"),
            "enter": _with_cookies,
            "strange": _strange_cookie(_other_start),
            "state": Call("GET", f"{base}/session", None, (200, 401)),
            # It answers a sign-out with the new state, which is 401.
            "sign_out": Call("DELETE", f"{base}/session", None, (401,)),
            **more,
        }
    )


def _basic(name: str) -> Call:
    return Call("POST", "/login/", {}, (200,), f"{name}:{PASSWORD}")


DIALECTS: Mapping[str, Dialect] = {
    "nobody": Dialect(),
    "django": Dialect(
        sign_in=_with_password("/login/"),
        enter=_with_cookies,
        strange=_strange_cookie(_other_start),
        sign_out=Call("POST", "/logout/", {}),
    ),
    "spa_auth": Dialect(
        sign_in=_with_password("/api/login/"),
        enter=_with_cookies,
        strange=_strange_cookie(_other_start),
        state=Call("GET", "/api/session/"),
        sign_out=Call("POST", "/api/logout/", {}),
        list_sessions=Call("GET", "/api/sessions/"),
        others=lambda answer: [row["id"] for row in answer["sessions"] if not row["current"]],
        revoke_one=lambda ids: Call("DELETE", f"/api/sessions/{ids[0]}/"),
        revoke_others=lambda ids: Call("POST", "/api/sessions/revoke-others/", {}),
    ),
    "jwt": Dialect(
        sign_in=_with_password("/login/"),
        enter=_with_header("HTTP_AUTHORIZATION", lambda answer: f"Bearer {answer['access']}"),
        strange=_strange_header(_other_signature),
    ),
    "knox": Dialect(
        sign_in=_basic,
        enter=_with_header("HTTP_AUTHORIZATION", lambda answer: f"Token {answer['token']}"),
        strange=_strange_header(_other_start),
        sign_out=Call("POST", "/logout/", {}, (204,)),
    ),
    "allauth": _allauth("browser"),
    "allauth_app": _allauth(
        "app",
        enter=_with_header("HTTP_X_SESSION_TOKEN", lambda answer: answer["meta"]["session_token"]),
        strange=_strange_header(_other_start),
        # It answers 410 for a token that it does not know, and 401 for none.
        state=Call("GET", "/_allauth/app/v1/auth/session", None, (200, 401, 410)),
    ),
    "allauth_sessions": _allauth(
        "browser",
        list_sessions=Call("GET", "/_allauth/browser/v1/auth/sessions"),
        others=lambda answer: [row["id"] for row in answer["data"] if not row["is_current"]],
        revoke_one=lambda ids: Call(
            "DELETE", "/_allauth/browser/v1/auth/sessions", {"sessions": ids[:1]}
        ),
        revoke_others=lambda ids: Call(
            "DELETE", "/_allauth/browser/v1/auth/sessions", {"sessions": ids}
        ),
    ),
}
