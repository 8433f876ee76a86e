"""Refusals of the password room."""

from django.utils.translation import gettext_lazy as _

from spa_auth.core.errors import ApiError


class PasswordNotSet(ApiError):
    """The account has no password that could be changed. Set one."""

    status = 400
    code = "password.not_set"
    detail = _("Your account has no password yet.")


class PasswordAlreadySet(ApiError):
    """The account has a password. Change it."""

    status = 400
    code = "password.already_set"
    detail = _("Your account has a password already.")
