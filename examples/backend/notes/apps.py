"""The app of notes."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotesConfig(AppConfig):
    """Notes of the example."""

    name = "notes"
    verbose_name = _("Notes")
