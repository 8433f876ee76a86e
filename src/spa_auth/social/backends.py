"""The providers that are known by a short name, each with its ways to lie or to change its mind."""

import hmac
import re
import time
from collections.abc import Mapping
from typing import Any

import jwt
from social_core.backends.facebook import FacebookOAuth2
from social_core.backends.github import GithubOAuth2
from social_core.backends.oauth import BaseOAuth2
from social_core.exceptions import AuthResponseError

from .guard import Address, Guarded, address_of
from .openid import OpenIdConnect

_TENANT = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class GitHub(Guarded, GithubOAuth2[Any]):
    """GitHub: OAuth 2, and the addresses from a second call, each with whether it is verified."""

    ISSUER = "https://github.com"
    DEFAULT_SCOPE = ["user:email"]  # noqa: RUF012 - as there

    def api_url(self) -> str:
        """Return GitHub's, or that of an installation of one's own."""
        return str(self.setting("API_URL", self.API_URL))

    def user_data(self, access_token: str, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Ask for the person, and for the addresses: that of the profile is only shown there."""
        data: Any = self._user_data(access_token)  # type: ignore[no-untyped-call]
        emails: Any = self._user_data(access_token, "/emails")  # type: ignore[no-untyped-call]
        if not isinstance(data, dict) or not isinstance(emails, list):
            raise AuthResponseError(self, code="malformed_response", stage="user_info")
        return {**data, "emails": emails}

    def address(self, response: Mapping[str, Any]) -> Address:
        """Return the primary address."""
        for each in response["emails"]:
            if isinstance(each, dict) and each.get("primary") is True:
                return address_of(each.get("email"), each.get("verified") is True)
        return Address(text="", verified=False)


class Facebook(Guarded, FacebookOAuth2[Any]):
    """Facebook: OAuth 2; it says nothing about whether an address is verified."""

    ISSUER = "https://www.facebook.com"
    DEFAULT_SCOPE = ["email"]  # noqa: RUF012 - as there
    ACCESS_TOKEN_METHOD = "POST"  # noqa: S105 - the name of a method
    # Theirs sends the secret and the code in an address.
    auth_complete = BaseOAuth2.auth_complete

    def user_data(self, access_token: str, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Ask for the person, with the token where no log has it."""
        version = self.get_access_token_url_format()["version"]
        asked = {"fields": "id,name,first_name,last_name,email"}
        _, secret = self.get_key_and_secret()
        proof = hmac.new(secret.encode(), access_token.encode(), "sha256").hexdigest()
        found = self.get_json(
            str(self.setting("USER_DATA_URL", self.USER_DATA_URL)).format(version=version),
            params=asked | self.setting("PROFILE_EXTRA_PARAMS", {}) | {"appsecret_proof": proof},
            headers={"Authorization": f"Bearer {access_token}"},
        )
        if not isinstance(found, dict):
            raise AuthResponseError(self, code="malformed_response", stage="user_info")
        return found


class Google(OpenIdConnect):
    """Google, by OpenID Connect; settings as for `google-oauth2`."""

    name = "google-oauth2"
    title = "Google"
    NEEDS = Guarded.NEEDS
    OIDC_ENDPOINT = "https://accounts.google.com"
    ALL_IN_TOKEN = True


class Microsoft(OpenIdConnect):
    """Microsoft Entra ID and personal accounts; settings as for `microsoft-graph`.

    `SOCIAL_AUTH_MICROSOFT_GRAPH_TENANT_ID` is a tenant, or "common", "organizations", "consumers",
    and `..._AUTHORITY` another cloud than the public one. Each tenant is an issuer of its own.
    Whoever runs one writes any address into it ("nOAuth"), so an address counts only where the
    optional claim `xms_edov` says that its domain is theirs.
    """

    name = "microsoft-graph"
    title = "Microsoft"
    NEEDS = Guarded.NEEDS
    ALL_IN_TOKEN = True
    TOKEN_ENDPOINT_AUTH_METHOD = "client_secret_post"  # noqa: S105 - a way

    def oidc_endpoint(self) -> str:
        """Return the address of the tenant."""
        return f"{self._authority()}/{self._tenant()}/v2.0"

    def is_issuer(self, said: Any) -> bool:
        """Tell whether the document is of the tenant, which has an id beside its name."""
        before, after = f"{self._authority()}/", "/v2.0"
        if not isinstance(said, str) or not said.startswith(before) or not said.endswith(after):
            return False
        tenant = said[len(before) : -len(after)]
        if _TENANT.fullmatch(self._tenant()):
            return tenant == self._tenant()
        return tenant == "{tenantid}" or _TENANT.fullmatch(tenant) is not None

    def decode_and_validate_id_token(self, id_token: Any, access_token: Any) -> Any:
        """Verify a token of the tenant that it names, which its issuer must be too."""
        said = jwt.decode(id_token, options={"verify_signature": False}).get("tid")
        if not isinstance(said, str) or not _TENANT.fullmatch(said):
            raise AuthResponseError(
                self, claim="tid", code="missing_claim", stage="token_validation"
            )
        self._named = said
        return super().decode_and_validate_id_token(id_token, access_token)  # type: ignore[no-untyped-call]

    def id_token_issuer(self) -> str:
        """Return the issuer that a token of the tenant must have."""
        issuer: str = self.oidc_config()["issuer"]
        return issuer.replace("{tenantid}", self._named)

    def expected_iss(self) -> tuple[str, bool]:
        """Return nothing: Microsoft names no issuer beside a code."""
        return "", False

    def address(self, response: Mapping[str, Any]) -> Address:
        """Return the address, verified only where its domain is the tenant's."""
        claims = self.claims()
        owned = claims.get("xms_edov") in (True, "1", "true")
        return Address(text=address_of(claims.get("email"), None).text, verified=owned)

    def _authority(self) -> str:
        return str(self.setting("AUTHORITY", "https://login.microsoftonline.com")).rstrip("/")

    def _tenant(self) -> str:
        return str(self.setting("TENANT_ID", "common")).lower()


class Apple(OpenIdConnect):
    """Apple, by OpenID Connect; settings as for `apple-id`: `CLIENT`, `TEAM`, `KEY`, `SECRET`.

    Apple posts a form, once with a name, which is not read: the person can write their own.
    """

    name = "apple-id"
    title = "Apple"
    NEEDS = ("CLIENT", "TEAM", "KEY", "SECRET")
    OIDC_ENDPOINT = "https://appleid.apple.com"
    DEFAULT_SCOPE = ["openid", "email"]  # noqa: RUF012 - as there
    ALL_IN_TOKEN = True
    POSTS_FORM = True
    TOKEN_ENDPOINT_AUTH_METHOD = "client_secret_post"  # noqa: S105 - a way

    def auth_params(self, state: Any = None) -> Any:
        """Ask for a form, without which Apple gives no address."""
        return super().auth_params(state) | {"response_mode": "form_post"}

    def get_key_and_secret(self) -> tuple[str, str]:
        """Return the client, and a secret that is made of the team's key and lasts minutes."""
        client, now = self.setting("CLIENT"), int(time.time())
        claims = {
            "iss": self.setting("TEAM"),
            "iat": now,
            "exp": now + 300,
            "aud": self.oidc_endpoint(),
            "sub": client,
        }
        headers = {"kid": self.setting("KEY")}
        return client, jwt.encode(claims, self.setting("SECRET"), "ES256", headers=headers)

    def address(self, response: Mapping[str, Any]) -> Address:
        """Return the address; Apple writes true as text, too."""
        claims = self.claims()
        return address_of(claims.get("email"), claims.get("email_verified") in (True, "true"))
