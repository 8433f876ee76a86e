"""What the tokens room answers: the list of one's API tokens, a new one, and ending one.

No endpoint of ours takes such a token, but `whoami/`, which tells whose it is.
"""

import datetime
import re
from typing import Annotated

from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest
from django.utils.translation import gettext as _
from pydantic import Field, StringConstraints

from spa_auth.core import login
from spa_auth.core.body import SECRET, Answer, Body, field_error
from spa_auth.core.endpoint import endpoint
from spa_auth.core.errors import InvalidBody, NotFound
from spa_auth.core.export import add_section
from spa_auth.core.limits import Limit
from spa_auth.core.settings import core

from . import flow
from .errors import TooManyTokens
from .models import ApiToken

# Nothing else is asked of the database, which may not even be able to read it.
_PUBLIC_ID = re.compile(r"[0-9a-f]{32}")


class NewToken(Body):
    """What a token is for, and for how long."""

    name: Annotated[
        str,
        StringConstraints(strip_whitespace=True, min_length=1, max_length=100),
        Field(description="For its owner, to know it by."),
    ]
    abilities: list[str] = Field(
        min_length=1, max_length=100, description="What it may do; `GET tokens/` lists what can be."
    )
    days: int | None = Field(
        90, ge=1, le=366, description="For how many days it is good; null until it is revoked."
    )


class Ability(Answer):
    """What a token can be allowed to do."""

    name: str = Field(description="For programs.")
    text: str = Field(description="For people, in the language of the request.")


class ListedToken(Answer):
    """One token, as its owner sees it. The id is public: it opens nothing."""

    id: str
    name: str
    abilities: list[str]
    hint: str = Field(description="The last four characters of the token.")
    created_at: datetime.datetime
    expires_at: datetime.datetime | None
    last_used_at: datetime.datetime | None = Field(description="To about a minute.")


class TokenList(Answer):
    """Your API tokens, the newest first, and what one can be allowed to do."""

    tokens: list[ListedToken]
    abilities: list[Ability]


class TokenMade(Answer):
    """The new token, which is told this once, and the list as it is now."""

    token: Annotated[str, SECRET]
    created: ListedToken
    tokens: list[ListedToken]


@endpoint("GET", "tokens", returns=TokenList, needs_session=True)
def tokens(request: HttpRequest) -> TokenList:
    """List your API tokens, and what one can be allowed to do."""
    return _list(login.get_user(request))


@endpoint(
    "POST",
    "tokens",
    body=NewToken,
    returns=TokenMade,
    errors=[TooManyTokens],
    needs_session=True,
    fresh=True,
    limit=Limit(address="60/1h", user="20/1h"),
)
def token_create(request: HttpRequest, body: NewToken) -> TokenMade:
    """Make an API token. It is shown in this answer and never again; you have a mail.

    Send it as `Authorization: Bearer`. It can do what its abilities say in the project's own
    views, and nothing here.
    """
    if unknown := _unknown(body.abilities):
        raise InvalidBody(fields=unknown)
    user = login.get_user(request)
    made = flow.create(user, name=body.name, abilities=body.abilities, days=body.days)
    listed = [_listed(row) for row in flow.tokens_of(user)]
    return TokenMade(token=made.text, created=_listed(made.row), tokens=listed)


@endpoint("DELETE", "tokens/<id>", returns=TokenList, errors=[NotFound], needs_session=True)
def token_revoke(request: HttpRequest, id: str) -> TokenList:  # noqa: A002 - the contract's name
    """Revoke an API token: its next request is 401.

    It asks for no fresh proof: who sees a token in the wrong hands must be quick.
    """
    user = login.get_user(request)
    if not (_PUBLIC_ID.fullmatch(id) and flow.revoke(user, id)):
        raise NotFound
    return _list(user)


def exported(user: AbstractBaseUser) -> list[ListedToken]:
    """Return what is held about a person's tokens: what their list shows."""
    return [_listed(row) for row in flow.tokens_of(user)]


def _list(user: AbstractBaseUser) -> TokenList:
    return TokenList(
        tokens=[_listed(row) for row in flow.tokens_of(user)],
        abilities=[Ability(name=name, text=str(text)) for name, text in core.abilities.items()],
    )


def _unknown(abilities: list[str]) -> dict[str, list[dict[str, object]]]:
    return {
        f"abilities.{place}": [field_error("unknown_ability", _("This is not offered here."))]
        for place, ability in enumerate(abilities)
        if ability not in core.abilities
    }


def _listed(row: ApiToken) -> ListedToken:
    return ListedToken(
        id=row.public_id,
        name=row.name,
        abilities=row.abilities,
        hint=row.hint,
        created_at=row.created_at,
        expires_at=row.expires_at,
        last_used_at=row.last_used_at,
    )


add_section("tokens", lambda: list[ListedToken], exported)
