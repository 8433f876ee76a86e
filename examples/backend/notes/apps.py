"""The app of notes."""

from django.apps import AppConfig


class NotesConfig(AppConfig):
    """Notes of the example."""

    name = "notes"
