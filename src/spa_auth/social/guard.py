"""What every backend of Python Social Auth is wrapped in, whatever it does by itself.

State, PKCE and the way to the provider are ours: see `strategy`, `flow` and `transport`.
"""

from base64 import urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, ClassVar, Literal, TypeGuard
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import requests
from social_core.backends.oauth import BaseOAuth2
from social_core.exceptions import AuthConfigurationError, AuthResponseError, ErrorStage
from social_core.utils import http_error, user_agent

from . import transport
from .strategy import Strategy

# The longest address that any browser and server takes.
_LONGEST_URL = 8000
# Of what providers say, and we store.
LONGEST_SUBJECT = 255


@dataclass(frozen=True, kw_only=True)
class Address:
    """An e-mail address as the provider has it; `verified` is None where it does not say."""

    text: str
    verified: bool | None


class Guarded(BaseOAuth2[Any]):
    """The base of all our backends; stands before the one that it guards."""

    # The state is a parameter, and the address to come back to is always letter by letter the same.
    STATE_PARAMETER = True
    REDIRECT_STATE = False
    # Who gives out the subjects; otherwise the origin of the provider's page and the backend.
    ISSUER: ClassVar[str] = ""
    # The settings without which nothing works.
    NEEDS: ClassVar[Sequence[str]] = ("KEY", "SECRET")
    # Whether the provider posts a form, for which only the callback of the API is there.
    POSTS_FORM: ClassVar[bool] = False

    def __init__(self, strategy: Strategy, redirect_uri: str | None = None) -> None:
        super().__init__(strategy, redirect_uri)  # type: ignore[arg-type]
        self.visit = strategy

    def uses_pkce(self) -> bool:
        """Tell whether PKCE is sent: always, unless the project knows that a provider fails."""
        return bool(self.setting("USE_PKCE", True))

    def auth_url(self) -> str:
        """Return the address of the provider's page, with what binds it to this visit."""
        parts = urlsplit(super().auth_url())
        bound = {"state": self.visit.state, "redirect_uri": self.redirect_uri}
        if self.uses_pkce():
            bound["code_challenge"] = challenge_of(self.visit.verifier)
            bound["code_challenge_method"] = "S256"
        asked = dict(parse_qsl(parts.query, keep_blank_values=True)) | bound
        url = urlunsplit(parts._replace(query=urlencode(asked), fragment=""))
        transport.require_allowed(url)
        if len(url) > _LONGEST_URL:
            raise AuthConfigurationError(self, parameter="AUTHORIZATION_URL", stage="begin")
        return url

    def get_or_create_state(self) -> str:
        """Return the state of the flow, which has been made already."""
        return self.visit.state

    def validate_state(self) -> str:
        """Return the state of the flow, which has been held against this browser already."""
        return self.visit.state

    def create_code_verifier(self, state: str | None = None) -> str:
        """Return the verifier of the visit, for backends that send PKCE by themselves."""
        return self.visit.verifier

    def get_code_verifier(self, state: str | None = None) -> str:
        """Return the same one when somebody has come back."""
        return self.visit.verifier

    def request(
        self,
        url: str,
        *,
        method: Literal["GET", "POST", "DELETE"] = "GET",
        headers: Mapping[str, str | bytes] | None = None,
        data: Any = None,
        json: Any = None,
        auth: Any = None,
        params: Any = None,
        timeout: float | None = None,
        stage: ErrorStage = "user_info",
    ) -> requests.Response:
        """Ask the provider through `transport`. Raises what Python Social Auth raises."""
        if self.uses_pkce():
            self._send_verifier(data, json, params)
        asked = requests.Request(
            method,
            url,
            headers={"User-Agent": user_agent(), **(headers or {})},
            data=data,
            json=json,
            auth=auth,
            params=params,
        )
        response = transport.ask(asked, until=self.visit.until)
        if 300 <= response.status_code < 400:
            raise transport.Unavailable("redirect")
        try:
            response.raise_for_status()
        except requests.HTTPError as error:
            raise http_error(self, error, stage=stage) from None
        return response

    def get_json(self, *args: Any, **kwargs: Any) -> Any:
        """Ask for JSON. What is none, such as a page for people, is as good as no answer."""
        response = self.request(*args, **kwargs)
        try:
            return response.json()
        except (ValueError, RecursionError):
            raise transport.Unavailable("not JSON") from None

    def _send_verifier(self, *sent: Any) -> None:
        """Let the code never go out without its verifier, in whatever way a backend sends it."""
        code = self.data.get("code")
        for each in sent:
            if code and isinstance(each, dict) and each.get("code") == code:
                each["code_verifier"] = self.visit.verifier
                self.visit.verifier_sent = True

    def told(self, response: dict[str, Any]) -> dict[str, Any]:
        """Return all that the provider has said of somebody. Here it is in its answers."""
        return response

    def issuer(self, response: Mapping[str, Any]) -> str:
        """Return who gave out the subject."""
        own = self.setting("AUTHORIZATION_URL") is None
        if self.ISSUER and own:
            return self.ISSUER
        parts = urlsplit(self.authorization_url())
        return f"{parts.scheme}://{parts.netloc}#{self.name}"

    def expected_iss(self) -> tuple[str, bool]:
        """Return what `iss` beside a code must be (RFC 9207), and whether it must be there.

        Empty where nothing is known: the address to come back to, which is each provider's own,
        then tells providers apart.
        """
        return "", False

    def subject(self, response: Mapping[str, Any]) -> str:
        """Return who it is, by what never changes and is never given to somebody else."""
        found: Any = self.get_user_id(self.get_user_details(response), response)  # type: ignore[no-untyped-call]
        text = str(found) if isinstance(found, int) and not isinstance(found, bool) else found
        if not is_subject(text):
            raise AuthResponseError(self, claim=self.id_key(), code="missing_claim")
        if self.id_key() in MUTABLE:
            raise AuthConfigurationError(self, parameter="ID_KEY")
        return text

    def address(self, response: Mapping[str, Any]) -> Address:
        """Return the address, and what the provider says about it. Here it says nothing."""
        return address_of(self.get_user_details(response).get("email"), None)


# What a person can change, or a provider can give to somebody else.
MUTABLE = frozenset(
    {
        "email",
        "login",
        "name",
        "nickname",
        "preferred_username",
        "screen_name",
        "slug",
        "unique_name",
        "upn",
        "user_name",
        "username",
    }
)


def is_subject(text: Any) -> TypeGuard[str]:
    """Tell whether something is a name for somebody that every database takes as it is."""
    known = isinstance(text, str) and text.strip()
    return bool(known) and len(text) <= LONGEST_SUBJECT and text.isprintable()


def address_of(text: Any, verified: Any) -> Address:
    """Read an address and a claim about it. Only a true `True` verifies (nOAuth, A102)."""
    known = isinstance(text, str) and text
    says = None if verified is None else verified is True
    return Address(text=text if known else "", verified=says)


def challenge_of(verifier: str) -> str:
    """Return the S256 challenge of a verifier (RFC 7636, section 4.2)."""
    return urlsafe_b64encode(sha256(verifier.encode()).digest()).decode().rstrip("=")
