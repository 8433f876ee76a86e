"""The app of people."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    """Users of the example."""

    name = "people"
    verbose_name = _("People")
