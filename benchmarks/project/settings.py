"""Settings of the variant that `BENCH_CONTENDER` names, on the servers that the others name."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.contenders import by_name
from spa_auth.core.deployment import DjangoServed

CONTENDER = by_name(os.environ["BENCH_CONTENDER"])
_database = urlsplit(os.environ["BENCH_DATABASE"])

SECRET_KEY = "only-for-benchmarks-and-long-enough-to-be-a-secret-key-0123456789"  # noqa: S105
DEBUG = False
# Cookies and headers alike for everybody; the deployment itself means something only to us.
DjangoServed(["http://localhost"], build=Path(__file__).parent).configure(globals())

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    *CONTENDER.apps,
    *(["rest_framework"] if CONTENDER.drf else []),
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    *CONTENDER.outer,
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    *CONTENDER.inner,
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
SESSION_ENGINE = CONTENDER.engine
PASSWORD_HASHERS = ["benchmarks.project.hashers.CheapPBKDF2"]
globals().update(CONTENDER.settings)

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": _database.path.lstrip("/"),
        "USER": _database.username,
        "HOST": _database.hostname,
        "PORT": _database.port,
        "CONN_MAX_AGE": None,
        "OPTIONS": dict(CONTENDER.options),
    }
    if _database.scheme == "postgresql"
    else {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": _database.path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }
}
if CONTENDER.cached:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": os.environ["BENCH_REDIS"],
            "KEY_PREFIX": CONTENDER.name,
        }
    }
# Tables straight from the models: a hundred migrations per contender would take minutes.
MIGRATION_MODULES = dict.fromkeys(app.rpartition(".")[2] for app in INSTALLED_APPS) | {
    "spa_auth_core": None,
    "spa_auth_sessions": None,
}
ROOT_URLCONF = "benchmarks.project.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]
