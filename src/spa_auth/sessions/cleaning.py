"""Deleting expired sessions without keeping anybody from signing in."""

from django.db import router
from django.utils import timezone

from spa_auth.core.chunks import delete_until

from .models import Session


def clear_expired() -> None:
    """Delete expired sessions in chunks."""
    stored = Session.objects.using(router.db_for_write(Session))
    delete_until(stored, "idle_expires_at", timezone.now())
