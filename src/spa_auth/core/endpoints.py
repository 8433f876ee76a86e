"""What core itself answers: the CSRF token, the session, sign-out, and what is on offer."""

from django.http import HttpRequest
from pydantic import BaseModel

from . import login
from .body import Answer, EmptyBody
from .config import config_model, describe
from .csrf import token_of
from .dispatch import add_header
from .endpoint import endpoint
from .state import session_state, session_state_model


class CsrfToken(Answer):
    """The token to send back as `X-CSRFToken`."""

    csrf_token: str


@endpoint("GET", "csrf", returns=CsrfToken)
def csrf(request: HttpRequest) -> CsrfToken:
    """Get a CSRF token; the cookie that belongs to it comes with the answer."""
    token = token_of(request)
    add_header(request, "X-CSRFToken", token)
    return CsrfToken(csrf_token=token)


@endpoint("GET", "session", returns=session_state_model)
def session(request: HttpRequest) -> Answer:
    """Find out who is signed in. Also 200 when nobody is."""
    return session_state(request)


@endpoint("POST", "logout", body=EmptyBody, returns=session_state_model)
def logout(request: HttpRequest, body: EmptyBody) -> Answer:
    """Sign out. Also 200 when nobody is signed in."""
    login.leave(request)
    return session_state(request)


@endpoint("GET", "config", returns=config_model)
def config(request: HttpRequest) -> BaseModel:
    """Find out what this installation offers, so that a front end can configure itself."""
    return describe()
