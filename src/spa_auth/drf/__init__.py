"""Django REST framework: the same people and tokens, the same boundary, the same errors."""

from .authentication import SessionAuthentication
from .permissions import HasAbility, HasFreshProof, IsAuthenticated
from .throttling import Throttle

# Last: it imports DRF's views, and those look up the others by what the settings say.
from .errors import exception_handler  # isort: skip

__all__ = [
    "HasAbility",
    "HasFreshProof",
    "IsAuthenticated",
    "SessionAuthentication",
    "Throttle",
    "exception_handler",
]
