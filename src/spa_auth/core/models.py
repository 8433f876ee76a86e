"""The tables of core: counters, mailed secrets, the outbox; the field for digests."""

from django.conf import settings
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


class Secret(models.Model):
    """A link, and perhaps a code, that was sent to somebody. Neither is kept, see `core.links`."""

    purpose = models.CharField(_("purpose"), max_length=64)
    # Empty where the address is nobody's yet.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("user"),
        null=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    address = models.CharField(_("e-mail address"), max_length=254)
    link_digest = DigestField(max_length=64, unique=True)
    # Empty where the mail has no code. Keyed: of six digits a plain hash hides nothing.
    code_digest = DigestField(max_length=64)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    # What the user was when it was sent: it ends with that.
    bound_to = DigestField(max_length=64)
    # When what it is about happened; the mail may have waited.
    asked_at = models.DateTimeField(_("asked for"))
    expires_at = models.DateTimeField(_("expires"), db_index=True)
    used_at = models.DateTimeField(_("used"), null=True)

    class Meta:
        verbose_name = _("mailed secret")
        verbose_name_plural = _("mailed secrets")
        indexes = (
            models.Index(fields=["user", "purpose"], name="spa_auth_secret_user"),
            models.Index(fields=["address", "purpose"], name="spa_auth_secret_address"),
        )

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"


class Mail(models.Model):
    """A mail that waits, see `core.outbox`. It holds no secret, and is deleted when it is sent."""

    message = models.CharField(_("message"), max_length=64)
    # Empty where nobody has the address: the row alone must not tell.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("user"),
        null=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    address = models.CharField(_("e-mail address"), max_length=254)
    language = models.CharField(_("language"), max_length=35)
    created_at = models.DateTimeField(_("created"))
    # Empty where it was given up.
    due_at = models.DateTimeField(_("due"), null=True, db_index=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    error = models.CharField(_("last error"), max_length=64)

    class Meta:
        verbose_name = _("mail that waits")
        verbose_name_plural = _("mails that wait")

    def __str__(self) -> str:
        return f"{self.message} {self.pk}"
