"""Providers that answer as real ones do: OpenID Connect, GitHub's way and Facebook's.

`fault` is what is wrong with the next answers; `account` is who is there. See `serving`.
"""

import base64
import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from tests.social.id_tokens import KEYS, claims_of, jwk, signed, wrong_claims

CLIENT, SECRET = "the-client-of-the-tests", "the-secret-of-the-tests"


@dataclass
class Account:
    """A person at the provider; `verified` None says nothing about the address."""

    subject: str = "ada-at-the-provider"
    email: str | None = "ada@example.com"
    verified: Any = True
    username: str = "ada"
    first_name: str = "Ada"
    last_name: str = "Lovelace"


@dataclass
class Code:
    """What a code stands for."""

    account: Account
    redirect_uri: str
    challenge: str
    nonce: str


@dataclass
class Provider:
    """One server for three providers."""

    url: str = ""
    fault: str = ""
    account: Account = field(default_factory=Account)
    codes: dict[str, Code] = field(default_factory=dict)
    tokens: dict[str, Account] = field(default_factory=dict)
    # The token endpoint's requests, and the paths of all.
    exchanged: list[dict[str, str]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    # Every token that was given out.
    secrets: list[str] = field(default_factory=list)
    promises_iss: bool = False
    # What else an ID token says, whatever the fault.
    extra: dict[str, Any] = field(default_factory=dict)
    # Checks the secret of a client, where it is made anew each time.
    is_secret: Callable[[str], bool] = SECRET.__eq__

    @property
    def issuer(self) -> str:
        return f"{self.url}/oidc"

    def reset(self) -> None:
        self.fault, self.account, self.promises_iss = "", Account(), False
        self.is_secret = SECRET.__eq__
        for noted in (
            self.extra,
            self.codes,
            self.tokens,
            self.exchanged,
            self.asked,
            self.secrets,
        ):
            noted.clear()

    def agree(self, authorization_url: str) -> dict[str, str]:
        """Sign in and agree, as a person does there; return what comes back with them."""
        asked = dict(parse_qsl(urlsplit(authorization_url).query, strict_parsing=True))
        assert asked["client_id"] == CLIENT
        assert asked.get("response_type", "code") == "code"
        assert asked["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(24)
        self.codes[code] = Code(
            self.account, asked["redirect_uri"], asked["code_challenge"], asked.get("nonce", "")
        )
        return {"code": code, "state": asked["state"]}

    def exchange(self, form: dict[str, str], authorization: str) -> tuple[int, Any]:
        """Answer the token endpoint (RFC 6749, section 4.1.3; RFC 7636, section 4.6)."""
        self.exchanged.append(form)
        if authorization:
            client, _, secret = base64.b64decode(authorization[6:]).decode().partition(":")
            given = (unquote(client), unquote(secret))
        else:
            given = (form.get("client_id", ""), form.get("client_secret", ""))
        if given[0] != CLIENT or not self.is_secret(given[1]):
            return 401, {"error": "invalid_client"}
        known = self.codes.pop(form.get("code", ""), None)
        proof = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        proven = known and base64.urlsafe_b64encode(proof).decode().rstrip("=") == known.challenge
        if known is None or not proven or form.get("redirect_uri") != known.redirect_uri:
            return 400, {"error": "invalid_grant"}
        token = secrets.token_urlsafe(24)
        self.tokens[token] = known.account
        answer = {"access_token": token, "token_type": "Bearer", "expires_in": 3600}
        answer["refresh_token"] = secrets.token_urlsafe(24)
        answer["id_token"] = signed(
            self.claims(known, token), self.fault, url=self.url, secret=SECRET
        )
        self.secrets += [token, answer["refresh_token"], answer["id_token"]]
        if self.fault == "no id_token":
            del answer["id_token"]
        if self.fault == "no access_token":
            del answer["access_token"]
        return 200, answer

    def claims(self, code: Code, token: str) -> dict[str, Any]:
        """Return what an ID token says; a test may change it."""
        said = claims_of(self.issuer, CLIENT, code.account.subject, code.nonce, token)
        wrong = wrong_claims(self.fault, issuer=self.issuer, client=CLIENT)
        return {
            name: value for name, value in (said | self.extra | wrong).items() if value is not None
        }

    def person(self, account: Account) -> dict[str, Any]:
        """Answer the userinfo endpoint."""
        said = {
            "sub": account.subject,
            "email": account.email,
            "email_verified": account.verified,
            "preferred_username": account.username,
            "given_name": account.first_name,
            "family_name": account.last_name,
        }
        if self.fault == "another person's userinfo":
            said["sub"] = "somebody-else"
        if self.fault == "nobody's userinfo":
            del said["sub"]
        return {name: value for name, value in said.items() if value is not None}

    def answer(self, path: str, form: dict[str, str], authorization: str) -> tuple[int, Any]:
        if path.endswith("/token"):
            return self.exchange(form, authorization)
        if path in self.documents():
            return 200, self.documents()[path]
        return 200, self.about(self.tokens[authorization.partition(" ")[2]])[path]

    def documents(self) -> dict[str, Any]:
        """What everybody may read, by path."""
        found = self.discovery()
        microsofts = found | {"issuer": f"{self.url}/{{tenantid}}/v2.0"}
        return {
            "/oidc/.well-known/openid-configuration": found,
            "/common/v2.0/.well-known/openid-configuration": microsofts,
            "/oidc/jwks": {"keys": [jwk(KEYS["one"], "one")]},
        }

    def about(self, account: Account) -> dict[str, Any]:
        """What who has a token may read, by path."""
        name = f"{account.first_name} {account.last_name}"
        return {
            "/oidc/me": self.person(account),
            # The address of the profile is shown, not verified.
            "/github/api/user": {"id": 7, "login": account.username, "email": "shown@example.com"},
            "/github/api/user/emails": [
                {"email": "other@example.com", "primary": False, "verified": True},
                {"email": account.email, "primary": True, "verified": account.verified},
            ],
            "/facebook/me": {"id": "10000", "name": name, "email": account.email},
        }

    def discovery(self) -> dict[str, Any]:
        issuer = "https://evil.example" if self.fault == "discovery of another" else self.issuer
        found: dict[str, Any] = {
            "issuer": issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/me",
            "jwks_uri": f"{self.issuer}/jwks",
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
        }
        if self.promises_iss:
            found["authorization_response_iss_parameter_supported"] = True
        if self.fault == "token endpoint next door":
            found["token_endpoint"] = "http://169.254.169.254/latest/meta-data"
        if self.fault == "page that is a script":
            found["authorization_endpoint"] = "javascript:alert(1)"
        return found
