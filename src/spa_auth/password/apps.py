"""The password room."""

from django.apps import AppConfig
from django.db.models.signals import pre_save
from django.utils.translation import gettext_lazy as _


class PasswordConfig(AppConfig):
    """Sign in with a user name or e-mail address and a password; change and reset it."""

    name = "spa_auth.password"
    label = "spa_auth_password"
    verbose_name = _("password")

    def ready(self) -> None:
        from spa_auth.core import fresh  # noqa: PLC0415 - needs the app registry

        from . import endpoints, flow, renewal  # noqa: F401, PLC0415 - as well

        fresh.offer_ways(flow.ways_of)
        pre_save.connect(renewal.before_save, dispatch_uid="spa_auth.password")
