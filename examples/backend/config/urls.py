"""Every address of the example."""

from django.contrib import admin
from django.urls import include, path, re_path
from drf_spectacular.views import SpectacularAPIView

from notes.views import NoteDetail, NoteList, hello, stats
from spa_auth.core.deployment import DjangoServed, current
from spa_auth.core.served import index

urlpatterns = [
    path("api/", include("spa_auth.urls")),
    path("api/hello/", hello),
    path("api/stats/", stats),
    path("api/notes/", NoteList.as_view()),
    path("api/notes/<int:pk>/", NoteDetail.as_view()),
    path("api/schema/", SpectacularAPIView.as_view(permission_classes=[])),
    path("admin/", admin.site.urls),
]
if isinstance(current(), DjangoServed):
    # Everything else belongs to the front end's router.
    urlpatterns.append(re_path(r"^(?!api/|admin/|static/|assets/)(?P<path>.*)$", index))
