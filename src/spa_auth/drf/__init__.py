"""Django REST framework: the same session, the same boundary, the same errors."""

from .authentication import SessionAuthentication
from .permissions import IsAuthenticated

# Last: it imports DRF's views, and those look up the two above by what the settings say.
from .errors import exception_handler  # isort: skip

__all__ = ["IsAuthenticated", "SessionAuthentication", "exception_handler"]
