"""The classic room."""

from django.apps import AppConfig, apps
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

# Whose flows these endpoints are another way to.
_STANDS_ON = ("spa_auth.password", "spa_auth.account")


class ClassicConfig(AppConfig):
    """The paths that the front ends of tutorials call, as far as they are not ours anyway."""

    name = "spa_auth.classic"
    label = "spa_auth_classic"
    verbose_name = _("front ends of tutorials")

    def ready(self) -> None:
        if missing := [name for name in _STANDS_ON if not apps.is_installed(name)]:
            raise ImproperlyConfigured(f"{self.name} stands on {missing}: install them too.")
        from . import endpoints  # noqa: F401, PLC0415 - needs the app registry
