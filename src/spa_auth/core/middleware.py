"""What must happen around every request: the cookie guard, and one error format under our paths."""

from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager, nullcontext
from typing import cast

from asgiref.sync import iscoroutinefunction, markcoroutinefunction, sync_to_async
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import NoReverseMatch, get_resolver, get_script_prefix, get_urlconf, reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from . import carriers, events
from .access import Access
from .address import client_address
from .caller import serving
from .carriers import AMBIGUOUS_ATTRIBUTE
from .cookies import ambiguous_names
from .deployment import chosen, cookie_names
from .errors import PROBLEM_JSON, ApiError, CookieAmbiguous, for_status
from .known_device import set_device_cookie
from .language import name_language, project_chooses, spoken
from .partitioned import partition

GetResponse = Callable[[HttpRequest], HttpResponseBase | Awaitable[HttpResponseBase]]
# Set where the language of the answer is ours to choose.
_SPOKEN = "_spa_auth_spoken"
# On a URL configuration's resolver: where we are mounted.
_MOUNTED = "_spa_auth_mounted"


class BoundaryMiddleware:
    """Stand before the session middleware, on every request of the site."""

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        # Django reads `MIDDLEWARE` now too.
        self._project_chooses = project_chooses()
        self._asynchronous = iscoroutinefunction(get_response)
        if self._asynchronous:
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> HttpResponseBase | Awaitable[HttpResponseBase]:
        request.spa_auth = Access(request)  # type: ignore[attr-defined]
        if self._asynchronous:
            return self._acall(request)
        with serving(request), self._in_its_language(request):
            if event := guard_cookies(request):
                events.emit(event)
            return finish(request, cast("HttpResponseBase", self.get_response(request)))

    async def _acall(self, request: HttpRequest) -> HttpResponseBase:
        with serving(request), self._in_its_language(request):
            if event := guard_cookies(request):
                await sync_to_async(events.emit)(event)
            response = await cast("Awaitable[HttpResponseBase]", self.get_response(request))
            return finish(request, response)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer with the refusal that a view of the project's lets pass, such as a token's."""
        return exception.response() if isinstance(exception, ApiError) else None

    def _in_its_language(self, request: HttpRequest) -> AbstractContextManager[None]:
        """Speak the language of a request below our prefix, unless the project chooses one."""
        if self._project_chooses or not is_below_prefix(request):
            return nullcontext()
        setattr(request, _SPOKEN, True)
        return spoken(request)


def guard_cookies(request: HttpRequest) -> events.RequestRefused | None:
    """Forget our cookies where the header names one of them twice or in disguise (CWE-1275).

    The request goes on without a session; our own endpoints refuse it. See `core.cookies`.
    Returns what is to be reported, None for an honest request.
    """
    header = request.META.get("HTTP_COOKIE", "")
    # WSGI and ASGI both hand bytes over as Latin-1 text (PEP 3333); only tests pass more.
    raw = header.encode("latin-1", "replace")
    ours = cookie_names()
    names = ambiguous_names(raw, ours)
    if not names:
        return None
    setattr(request, AMBIGUOUS_ATTRIBUTE, sorted(names))
    request.COOKIES = {name: value for name, value in request.COOKIES.items() if name not in ours}
    return events.RequestRefused(
        code=CookieAmbiguous.code, path=request.path, address=client_address(request)
    )


def finish(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Give every answer what the deployment and the contract ask for."""
    response = one_error_format(request, response)
    if getattr(request, _SPOKEN, False):
        name_language(response)
    _vary_by_token(request, response)
    if carriers.is_by_header(request):
        response.cookies.clear()
    else:
        set_device_cookie(request, response)
    deployment = chosen()
    if deployment is not None:
        response.setdefault("Cross-Origin-Resource-Policy", deployment.resource_policy)
        if deployment.partitioned:
            partition(response, cookie_names())
    return response


def _vary_by_token(request: HttpRequest, response: HttpResponseBase) -> None:
    """Keep caches from giving the answer to one token to another, or to nobody's request."""
    access: Access = request.spa_auth  # type: ignore[attr-defined]
    if access.was_asked and carriers.reads_tokens():
        patch_vary_headers(response, ("Authorization",))
    if carriers.brings_token(request) or carriers.is_by_header(request):
        response.setdefault("Cache-Control", "private")


def one_error_format(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Replace an error that no view has answered below our prefix by a problem document.

    The project's own views stay as they are, also below our prefix.
    """
    if response.status_code < 400 or getattr(request, "resolver_match", None) is not None:
        return response
    if response.get("Content-Type") == PROBLEM_JSON:
        return response
    if not is_below_prefix(request):
        return response
    problem = for_status(response.status_code).response()
    patch_vary_headers(problem, ("Cookie", "Origin"))
    if "Content-Language" in response:
        # A middleware of the project has chosen it, and left it active.
        name_language(problem)
    return problem


def is_below_prefix(request: HttpRequest) -> bool:
    """Tell whether a path is below that of our endpoints, whatever answers there."""
    prefix = mounted_at()
    return prefix is not None and request.path.startswith(prefix)


def mounted_at() -> str | None:
    """Return the path below which the project serves our endpoints, None where it does not."""
    # Every request of the site asks. A path can depend on the language, by `i18n_patterns`.
    found: dict[tuple[str, str | None], str | None]
    found = vars(get_resolver(get_urlconf())).setdefault(_MOUNTED, {})
    key = (get_script_prefix(), translation.get_language())
    if key not in found:
        found[key] = _mounted_at()
    return found[key]


def _mounted_at() -> str | None:
    try:
        return reverse("spa_auth:csrf").removesuffix("/").removesuffix("csrf")
    except NoReverseMatch:
        return None
