"""How often a DRF view answers: counted exactly, across processes, by the core's limiter."""

from typing import TYPE_CHECKING

from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from spa_auth.core import guard
from spa_auth.core.limits import Limit

if TYPE_CHECKING:
    from rest_framework.views import APIView


class Throttle(BaseThrottle):
    """So many requests per address and per user: `[Throttle("notes", Limit(address="60/1m"))]`.

    Views that share a name share its counters. Callers whom the permissions refuse are not counted.
    """

    def __init__(self, name: str, limit: Limit) -> None:
        self.name = name
        self.limit = guard.for_views(limit)

    def __call__(self) -> "Throttle":
        """Return itself, where DRF makes an instance of a class."""
        return self

    def allow_request(self, request: Request, view: "APIView") -> bool:
        """Count one request. Raises RateLimited, with the seconds to wait."""
        guard.reserve(request._request, self.name, self.limit)
        return True
