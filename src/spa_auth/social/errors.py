"""Refusals of the social room."""

from django.utils.translation import gettext_lazy as _

from spa_auth.core.errors import ApiError


class Cancelled(ApiError):
    """The person said no at the provider, or left its page. Nothing has changed."""

    status = 400
    code = "social.cancelled"
    detail = _("You did not finish at the provider. Try again, or sign in another way.")


class StateMismatch(ApiError):
    """The `state` is missing, unknown, used or too old, or is another browser's or provider's.

    A sign-in and a sign-out end what was begun before them.
    """

    status = 400
    code = "social.state_mismatch"
    detail = _("This attempt is over, or began in another browser. Begin again.")


class Refused(ApiError):
    """What the provider answered does not hold, or the project refuses this person.

    A wrong code, nonce, issuer, audience, signature or time, a missing subject, bad PKCE. The
    server's log says which.
    """

    status = 400
    code = "social.refused"
    detail = _("This sign-in was not accepted. Begin again, or sign in another way.")


class EmailUnverified(ApiError):
    """Nobody here has this identity, and the provider gives no address that it has verified."""

    status = 400
    code = "social.email_unverified"
    detail = _(
        "The provider does not confirm your e-mail address. Sign up with your address, then "
        "connect the provider in your account."
    )


class SignUpClosed(ApiError):
    """Nobody here has this identity, and accounts are not made by whoever asks."""

    status = 403
    code = "social.sign_up_closed"
    detail = _(
        "Nobody here has this account of the provider, and new accounts cannot be made here."
    )


class AccountExists(ApiError):
    """Somebody here has the address, and nobody but they may connect the provider with it."""

    status = 409
    code = "social.account_exists"
    detail = _(
        "There is an account with your address already. Sign in to it, then connect the provider "
        "there."
    )


class AlreadyConnected(ApiError):
    """The identity is connected already: with this account, or with another one."""

    status = 409
    code = "social.already_connected"
    detail = _("This account of the provider is connected already. Choose another one there.")


class LastWay(ApiError):
    """Without this connection nobody could sign in to the account any more."""

    status = 409
    code = "social.last_way"
    detail = _(
        "This is the only way to sign in to your account. Set a password or confirm your address "
        "first."
    )


class ProviderUnavailable(ApiError):
    """The provider is down, slow, or answers something else than its protocol."""

    status = 503
    code = "social.provider_unavailable"
    detail = _("The provider cannot be reached. Try again in a minute, or sign in another way.")

    def __init__(self) -> None:
        super().__init__(headers={"Retry-After": "60"})
