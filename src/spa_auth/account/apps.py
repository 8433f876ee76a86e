"""The account room."""

from django.apps import AppConfig
from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _


class AccountConfig(AppConfig):
    """Who is signed in, what they may change about themselves, and how an account ends."""

    name = "spa_auth.account"
    label = "spa_auth_account"
    verbose_name = _("account")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from spa_auth.core import upkeep  # noqa: PLC0415 - as well

        from . import checks, departure, endpoints  # noqa: F401, PLC0415 - need the app registry

        post_save.connect(departure.keep_if_reactivated, dispatch_uid="spa_auth.account")
        upkeep.add_chore(departure.delete_due)
