"""Through the project's own middleware to the door and back, as a request of that client."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.cookie import SimpleCookie
from django.middleware.csrf import CsrfViewMiddleware
from django.test import RequestFactory
from django.utils.module_loading import import_string

from spa_auth.core.middleware import BoundaryMiddleware

# What sets our cookies. That of the sessions room is Django's, subclassed.
_NEEDED = (
    BoundaryMiddleware,
    SessionMiddleware,
    CsrfViewMiddleware,
    AuthenticationMiddleware,
)


def through(client: Any, do: Callable[[HttpRequest], object]) -> None:
    """Do something in a request with the client's cookies, and let it keep what comes back."""

    def view(request: HttpRequest) -> HttpResponse:
        do(request)
        return HttpResponse()

    handler: Any = view
    for path in reversed(settings.MIDDLEWARE):
        middleware = import_string(path)
        if isinstance(middleware, type) and issubclass(middleware, _NEEDED):
            handler = middleware(handler)
    request = _factory(client).post("/")
    _keep(client.cookies, handler(request).cookies)


def _factory(client: Any) -> RequestFactory:
    """Return what makes requests of this client. An asynchronous one also has parts of a scope."""
    defaults = {name: value for name, value in client.defaults.items() if name.isupper()}
    factory = RequestFactory(**defaults)
    factory.cookies = client.cookies
    return factory


def _keep(kept: "SimpleCookie", sent: "SimpleCookie") -> None:
    """Take the cookies of an answer as a browser does: one that is deleted goes."""
    kept.update(sent)
    for name, morsel in sent.items():
        if morsel["max-age"] == 0:
            del kept[name]
