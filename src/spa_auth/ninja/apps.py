"""The Ninja adapter as an app."""

from django.apps import AppConfig


class NinjaConfig(AppConfig):
    """Adapter for Django Ninja."""

    name = "spa_auth.ninja"
    label = "spa_auth_ninja"
