"""The DRF adapter as an app: installing it teaches drf-spectacular our scheme."""

from django.apps import AppConfig


class DrfConfig(AppConfig):
    """Adapter for Django REST framework."""

    name = "spa_auth.drf"
    label = "spa_auth_drf"

    def ready(self) -> None:
        from . import schema  # noqa: F401, PLC0415 - registers itself with drf-spectacular
