"""How front end and back end meet: one line in the settings, and every other setting follows."""

from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from .headers import YEAR, add_headers

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


@dataclass(frozen=True)
class DjangoServed:
    """Django serves the built single-page app itself, through WhiteNoise.

    `origins` are those that people type, the canonical one first: "https://app.example.com". With
    https every cookie is `Secure` and named `__Host-`; http is for loopback only. `build` is the
    folder with `index.html` and the hashed files under `assets/`. `tls_proxy` says that TLS ends
    before Django, at a proxy that overwrites `X-Forwarded-Proto`.
    """

    origins: Sequence[str]
    _: KW_ONLY
    build: Path
    tls_proxy: bool = False
    csrf_cookie: str | None = None

    def __post_init__(self) -> None:
        if not self.origins:
            raise ImproperlyConfigured("A deployment needs at least one origin.")
        for origin in self.origins:
            _check_origin(origin)
        if len({urlsplit(origin).scheme for origin in self.origins}) > 1:
            raise ImproperlyConfigured("The origins of a deployment must share one scheme.")

    @property
    def secure(self) -> bool:
        """Whether people reach the front end over https."""
        return self.origins[0].startswith("https://")

    def configure(self, namespace: dict[str, Any]) -> None:
        """Write this deployment's settings into a settings module: `configure(globals())`.

        Call it before the lines that override one of them; `manage.py check` compares the result.
        """
        namespace["SPA_AUTH_DEPLOYMENT"] = self
        namespace.update(self.settings())

    def settings(self) -> Mapping[str, Any]:
        """Return the Django settings that follow."""
        hosts = [str(urlsplit(origin).hostname) for origin in self.origins]
        prefix = "__Host-" if self.secure else ""
        derived: dict[str, Any] = {
            "ALLOWED_HOSTS": hosts if self.secure else sorted({*hosts, *LOOPBACK}),
            "SESSION_COOKIE_NAME": f"{prefix}sessionid",
            "SESSION_COOKIE_SECURE": self.secure,
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "SESSION_COOKIE_DOMAIN": None,
            "SESSION_COOKIE_PATH": "/",
            "CSRF_COOKIE_NAME": self.csrf_cookie or f"{prefix}csrftoken",
            "CSRF_COOKIE_SECURE": self.secure,
            # The token travels in answers; only a front end that reads the cookie needs it open.
            "CSRF_COOKIE_HTTPONLY": self.csrf_cookie is None,
            "CSRF_COOKIE_SAMESITE": "Lax",
            "CSRF_COOKIE_DOMAIN": None,
            "CSRF_COOKIE_PATH": "/",
            "CSRF_USE_SESSIONS": False,
            "CSRF_FAILURE_VIEW": "spa_auth.core.boundary.csrf_failure",
            "SECURE_CONTENT_TYPE_NOSNIFF": True,
            "SECURE_REFERRER_POLICY": "strict-origin-when-cross-origin",
            "SECURE_CROSS_ORIGIN_OPENER_POLICY": "same-origin",
            "X_FRAME_OPTIONS": "DENY",
            "WHITENOISE_ROOT": self.build,
            "WHITENOISE_ADD_HEADERS_FUNCTION": add_headers,
        }
        if self.secure:
            derived |= {
                "SECURE_SSL_REDIRECT": True,
                "SECURE_HSTS_SECONDS": YEAR,
                "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
                # Preloading is a wish to browser vendors that takes months to take back.
                "SILENCED_SYSTEM_CHECKS": ["security.W021"],
            }
        if self.tls_proxy:
            derived["SECURE_PROXY_SSL_HEADER"] = ("HTTP_X_FORWARDED_PROTO", "https")
        return derived


def current() -> DjangoServed:
    """Return the project's deployment. Raises ImproperlyConfigured where none is chosen."""
    deployment = getattr(settings, "SPA_AUTH_DEPLOYMENT", None)
    if deployment is None:
        raise ImproperlyConfigured(
            "Choose one in the settings module, for instance: DjangoServed("
            '["https://app.example.com"], build=BASE_DIR / "dist").configure(globals())'
        )
    chosen: DjangoServed = deployment
    return chosen


def _check_origin(origin: str) -> None:
    """Raise ImproperlyConfigured unless this is an origin as browsers send it (RFC 6454)."""
    parts = urlsplit(origin)
    default = {"http": 80, "https": 443}.get(parts.scheme)
    if default is None or not parts.hostname:
        raise ImproperlyConfigured(f"{origin!r} is not an origin: write scheme, host and port.")
    port = "" if parts.port in (None, default) else f":{parts.port}"
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    exact = f"{parts.scheme}://{host}{port}"
    if origin != exact:
        raise ImproperlyConfigured(f"{origin!r} is not how browsers write it: {exact!r}.")
    loopback = host in LOOPBACK or host.endswith(".localhost")
    if parts.scheme == "http" and not loopback:
        raise ImproperlyConfigured(f"{origin!r} needs https: http is for localhost only.")
