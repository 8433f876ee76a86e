"""The plugin of `spa_auth.testing.pytest`, as a project names it in its `conftest.py`."""

from spa_auth.testing.pytest import (  # noqa: F401 - fixtures of those that name them
    spa_auth_client,
    spa_auth_clock,
    spa_auth_limits_off,
    spa_auth_mails,
    spa_auth_signed_in,
)
