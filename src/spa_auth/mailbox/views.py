"""The pages of the mailbox. They answer under DEBUG alone."""

from collections.abc import Callable
from functools import wraps
from secrets import token_urlsafe
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from .letters import MOST, Letter, letter_called, letters

View = Callable[..., HttpResponse]
# A mail runs nothing and loads nothing; its links open in the whole window.
_IN_A_FRAME = (
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; "
    "sandbox allow-top-navigation-by-user-activation"
)
_PAGE = (
    "default-src 'none'; style-src 'nonce-{nonce}'; frame-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)


def _in_development(view: View) -> View:
    @login_not_required
    @require_safe
    @wraps(view)
    def only_under_debug(request: HttpRequest, **parts: str) -> HttpResponse:
        if not settings.DEBUG:
            raise Http404
        response = view(request, **parts)
        response["Cache-Control"] = "no-store"
        response["Referrer-Policy"] = "no-referrer"
        return response

    return only_under_debug


@_in_development
def mailbox(request: HttpRequest) -> HttpResponse:
    """List the mails, the newest first."""
    return _page(request, "list.html", {"letters": letters(), "most": MOST})


@_in_development
def letter(request: HttpRequest, name: str) -> HttpResponse:
    """Show one mail as a mail reader does, and its text."""
    return _page(request, "letter.html", {"letter": _found(name)})


@_in_development
@xframe_options_exempt  # the policy says which frame
def html(request: HttpRequest, name: str) -> HttpResponse:
    """Serve the HTML of one mail, for the frame on its page."""
    text = _found(name).html.replace("<head>", '<head><base target="_top">', 1)
    return HttpResponse(text, headers={"Content-Security-Policy": _IN_A_FRAME})


def _found(name: str) -> Letter:
    found = letter_called(name)
    if found is None:
        raise Http404
    return found


def _page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    nonce = token_urlsafe()
    response = render(request, f"spa_auth/mailbox/{template}", {**context, "nonce": nonce})
    response["Content-Security-Policy"] = _PAGE.format(nonce=nonce)
    return response
