"""Who takes part: one small Django project in as many variants, told apart by these declarations.

Nothing here imports Django, so that the parent process can read it.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Store = Literal["sqlite", "postgresql"]

STORES: tuple[Store, ...] = ("sqlite", "postgresql")
SESSION = "django.contrib.sessions.middleware.SessionMiddleware"
AUTHENTICATION = "django.contrib.auth.middleware.AuthenticationMiddleware"
ACCOUNT = "allauth.account.middleware.AccountMiddleware"
ACTIVITY = "allauth.usersessions.middleware.UserSessionsMiddleware"
BACKENDS = "django.contrib.sessions.backends"
# What PostgreSQL needs to keep a statement planned: parameters that travel apart from the text, and
# psycopg's leave to prepare it, here from its second use on.
PREPARED = {"server_side_binding": True, "prepare_threshold": 1}


@dataclass(frozen=True, kw_only=True)
class Contender:
    """One variant of the project.

    `dialect` names how it is spoken to (see `dialects`), `floor` the variant with the same view and
    no authentication, `options` goes to the database driver. `cached` gives it Redis.
    """

    name: str
    label: str
    dialect: str
    drf: bool = False
    floor: str = "floor"
    apps: Sequence[str] = ()
    # Around Django's CommonMiddleware and CsrfViewMiddleware, which every variant has.
    outer: Sequence[str] = ()
    inner: Sequence[str] = ()
    engine: str = f"{BACKENDS}.db"
    settings: Mapping[str, Any] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)
    stores: Sequence[Store] = STORES
    cached: bool = False


def by_name(name: str) -> Contender:
    """Return the contender of that name. Raises KeyError."""
    return {contender.name: contender for contender in CONTENDERS}[name]


def _ours(name: str, label: str, **more: Any) -> Contender:
    rooms = ["core", "sessions", "password", "account", *(["drf"] if more.get("drf") else [])]
    return Contender(
        name=name,
        label=label,
        dialect="spa_auth",
        apps=[f"spa_auth.{room}" for room in rooms],
        outer=[
            "spa_auth.core.middleware.BoundaryMiddleware",
            "spa_auth.sessions.middleware.SessionMiddleware",
        ],
        inner=["spa_auth.sessions.middleware.AuthenticationMiddleware"],
        engine="spa_auth.sessions.engine",
        **more,
    )


def _stock(name: str, label: str, **more: Any) -> Contender:
    apps = ["django.contrib.sessions", *more.pop("apps", [])]
    inner = [AUTHENTICATION, *more.pop("inner", [])]
    dialect = more.pop("dialect", "django")
    return Contender(
        name=name, label=label, dialect=dialect, apps=apps, outer=[SESSION], inner=inner, **more
    )


def _allauth(name: str, label: str, **more: Any) -> Contender:
    apps = ["allauth", "allauth.account", "allauth.headless", *more.pop("apps", [])]
    settings = {
        "HEADLESS_ONLY": True,
        "HEADLESS_FRONTEND_URLS": {},
        "ACCOUNT_LOGIN_METHODS": {"username"},
        "ACCOUNT_EMAIL_VERIFICATION": "none",
        "AUTHENTICATION_BACKENDS": ["allauth.account.auth_backends.AuthenticationBackend"],
    }
    return _stock(
        name,
        label,
        dialect=more.pop("dialect", "allauth"),
        apps=apps,
        inner=[ACCOUNT, *more.pop("inner", [])],
        settings=settings | more.pop("settings", {}),
        # Its limits are counts in the cache, and several processes need one that they share.
        cached=True,
        **more,
    )


def _jwt(name: str, label: str, authentication: str) -> Contender:
    return Contender(
        name=name,
        label=label,
        dialect="jwt",
        drf=True,
        floor="floor_drf",
        settings=_drf(f"rest_framework_simplejwt.authentication.{authentication}")
        # Its five minutes are shorter than a run.
        | {"SIMPLE_JWT": {"ACCESS_TOKEN_LIFETIME": datetime.timedelta(days=1)}},
    )


def _drf(*authentication: str) -> dict[str, Any]:
    """Return the settings of a variant whose view is DRF's."""
    return {
        "REST_FRAMEWORK": {
            "DEFAULT_AUTHENTICATION_CLASSES": authentication,
            "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
            "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
        }
    }


CONTENDERS: Sequence[Contender] = (
    Contender(name="floor", label="the bare view, no authentication", dialect="nobody"),
    Contender(
        name="floor_drf",
        label="the bare DRF view, no authentication",
        dialect="nobody",
        drf=True,
        floor="floor_drf",
        settings=_drf(),
    ),
    _ours("spa_auth", "django-spa-auth"),
    _ours(
        "spa_auth_prepared",
        "django-spa-auth, prepared statements",
        stores=["postgresql"],
        options=PREPARED,
    ),
    _ours(
        "spa_auth_drf",
        "django-spa-auth through DRF",
        drf=True,
        floor="floor_drf",
        settings=_drf("spa_auth.drf.SessionAuthentication"),
    ),
    _stock("stock", "Django, db sessions"),
    _stock(
        "stock_prepared",
        "Django, db sessions, prepared statements",
        stores=["postgresql"],
        options=PREPARED,
    ),
    _stock(
        "cached_db",
        "Django, cached_db sessions in Redis",
        engine=f"{BACKENDS}.cached_db",
        cached=True,
    ),
    _stock(
        "signed_cookies", "Django, signed_cookies sessions", engine=f"{BACKENDS}.signed_cookies"
    ),
    _stock(
        "stock_drf",
        "Django, db sessions through DRF",
        drf=True,
        floor="floor_drf",
        settings=_drf("rest_framework.authentication.SessionAuthentication"),
    ),
    _jwt("jwt", "simplejwt, user read", "JWTAuthentication"),
    _jwt("jwt_stateless", "simplejwt, no user read", "JWTStatelessUserAuthentication"),
    Contender(
        name="knox",
        label="knox tokens",
        dialect="knox",
        drf=True,
        floor="floor_drf",
        apps=["knox"],
        settings=_drf("knox.auth.TokenAuthentication"),
    ),
    _allauth("allauth", "allauth headless"),
    _allauth(
        "allauth_app",
        "allauth headless, token through DRF",
        dialect="allauth_app",
        drf=True,
        floor="floor_drf",
        settings=_drf(
            "allauth.headless.contrib.rest_framework.authentication.XSessionTokenAuthentication"
        ),
    ),
    _allauth(
        "allauth_sessions",
        "allauth headless, usersessions",
        dialect="allauth_sessions",
        apps=["allauth.usersessions"],
        inner=[ACTIVITY],
    ),
    _allauth(
        "allauth_activity",
        "allauth headless, usersessions, activity",
        dialect="allauth_sessions",
        apps=["allauth.usersessions"],
        inner=[ACTIVITY],
        settings={"USERSESSIONS_TRACK_ACTIVITY": True},
    ),
)
