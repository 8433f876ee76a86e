"""For the project's own views, plain or asynchronous: who may pass, and how often.

What a guarded view refuses is a problem document, also what it raises itself: an `ApiError`,
`Http404`, `PermissionDenied`, and a method that it does not have. Classes take the decorators by
Django's `method_decorator(..., name="dispatch")`. One with asynchronous methods is wrapped where it
is mounted, `session_required(Count.as_view())`: its `dispatch` is no coroutine function.
"""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from asgiref.sync import iscoroutinefunction, sync_to_async
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest
from django.views.decorators.csrf import csrf_exempt

from . import guard
from .limits import Limit
from .refusals import REFUSALS, as_problem, refuse

View = Callable[..., Any]
Check = Callable[[HttpRequest], object]


def session_required(view: View) -> View:
    """Let a view answer signed-in people only.

    401 without a live session, and for an API token; 403 for an unsafe request from elsewhere or
    without its CSRF token.
    """
    return _guarded(view, guard.require_session)


def fresh_required(view: View) -> View:
    """Let a view answer people only who have just proved who they are.

    As `session_required`, and 403 `reauthentication_required` with the ways to prove it again.
    """
    return _guarded(view, guard.require_fresh_session)


def ability_required(ability: str, *, change: str | None = None) -> Callable[[View], View]:
    """Let a view answer signed-in people, and API tokens that have the ability.

    `change` is the ability for unsafe methods, where it is another. As `session_required`, and 403
    `ability_missing` for a token without it.
    """
    check = partial(guard.require_ability, ability=ability, change=change)
    return partial(_guarded, check=check)


def limited(name: str, limit: Limit) -> Callable[[View], View]:
    """Let a view answer so often only; 429 `rate_limited` with `Retry-After` beyond.

    Views that share a name share its counters. Below the decorator that says who may pass, so that
    refused callers are not counted. Raises ValueError for a limit that needs a body.
    """
    return partial(_checked, check=partial(guard.reserve, name=name, limit=guard.for_views(limit)))


def _guarded(view: View, check: Check) -> View:
    # We ask, and answer 401 instead of a redirect; the boundary checks instead of Django's
    # middleware, as for our own endpoints.
    return csrf_exempt(login_not_required(_checked(view, check)))


def _checked(view: View, check: Check) -> View:
    if iscoroutinefunction(view):

        @wraps(view)
        async def asynchronous(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            try:
                await sync_to_async(check)(request)
                return as_problem(await view(request, *args, **kwargs))
            except REFUSALS as error:
                return refuse(error)

        return asynchronous

    @wraps(view)
    def synchronous(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            check(request)
            return as_problem(view(request, *args, **kwargs))
        except REFUSALS as error:
            return refuse(error)

    return synchronous
