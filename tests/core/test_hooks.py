from django.apps import apps
from django.contrib.auth.models import User

from spa_auth.core import fresh, upkeep


def test_rooms_that_get_ready_again_add_nothing(alice: User) -> None:
    """As they do where a project's test overrides `INSTALLED_APPS`."""
    before = list(fresh.ways_of(alice)), list(upkeep._chores)
    for app in apps.get_app_configs():
        if app.name.startswith("spa_auth."):
            app.ready()
    assert (list(fresh.ways_of(alice)), list(upkeep._chores)) == before
