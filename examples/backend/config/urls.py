"""Every address of the example. `NOTES_VIEWS` chooses who answers for notes: `drf` or `plain`."""

import os

from django.conf import settings
from django.contrib import admin
from django.urls import include, path, re_path
from drf_spectacular.views import SpectacularAPIView

from notes import plain, views
from spa_auth.core.deployment import DjangoServed, current
from spa_auth.core.served import index

if os.environ.get("NOTES_VIEWS", "drf") == "plain":
    notes = [
        path("api/hello/", plain.hello),
        path("api/notes/", plain.notes),
        path("api/notes/<int:pk>/", plain.note),
    ]
else:
    notes = [
        path("api/hello/", views.hello),
        path("api/notes/", views.NoteList.as_view()),
        path("api/notes/<int:pk>/", views.NoteDetail.as_view()),
    ]

urlpatterns = [
    path("api/", include("spa_auth.urls")),
    *notes,
    path("api/stats/", views.stats),
    path("api/schema/", SpectacularAPIView.as_view(permission_classes=[])),
    path("admin/", admin.site.urls),
    # Password managers look here for the page that changes a password.
    path(".well-known/", include("spa_auth.password.well_known")),
]
if settings.DEBUG:
    urlpatterns.append(path("mailbox/", include("spa_auth.mailbox.urls")))
if isinstance(current(), DjangoServed):
    # Everything else belongs to the front end's router.
    urlpatterns.append(re_path(r"^(?!api/|admin/|static/|assets/|mailbox/)(?P<path>.*)$", index))
