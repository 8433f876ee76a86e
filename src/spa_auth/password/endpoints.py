"""What the password room answers."""

from typing import Annotated, Self

from django.http import HttpRequest
from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from spa_auth.core import login
from spa_auth.core.body import SECRET, Answer, Body
from spa_auth.core.config import add_section
from spa_auth.core.endpoint import endpoint
from spa_auth.core.errors import InvalidCredentials
from spa_auth.core.limits import Limit
from spa_auth.core.state import session_state, session_state_model

from . import flow

# Long enough for every passphrase and every e-mail address (RFC 5321), short enough to hash.
MAX_PASSWORD = 1024
MAX_IDENTIFIER = 320

IdentifierText = Annotated[str, StringConstraints(min_length=1, max_length=MAX_IDENTIFIER)]


class PasswordLogin(Body):
    """Exactly one of `username`, `email` and `login`, and the password."""

    username: IdentifierText | None = Field(None, description="Looks for a user name only.")
    email: IdentifierText | None = Field(None, description="Looks for an e-mail address only.")
    login: IdentifierText | None = Field(
        None, description="An e-mail address if it contains an @, else a user name."
    )
    password: Annotated[str, StringConstraints(min_length=1, max_length=MAX_PASSWORD), SECRET]
    remember: bool = Field(True, description="False ends the session with the browser.")

    @model_validator(mode="after")
    def one_identifier(self) -> Self:
        """Refuse none and several."""
        if sum(value is not None for value in (self.username, self.email, self.login)) != 1:
            raise PydanticCustomError("identifier", "one identifier")
        return self

    @property
    def identifier(self) -> flow.Identifier:
        """Return who this claims to be."""
        return flow.Identifier.of(username=self.username, email=self.email, login=self.login)


class PasswordConfig(Answer):
    """What a sign-in form needs to know."""

    identifiers: list[str]
    max_length: int


@endpoint(
    "POST",
    "login",
    body=PasswordLogin,
    returns=session_state_model,
    errors=[InvalidCredentials],
    starts_session=True,
    # The pair is slower in the long run: from one address nobody keeps an account's bucket full.
    limit=Limit(
        address="60/10m",
        account="10/10m",
        pair="20/1h",
        device="10/10m",
        subject=lambda body: body.identifier.subject,
    ),
)
def login_password(request: HttpRequest, body: PasswordLogin) -> Answer:
    """Sign in with a password.

    The answer says `pending` where a second factor or a demand must follow. No CSRF token is
    needed: the origin decides, so that no expired cookie locks anybody out.
    """
    proof = flow.prove_password(request, body.identifier, body.password)
    login.advance(request, proof, remember=body.remember)
    return session_state(request)


add_section(
    "password",
    PasswordConfig,
    lambda: PasswordConfig(identifiers=["username", "email", "login"], max_length=MAX_PASSWORD),
)
