"""Settings of the example: as `make run` serves it, or as the environment says.

`DEPLOYMENT` is one of DjangoServed, SameOrigin, CrossOrigin and CrossSite, `ORIGIN` where people
open the front end, `API_ORIGIN` where they reach Django if that is elsewhere, `PROXIES` how many
proxies of ours are in front, `DATABASE_URL` a PostgreSQL database instead of the file,
`MAIL_FOLDER` where mail goes instead of a mail server, and `PROVIDER` where `examples/provider` is.
"""

import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import django
from django.core.management.utils import get_random_secret_key

from notes.abilities import ABILITIES
from spa_auth.core.deployment import CrossOrigin, CrossSite, Deployment, DjangoServed, SameOrigin
from spa_auth.password.validators import ASVS

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("EXAMPLE_VAR", BASE_DIR / "var"))
VAR.mkdir(parents=True, exist_ok=True)

PORT = os.environ.get("PORT", "8000")
DEBUG = os.environ.get("DEBUG") == "1"


def secret_key() -> str:
    """Return this installation's own secret, made at the first start."""
    path = VAR / "secret-key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(get_random_secret_key())
    return path.read_text()


SECRET_KEY = os.environ.get("SECRET_KEY") or secret_key()

# How front end and back end meet. Cookies, hosts, headers and trusted origins follow from it.
ORIGINS = [os.environ.get("ORIGIN", f"http://localhost:{PORT}")]
API = os.environ.get("API_ORIGIN", f"http://localhost:{PORT}")
PROXIES = int(os.environ.get("PROXIES", "1" if "ORIGIN" in os.environ else "0"))
deployment: Deployment
match os.environ.get("DEPLOYMENT", "DjangoServed"):
    case "SameOrigin":
        deployment = SameOrigin(ORIGINS, proxies=PROXIES)
    case "CrossOrigin":
        deployment = CrossOrigin(ORIGINS, api=API, proxies=PROXIES)
    case "CrossSite":
        deployment = CrossSite(ORIGINS, api=API, proxies=PROXIES)
    case _:
        build = Path(os.environ.get("EXAMPLE_BUILD", BASE_DIR.parent / "react" / "dist"))
        deployment = DjangoServed(ORIGINS, build=build, proxies=PROXIES)
deployment.configure(globals())

INSTALLED_APPS = [
    "people",
    "notes",
    "spa_auth.core",
    "spa_auth.sessions",
    "spa_auth.password",
    "spa_auth.email",
    "spa_auth.account",
    "spa_auth.audit",
    "spa_auth.tokens",
    "spa_auth.social",
    "spa_auth.drf",
    "rest_framework",
    "drf_spectacular",
    "spa_auth.core.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # So that the admin and the mailbox speak the browser's language too. Above what may refuse.
    "django.middleware.locale.LocaleMiddleware",
    "spa_auth.core.middleware.BoundaryMiddleware",
    "spa_auth.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "spa_auth.sessions.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

# What the front ends speak. A browser that asks for neither is answered in English.
LANGUAGES = [("de", "Deutsch"), ("en", "English")]

DEFAULT_FROM_EMAIL = "Notes <notes@example.com>"
if DEBUG:
    INSTALLED_APPS += ["spa_auth.mailbox", "spa_auth.testing"]
if DEBUG or "MAIL_FOLDER" in os.environ:
    # Mail goes to files, which `/mailbox/` shows. Otherwise to a mail server on this machine.
    backend = "django.core.mail.backends.filebased.EmailBackend"
    folder = os.environ.get("MAIL_FOLDER", str(VAR / "mail"))
    if django.VERSION >= (6, 1):
        MAILERS = {"default": {"BACKEND": backend, "OPTIONS": {"file_path": folder}}}
    else:
        EMAIL_BACKEND, EMAIL_FILE_PATH = backend, folder

if isinstance(deployment, CrossOrigin):
    INSTALLED_APPS.append("corsheaders")
    # First, so that every answer carries its headers, refusals and redirects too.
    MIDDLEWARE.insert(0, "corsheaders.middleware.CorsMiddleware")

SESSION_ENGINE = "spa_auth.sessions.engine"
AUTH_USER_MODEL = "people.User"
# Add BREACHED to ask a service for passwords that are known from breaches.
AUTH_PASSWORD_VALIDATORS = [*ASVS]
PASSWORD_RESET_TIMEOUT = 3600

SPA_AUTH: dict[str, Any] = {
    "SIGN_UP": True,
    "PROFILE_FIELDS": ("username", "first_name", "last_name"),
    "USER_FIELDS": ("is_staff",),
    "ABILITIES": ABILITIES,
}

PROVIDER = os.environ.get("PROVIDER", "")
if PROVIDER:
    # One of OpenID Connect, and two that behave as GitHub and Facebook do. Across sites they send
    # people to the API, which leads to the page: then they need to know one address only.
    SPA_AUTH["SOCIAL"] = ("oidc", "github", "facebook")
    SPA_AUTH["SOCIAL_RETURN"] = "callback" if isinstance(deployment, CrossSite) else "page"
    SOCIAL_AUTH_OIDC_OIDC_ENDPOINT = PROVIDER
    SOCIAL_AUTH_OIDC_TITLE = "Example"
    SOCIAL_AUTH_GITHUB_TITLE = "Example Hub"
    SOCIAL_AUTH_GITHUB_AUTHORIZATION_URL = f"{PROVIDER}/hub/login/oauth/authorize"
    SOCIAL_AUTH_GITHUB_ACCESS_TOKEN_URL = f"{PROVIDER}/hub/login/oauth/access_token"
    SOCIAL_AUTH_GITHUB_API_URL = f"{PROVIDER}/hub/"
    SOCIAL_AUTH_FACEBOOK_TITLE = "Example Book"
    SOCIAL_AUTH_FACEBOOK_AUTHORIZATION_URL = f"{PROVIDER}/book/dialog/oauth"
    SOCIAL_AUTH_FACEBOOK_ACCESS_TOKEN_URL = f"{PROVIDER}/book/oauth/access_token"
    SOCIAL_AUTH_FACEBOOK_USER_DATA_URL = f"{PROVIDER}/book/me"
    # Published: they are good for the example's own provider only.
    SOCIAL_AUTH_OIDC_KEY = SOCIAL_AUTH_GITHUB_KEY = SOCIAL_AUTH_FACEBOOK_KEY = "notes"
    SOCIAL_AUTH_OIDC_SECRET = SOCIAL_AUTH_GITHUB_SECRET = SOCIAL_AUTH_FACEBOOK_SECRET = (
        "published-with-the-example"  # noqa: S105
    )

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["spa_auth.drf.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["spa_auth.drf.IsAuthenticated"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "spa_auth.drf.exception_handler",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Notes",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "POSTPROCESSING_HOOKS": ["spa_auth.drf.schema.include_spa_auth"],
}

DATABASES: dict[str, dict[str, Any]] = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": VAR / "db.sqlite3",
        "OPTIONS": {
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            # Take the write lock at BEGIN, and wait for it, instead of failing halfway.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
        },
    }
}

if "DATABASE_URL" in os.environ:
    address = urlsplit(os.environ["DATABASE_URL"])
    DATABASES["default"] = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": address.path.removeprefix("/"),
        "USER": unquote(address.username or ""),
        "PASSWORD": unquote(address.password or ""),
        "HOST": address.hostname,
        "PORT": address.port,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        # Prepared statements: the session's is the same text every time.
        "OPTIONS": {"server_side_binding": True, "prepare_threshold": 1},
    }

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"

STATIC_URL = "static/"
# The admin's own files come straight from the installed packages: no collectstatic step.
WHITENOISE_USE_FINDERS = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]
