"""The project of the other tests with the classic room, which changes the contract."""

from spa_auth.core.deployment import DjangoServed
from tests.settings import *  # noqa: F403
from tests.settings import ALLOWED_HOSTS as HOSTS
from tests.settings import BUILD, INSTALLED_APPS

DjangoServed(["http://localhost:8000"], build=BUILD, csrf_cookie="csrftoken").configure(globals())
ALLOWED_HOSTS = HOSTS
# Before the rooms that it stands on, which is where it could go wrong.
INSTALLED_APPS = ["spa_auth.classic", *INSTALLED_APPS]
