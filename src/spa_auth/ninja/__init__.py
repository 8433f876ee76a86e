"""Django Ninja: the same people and tokens, the same boundary, the same errors."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .api import Api
    from .auth import ability, fresh_auth, session_auth

__all__ = ["Api", "ability", "fresh_auth", "session_auth"]


def __getattr__(name: str) -> Any:
    """Import a name when it is asked for: this package is an app, and models come after apps."""
    if name not in __all__:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{'api' if name == 'Api' else 'auth'}"), name)
