"""Where password managers look for the page that changes a password.

Include it at the root: `path(".well-known/", include("spa_auth.password.well_known"))`.
https://www.w3.org/TR/change-password-url/
"""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, re_path
from django.views.decorators.http import require_safe

from spa_auth.core.deployment import current

from .settings import password


@login_not_required
@require_safe
def change_password(request: HttpRequest) -> HttpResponse:
    """Lead to the front end's page, signed in or not: it asks for a sign-in itself."""
    return HttpResponseRedirect(f"{current().origins[0]}{password.change_password_page}")


@login_not_required
def nothing(request: HttpRequest) -> HttpResponse:
    """Answer 404: where any other name is found too, managers do not believe the one above."""
    raise Http404


urlpatterns = [path("change-password", change_password), re_path("", nothing)]
