"""Where these tools may be: they sign anybody in without a password."""

import os

from django.conf import settings
from django.core import mail
from django.core.exceptions import ImproperlyConfigured

VARIABLE = "SPA_AUTH_TESTING"


def refuse_production() -> None:
    """Raise ImproperlyConfigured unless tests run, or `DEBUG` is on."""
    if _tests_run() or settings.DEBUG:
        return
    raise ImproperlyConfigured(
        "spa_auth.testing signs people in without a password, so it is only there where pytest "
        "runs, where Django's test runner has set up its environment, with DEBUG = True, or with "
        f"the environment variable {VARIABLE}=1. None of these is so. Take spa_auth.testing out of "
        f"INSTALLED_APPS here, or set {VARIABLE}=1 for a test that must run with DEBUG = False."
    )


def _tests_run() -> bool:
    """Tell without the settings, which pytest reads its plugins before.

    Test runners set `DEBUG` to False, as production does. Django's makes a box for mail, pytest
    names its version, to the processes of its tests alone.
    """
    return (
        "PYTEST_VERSION" in os.environ or hasattr(mail, "outbox") or os.environ.get(VARIABLE) == "1"
    )
