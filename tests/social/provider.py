"""Providers that answer as the real ones do, over HTTP: OpenID Connect, GitHub's and Facebook's way.

`fault` is what is wrong with the next answers. People are at `accounts`; `agree` is what a person
does at the provider's page.
"""

import base64
import hashlib
import hmac
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, unquote, urlsplit

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from system import free_port

CLIENT, SECRET = "the-client-of-the-tests", "the-secret-of-the-tests"
KEYS = {kid: rsa.generate_private_key(65537, 2048) for kid in ("one", "foreign")}
# Longer than the timeout that the tests shorten.
SLOW = 2.0


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
        answer["id_token"] = self.id_token(known, token)
        self.secrets += [token, answer["refresh_token"], answer["id_token"]]
        if self.fault == "no id_token":
            del answer["id_token"]
        if self.fault == "no access_token":
            del answer["access_token"]
        return 200, answer

    def claims(self, code: Code, token: str) -> dict[str, Any]:
        now = int(time.time())
        half = hashlib.sha256(token.encode()).digest()[:16]
        claims: dict[str, Any] = {
            "iss": self.issuer,
            "sub": code.account.subject,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": code.nonce,
            "at_hash": base64.urlsafe_b64encode(half).decode().rstrip("="),
        }
        wrong: dict[str, dict[str, Any]] = {
            "wrong nonce": {"nonce": "another"},
            "no nonce": {"nonce": None},
            "wrong issuer": {"iss": "https://evil.example"},
            "issuer with a slash": {"iss": f"{self.issuer}/"},
            "wrong audience": {"aud": "another-client"},
            "audiences without azp": {"aud": [CLIENT, "another-client"]},
            "azp of another": {"aud": [CLIENT, "another-client"], "azp": "another-client"},
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
        claims |= self.extra | wrong.get(self.fault, {})
        return {name: value for name, value in claims.items() if value is not None}

    def id_token(self, code: Code, token: str) -> str:
        claims = self.claims(code, token)
        headers = {"kid": "one"}
        key: Any = KEYS["one"]
        if self.fault == "alg none":
            return jwt.encode(claims, "", "none", headers=headers)
        if self.fault == "HS256 with the public key":
            return _hs256(claims, headers, public_pem(KEYS["one"]))
        if self.fault == "HS256 with the client secret":
            return _hs256(claims, headers, SECRET.encode())
        if self.fault == "unknown kid":
            headers = {"kid": "foreign"}
        if self.fault in {"unknown kid", "foreign key", "jku"}:
            key = KEYS["foreign"]
        if self.fault == "jku":
            headers |= {"jku": f"{self.url}/evil-jwks"}
        made = jwt.encode(claims, key, "RS256", headers=headers)
        head, payload, signature = made.split(".")
        if self.fault == "changed":
            payload = _segment(claims | {"sub": "somebody-else"})
        if self.fault == "encrypted":
            return f"{made}.e.e"
        if self.fault == "not a token":
            return "x"
        return f"{head}.{payload}.{signature}"

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
        token = authorization.partition(" ")[2]
        account = self.tokens.get(token)
        match path:
            case "/oidc/.well-known/openid-configuration":
                return 200, self.discovery()
            case "/common/v2.0/.well-known/openid-configuration":
                return 200, self.discovery() | {"issuer": f"{self.url}/{{tenantid}}/v2.0"}
            case "/oidc/jwks":
                return 200, {"keys": [jwk(KEYS["one"], "one")]}
            case "/oidc/token" | "/github/token" | "/facebook/token":
                return self.exchange(form, authorization)
            case "/evil-jwks":
                return 200, {"keys": [jwk(KEYS["foreign"], "one")]}
        if account is None:
            return 401, {"error": "invalid_token"}
        match path:
            case "/oidc/me":
                return 200, self.person(account)
            case "/github/api/user":
                # The address of the profile is shown, not verified.
                return 200, {"id": 7, "login": account.username, "email": "shown@example.com"}
            case "/github/api/user/emails":
                primary = {"email": account.email, "primary": True, "verified": account.verified}
                other = {"email": "other@example.com", "primary": False, "verified": True}
                return 200, [other, primary]
            case "/facebook/me":
                name = f"{account.first_name} {account.last_name}"
                return 200, {"id": "10000", "name": name, "email": account.email}
        return 404, {}

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


def jwk(key: rsa.RSAPrivateKey, kid: str) -> dict[str, Any]:
    made: dict[str, Any] = jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key(), as_dict=True)
    return made | {"kid": kid, "alg": "RS256", "use": "sig"}


def public_pem(key: rsa.RSAPrivateKey) -> bytes:
    return key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def _segment(value: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def _hs256(claims: dict[str, Any], headers: dict[str, str], key: bytes) -> str:
    """Sign as PyJWT refuses to, with a key that everybody has."""
    signed = f"{_segment({'alg': 'HS256', 'typ': 'JWT', **headers})}.{_segment(claims)}"
    signature = hmac.digest(key, signed.encode(), "sha256")
    return f"{signed}.{base64.urlsafe_b64encode(signature).decode().rstrip('=')}"


class _Handler(BaseHTTPRequestHandler):
    provider: Provider

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        form = {name: values[0] for name, values in parse_qs(parts.query).items()}
        self.answer(parts.path, form)

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        form = parse_qs(self.rfile.read(length).decode())
        self.answer(urlsplit(self.path).path, {name: each[0] for name, each in form.items()})

    def answer(self, path: str, form: dict[str, str]) -> None:
        self.provider.asked.append(path)
        status, said = self.provider.answer(path, form, self.headers.get("Authorization", ""))
        # A fault is that of one path, or of the token endpoint.
        fault, _, where = self.provider.fault.partition(" at ")
        if path.endswith(where or "/token"):
            match fault:
                case "500":
                    status, said = 500, {"error": "server_error"}
                case "429":
                    status, said = 429, {}
                case "list":
                    said = [said]
                case "null":
                    said = None
                case "302":
                    return self.send(302, b"", Location=f"{self.provider.url}/elsewhere")
                case "HTML":
                    return self.send(200, b"<!doctype html><p>Back soon</p>")
                case "deep":
                    return self.send(200, b"[" * 100_000)
                case "huge":
                    return self.send(200, b" " * (1024 * 1024 + 1))
                case "compressed":
                    return self.send(200, b"x", **{"Content-Encoding": "gzip"})
                case "hung up":
                    return self.connection.close()
                case "slow":
                    time.sleep(SLOW)
                case "dripping":
                    return self.drip(b"HTTP/1.0 200 OK\r\n\r\n", b" ")
                case "dripping headers":
                    return self.drip(b"HTTP/1.0 200 OK\r\n", b"x")
        self.send(status, json.dumps(said).encode())

    def send(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def drip(self, first: bytes, each: bytes) -> None:
        self.wfile.write(first)
        until = time.monotonic() + SLOW
        while time.monotonic() < until:
            self.wfile.write(each)
            self.wfile.flush()
            time.sleep(0.05)

    def handle(self) -> None:
        try:
            super().handle()
        except OSError:
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def running() -> Iterator[Provider]:
    """Serve until the block ends."""
    provider = Provider()
    handler = type("Handler", (_Handler,), {"provider": provider})
    server = ThreadingHTTPServer(("127.0.0.1", free_port()), handler)
    server.daemon_threads = True
    provider.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
