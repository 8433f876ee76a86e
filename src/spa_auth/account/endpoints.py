"""What the account room answers."""

from django.http import HttpRequest
from pydantic.alias_generators import to_camel

from spa_auth.core import login
from spa_auth.core.body import Answer
from spa_auth.core.config import add_section
from spa_auth.core.endpoint import endpoint
from spa_auth.core.errors import InvalidBody
from spa_auth.core.project_types import add_type
from spa_auth.core.state import BaseUser, user_answer, user_model

from . import flow
from .profile import (
    BaseProfile,
    BaseProfileChange,
    profile_change_model,
    profile_model,
    profile_of,
)
from .settings import account


@endpoint("GET", "whoami", returns=user_model, needs_session=True)
def whoami(request: HttpRequest) -> BaseUser:
    """Get the signed-in user."""
    return user_answer(login.get_user(request))


@endpoint("GET", "profile", returns=profile_model, needs_session=True)
def profile(request: HttpRequest) -> BaseProfile:
    """Get the part of the user that may be changed."""
    return profile_of(login.get_user(request))


@endpoint(
    "PATCH",
    "profile",
    body=profile_change_model,
    returns=profile_model,
    errors=[InvalidBody],
    needs_session=True,
)
def profile_change(request: HttpRequest, body: BaseProfileChange) -> BaseProfile:
    """Change one's own profile."""
    user = login.get_user(request)
    flow.change_profile(user, {name: getattr(body, name) for name in body.model_fields_set})
    return profile_of(user)


class ProfileConfig(Answer):
    """What a profile form may show."""

    fields: list[str]


add_section(
    "profile",
    ProfileConfig,
    lambda: ProfileConfig(fields=[to_camel(name) for name in account.profile_fields]),
)

add_type("profile", profile_model)
add_type("profileChange", profile_change_model)
