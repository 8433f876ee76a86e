"""The core app, and the admin whose sign-in goes through our door."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    """Endpoints, boundary, limits and the door."""

    name = "spa_auth.core"
    label = "spa_auth_core"
    verbose_name = _("SPA authentication")
    default_auto_field = "django.db.models.BigAutoField"
    default = True

    def ready(self) -> None:
        from . import checks, endpoints, held  # noqa: F401, PLC0415 - they need the app registry


class AdminConfig(admin_apps.AdminConfig):
    """Django's admin, signed in to through our sign-in page.

    Write `"spa_auth.core.apps.AdminConfig"` into `INSTALLED_APPS` instead of
    `"django.contrib.admin"`.
    """

    default = False
    default_site = "spa_auth.core.admin.AdminSite"
