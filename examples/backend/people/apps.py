"""The app of people."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Users of the example."""

    name = "people"
