"""The boundary without its guard."""

from collections.abc import Awaitable
from typing import cast

from django.http import HttpRequest, HttpResponseBase

from spa_auth.core.access import Access
from spa_auth.core.middleware import BoundaryMiddleware, finish


class OpenBoundaryMiddleware(BoundaryMiddleware):
    """Everything but `guard_cookies`."""

    def __call__(self, request: HttpRequest) -> HttpResponseBase | Awaitable[HttpResponseBase]:
        request.spa_auth = Access(request)  # type: ignore[attr-defined]
        if self._asynchronous:
            return self._acall(request)
        return finish(request, cast("HttpResponseBase", self.get_response(request)))

    async def _acall(self, request: HttpRequest) -> HttpResponseBase:
        response = await cast("Awaitable[HttpResponseBase]", self.get_response(request))
        return finish(request, response)
