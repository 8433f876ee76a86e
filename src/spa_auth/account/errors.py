"""Refusals of the account room."""

from django.utils.translation import gettext_lazy as _

from spa_auth.core.errors import ApiError


class SignUpClosed(ApiError):
    """Accounts are not made by whoever asks."""

    status = 403
    code = "account.sign_up_closed"
    detail = _("New accounts cannot be made here.")
