"""The tools for tests as an app: installing it adds the command `spa_auth_storage_state`."""

from django.apps import AppConfig


class TestingConfig(AppConfig):
    """For development and tests only."""

    name = "spa_auth.testing"
    label = "spa_auth_testing"
