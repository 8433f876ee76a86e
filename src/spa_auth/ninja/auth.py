"""Who may use an operation: what Ninja takes for `auth=`, on an API, a router or an operation."""

from collections.abc import Callable
from functools import partial

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.http import HttpRequest

from spa_auth.core import guard
from spa_auth.core.access import access_of


class Auth:
    """One question of the core's guard; `request.auth` is then who asks.

    In a list it comes last: it refuses, where Ninja would ask the next one.
    """

    def __init__(self, require: Callable[[HttpRequest], None], *, abilities: list[str]) -> None:
        self._require = require
        self.abilities = abilities

    def __call__(self, request: HttpRequest) -> AbstractBaseUser | AnonymousUser:
        """Return the caller. Raises what the guard raises, which `Api` answers."""
        self._require(request)
        return access_of(request).user


# Signed-in people: 401 for others and for API tokens, 403 for a change without its CSRF token.
session_auth = Auth(guard.require_session, abilities=[])

# Signed-in people who have just proved who they are: 403 with the ways to prove it again.
fresh_auth = Auth(guard.require_fresh_session, abilities=[])


def ability(name: str) -> Auth:
    """Let signed-in people pass, and API tokens that have the ability."""
    return Auth(partial(guard.require_ability, ability=name), abilities=[name])
