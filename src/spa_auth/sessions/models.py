"""One row per session. It holds no key: a copy of the table opens nothing."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from spa_auth.core.models import DigestField


class Session(models.Model):
    """A session, found by the digest of the key that only the cookie has."""

    key_digest = DigestField(max_length=64, primary_key=True)
    public_id = models.CharField(_("public id"), max_length=32)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("user"),
        null=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    created_at = models.DateTimeField(_("created"))
    last_seen_at = models.DateTimeField(_("last seen"))
    authenticated_at = models.DateTimeField(_("authenticated"), null=True)
    # Never later than the absolute end, so one comparison decides whether a session is live.
    idle_expires_at = models.DateTimeField(_("expires if idle"), db_index=True)
    expires_at = models.DateTimeField(_("expires"))
    address = models.GenericIPAddressField(_("address"), null=True)
    user_agent = models.CharField(_("user agent"), max_length=512)
    data = models.TextField(_("data"))

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        # Not by the field, which would add PostgreSQL's index for patterns.
        indexes = (models.Index(fields=["public_id"], name="spa_auth_session_public_id"),)

    def __str__(self) -> str:
        return self.public_id
