"""ID tokens as a provider makes them, and as it must not."""

import base64
import hashlib
import hmac
import json
import time
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

KEYS = {kid: rsa.generate_private_key(65537, 2048) for kid in ("one", "foreign")}


def claims_of(issuer: str, client: str, subject: str, nonce: str, token: str) -> dict[str, Any]:
    now = int(time.time())
    half = hashlib.sha256(token.encode()).digest()[:16]
    return {
        "iss": issuer,
        "sub": subject,
        "aud": client,
        "iat": now,
        "exp": now + 300,
        "nonce": nonce,
        "at_hash": _text(half),
    }


def wrong_claims(fault: str, *, issuer: str, client: str) -> dict[str, Any]:
    now = int(time.time())
    wrong: dict[str, dict[str, Any]] = {
        "wrong nonce": {"nonce": "another"},
        "no nonce": {"nonce": None},
        "wrong issuer": {"iss": "https://evil.example"},
        "issuer with a slash": {"iss": f"{issuer}/"},
        "wrong audience": {"aud": "another-client"},
        "audiences without azp": {"aud": [client, "another-client"]},
        "azp of another": {"aud": [client, "another-client"], "azp": "another-client"},
        "expired": {"iat": now - 400, "exp": now - 100},
        "too old": {"iat": now - 4000},
        "no exp": {"exp": None},
        "future iat": {"iat": now + 3600},
        "future nbf": {"nbf": now + 3600},
        "iat is no number": {"iat": "now"},
        "missing subject": {"sub": None},
        "empty subject": {"sub": ""},
        "subject is a number": {"sub": 7},
        "long subject": {"sub": "x" * 300},
        "wrong at_hash": {"at_hash": "another"},
    }
    return wrong.get(fault, {})


def signed(claims: dict[str, Any], fault: str, *, url: str, secret: str) -> str:
    headers, key = {"kid": "one"}, KEYS["one"]
    if fault == "alg none":
        return jwt.encode(claims, "", "none", headers=headers)
    if fault == "HS256 with the public key":
        return _hs256(claims, headers, public_pem(key))
    if fault == "HS256 with the client secret":
        return _hs256(claims, headers, secret.encode())
    if fault == "not a token":
        return "x"
    if fault in {"unknown kid", "foreign key", "jku"}:
        key = KEYS["foreign"]
    headers |= {"unknown kid": {"kid": "foreign"}, "jku": {"jku": f"{url}/evil-jwks"}}.get(
        fault, {}
    )
    made = jwt.encode(claims, key, "RS256", headers=headers)
    if fault == "changed":
        head, _, signature = made.split(".")
        return f"{head}.{_segment(claims | {'sub': 'somebody-else'})}.{signature}"
    return f"{made}.e.e" if fault == "encrypted" else made


def jwk(key: rsa.RSAPrivateKey, kid: str) -> dict[str, Any]:
    made: dict[str, Any] = jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key(), as_dict=True)
    return made | {"kid": kid, "alg": "RS256", "use": "sig"}


def public_pem(key: rsa.RSAPrivateKey) -> bytes:
    return key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def _hs256(claims: dict[str, Any], headers: dict[str, str], key: bytes) -> str:
    """Sign as PyJWT refuses to, with a key that everybody has."""
    said = f"{_segment({'alg': 'HS256', 'typ': 'JWT', **headers})}.{_segment(claims)}"
    return f"{said}.{_text(hmac.digest(key, said.encode(), 'sha256'))}"


def _segment(value: dict[str, Any]) -> str:
    return _text(json.dumps(value).encode())


def _text(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).decode().rstrip("=")
