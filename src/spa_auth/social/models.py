"""Who has which account at a provider, and who is on the way there."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from spa_auth.core.models import DigestField
from spa_auth.core.secrets import digest, new_public_id


class Identity(models.Model):
    """That an account at a provider is a user's: (issuer, subject), whatever else it is called.

    `key` is a digest of both. They are compared letter by letter (OpenID Connect Core, section 2),
    which the collations of some databases do not do.
    """

    public_id = DigestField(max_length=32, unique=True, default=new_public_id)
    key = DigestField(max_length=64, unique=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("user"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    provider = models.CharField(_("provider"), max_length=64)
    issuer = models.CharField(_("issuer"), max_length=255)
    subject = models.CharField(_("subject"), max_length=255)
    # The address or user name there, to be told apart by: it may change, and nobody is found by it.
    address = models.CharField(_("name there"), max_length=254, blank=True)
    # Encrypted, see `tokens`; empty unless the project asks for them.
    tokens = models.TextField(blank=True)
    created_at = models.DateTimeField(_("connected"))
    last_used_at = models.DateTimeField(_("last used"))

    class Meta:
        verbose_name = _("connected account")
        verbose_name_plural = _("connected accounts")

    def __str__(self) -> str:
        return f"{self.provider} {self.public_id}"

    @staticmethod
    def key_of(issuer: str, subject: str) -> str:
        """Return what an identity is found by. No two pairs have the same text."""
        return digest(f"{len(issuer)} {issuer} {subject}")


class Flow(models.Model):
    """Somebody is at a provider, in one browser, and comes back once; see `flow`.

    A copy of the row gives nothing: what comes back is compared with digests.
    """

    state_digest = DigestField(max_length=64, primary_key=True)
    browser_digest = DigestField(max_length=64)
    provider = models.CharField(max_length=64)
    redirect_uri = models.CharField(max_length=500)
    # Who connects an account there with theirs; empty for a sign-in.
    user: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+"
    )
    remember = models.BooleanField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("visit to a provider")
        verbose_name_plural = _("visits to providers")

    def __str__(self) -> str:
        return str(self.provider)
