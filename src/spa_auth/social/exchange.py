"""Talking to a provider: the way there, and what it says of who comes back.

No transaction is open meanwhile. Whatever a provider, a library or the network does becomes one of
our refusals; what it was is logged by its name and by the provider's code for it, without another
word of what was sent or answered.
"""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from social_core.exceptions import (
    AuthCanceled,
    AuthConfigurationError,
    SocialAuthBaseException,
)

from spa_auth.core.errors import ApiError
from spa_auth.core.recipients import RecipientRefused, recipient
from spa_auth.core.secrets import HiddenText

from . import transport
from .errors import Cancelled, ProviderUnavailable, Refused
from .guard import Guarded
from .providers import Provider
from .settings import social
from .strategy import Strategy

logger = logging.getLogger("spa_auth.social")

# What a provider says where the person says no (RFC 6749, section 4.1.2.1, and others' own).
_NO = frozenset(
    {
        "access_denied",
        "user_denied",
        "user_cancelled_authorize",
        "user_cancelled_login",
        "cancelled",
    }
)
_LATER = frozenset({"server_error", "temporarily_unavailable"})
# What they say beside RFC 6749 where key, secret or page are wrong; the number is Facebook's.
_OURS = frozenset({"incorrect_client_credentials", "redirect_uri_mismatch", "1"})
_AWAY = frozenset({"connection_failed", "rate_limited", "timeout", "tls_error", "unavailable"})
# Kept where the project asks for tokens.
_TOKENS = ("access_token", "refresh_token", "id_token", "token_type", "scope", "expires_in")
_LONGEST_LABEL = 254
# Of a provider's code, in the log.
_LONGEST_CODE = 60


@dataclass(frozen=True, kw_only=True)
class Person:
    """Who came back, as the provider has them. `email` is canonical, empty unless it is verified.

    `details` has `username`, `email`, `first_name`, `last_name` for what makes an account. Neither
    it nor `said` is shown by error reports, which print variables.
    """

    provider: Provider
    issuer: str
    subject: str
    email: str
    label: str
    details: dict[str, Any] = field(repr=False)
    said: Mapping[str, Any] = field(repr=False)
    backend: Guarded

    @property
    def tokens(self) -> dict[str, Any]:
        """The provider's tokens, as it gave them."""
        return {name: self.said[name] for name in _TOKENS if name in self.said}


def way_to(provider: Provider, *, state: str, redirect_uri: str) -> str:
    """Return the address of the provider's page. Raises ProviderUnavailable and Refused."""
    with _refusals(provider):
        backend = provider.visit(Strategy(state=state, redirect_uri=redirect_uri))
        return backend.auth_url()


def ask_about(
    provider: Provider, *, state: str, redirect_uri: str, code: str, iss: str | None
) -> Person:
    """Exchange a code; return who it stands for. Raises ProviderUnavailable, Cancelled, Refused."""
    data = {"code": HiddenText(code), "state": HiddenText(state)}
    strategy = Strategy(state=state, data=data, redirect_uri=redirect_uri)
    with _refusals(provider):
        backend = provider.visit(strategy)
        _check_iss(backend, iss)
        answered: Any = backend.auth_complete()
        said = _hidden(backend.told(answered))
        if backend.uses_pkce() and not strategy.verifier_sent:
            raise _Bad("no code verifier was sent")
        person = _person(provider, backend, said)
        if not backend.auth_allowed(said, person.details):
            raise _Bad("not on the project's list")
    return person


def refusal_of(provider: Provider, error: str) -> ApiError:
    """Return what an `error` that a provider sends back with a person means."""
    if error in _NO:
        return Cancelled()
    known = error in _LATER or error in _OURS
    return _refuse(provider, _code(error), ProviderUnavailable if known else Refused)


class _Bad(Exception):
    """What a provider said does not hold. The text says why, and is ours."""


def _check_iss(backend: Guarded, iss: str | None) -> None:
    """Hold the issuer beside the code against the one that was asked (RFC 9207, A99)."""
    expected, promised = backend.expected_iss()
    if expected and (iss != expected if iss is not None else promised):
        raise _Bad("another issuer answers")


def _hidden(said: Any, name: str = "") -> Any:
    """Return what a provider said, with tokens that the reports of a step's error do not show."""
    if isinstance(said, dict):
        return {key: _hidden(value, key) for key, value in said.items()}
    return HiddenText(said) if isinstance(said, str) and name.endswith("token") else said


def _person(provider: Provider, backend: Guarded, said: dict[str, Any]) -> Person:
    details = dict(backend.get_user_details(said))
    found = backend.address(said)
    trusted = found.verified is None and provider.id in social.social_trust_email
    try:
        known = recipient(found.text)
    except RecipientRefused:
        known = ""
    email = known if found.verified or trusted else ""
    username = details.get("username")
    label = known or (username if isinstance(username, str) else "")
    return Person(
        provider=provider,
        issuer=backend.issuer(said),
        subject=backend.subject(said),
        email=email,
        # No database takes all that JSON can say.
        label="".join(filter(str.isprintable, label))[:_LONGEST_LABEL],
        # A list of addresses that may come in must not be met by one that nobody has verified.
        details=details | {"email": email},
        said=said,
        backend=backend,
    )


@contextmanager
def _refusals(provider: Provider) -> Iterator[None]:
    """Turn whatever goes wrong into a refusal."""
    try:
        yield
    except (transport.Unavailable, transport.NotAllowed, _Bad) as error:
        away = isinstance(error, transport.Unavailable)
        raise _refuse(provider, str(error), ProviderUnavailable if away else Refused) from None
    except AuthCanceled:
        raise Cancelled from None
    except SocialAuthBaseException as error:
        said = str(error.provider_code or "")
        why = (error.code, error.claim or error.parameter, error.stage, said and _code(said))
        reason = " ".join(filter(None, why))
        server = (error.status_code or 0) >= 500
        # What the project has to put right helps nobody who tries again here.
        ours = isinstance(error, AuthConfigurationError) or said in _OURS
        away = error.code in _AWAY or server or ours
        raise _refuse(provider, reason, ProviderUnavailable if away else Refused) from None
    except Exception as error:
        # A list for an object, a number for a text: where it breaks is up to the backend.
        raise _refuse(provider, type(error).__name__, Refused) from None


def _code(said: str) -> str:
    """Return a provider's code as one line, whatever it has in it."""
    return ascii(said[:_LONGEST_CODE])


def _refuse(provider: Provider, reason: str, error: type[ApiError]) -> ApiError:
    logger.warning("sign-in with %s: %s, %s", provider.id, error.code, reason)
    if error is Refused and settings.DEBUG:
        return Refused(debug={"reason": reason})
    return error()
