"""What the tutorials' front ends call under other names, on our flows.

Their keys are in snake_case, and a success that they print has a `detail`.
"""

import datetime
import json
from dataclasses import replace
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest
from django.utils.translation import gettext
from pydantic import BaseModel, ConfigDict

import spa_auth.account.endpoints  # noqa: F401 - first, because one of its answers is replaced
from spa_auth.core import boundary, login
from spa_auth.core.body import EmptyBody, parse_body
from spa_auth.core.csrf import token_of
from spa_auth.core.endpoint import endpoint
from spa_auth.core.errors import InvalidBody, InvalidCredentials, OriginRefused
from spa_auth.core.fields import text_of
from spa_auth.core.people import email_of
from spa_auth.core.secrets import HiddenBytes
from spa_auth.password import flow
from spa_auth.password.endpoints import SIGN_IN_LIMIT, PasswordLogin

from .errors import NoCredentials, StepMissing
from .rules import read_basic


class ClassicAnswer(BaseModel):
    """Base of these answers."""

    model_config = ConfigDict(extra="forbid")


class SignedOut(ClassicAnswer):
    """Nobody is signed in any more."""

    detail: str


class TokenIsSet(ClassicAnswer):
    """The cookie with the CSRF token comes with the answer."""

    details: str


class Greeting(ClassicAnswer):
    """A greeting."""

    message: str


class ClassicProfile(ClassicAnswer):
    """Who is signed in, by name."""

    username: str
    email: str
    first_name: str
    last_name: str


class ClassicUser(ClassicProfile):
    """Who is signed in."""

    id: int | str
    date_joined: datetime.datetime | None


class ClassicAccount(ClassicAnswer):
    """Who is signed in, and what they may do in the admin."""

    id: int | str
    email: str
    is_staff: bool
    is_superuser: bool


@endpoint("GET", "logout", returns=SignedOut, errors=[OriginRefused])
def logout_by_get(request: HttpRequest) -> SignedOut:
    """Sign out, if a script of the front end asks, by `fetch`. Also 200 when nobody is signed in.

    Anything else that a browser fetches, such as a link or an image, is 403.
    """
    boundary.check_script(request)
    return _sign_out(request)


@endpoint("POST", "auth/logout", body=EmptyBody, returns=SignedOut)
def auth_logout(request: HttpRequest, body: EmptyBody) -> SignedOut:
    """Sign out. Also 200 when nobody is signed in."""
    return _sign_out(request)


@endpoint(
    "POST",
    "auth/login",
    returns=ClassicUser,
    errors=[NoCredentials, InvalidBody, InvalidCredentials, StepMissing],
    starts_session=True,
    # The same limit as `login/` has, not as much again.
    limit=replace(SIGN_IN_LIMIT, subject=lambda request: _credentials(request).identifier.subject),
)
def auth_login(request: HttpRequest) -> ClassicUser:
    """Sign in with the name, or e-mail address, and password of an `Authorization: Basic` header.

    The origin decides, as for `login/`. No answer makes a browser ask for a password.
    """
    given = _credentials(request)
    proof = flow.prove_password(request, given.identifier, given.password)
    if isinstance(login.advance(request, proof), login.Pending):
        raise StepMissing
    return describe_user(login.get_user(request))


@endpoint("GET", "me", returns=ClassicUser, needs_session=True)
def me(request: HttpRequest) -> ClassicUser:
    """Get the signed-in user."""
    return describe_user(login.get_user(request))


@endpoint("GET", "login-set-cookie", returns=TokenIsSet)
def login_set_cookie(request: HttpRequest) -> TokenIsSet:
    """Get the cookie with the CSRF token."""
    token_of(request)
    return TokenIsSet(details=gettext("The cookie with the security token is set."))


@endpoint("GET", "profile", returns=ClassicProfile, needs_session=True, replaces=True)
def profile(request: HttpRequest) -> ClassicProfile:
    """Get the signed-in user's names, in place of what may be changed."""
    return ClassicProfile(**_names(login.get_user(request)))


@endpoint("GET", "users/profile", returns=ClassicAccount, needs_session=True)
def users_profile(request: HttpRequest) -> ClassicAccount:
    """Get who is signed in, and what they may do in the admin."""
    user = login.get_user(request)
    return ClassicAccount(
        id=_id(user),
        email=email_of(user),
        is_staff=getattr(user, "is_staff", False),
        is_superuser=getattr(user, "is_superuser", False),
    )


@endpoint("GET", "hello", returns=Greeting, needs_session=True)
def hello(request: HttpRequest) -> Greeting:
    """Be greeted."""
    name = _name(login.get_user(request))
    return Greeting(message=gettext("Hello %(name)s") % {"name": name})


def describe_user(user: AbstractBaseUser) -> ClassicUser:
    """Describe a user of any user model, as these front ends know one."""
    joined = getattr(user, "date_joined", None)
    return ClassicUser(id=_id(user), date_joined=joined, **_names(user))


def _credentials(request: HttpRequest) -> PasswordLogin:
    """Read the header. Raises NoCredentials, and InvalidBody as `login/` does."""
    return parse_body(_as_body(request), PasswordLogin)


def _as_body(request: HttpRequest) -> HiddenBytes:
    """Return the body of `login/` that says what the header says. Raises NoCredentials."""
    found = read_basic(request.headers.get("Authorization", ""))
    if found is None:
        raise NoCredentials
    name, password = found
    return HiddenBytes(json.dumps({"login": name, "password": password}).encode())


def _sign_out(request: HttpRequest) -> SignedOut:
    login.leave(request)
    return SignedOut(detail=gettext("You are signed out."))


def _names(user: AbstractBaseUser) -> dict[str, str]:
    return {
        "username": _name(user),
        "email": email_of(user),
        "first_name": text_of(user, "first_name"),
        "last_name": text_of(user, "last_name"),
    }


def _name(user: AbstractBaseUser) -> str:
    """Return the user name, or what people sign in with where there is none."""
    return text_of(user, "username") or user.get_username()


def _id(user: AbstractBaseUser) -> Any:
    """Return the key as those front ends know it: a number, or else text."""
    return user.pk if isinstance(user.pk, int) else str(user.pk)
