"""OpenID Connect: documents and keys that are bounded and held against the settings, ID tokens.

Python Social Auth verifies of an ID token: signature, one of `JWT_ALGORITHMS` (RS256), issuer,
audience and authorized party, times, `at_hash`. Here come the nonce of the flow, the issuer of the
discovery document, keys that are only keys for signatures, and a subject that is one.
"""

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

import jwt
from social_core.backends.open_id_connect import OpenIdConnectAuth
from social_core.exceptions import AuthConfigurationError, AuthResponseError
from social_core.utils import constant_time_compare

from .guard import Address, Guarded, address_of, is_subject

# Seconds for which a document is believed, and after which a key that is not there is looked for.
KEPT_FOR = 3600
ASKED_AGAIN_AFTER = 60
# More documents than any project has providers.
MOST_KEPT = 64
# More keys than any provider has.
MOST_KEYS = 100
# With a public key alone everybody could make the others.
ASYMMETRIC = ("RS", "PS", "ES", "Ed")


class Documents:
    """What providers publish about themselves: kept only once it has been verified."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: dict[str, tuple[float, Any]] = {}

    def get(self, url: str, load: Callable[[], Any], *, newer_than: float = KEPT_FOR) -> Any:
        """Return the document at `url`, loaded anew where it is older than that many seconds."""
        now = time.monotonic()
        found = self._kept.get(url)
        if found is not None and now - found[0] < newer_than:
            return found[1]
        # Outside the lock: others may go on with what they have.
        loaded = load()
        with self._lock:
            self._kept.pop(url, None)
            while len(self._kept) >= MOST_KEPT:
                self._kept.pop(next(iter(self._kept)))
            self._kept[url] = (now, loaded)
        return loaded

    def clear(self) -> None:
        """Forget all of them."""
        with self._lock:
            self._kept.clear()


documents = Documents()


class OpenIdConnect(Guarded, OpenIdConnectAuth[Any]):
    """A provider of OpenID Connect at `SOCIAL_AUTH_OIDC_OIDC_ENDPOINT`; also a base for others.

    A subclass has a `name` of its own, by which its settings are called, and a `title`.
    """

    NEEDS: ClassVar[Sequence[str]] = ("KEY", "SECRET", "OIDC_ENDPOINT")
    # Clocks differ by seconds.
    JWT_LEEWAY = 10.0
    DEFAULT_USE_PKCE = False  # the guard sends it
    # Whether the ID token says all there is to know.
    ALL_IN_TOKEN: ClassVar[bool] = False

    def oidc_endpoint(self) -> str:
        """Return the issuer that the project has configured."""
        endpoint = super().oidc_endpoint()
        if not isinstance(endpoint, str) or not endpoint:
            raise AuthConfigurationError(self, parameter="OIDC_ENDPOINT", stage="begin")
        return endpoint.rstrip("/")

    def oidc_config(self) -> dict[str, Any]:
        """Return the discovery document (OpenID Connect Discovery, section 4.3)."""
        url = self.oidc_config_url()
        found: dict[str, Any] = documents.get(url, lambda: self._discover(url))
        return found

    def _discover(self, url: str) -> dict[str, Any]:
        found = self.get_json(url, stage="begin")
        if not isinstance(found, dict) or not self.is_issuer(found.get("issuer")):
            raise AuthResponseError(self, claim="issuer", code="invalid_claim", stage="begin")
        return found

    def is_issuer(self, said: Any) -> bool:
        """Tell whether the document is of who was asked; a slash at the end is the same address."""
        return isinstance(said, str) and said.rstrip("/") == self.oidc_endpoint()

    def auth_params(self, state: Any = None) -> Any:
        """Ask for a code, bound to the nonce."""
        asked: dict[str, Any] = super().auth_params(state)  # type: ignore[no-untyped-call]
        return asked | {"response_type": "code"}

    def get_and_store_nonce(self, url: Any, state: Any) -> str:
        """Return the nonce of the flow."""
        return self.visit.nonce

    def _store_session_nonce(self, state: Any, nonce: str) -> None:
        """Store nothing: the nonce is made anew from the state."""

    def _keys(self, *, newer_than: float) -> list[dict[str, Any]]:
        uri = self.jwks_uri()
        load = lambda: self.get_remote_jwks_keys(uri)[:MOST_KEYS]  # noqa: E731
        found: list[dict[str, Any]] = documents.get(uri, load, newer_than=newer_than)
        return found

    def find_valid_key(self, id_token: Any) -> Any:
        """Return the key that the token is signed with, None where it is signed with none.

        A key that is not there yet is looked for, though not again and again.
        """
        header = jwt.get_unverified_header(id_token)
        algorithm = header.get("alg")
        if algorithm not in self.algorithms():
            raise jwt.InvalidAlgorithmError
        for seconds in (KEPT_FOR, ASKED_AGAIN_AFTER):
            for key in self._keys(newer_than=seconds):
                if _may_sign(key, header, algorithm) and _has_signed(key, algorithm, id_token):
                    return {**key, "alg": algorithm}
        return None

    def algorithms(self) -> list[str]:
        """Return the algorithms that the project accepts, those of shared keys never."""
        chosen = self.setting("JWT_ALGORITHMS", self.JWT_ALGORITHMS)
        return [name for name in chosen if name.startswith(ASYMMETRIC)]

    def validate_claims(self, id_token: Any) -> None:
        """Hold the token against this visit."""
        # When it begins has been held against the clock already, with the leeway that clocks need.
        self.validate_temporal_claims({**id_token, "nbf": 0})
        if not is_subject(id_token["sub"]):
            raise AuthResponseError(
                self, claim="sub", code="missing_claim", stage="token_validation"
            )
        nonce = id_token.get("nonce")
        if not isinstance(nonce, str) or not constant_time_compare(nonce, self.visit.nonce):
            raise AuthResponseError(self, code="nonce_mismatch", stage="token_validation")

    def user_data(self, access_token: str, *args: Any, **kwargs: Any) -> Any:
        """Ask what else there is to know, where it is not in the token."""
        if self.ALL_IN_TOKEN or not (self.setting("USERINFO_URL") or self._has_userinfo()):
            return {}
        return super().user_data(access_token, *args, **kwargs)

    def _has_userinfo(self) -> bool:
        return bool(self.USERINFO_URL or self.oidc_config().get("userinfo_endpoint"))

    def validate_userinfo_sub(self, userinfo: Any) -> Any:
        """Take nothing about somebody else, nor about nobody (Core, section 5.3.2)."""
        if not isinstance(userinfo, dict) or "sub" not in userinfo:
            raise AuthResponseError(self, claim="sub", code="missing_claim", stage="user_info")
        return super().validate_userinfo_sub(userinfo)

    def told(self, response: dict[str, Any]) -> dict[str, Any]:
        """Return what the verified ID token says, and over it what the answers say."""
        answers, claims = dict(response), dict(self.claims())
        # It speaks of the address in the same place.
        other = claims if "email" in answers else answers
        other.pop("email_verified", None)
        return claims | answers

    def issuer(self, response: Mapping[str, Any]) -> str:
        """Return the issuer of the ID token, which has been verified."""
        issuer: str = self.claims()["iss"]
        return issuer

    def subject(self, response: Mapping[str, Any]) -> str:
        """Return the subject of the ID token, which has been verified."""
        subject: str = self.claims()["sub"]
        return subject

    def address(self, response: Mapping[str, Any]) -> Address:
        """Return the address with what is said about it in the same place."""
        key = self.setting("EMAIL_KEY", self.EMAIL_KEY)
        source = response if key in response else self.claims()
        # It speaks of `email` alone: of what else a project reads nobody has said anything.
        verified = source.get("email_verified") if key == "email" else None
        return address_of(source.get(key), verified)

    def expected_iss(self) -> tuple[str, bool]:
        """Return the issuer, and whether the provider promises to name it (RFC 9207)."""
        promised = self.oidc_config().get("authorization_response_iss_parameter_supported")
        return self.id_token_issuer(), promised is True

    def claims(self) -> Mapping[str, Any]:
        """Return the claims of the verified ID token."""
        return self.id_token or {}


def _may_sign(key: Mapping[str, Any], header: Mapping[str, Any], algorithm: str) -> bool:
    kid = header.get("kid")
    return (
        (kid is None or kid == key.get("kid"))
        and key.get("use", "sig") == "sig"
        and key.get("alg", algorithm) == algorithm
        and key.get("kty") != "oct"
    )


def _has_signed(key: Mapping[str, Any], algorithm: str, id_token: str) -> bool:
    try:
        known = jwt.PyJWK(dict(key), algorithm=algorithm)
        jwt.api_jws.decode_complete(id_token, known, algorithms=[algorithm])
    except jwt.PyJWTError:
        return False
    return True
