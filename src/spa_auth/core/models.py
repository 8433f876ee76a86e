"""The counters behind the limits, and the field for keys that are digests."""

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext_lazy as _


class DigestField(models.CharField):  # type: ignore[type-arg]
    """Text that is only ever looked up whole.

    On PostgreSQL Django gives a key of text a second index, for patterns. Every write would pay for
    it, and every unprepared read, which plans with it. Django knows the type by its short name.
    """

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        """Return the long name of `varchar`, the same type (SQL-92, section 6.1)."""
        return f"character varying({self.max_length})"


class Counter(models.Model):
    """One limit's state for one subject. The key is an HMAC: a copy of the table names nobody."""

    key = DigestField(max_length=64, primary_key=True)
    # Microseconds since 1970: the time at which the subject is back to no use at all.
    free_at = models.BigIntegerField(db_index=True)
    step = models.BigIntegerField()
    span = models.BigIntegerField()
    allowed = models.BooleanField()

    class Meta:
        verbose_name = _("rate limit counter")
        verbose_name_plural = _("rate limit counters")

    def __str__(self) -> str:
        return str(self.key)
