"""The built single-page app's page, served by Django."""

from functools import lru_cache
from pathlib import Path

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from .deployment import DjangoServed, current
from .headers import PAGE_HEADERS


@login_not_required  # the sign-in page is in it
@require_safe
def index(request: HttpRequest, path: str = "") -> HttpResponse:
    """Serve the app's page for every address that the front end's router knows.

    Never cached, so that a new build is seen at once, and the Back button shows no old data.
    """
    deployment = current()
    if not isinstance(deployment, DjangoServed):
        raise ImproperlyConfigured("Only DjangoServed has a front end that Django could serve.")
    try:
        page = _page(deployment.build / "index.html")
    except FileNotFoundError:
        return HttpResponse("The front end is not built yet.", "text/plain", 503)
    return HttpResponse(page, headers=PAGE_HEADERS)


@lru_cache(maxsize=1)
def _page(path: Path) -> bytes:
    return path.read_bytes()
