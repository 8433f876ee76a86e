"""Django Ninja: the same people and tokens, the same boundary, the same errors."""

from .api import Api
from .auth import ability, fresh_auth, session_auth

__all__ = ["Api", "ability", "fresh_auth", "session_auth"]
