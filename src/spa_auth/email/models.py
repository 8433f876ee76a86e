"""Which addresses are proved."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ProvenAddress(models.Model):
    """That a user reads the mail of an address: of one at a time, and nobody else of the same.

    Where the user's own address has changed since, it says nothing about the new one.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("user"),
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    # Canonical, see `core.identifiers`.
    address = models.CharField(_("e-mail address"), max_length=254, unique=True)
    proven_at = models.DateTimeField(_("proved"))

    class Meta:
        verbose_name = _("proved address")
        verbose_name_plural = _("proved addresses")

    def __str__(self) -> str:
        return str(self.address)
