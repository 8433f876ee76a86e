"""A project that gets everything wrong: what can be wrong at once is, the rest by `TERRIBLE`.

A cookie cannot be `Lax` and `Strict`, a project not served by two deployments: hence five of them.
"""

import os
import sys
from pathlib import Path
from types import ModuleType

import django

from spa_auth.core.deployment import CrossOrigin, CrossSite, DjangoServed
from tests import settings as sound

# Old enough for every hole in the tables of versions, and without a package that names devices.
django.VERSION = (5, 2, 12, "final", 0)
sys.modules["ua_parser"] = None
if os.environ["TERRIBLE"] == "local":
    sys.modules["social_core"] = None
# Stands for a package that signs people in by links.
sys.modules["sesame"] = ModuleType("sesame")
sys.modules["sesame"].__path__ = [str(Path(__file__).parent)]

DATABASES = {"default": {**sound.DATABASES["default"], "ATOMIC_REQUESTS": True}}
TEMPLATES = sound.TEMPLATES
USE_TZ = True
STATIC_URL = "static/"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "tests.terrible_urls"
AUTH_USER_MODEL = "people.WaitingUser"

APP = "https://app.example.com"
SERVED = DjangoServed([APP], build=Path("nowhere"), proxies=1, csrf_cookie="csrftoken")
CROSS = CrossOrigin([APP], api="https://api.example.com", proxies=1)
terrible = os.environ["TERRIBLE"]
if terrible != "no deployment":
    {
        "served": SERVED,
        "cross-origin": CROSS,
        "cross-site": CrossSite([APP], api="https://api.other.test"),
        "local": DjangoServed(["http://localhost:8000"], build=Path("nowhere")),
    }[terrible].configure(globals())
SILENCED_SYSTEM_CHECKS = []

SECRET_KEY = "django-insecure-short"
DEBUG = True
ALLOWED_HOSTS = ["*", ".example.com"]
USE_X_FORWARDED_HOST = True
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 1
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CSP = {"default-src": ["'self'"]}
X_FRAME_OPTIONS = "SAMEORIGIN"
DATA_UPLOAD_MAX_MEMORY_SIZE = None

SESSION_COOKIE_SECURE = False
SESSION_COOKIE_HTTPONLY = False
SESSION_SAVE_EVERY_REQUEST = True
SESSION_SERIALIZER = "tests.core.checks.reporters.Quick"
CSRF_COOKIE_SECURE = False
CSRF_HEADER_NAME = "HTTP_X_XSRF_TOKEN"
CSRF_TRUSTED_ORIGINS = ["http://app.example.com", "https://*.example.com", f"{APP}/"]

CORS_ALLOW_ALL_ORIGINS = True
CORS_ALLOWED_ORIGINS = ["null", "http://old.example.com", "https://Old.example.com"]
CORS_ALLOWED_ORIGIN_REGEXES = [r"https://.*.example.com"]
CORS_ALLOW_HEADERS = ["X-Session-Token"]

AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.AllowAllUsersModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
PASSWORD_RESET_TIMEOUT = 7 * 86400
REST_FRAMEWORK = {}
SPA_AUTH = {
    "USER_FIELD": (),
    "USER_FIELDS": ("nothing",),
    "PROFILE_FIELDS": ("nothing", "is_staff"),
    "SIGN_UP_FIELDS": ("nothing", "is_staff"),
    "VERIFY_EMAIL": False,
    "SIGN_IN_PAGE": 1,
    "TRUSTED_PROXIES": 7,
    "LIMITS_REDIS": None if terrible == "local" else "localhost",
    "MAIL_BY": "task",
    "DJANGO_SESSION_COOKIE": "sid",
    "AUDIT_DAYS": 0,
    "DELETE_AFTER_DAYS": -1,
    "SIGN_UP": True,
    "SOCIAL": ["github", "coursera", "oidc", "nothing"],
    "SOCIAL_TRUST_EMAIL": ["github"],
    "SOCIAL_PAGE": "/callback",
    "SOCIAL_STEPS": ["tests.nothing"],
    "ABILITIES": {"everything": ""},
    "TOKEN_PREFIX": "_",
}
# Ignored below Django 6.1, and as good as EMAIL_BACKEND for what is asked.
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.console.EmailBackend"}}
ADMINS = ["ada@example.com"]
SOCIAL_AUTH_GITHUB_SCOPE = "user:email"
SOCIAL_AUTH_GITHUB_USE_PKCE = False
SOCIAL_AUTH_OIDC_OIDC_ENDPOINT = "http://accounts.example.com"
SOCIAL_AUTH_VERIFY_SSL = False
LOGGING = {
    "version": 1,
    "handlers": {"mail": {"class": "django.utils.log.AdminEmailHandler", "include_html": True}},
}

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.admin",
    "spa_auth.core",
    "spa_auth.sessions",
    "spa_auth.password",
    "spa_auth.account",
    "spa_auth.audit",
    "spa_auth.classic",
    "spa_auth.tokens",
    "spa_auth.mailbox",
    "spa_auth.social",
    "rest_framework",
    "sesame",
    "tests.people",
]
MIDDLEWARE = [
    "django.middleware.cache.UpdateCacheMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]

_ENGINES = "django.contrib.sessions.backends."
match terrible:
    case "cross-origin":
        SESSION_ENGINE = f"{_ENGINES}cache"
        SESSION_COOKIE_NAME = "__Secure-sid"
        SESSION_COOKIE_SAMESITE = "None"
        CSRF_COOKIE_NAME = "__Host-csrftoken"
        CSRF_COOKIE_DOMAIN = "example.com"
        SECURE_PROXY_SSL_HEADER = ("X-Forwarded-Proto", "https")
    case "cross-site":
        SESSION_ENGINE = f"{_ENGINES}signed_cookies"
        SESSION_COOKIE_SAMESITE = "Strict"
        CORS_ALLOW_CREDENTIALS = False
    case "served":
        SESSION_ENGINE = f"{_ENGINES}cached_db"
        SESSION_COOKIE_DOMAIN = "example.com"
        SESSION_COOKIE_SAMESITE = None
        CSRF_USE_SESSIONS = True
        CSRF_COOKIE_HTTPONLY = True
        SECURE_PROXY_SSL_HEADER = None
    case "local":
        SESSION_ENGINE = f"{_ENGINES}db"
    case _:
        SESSION_ENGINE = "spa_auth.sessions.engine"
