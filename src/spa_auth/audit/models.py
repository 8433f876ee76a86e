"""One row per event. It names everything by value, so that it outlives what it names."""

from typing import Any, NoReturn

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from . import words


class Entry(models.Model):
    """What happened to an account. It holds no secret, and is never changed."""

    at = models.DateTimeField(_("time"), db_index=True)
    kind = models.CharField(_("kind"), max_length=64)
    outcome = models.CharField(_("outcome"), max_length=16)
    # Empty where no account was found.
    user_id = models.CharField(_("user id"), max_length=255, blank=True)
    # Who did it, where that is somebody else.
    actor_id = models.CharField(_("actor id"), max_length=255, blank=True)
    # The public id of the session that it was done in.
    session = models.CharField(_("session"), max_length=32, blank=True)
    address = models.GenericIPAddressField(_("address"), null=True)
    user_agent = models.CharField(_("user agent"), max_length=512, blank=True)
    details = models.JSONField(_("details"), encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        indexes = (models.Index(fields=["user_id", "id"], name="spa_auth_audit_user"),)

    def __str__(self) -> str:
        return words.in_words(self.kind, self.outcome)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row. Raises TypeError for one that is there already."""
        if not self._state.adding:
            raise TypeError("An audit entry is not changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Raise TypeError: entries go by their age alone, see `flow.forget`."""
        raise TypeError("An audit entry is not deleted by itself.")
