"""Refusals of the tokens room."""

from django.utils.translation import gettext_lazy as _

from spa_auth.core.errors import ApiError


class TokenInvalid(ApiError):
    """The API token is not right.

    The same for one that is malformed, unknown, expired or revoked, and for one whose owner may not
    sign in: who only found it learns nothing.
    """

    status = 401
    code = "tokens.invalid"
    detail = _("This API token is not valid.")

    def __init__(self) -> None:
        super().__init__(headers={"WWW-Authenticate": 'Bearer error="invalid_token"'})


class TooManyTokens(ApiError):
    """The account has as many API tokens as it may; revoke one first."""

    status = 409
    code = "tokens.too_many"
    detail = _("You have too many API tokens. Revoke one first.")
