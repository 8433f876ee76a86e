"""One row per API token. It holds no token: a copy of the table opens nothing."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from spa_auth.core.models import DigestField


class ApiToken(models.Model):
    """A token, found by the digest of what its owner has seen once."""

    digest = DigestField(max_length=64, unique=True)
    public_id = models.CharField(_("public id"), max_length=32)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("user"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    name = models.CharField(_("name"), max_length=100)
    abilities = models.JSONField(_("abilities"))
    # Its last four characters, for people who have several: a part of the checksum, which tells
    # nothing of the rest.
    hint = models.CharField(_("ends in"), max_length=4)
    created_at = models.DateTimeField(_("created"))
    # Empty for one that does not expire.
    expires_at = models.DateTimeField(_("expires"), null=True, db_index=True)
    last_used_at = models.DateTimeField(_("last used"), null=True)

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")

    def __str__(self) -> str:
        return self.public_id
