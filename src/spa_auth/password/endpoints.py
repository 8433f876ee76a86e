"""What the password room answers."""

from typing import Annotated, Self

from django.contrib.auth.password_validation import (
    get_default_password_validators,
    password_validators_help_texts,
)
from django.http import HttpRequest
from django.utils.translation import gettext
from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from spa_auth.core import fresh, login
from spa_auth.core.body import Answer, Body
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
from spa_auth.core.identifiers import subject_of
from spa_auth.core.inputs import MAX_PASSWORD, Address, MailedProof, Password
from spa_auth.core.limits import Limit
from spa_auth.core.links import prove
from spa_auth.core.mail import MailSent
from spa_auth.core.people import Identifier
from spa_auth.core.state import session_state, session_state_model

from . import flow, mail, rules
from .errors import PasswordAlreadySet, PasswordNotSet

# Long enough for every e-mail address (RFC 5321).
MAX_IDENTIFIER = 320

IdentifierText = Annotated[str, StringConstraints(min_length=1, max_length=MAX_IDENTIFIER)]


class PasswordLogin(Body):
    """Exactly one of `username`, `email` and `login`, and the password."""

    username: IdentifierText | None = Field(None, description="Looks for a user name only.")
    email: IdentifierText | None = Field(None, description="Looks for an e-mail address only.")
    login: IdentifierText | None = Field(
        None, description="An e-mail address if it contains an @, else a user name."
    )
    password: Password
    remember: bool = Field(True, description="False ends the session with the browser.")

    @model_validator(mode="after")
    def one_identifier(self) -> Self:
        """Refuse none and several."""
        if sum(value is not None for value in (self.username, self.email, self.login)) != 1:
            raise PydanticCustomError("identifier", "one identifier")
        return self

    @property
    def identifier(self) -> Identifier:
        """Return who this claims to be."""
        return Identifier.of(username=self.username, email=self.email, login=self.login)


# The pair is slower in the long run: from one address nobody keeps an account's bucket full.
SIGN_IN_LIMIT = Limit(
    address="60/10m",
    account="10/10m",
    pair="20/1h",
    device="10/10m",
    subject=lambda body: body.identifier.subject,
    name="POST login",
)


class PasswordChange(Body):
    """The password that is in force, and the one that replaces it."""

    current_password: Password
    new_password: Password


class NewPassword(Body):
    """The first password of an account that has none."""

    new_password: Password


class PasswordProof(Body):
    """The password of who is signed in."""

    password: Password


class PasswordReset(Body):
    """Whose password is to be replaced."""

    email: Address


class PasswordResetConfirmation(MailedProof):
    """The new password, and either the link's token or the mail's code with its address."""

    new_password: Password


class PasswordConfig(Answer):
    """What the forms of passwords need to know: lengths in characters, and the rules in words."""

    identifiers: list[str]
    min_length: int
    max_length: int
    rules: list[str]


@endpoint(
    "POST",
    "login",
    body=PasswordLogin,
    returns=session_state_model,
    errors=[InvalidCredentials],
    starts_session=True,
    limit=SIGN_IN_LIMIT,
)
def login_password(request: HttpRequest, body: PasswordLogin) -> Answer:
    """Sign in with a password.

    The answer says `pending` where a second factor or a demand must follow. No CSRF token is
    needed: the origin decides, so that no expired cookie locks anybody out.
    """
    proof = flow.prove_password(request, body.identifier, body.password)
    login.advance(request, proof, remember=body.remember)
    return session_state(request)


@endpoint(
    "POST",
    "password/change",
    body=PasswordChange,
    returns=session_state_model,
    errors=[InvalidCredentials, InvalidBody, PasswordNotSet],
    needs_session=True,
    limit=Limit(address="60/10m", user="10/10m"),
)
def password_change(request: HttpRequest, body: PasswordChange) -> Answer:
    """Change your password.

    Every other session of yours ends, and you have a mail.
    """
    flow.change_password(request, current=body.current_password, new=body.new_password)
    return session_state(request)


@endpoint(
    "POST",
    "password/set",
    body=NewPassword,
    returns=session_state_model,
    errors=[PasswordAlreadySet],
    needs_session=True,
    fresh=True,
    limit=Limit(address="60/10m", user="10/10m"),
)
def password_set(request: HttpRequest, body: NewPassword) -> Answer:
    """Give your account a password, where it has none.

    Every other session of yours ends, and you have a mail.
    """
    flow.set_password(request, body.new_password)
    return session_state(request)


@endpoint(
    "POST",
    "password/reset",
    body=PasswordReset,
    returns=MailSent,
    starts_session=True,
    limit=Limit(
        address="20/1h",
        account="5/1h",
        everybody="10000/1h",
        subject=lambda body: subject_of("email", body.email),
    ),
)
def password_reset(request: HttpRequest, body: PasswordReset) -> MailSent:
    """Ask for a mail with a link and a code that replace a forgotten password.

    The answer is the same whether or not somebody has this address.
    """
    flow.ask_for_reset(request, body.email)
    return MailSent(detail=gettext("If there is an account with this address, a mail is coming."))


@endpoint(
    "POST",
    "password/reset/confirm",
    body=PasswordResetConfirmation,
    returns=session_state_model,
    errors=[LinkInvalid, LinkExpired, LinkUsed, CodeInvalid, InvalidCredentials, NotAuthenticated],
    starts_session=True,
    limit=Limit(address="60/10m", account="10/10m", subject=lambda body: body.subject),
)
def password_reset_confirm(request: HttpRequest, body: PasswordResetConfirmation) -> Answer:
    """Replace a forgotten password, and sign in.

    Every session of the account ends. The answer says `pending` where a second factor or a demand
    must follow.
    """
    if body.email is not None:
        # A try of the code is not lost by a password that is refused.
        flow.judge_for(body.email, body.new_password)
    proven = prove(mail.RESET, token=body.token, code=body.code, owner=body.email or "")
    flow.reset_password(request, proven, new=body.new_password)
    return session_state(request)


@endpoint(
    "POST",
    "reauthenticate",
    body=PasswordProof,
    returns=session_state_model,
    errors=[InvalidCredentials],
    needs_session=True,
    limit=Limit(address="60/10m", user="10/10m"),
)
def reauthenticate(request: HttpRequest, body: PasswordProof) -> Answer:
    """Prove again that you are who is signed in, before something that asks for it."""
    fresh.renew(request, flow.prove_own_password(request, body.password))
    return session_state(request)


add_section(
    "password",
    PasswordConfig,
    lambda: PasswordConfig(
        identifiers=["username", "email", "login"],
        min_length=rules.min_length(get_default_password_validators()),
        max_length=MAX_PASSWORD,
        rules=password_validators_help_texts(),
    ),
)
