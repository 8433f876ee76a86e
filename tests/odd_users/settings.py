"""A project whose user model is odd. `ODD_USER` names the model; nothing here is migrated."""

import os
from copy import deepcopy
from typing import Any

from tests.settings import DATABASES as STOCK

ODD_USER = os.environ["ODD_USER"]
AUTH_USER_MODEL = f"odd_users.{ODD_USER}"

SECRET_KEY = "only-for-tests-and-long-enough-to-be-a-secret-key-0123456789"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "spa_auth.core",
    "spa_auth.sessions",
    "tests.odd_users",
]
MIGRATION_MODULES = {
    "auth": None,
    "contenttypes": None,
    "spa_auth_core": None,
    "spa_auth_sessions": None,
    "odd_users": None,
}
SESSION_ENGINE = "spa_auth.sessions.engine"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "django.contrib.auth.backends.AllowAllUsersModelBackend",
    "django.contrib.auth.backends.RemoteUserBackend",
    "tests.odd_users.backends.Picky",
    "tests.odd_users.backends.Strict",
    "tests.odd_users.backends.Foreign",
]


def database(name: str) -> dict[str, Any]:
    settings: dict[str, Any] = deepcopy(STOCK["default"])
    if settings["ENGINE"].endswith("sqlite3"):
        return {"ENGINE": settings["ENGINE"], "NAME": ":memory:"}
    if os.environ.get("ODD_PREPARED"):
        settings["OPTIONS"] = {"server_side_binding": True, "prepare_threshold": 0}
    return settings | {"TEST": {"NAME": f"odd_{os.getpid()}_{name}"}}


DATABASES = {"default": database("default")}
if os.environ.get("ODD_MOVED"):
    DATABASES["other"] = database("other")
DATABASE_ROUTERS = ["tests.odd_users.router.Router"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = not os.environ.get("ODD_NAIVE")
TIME_ZONE = "Asia/Kathmandu"
