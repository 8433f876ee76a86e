"""The tokens room."""

from django.apps import AppConfig
from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _


class TokensConfig(AppConfig):
    """API tokens, and sessions by header, for clients that are no browsers."""

    name = "spa_auth.tokens"
    label = "spa_auth_tokens"
    verbose_name = _("API tokens")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from spa_auth.core import addresses, carriers, upkeep  # noqa: PLC0415 - need the registry

        from . import checks, endpoints, flow  # noqa: F401, PLC0415 - as well
        from .errors import TokenInvalid  # noqa: PLC0415 - as well

        post_save.connect(flow.end_with_user, dispatch_uid="spa_auth.tokens")
        addresses.evict_by(flow.revoke_all)
        upkeep.add_chore(flow.forget_expired)
        carriers.read_scheme(
            "Bearer", flow.prove_token, knows=flow.looks_like_ours, refusals=[TokenInvalid]
        )
        carriers.take_keys_by_header()
