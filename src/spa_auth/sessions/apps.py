"""The sessions room."""

from django.apps import AppConfig
from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _


class SessionsConfig(AppConfig):
    """Where sessions live."""

    name = "spa_auth.sessions"
    label = "spa_auth_sessions"
    verbose_name = _("sessions")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import checks, details, endpoints, flow  # noqa: F401, PLC0415 - they need the registry

        post_save.connect(flow.end_if_deactivated, dispatch_uid="spa_auth.sessions")
