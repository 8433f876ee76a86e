"""The email room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EmailConfig(AppConfig):
    """Whose address is proved, and what mail to it opens."""

    name = "spa_auth.email"
    label = "spa_auth_email"
    verbose_name = _("e-mail addresses")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from spa_auth.core import addresses, fresh, login  # noqa: PLC0415 - need the registry

        from . import endpoints, flow  # noqa: F401, PLC0415 - as well

        addresses.keep_proofs_by(flow.keep_proof, flow.is_proven)
        login.make_demands(flow.demands)
        fresh.offer_ways(flow.ways_of)
