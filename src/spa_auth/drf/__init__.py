"""Django REST framework: the same people and tokens, the same boundary, the same errors."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .authentication import SessionAuthentication
    from .errors import exception_handler
    from .permissions import HasAbility, HasFreshProof, IsAuthenticated
    from .throttling import Throttle

__all__ = [
    "HasAbility",
    "HasFreshProof",
    "IsAuthenticated",
    "SessionAuthentication",
    "Throttle",
    "exception_handler",
]
_MODULES = {
    "SessionAuthentication": "authentication",
    "exception_handler": "errors",
    "Throttle": "throttling",
}


def __getattr__(name: str) -> Any:
    """Import a name when it is asked for: this package is an app, and models come after apps."""
    if name not in __all__:
        raise AttributeError(name)
    module = import_module(f"{__name__}.{_MODULES.get(name, 'permissions')}")
    return getattr(module, name)
