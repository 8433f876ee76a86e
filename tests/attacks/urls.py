"""The test project's views, and those of the attacks."""

from django.urls import path

from tests.attacks import views
from tests.urls import urlpatterns as project

urlpatterns = [
    path("slow/<before>/<change>/", views.slow),
    path("change/<change>/", views.change),
    path("change-password/", views.change_password),
    *project,
]
