"""The example with the cookie guard taken out, to show that the attacks on it are real."""

from config.settings import *  # noqa: F403
from config.settings import MIDDLEWARE

MIDDLEWARE = [
    "tests_servers.open_boundary.OpenBoundaryMiddleware" if "BoundaryMiddleware" in name else name
    for name in MIDDLEWARE
]
