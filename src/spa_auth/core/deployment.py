"""How front end and back end meet: one line in the settings, and every other setting follows."""

from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.signals import setting_changed
from django.dispatch import receiver

from .headers import YEAR, add_headers
from .origins import LOOPBACK, host_of, may_share_a_site, problem_with


@dataclass(frozen=True)
class Deployment:
    """What all deployments share; a project chooses one of the four below.

    `origins` are the front end's, as people type them, the canonical one first:
    "https://app.example.com". It is the only such list: CORS, CSRF, redirects and links follow.
    With https every cookie is `Secure` and named `__Host-`; http is for loopback only.
    `proxies` counts the proxies of yours in front of Django: the nearest one ends TLS, or passes on
    how people reached the first, in an `X-Forwarded-Proto` that it overwrites, and each appends to
    `X-Forwarded-For`. `csrf_cookie` names the token's cookie for a front end that reads it, as
    those do that `spa_auth.classic` is for.
    """

    origins: Sequence[str]
    _: KW_ONLY
    proxies: int = 0
    csrf_cookie: str | None = None

    # Who may embed our answers (Fetch standard, Cross-Origin-Resource-Policy).
    resource_policy: ClassVar[str] = "same-origin"
    # What `check --deploy` would ask for although it does not fit, each for a reason given below.
    silenced: ClassVar[Sequence[str]] = ()

    def __post_init__(self) -> None:
        if isinstance(self.origins, str) or not self.origins:
            raise ImproperlyConfigured("A deployment needs a list with at least one origin.")
        for origin in (*self.origins, self.own_origin):
            if problem := problem_with(origin):
                raise ImproperlyConfigured(problem)
        schemes = {origin.partition(":")[0] for origin in (*self.origins, self.own_origin)}
        if len(schemes) > 1:
            raise ImproperlyConfigured("The origins of a deployment must share one scheme.")

    @property
    def secure(self) -> bool:
        """Whether people reach the front end over https."""
        return self.origins[0].startswith("https://")

    @property
    def own_origin(self) -> str:
        """Where Django itself is reached."""
        return self.origins[0]

    @property
    def partitioned(self) -> bool:
        """Whether our cookies live in the jar of the site that embeds them (CHIPS)."""
        return False

    def configure(self, namespace: dict[str, Any]) -> None:
        """Write this deployment's settings into a settings module: `configure(globals())`.

        Call it before the lines that override one of them; `manage.py check` compares the result.
        """
        namespace["SPA_AUTH_DEPLOYMENT"] = self
        namespace.update(self.settings())
        if self.secure:
            silenced = namespace.get("SILENCED_SYSTEM_CHECKS", [])
            namespace["SILENCED_SYSTEM_CHECKS"] = [*silenced, "security.W021", *self.silenced]

    def settings(self) -> Mapping[str, Any]:
        """Return the Django settings that follow."""
        prefix = "__Host-" if self.secure else ""
        same_site = "None" if self.partitioned else "Lax"
        derived: dict[str, Any] = {
            "ALLOWED_HOSTS": self._hosts(),
            "SESSION_COOKIE_NAME": f"{prefix}sessionid",
            "SESSION_COOKIE_SECURE": self.secure,
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": same_site,
            "SESSION_COOKIE_DOMAIN": None,
            "SESSION_COOKIE_PATH": "/",
            "CSRF_COOKIE_NAME": self.csrf_cookie or f"{prefix}csrftoken",
            "CSRF_COOKIE_SECURE": self.secure,
            # The token travels in answers; only a front end that reads the cookie needs it open.
            "CSRF_COOKIE_HTTPONLY": self.csrf_cookie is None,
            "CSRF_COOKIE_SAMESITE": same_site,
            "CSRF_COOKIE_DOMAIN": None,
            "CSRF_COOKIE_PATH": "/",
            "CSRF_USE_SESSIONS": False,
            "CSRF_FAILURE_VIEW": "spa_auth.core.boundary.csrf_failure",
            # For the project's other views. Ours compare the same list, see `core.boundary`.
            "CSRF_TRUSTED_ORIGINS": list(self.origins),
            "SECURE_CONTENT_TYPE_NOSNIFF": True,
            "SECURE_REFERRER_POLICY": "strict-origin-when-cross-origin",
            "SECURE_CROSS_ORIGIN_OPENER_POLICY": "same-origin",
            "X_FRAME_OPTIONS": "DENY",
            # The proxy passes `Host` on: nobody's header replaces it.
            "USE_X_FORWARDED_HOST": False,
            "USE_X_FORWARDED_PORT": False,
        }
        if self.secure:
            # Preloading is left to the site (W021): it takes months to take back.
            derived["SECURE_HSTS_SECONDS"] = YEAR
            derived["SECURE_HSTS_INCLUDE_SUBDOMAINS"] = True
        if self.secure and self.proxies:
            derived["SECURE_PROXY_SSL_HEADER"] = ("HTTP_X_FORWARDED_PROTO", "https")
        return derived

    def _hosts(self) -> list[str]:
        hosts = [host_of(origin) for origin in self.origins]
        return hosts if self.secure else sorted({*hosts, *LOOPBACK})


@dataclass(frozen=True)
class DjangoServed(Deployment):
    """Django serves the built single-page app itself, through WhiteNoise.

    `build` is the folder with `index.html` and the hashed files under `assets/`.
    """

    _: KW_ONLY
    build: Path

    def settings(self) -> Mapping[str, Any]:
        """Add the files, and the way from http to https."""
        return {
            **super().settings(),
            "SECURE_SSL_REDIRECT": self.secure,
            "WHITENOISE_ROOT": self.build,
            "WHITENOISE_ADD_HEADERS_FUNCTION": add_headers,
            # It would open every file, the page too, to every other site.
            "WHITENOISE_ALLOW_ALL_ORIGINS": False,
        }


@dataclass(frozen=True)
class SameOrigin(Deployment):
    """A reverse proxy sends some paths to Django and all others to the front end: one origin."""

    _: KW_ONLY
    proxies: int = 1

    # The proxy has the browser's first contact, and redirects it.
    silenced: ClassVar[Sequence[str]] = ("security.W008",)


@dataclass(frozen=True)
class CrossOrigin(Deployment):
    """The front end on one host or port, Django on another of the same site.

    `api` is Django's own origin: "https://api.example.com" beside "https://app.example.com". The
    cookies belong to that host alone; CORS is open to `origins`, exactly.
    """

    _: KW_ONLY
    api: str

    resource_policy: ClassVar[str] = "same-site"
    # A redirect would hide that a program talks to the API in clear (ASVS 4.1.2).
    silenced: ClassVar[Sequence[str]] = ("security.W008",)

    def __post_init__(self) -> None:
        super().__post_init__()
        for origin in self.origins:
            if not may_share_a_site(origin, self.api):
                raise ImproperlyConfigured(
                    f"{origin!r} and {self.api!r} are two sites: choose CrossSite, or a proxy."
                )

    @property
    def own_origin(self) -> str:
        """Where Django itself is reached."""
        return self.api

    def settings(self) -> Mapping[str, Any]:
        """Add CORS, for django-cors-headers."""
        return {
            **super().settings(),
            "CORS_ALLOWED_ORIGINS": list(self.origins),
            "CORS_ALLOW_CREDENTIALS": True,
            "CORS_ALLOW_HEADERS": ["accept", "accept-language", "content-type", "x-csrftoken"],
            "CORS_EXPOSE_HEADERS": ["retry-after"],
            "CORS_PREFLIGHT_MAX_AGE": 7200,
            **(self._classic() if self.csrf_cookie else {}),
        }

    def _classic(self) -> Mapping[str, Any]:
        """Return what such front ends need besides: they sign in, and read tokens, by headers."""
        sent = ["accept", "accept-language", "authorization", "content-type", "x-csrftoken"]
        return {
            "CORS_ALLOW_HEADERS": sent,
            "CORS_EXPOSE_HEADERS": ["retry-after", "x-csrftoken"],
        }

    def _hosts(self) -> list[str]:
        host = host_of(self.api)
        return [host] if self.secure else sorted({host, *LOOPBACK})


@dataclass(frozen=True)
class CrossSite(CrossOrigin):
    """Front end and Django on two registrable domains, such as app.example and api.test.

    Works in browsers that know partitioned cookies (Chromium 114, Firefox 141, Safari 26.2). A
    proxy, which makes it `SameOrigin`, works in all. Over http, on localhost, it behaves as
    `CrossOrigin` does: partitioned cookies need https.
    """

    resource_policy: ClassVar[str] = "cross-origin"

    def __post_init__(self) -> None:
        Deployment.__post_init__(self)

    @property
    def partitioned(self) -> bool:
        """Whether our cookies live in the jar of the site that embeds them (CHIPS)."""
        return self.secure


def current() -> Deployment:
    """Return the project's deployment. Raises ImproperlyConfigured where none is chosen."""
    deployment = chosen()
    if deployment is None:
        raise ImproperlyConfigured(
            "Choose one in the settings module, for instance: DjangoServed("
            '["https://app.example.com"], build=BASE_DIR / "dist").configure(globals())'
        )
    return deployment


@lru_cache(maxsize=1)
def chosen() -> Deployment | None:
    """Return the project's deployment, None where it uses the session engine alone."""
    deployment: Deployment | None = getattr(settings, "SPA_AUTH_DEPLOYMENT", None)
    return deployment


def device_cookie() -> str:
    """Return the name of the cookie that marks a known device: the session's, with a suffix.

    So it has the same prefix and the same attributes. Error reports hide what has AUTH in its name.
    """
    return f"{settings.SESSION_COOKIE_NAME}_auth_device"


def cookie_names() -> tuple[str, str, str]:
    """Return the names of all cookies that are ours."""
    return settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, device_cookie()


@receiver(setting_changed)
def _forget(*, setting: str, **_: object) -> None:
    if setting == "SPA_AUTH_DEPLOYMENT":
        chosen.cache_clear()
