"""The counters behind the limits."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Counter(models.Model):
    """One limit's state for one subject. The key is an HMAC: a copy of the table names nobody."""

    key = models.CharField(max_length=64, primary_key=True)
    # Microseconds since 1970: the time at which the subject is back to no use at all.
    free_at = models.BigIntegerField(db_index=True)
    step = models.BigIntegerField()
    span = models.BigIntegerField()
    allowed = models.BooleanField()

    class Meta:
        verbose_name = _("rate limit counter")
        verbose_name_plural = _("rate limit counters")

    def __str__(self) -> str:
        return self.key
