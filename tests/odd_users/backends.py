"""Backends that find users, or judge them, in their own way."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.backends import BaseBackend, ModelBackend


class Picky(ModelBackend):
    """Does not find everybody."""

    def get_user(self, user_id: Any) -> Any:
        user = super().get_user(user_id)
        return None if user is not None and user.name.startswith("b") else user


class Strict(ModelBackend):
    """Does not let everybody in."""

    def user_can_authenticate(self, user: Any) -> bool:
        return not user.name.startswith("b") and super().user_can_authenticate(user)


class Foreign(BaseBackend):
    """No ModelBackend at all; it does not ask whether somebody is active."""

    def get_user(self, user_id: Any) -> Any:
        return get_user_model()._base_manager.filter(pk=user_id).first()
