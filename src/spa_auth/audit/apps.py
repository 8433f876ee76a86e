"""The audit room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from spa_auth.core import events


class AuditConfig(AppConfig):
    """What happened, to whom, from where."""

    name = "spa_auth.audit"
    label = "spa_auth_audit"
    verbose_name = _("audit")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import checks, endpoints, flow  # noqa: F401, PLC0415 - they need the app registry

        events.recorded.connect(flow.record, dispatch_uid="spa_auth.audit")
