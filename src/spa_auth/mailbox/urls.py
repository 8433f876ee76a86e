"""Where the mailbox is: `path("mailbox/", include("spa_auth.mailbox.urls"))`."""

from django.urls import path

from . import views

app_name = "spa_auth_mailbox"
urlpatterns = [
    path("", views.mailbox, name="mailbox"),
    path("<str:name>/", views.letter, name="letter"),
    path("<str:name>/html/", views.html, name="html"),
]
