"""What the email room answers."""

import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest
from django.utils.translation import gettext
from pydantic import Field

from spa_auth.core import login
from spa_auth.core.body import Answer, Body, EmptyBody
from spa_auth.core.config import add_section
from spa_auth.core.endpoint import endpoint
from spa_auth.core.errors import (
    CodeInvalid,
    InvalidCredentials,
    LinkExpired,
    LinkForeign,
    LinkInvalid,
    LinkUsed,
    NotAuthenticated,
)
from spa_auth.core.export import add_section as add_export
from spa_auth.core.identifiers import subject_of
from spa_auth.core.inputs import Address, Code, MailedProof, OwnProof, Token
from spa_auth.core.limits import Limit
from spa_auth.core.links import prove, prove_code, prove_link
from spa_auth.core.mail import MailSent
from spa_auth.core.settings import core
from spa_auth.core.state import session_state, session_state_model

from . import flow, mail


class EmailAddress(Body):
    """An address that mail is to be sent to."""

    email: Address


class EmailSignIn(MailedProof):
    """Either the link's token or the mail's code with its address."""

    remember: bool = Field(True, description="False ends the session with the browser.")


class EmailUndo(Body):
    """The token of the link that the old address was sent."""

    token: Token


class EmailCode(Body):
    """The code of the mail that the person's own address was sent."""

    code: Code


class EmailConfig(Answer):
    """What the forms of addresses need to know."""

    must_verify: bool


@endpoint(
    "POST",
    "email/resend",
    body=EmptyBody,
    returns=MailSent,
    needs_session=True,
    or_pending=True,
    limit=Limit(address="20/1h", user="5/1h"),
)
def email_resend(request: HttpRequest, body: EmptyBody) -> MailSent:
    """Ask for a mail that proves your address, also while a sign-in waits for it."""
    flow.ask_for_proof(request)
    return MailSent(detail=gettext("A mail is coming to your address."))


@endpoint(
    "POST",
    "email/verify",
    body=OwnProof,
    returns=session_state_model,
    errors=[
        LinkInvalid,
        LinkExpired,
        LinkForeign,
        LinkUsed,
        CodeInvalid,
        InvalidCredentials,
        NotAuthenticated,
    ],
    starts_session=True,
    limit=Limit(address="60/10m", user="10/10m"),
)
def email_verify(request: HttpRequest, body: OwnProof) -> Answer:
    """Prove your address, and go on with the sign-in that waits for it.

    Only who can sign in to the account can: otherwise the owner of an address would confirm what a
    stranger has made with it. In another browser sign in first, then send the token.
    """
    owner = login.somebody(request)
    proven = prove(mail.VERIFY, token=body.token, code=body.code, owner=owner)
    flow.verify(request, proven)
    return session_state(request)


@endpoint(
    "POST",
    "email/change",
    body=EmailAddress,
    returns=MailSent,
    needs_session=True,
    fresh=True,
    limit=Limit(address="20/1h", user="5/1h", everybody="10000/1h"),
)
def email_change(request: HttpRequest, body: EmailAddress) -> MailSent:
    """Ask for a mail to another address, which makes it yours.

    The answer is the same whether or not somebody has this address.
    """
    flow.ask_for_change(login.get_user(request), body.email)
    return MailSent(detail=gettext("A mail is coming to the new address."))


@endpoint(
    "POST",
    "email/change/confirm",
    body=OwnProof,
    returns=session_state_model,
    errors=[LinkInvalid, LinkExpired, LinkForeign, LinkUsed, CodeInvalid],
    needs_session=True,
    limit=Limit(address="60/10m", user="10/10m"),
)
def email_change_confirm(request: HttpRequest, body: OwnProof) -> Answer:
    """Prove the new address, which replaces the old one.

    Every other session of yours ends, and the old address is sent a link that undoes it. Only the
    account that asked can: a typing error gives it to nobody.
    """
    owner = login.get_user(request)
    flow.change(request, prove(mail.CHANGE, token=body.token, code=body.code, owner=owner))
    return session_state(request)


@endpoint(
    "POST",
    "email/change/undo",
    body=EmailUndo,
    returns=session_state_model,
    errors=[LinkInvalid, LinkExpired, LinkUsed],
    starts_session=True,
    limit=Limit(address="60/10m"),
)
def email_change_undo(request: HttpRequest, body: EmailUndo) -> Answer:
    """Bring back the address that was replaced.

    Everybody is signed out of the account, and its password opens no more: ask for a new one.
    """
    flow.undo(request, prove_link(mail.UNDO, body.token))
    return session_state(request)


@endpoint(
    "POST",
    "login/email",
    body=EmailAddress,
    returns=MailSent,
    starts_session=True,
    limit=Limit(
        address="20/1h",
        account="5/1h",
        everybody="10000/1h",
        subject=lambda body: subject_of("email", body.email),
    ),
)
def login_email(request: HttpRequest, body: EmailAddress) -> MailSent:
    """Ask for a mail with a link and a code that sign you in.

    The answer is the same whether or not somebody has this address.
    """
    flow.ask_for_sign_in(request, body.email)
    return MailSent(detail=gettext("If there is an account with this address, a mail is coming."))


@endpoint(
    "POST",
    "login/email/finish",
    body=EmailSignIn,
    returns=session_state_model,
    errors=[LinkInvalid, LinkExpired, LinkUsed, CodeInvalid, InvalidCredentials, NotAuthenticated],
    starts_session=True,
    limit=Limit(address="60/10m", account="10/10m", subject=lambda body: body.subject),
)
def login_email_finish(request: HttpRequest, body: EmailSignIn) -> Answer:
    """Sign in by the link or the code of a mail.

    The answer says `pending` where a second factor must follow. Where nobody had proved the
    address before, every session of the account ends and its password opens no more.
    """
    proven = prove(mail.SIGN_IN, token=body.token, code=body.code, owner=body.email or "")
    flow.sign_in(request, proven, remember=body.remember)
    return session_state(request)


@endpoint(
    "POST",
    "reauthenticate/email",
    body=EmptyBody,
    returns=MailSent,
    needs_session=True,
    limit=Limit(address="20/1h", user="5/1h"),
)
def reauthenticate_email(request: HttpRequest, body: EmptyBody) -> MailSent:
    """Ask for a mail with a code by which you prove again that you are who is signed in."""
    flow.ask_for_confirmation(request)
    return MailSent(detail=gettext("A mail is coming to your address."))


@endpoint(
    "POST",
    "reauthenticate/email/finish",
    body=EmailCode,
    returns=session_state_model,
    errors=[CodeInvalid, InvalidCredentials],
    needs_session=True,
    limit=Limit(address="60/10m", user="10/10m"),
)
def reauthenticate_email_finish(request: HttpRequest, body: EmailCode) -> Answer:
    """Prove by that code that you are who is signed in."""
    owner = login.get_user(request)
    flow.confirm(request, prove_code(mail.CONFIRM, body.code, owner=owner))
    return session_state(request)


class ProvenAddress(Answer):
    """An address that the person has proved, and when."""

    address: str
    proven_at: datetime.datetime


def proven_addresses(user: AbstractBaseUser) -> list[ProvenAddress]:
    """Return what is held about a person's addresses, for the copy of it."""
    return [
        ProvenAddress(address=kept.address, proven_at=kept.proven_at)
        for kept in flow.proofs_of(user)
    ]


add_export("addresses", lambda: list[ProvenAddress], proven_addresses)
add_section("email", EmailConfig, lambda: EmailConfig(must_verify=core.verify_email))
