"""For the project's own views: signed in or 401, from our origins, with the token."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from asgiref.sync import iscoroutinefunction, sync_to_async
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from . import boundary
from .errors import ApiError, NotAuthenticated

View = Callable[..., Any]


def session_required(view: View) -> View:
    """Let a plain view answer signed-in people only; refuse others as problem+json.

    401 without a live session; 403 for an unsafe request from elsewhere or without its CSRF token.
    Works on synchronous and asynchronous views.
    """
    if iscoroutinefunction(view):

        @login_not_required  # we ask, and answer 401 instead of a redirect
        @csrf_exempt  # the boundary checks instead, as for our own endpoints
        @wraps(view)
        async def asynchronous(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            refusal = await sync_to_async(_refusal)(request)
            return refusal or await view(request, *args, **kwargs)

        return asynchronous

    @login_not_required
    @csrf_exempt
    @wraps(view)
    def synchronous(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return _refusal(request) or view(request, *args, **kwargs)

    return synchronous


def _refusal(request: HttpRequest) -> HttpResponseBase | None:
    try:
        boundary.enforce(request)
        if not request.user.is_authenticated:
            raise NotAuthenticated
    except ApiError as error:
        return error.response()
    return None
