"""The tokens of providers, where the project asks for them: encrypted under `SECRET_KEY`.

from spa_auth.social.tokens import tokens_of

tokens_of(request.user, "github")  # {"access_token": ...}, or None
"""

import base64
import json
from collections.abc import Mapping
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.utils.crypto import salted_hmac

from spa_auth.core.secrets import HiddenText

from .models import Identity


def tokens_of(user: AbstractBaseUser, provider: str) -> Mapping[str, Any] | None:
    """Return the tokens of the user's account at a provider, the last used one of several.

    As the provider gave them: `access_token`, and what else there is. None where none are kept, or
    `SECRET_KEY` has changed and the old one is not in `SECRET_KEY_FALLBACKS`.
    """
    found = Identity.objects.filter(user_id=user.pk, provider=provider).exclude(tokens="")
    identity = found.order_by("-last_used_at").first()
    return None if identity is None else decrypted(identity)


def encrypted(identity: Identity, tokens: Mapping[str, Any]) -> str:
    """Return what is stored of tokens: bound to their row, so that none can be put into another."""
    text = HiddenText(json.dumps([identity.key, tokens]))
    return _cipher().encrypt(text.encode()).decode()


def decrypted(identity: Identity) -> Mapping[str, Any] | None:
    """Return the tokens of a row, None where they cannot be read."""
    try:
        key, tokens = json.loads(_cipher().decrypt(identity.tokens.encode()))
    except InvalidToken:
        return None
    return tokens if key == identity.key else None


def _cipher() -> MultiFernet:
    """Encrypt by the present key, decrypt by former ones too."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key(secret)) for secret in secrets])


def _key(secret: str | bytes) -> bytes:
    mac = salted_hmac("spa_auth.social.tokens", "1", secret=secret, algorithm="sha256")
    return base64.urlsafe_b64encode(mac.digest())
