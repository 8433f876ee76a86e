"""The sessions room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SessionsConfig(AppConfig):
    """Where sessions live."""

    name = "spa_auth.sessions"
    label = "spa_auth_sessions"
    verbose_name = _("sessions")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import details  # noqa: F401, PLC0415 - it needs the app registry
