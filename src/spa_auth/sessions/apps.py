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
        from spa_auth.core import credentials, login  # noqa: PLC0415 - need the registry

        from . import checks, details, endpoints, flow, mail  # noqa: F401, PLC0415 - as well

        post_save.connect(flow.end_if_deactivated, dispatch_uid="spa_auth.sessions")
        credentials.end_sessions_by(flow.end_others)
        login.tell_of_new_devices(mail.tell_of_new_device)
