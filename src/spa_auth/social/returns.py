"""Where people come back to: addresses of ours alone, which the provider and the state name.

A state is a random key and a MAC over it, the provider and the page's origin. So the callback finds
the front end from which somebody left without a cookie, and leads nowhere else.
"""

from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from spa_auth.core.deployment import current
from spa_auth.core.middleware import mounted_at
from spa_auth.core.secrets import HiddenText, keyed_digest, new_key

from .providers import Provider
from .settings import social

_MAC_LENGTH = 32  # hex digits, 128 bits


def origin_of(request: HttpRequest) -> str:
    """Return the front end that asks, the first one where no other of ours does."""
    origins = current().origins
    asking = request.headers.get("Origin", "")
    return asking if asking in origins else origins[0]


def new_state(provider: Provider, origin: str) -> HiddenText:
    """Return the state of one visit to a provider, from which people come back to `origin`."""
    key = new_key()
    return HiddenText(f"{key}.{_mac(key, provider, origin)}")


def page_for(provider: Provider, state: str) -> str:
    """Return the page of the front end from which somebody with this state left.

    With a state that is none of ours it is the first one's, which tells them so.
    """
    key, _, mac = state.rpartition(".")
    origins = current().origins
    left = (each for each in origins if constant_time_compare(mac, _mac(key, provider, each)))
    return page_of(provider, next(left, origins[0]))


def page_of(provider: Provider, origin: str) -> str:
    """Return the page of a front end to which people come back from a provider."""
    path: str = social.social_page
    return f"{origin}{path.replace('{provider}', provider.id)}"


def redirect_uri(provider: Provider, origin: str) -> str:
    """Return where the provider sends people, which has to be registered there."""
    if provider.backend.POSTS_FORM or social.social_return == "callback":
        return f"{current().own_origin}{mounted_at()}social/{provider.id}/callback/"
    return page_of(provider, origin)


def _mac(key: str, provider: Provider, origin: str) -> str:
    return keyed_digest("social.state", f"{key} {provider.id} {origin}")[:_MAC_LENGTH]
