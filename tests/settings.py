"""A stock Django project with every room: the user model is Django's own."""

import os
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import django

from spa_auth.core.deployment import DjangoServed
from tests.paths import BUILD

SECRET_KEY = "only-for-tests-and-long-enough-to-be-a-secret-key-0123456789"
deployment = DjangoServed(["http://localhost:8000"], build=BUILD)
deployment.configure(globals())
ALLOWED_HOSTS = ["localhost", "testserver", "app.example.com"]

# A test takes rooms out, one at a time, by naming them here.
WITHOUT = set(filter(None, os.environ.get("SPA_AUTH_TEST_WITHOUT", "").split(",")))
ROOMS = ["sessions", "password", "email", "account", "audit", "tokens", "social"]
ROOMS += ["drf", "ninja", "mailbox"]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "spa_auth.core.apps.AdminConfig",
    "spa_auth.core",
    *[f"spa_auth.{room}" for room in ROOMS if room not in WITHOUT],
    # Without our room DRF would let people in by its own defaults, which a check names.
    *([] if "drf" in WITHOUT else ["rest_framework", "drf_spectacular"]),
    "tests.people",
    # The worker of tests/tasks.
    *(["django_tasks_db"] if django.VERSION >= (6, 0) else []),
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "spa_auth.core.middleware.BoundaryMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware"
    if "sessions" in WITHOUT
    else "spa_auth.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware"
    if "sessions" in WITHOUT
    else "spa_auth.sessions.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
SESSION_ENGINE = (
    "django.contrib.sessions.backends.db" if "sessions" in WITHOUT else "spa_auth.sessions.engine"
)
PASSWORD_HASHERS = [
    "tests.hashers.CheapPBKDF2",
    "django.contrib.auth.hashers.MD5PasswordHasher",
]
# The stock user's e-mail address is not unique, and the mailbox has tests too.
SILENCED_SYSTEM_CHECKS = ["spa_auth.W001", "spa_auth.E080"]

# Threads of their own would go on after the test that began them.
SPA_AUTH: dict[str, Any] = {
    "MAIL_BY": "command",
    "ABILITIES": {"notes:read": "Read your notes", "notes:write": "Write notes"},
}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["spa_auth.drf.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["spa_auth.drf.IsAuthenticated"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "spa_auth.drf.exception_handler",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "OAS_VERSION": "3.1.1",
    "POSTPROCESSING_HOOKS": ["spa_auth.drf.schema.include_spa_auth"],
}
if "drf" in WITHOUT:  # pragma: no cover - in a process of its own, see test_rooms.py
    del REST_FRAMEWORK, SPECTACULAR_SETTINGS

_server = urlsplit(os.environ.get("SPA_AUTH_TEST_DATABASE", ""))
_ADDRESS = {
    "NAME": _server.path.lstrip("/"),
    "USER": _server.username,
    "HOST": _server.hostname,
    "PORT": _server.port,
}
DATABASES = {
    "postgresql": {"default": {"ENGINE": "django.db.backends.postgresql", **_ADDRESS}},
    "mariadb": {"default": {"ENGINE": "django.db.backends.mysql", **_ADDRESS}},
    "": {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            # A file, not memory: threads of one process then lock as processes do.
            "NAME": Path(tempfile.gettempdir()) / f"spa-auth-{os.getpid()}.sqlite3",
            "TEST": {"NAME": Path(tempfile.gettempdir()) / f"spa-auth-test-{os.getpid()}.sqlite3"},
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;",
            },
        }
    },
}[_server.scheme]
if _server.scheme == "mariadb":  # pragma: no cover - coverage is held by SQLite
    import pymysql

    pymysql.install_as_MySQLdb()
ROOT_URLCONF = "tests.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "UTC"
STATIC_URL = "static/"
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
