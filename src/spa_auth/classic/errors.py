"""Refusals of the classic room."""

from django.utils.translation import gettext_lazy as _

from spa_auth.core.errors import ApiError


class NoCredentials(ApiError):
    """There is no name and password in the `Authorization` header, as RFC 7617 writes them."""

    status = 400
    code = "classic.no_credentials"
    detail = _("Type your user name and your password.")


class StepMissing(ApiError):
    """The password is right, and something else must follow, which this way cannot ask for.

    The session is pending: who knows `login/` goes on there.
    """

    status = 403
    code = "classic.step_missing"
    detail = _("To sign in you need one more step, which this page does not know.")
