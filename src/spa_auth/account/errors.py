"""Refusals of the account room."""

from django.utils.translation import gettext_lazy as _

from spa_auth.core.errors import ApiError


class SignUpClosed(ApiError):
    """Accounts are not made by whoever asks."""

    status = 403
    code = "account.sign_up_closed"
    detail = _("New accounts cannot be made here.")


class DeleteRefused(ApiError):
    """The account cannot be deleted now: something that stays needs it. Nothing has changed.

    That is what the project protects, such as invoices, and the last superuser.
    """

    status = 409
    code = "account.delete_refused"
    detail = _("This account cannot be deleted now. Ask whoever runs this site.")
