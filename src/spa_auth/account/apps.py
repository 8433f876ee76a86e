"""The account room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountConfig(AppConfig):
    """Who is signed in, and what they may change about themselves."""

    name = "spa_auth.account"
    label = "spa_auth_account"
    verbose_name = _("account")

    def ready(self) -> None:
        from . import checks, endpoints  # noqa: F401, PLC0415 - they need the app registry
