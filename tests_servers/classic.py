"""The example with the classic room, for the front ends of tutorials."""

from dataclasses import replace

from config.settings import *  # noqa: F403
from config.settings import INSTALLED_APPS, deployment

replace(deployment, csrf_cookie="csrftoken").configure(globals())
INSTALLED_APPS = [*INSTALLED_APPS, "spa_auth.classic"]
