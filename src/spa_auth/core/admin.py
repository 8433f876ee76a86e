"""The admin without a sign-in form of its own: limits, factors and demands hold there too."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache

from .deployment import current
from .settings import core


class AdminSite(admin.AdminSite):
    """An admin site that sends people to the front end's sign-in page, and back."""

    @method_decorator(never_cache)
    @login_not_required
    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Redirect: to where a member of staff wanted to go, everybody else to the sign-in page.

        Raises PermissionDenied for a signed-in person who may not enter: sending them to the
        sign-in page would only send them back.
        """
        wanted = self._wanted(request)
        if self.has_permission(request):
            return HttpResponseRedirect(wanted)
        if request.user.is_authenticated:
            raise PermissionDenied
        page = f"{current().origins[0]}{core.sign_in_page}"
        return HttpResponseRedirect(f"{page}?{urlencode({'next': wanted})}")

    def _wanted(self, request: HttpRequest) -> str:
        index = reverse("admin:index", current_app=self.name)
        wanted = request.GET.get(REDIRECT_FIELD_NAME, index)
        # Only paths of this site: no host is ever taken from the request.
        if not wanted.startswith("/") or not url_has_allowed_host_and_scheme(wanted, None):
            return index
        return wanted
