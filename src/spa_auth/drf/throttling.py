"""How often a DRF view answers: counted exactly, across processes, by the core's limiter."""

from typing import TYPE_CHECKING, ClassVar

from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from spa_auth.core import guard
from spa_auth.core.limits import Limit

if TYPE_CHECKING:
    from rest_framework.views import APIView


def Throttle(name: str, limit: Limit) -> type["CountedThrottle"]:  # noqa: N802 - reads as a class
    """Allow so many requests per address and per user: `[Throttle("notes", Limit(...))]`.

    Views that share a name share its counters. Callers whom the permissions refuse are not counted.
    Raises ValueError for a limit that needs a body.
    """
    return type("Throttle", (CountedThrottle,), {"name": name, "limit": guard.for_views(limit)})


class CountedThrottle(BaseThrottle):
    """What `Throttle` makes classes of."""

    name: ClassVar[str]
    limit: ClassVar[Limit]

    def allow_request(self, request: Request, view: "APIView") -> bool:
        """Count one request. Raises RateLimited, with the seconds to wait."""
        guard.reserve(request._request, self.name, self.limit)
        return True
