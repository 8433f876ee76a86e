"""The social room."""

from importlib.util import find_spec

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SocialConfig(AppConfig):
    """Sign in with a provider; connect accounts there with one's own."""

    name = "spa_auth.social"
    label = "spa_auth_social"
    verbose_name = _("sign-in with providers")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import checks  # noqa: F401, PLC0415 - needs the app registry

        # Without the extra nothing is answered, and a check says what is missing.
        if find_spec("social_core") is None:
            return
        from spa_auth.core import addresses, endpoint, fresh, upkeep  # noqa: PLC0415 - as well

        from . import callback, endpoints, flow, linking  # noqa: F401, PLC0415 - as well

        endpoint.add_page("social/<provider>/callback", callback.lead_back)
        addresses.evict_by(linking.evict)
        fresh.offer_ways(linking.ways_of)
        upkeep.add_chore(flow.forget_expired)
