"""What the account room answers: sign-up, who I am, my profile, a copy, and the end of it all."""

from functools import lru_cache
from typing import Any, Literal

from django.http import HttpRequest
from django.utils.translation import gettext
from pydantic import Field, RootModel
from pydantic.alias_generators import to_camel

from spa_auth.core import events, login
from spa_auth.core.access import access_of
from spa_auth.core.addresses import is_proven
from spa_auth.core.body import Answer, Body, EmptyBody
from spa_auth.core.config import add_section
from spa_auth.core.endpoint import endpoint
from spa_auth.core.errors import (
    CodeInvalid,
    InvalidBody,
    InvalidCredentials,
    LinkExpired,
    LinkInvalid,
    LinkUsed,
    NotAuthenticated,
)
from spa_auth.core.export import BaseExport, export_model, export_of
from spa_auth.core.export import add_section as add_export
from spa_auth.core.inputs import Token
from spa_auth.core.limits import Limit
from spa_auth.core.links import prove
from spa_auth.core.project_types import add_type
from spa_auth.core.settings import core
from spa_auth.core.state import (
    BaseUser,
    own_answer,
    session_state,
    session_state_model,
    user_answer,
    user_model,
)

from . import departure, flow, mail
from .errors import DeleteRefused, SignUpClosed
from .export import account_model, account_of
from .profile import (
    BaseProfile,
    BaseProfileChange,
    profile_change_model,
    profile_model,
    profile_of,
)
from .settings import account
from .sign_up import (
    BaseSignup,
    BaseSignupFinish,
    sign_up_fields,
    signup_finish_model,
    signup_model,
    values_of,
)


@endpoint("GET", "whoami", returns=user_model, needs_session=True, or_token=True)
def whoami(request: HttpRequest) -> BaseUser:
    """Get the signed-in user, or the owner of an API token."""
    access = access_of(request)
    if access.kind == "token":
        owner: Any = access.user
        return user_answer(owner, proven=is_proven(owner))
    return own_answer(request)


@endpoint("GET", "profile", returns=profile_model, needs_session=True)
def profile(request: HttpRequest) -> BaseProfile:
    """Get the part of the user that may be changed."""
    return profile_of(login.get_user(request))


@endpoint(
    "PATCH",
    "profile",
    body=profile_change_model,
    returns=profile_model,
    errors=[InvalidBody],
    needs_session=True,
)
def profile_change(request: HttpRequest, body: BaseProfileChange) -> BaseProfile:
    """Change one's own profile."""
    user = login.get_user(request)
    flow.change_profile(user, {name: getattr(body, name) for name in body.model_fields_set})
    return profile_of(user)


class CheckMail(Answer):
    """Nobody is signed in yet: a mail is on its way, by which the account is made."""

    status: Literal["check_mail"] = "check_mail"
    is_authenticated: Literal[False] = False
    detail: str


@lru_cache(maxsize=1)
def signup_answer_model() -> type[RootModel[Any]]:
    """Return the model of what a sign-up leads to: mail, or at once to a session."""
    union = CheckMail | session_state_model()

    class SignupAnswer(RootModel[union]):  # type: ignore[valid-type]
        """Either `check_mail`, or SessionState where addresses need no proof."""

        root: union  # type: ignore[valid-type]

    return SignupAnswer


@endpoint(
    "POST",
    "signup",
    body=signup_model,
    returns=signup_answer_model,
    errors=[SignUpClosed],
    starts_session=True,
    limit=Limit(
        address="20/1h", account="5/1h", everybody="10000/1h", subject=lambda body: body.subject
    ),
)
def signup(request: HttpRequest, body: BaseSignup) -> Answer:
    """Ask for an account.

    A mail with a link and a code comes to the address; send the same again with one of them to
    `signup/finish/`. Nothing is kept before. The answer is the same whether or not somebody has
    this address; who has it is told by mail. That a user name is taken is said.
    """
    _must_be_open()
    make = flow.ask_for_account if core.verify_email else flow.make_unproven_account
    make(request, body.email, password=body.password, values=values_of(body))
    if not core.verify_email:
        return session_state(request)
    return CheckMail(detail=gettext("A mail is coming to your address."))


@endpoint(
    "POST",
    "signup/finish",
    body=signup_finish_model,
    returns=session_state_model,
    errors=[
        SignUpClosed,
        LinkInvalid,
        LinkExpired,
        LinkUsed,
        CodeInvalid,
        InvalidCredentials,
        NotAuthenticated,
    ],
    starts_session=True,
    limit=Limit(address="60/10m", account="10/10m", subject=lambda body: body.subject),
)
def signup_finish(request: HttpRequest, body: BaseSignupFinish) -> Answer:
    """Make the account whose mail was read, and sign in."""
    _must_be_open()
    proven = prove(mail.SIGN_UP, token=body.token, code=body.code, owner=body.email or "")
    flow.make_account(
        request, proven, password=body.password, values=values_of(body), remember=body.remember
    )
    return session_state(request)


def _must_be_open() -> None:
    if not core.sign_up:
        raise SignUpClosed


class SignupConfig(Answer):
    """What a sign-up form shows besides address and password."""

    open: bool
    fields: list[str]


class RestoreLink(Body):
    """The token of the mailed link."""

    token: Token


class AccountRestored(Answer):
    """The account is back. Nobody is signed in by it."""

    detail: str


@endpoint(
    "POST",
    "account/delete",
    body=EmptyBody,
    returns=session_state_model,
    errors=[DeleteRefused],
    needs_session=True,
    fresh=True,
    limit=Limit(address="60/1h", user="10/1h"),
)
def account_delete(request: HttpRequest, body: EmptyBody) -> Answer:
    """Delete your account, and sign out everywhere.

    Where the project gives you days to come back, the account is only inactive until then, and you
    have a mail with a link. A second request is 401, as nobody is signed in any more.
    """
    departure.delete_account(request)
    return session_state(request)


@endpoint(
    "POST",
    "account/restore",
    body=RestoreLink,
    returns=AccountRestored,
    errors=[LinkInvalid, LinkExpired, LinkUsed],
    starts_session=True,
    limit=Limit(address="60/10m"),
)
def account_restore(request: HttpRequest, body: RestoreLink) -> AccountRestored:
    """Bring back an account that is to be deleted, with the link of the mail.

    It signs nobody in: sign in as usual afterwards.
    """
    departure.restore_account(body.token)
    return AccountRestored(detail=gettext("Your account is back. Sign in as usual."))


@endpoint(
    "POST",
    "account/export",
    body=EmptyBody,
    returns=export_model,
    needs_session=True,
    fresh=True,
    limit=Limit(address="60/1h", user="10/1h"),
)
def account_export(request: HttpRequest, body: EmptyBody) -> BaseExport:
    """Get a copy of everything that is held about you."""
    user = login.get_user(request)
    copy = export_of(user)
    events.emit(events.AccountExported(user_id=user.pk))
    return copy


class AccountConfig(Answer):
    """What is said before an account is deleted."""

    delete_after_days: int = Field(
        description="For how many days one can come back by the mailed link. 0: not at all."
    )


class ProfileConfig(Answer):
    """What a profile form may show."""

    fields: list[str]


add_section(
    "account",
    AccountConfig,
    lambda: AccountConfig(delete_after_days=account.delete_after_days),
)

add_section(
    "profile",
    ProfileConfig,
    lambda: ProfileConfig(fields=[to_camel(name) for name in account.profile_fields]),
)

add_section(
    "signup",
    SignupConfig,
    lambda: SignupConfig(open=core.sign_up, fields=[to_camel(name) for name in sign_up_fields()]),
)

add_export("account", account_model, account_of)

add_type("signup", signup_model)
add_type("profile", profile_model)
add_type("profileChange", profile_change_model)
