"""Every door beside ours, open."""

from functools import partial

from django.contrib import admin
from django.urls import include, path, re_path
from django.views.decorators.cache import cache_page
from rest_framework.authtoken.views import obtain_auth_token
from rest_framework.throttling import AnonRateThrottle
from rest_framework.views import APIView

from spa_auth.core.served import index


class Throttled(APIView):
    throttle_classes = (AnonRateThrottle,)


urlpatterns = [
    path("api/", include("spa_auth.urls")),
    path("token/", obtain_auth_token),
    path("accounts/", include("django.contrib.auth.urls")),
    path("admin/", admin.site.urls),
    path("throttled/", Throttled.as_view()),
    re_path(r"^(?P<path>.*)$", cache_page(60)(partial(index))),
]
