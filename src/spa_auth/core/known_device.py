"""Known devices: a signed cookie says that somebody has signed in as this user in this browser.

It opens nothing: it only gives a sign-in a limit of its own, see `core.limits`. It survives
sign-out, and holds a random id, a MAC over the user and their password (so that a new password ends
it) and one over each name by which they sign in. Who reads it learns none of these.
A `SECRET_KEY` that is replaced forgets the devices until their next sign-in.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import constant_time_compare

from .deployment import device_cookie
from .identifiers import canonical_email, canonical_username, subject_of
from .secrets import HiddenText, keyed_digest, new_public_id

# The longest that browsers keep a cookie (RFC 6265bis, section 5.5).
KNOWN_FOR = timedelta(days=400)
# `META` is one for all wrappers of a request; error reports hide what has AUTH in its name.
_ISSUED = "SPA_AUTH_DEVICE"
_MAC_LENGTH = 32  # hex digits, 128 bits: every request of the site carries the cookie


@dataclass(frozen=True)
class Device:
    """What a cookie claims: to be made for `owner`, which is a MAC."""

    id: str
    owner: str

    def belongs_to(self, user: AbstractBaseUser) -> bool:
        """Tell whether it was this user who signed in, with the password that they have now."""
        return constant_time_compare(self.owner, _owner(user))


def known_device(request: HttpRequest, subject: str) -> Device | None:
    """Return the device if its cookie is for who signs in as `subject`, without any SQL.

    None for a cookie that is missing, forged, older than 400 days or of other names.
    """
    sent = _sent(request)
    if sent is None:
        return None
    device, names = sent
    mac = _name(device.id, subject)
    return device if any(constant_time_compare(mac, name) for name in names) else None


def is_known(request: HttpRequest, user: AbstractBaseUser) -> bool:
    """Tell whether this user has signed in here, with the password that they have now."""
    device = _sent(request)
    return device is not None and device[0].belongs_to(user)


def remember_device(request: HttpRequest, user: AbstractBaseUser) -> None:
    """Give the browser a cookie for this user, with the answer to this request.

    Each sign-in makes another id, so that a copy of an older cookie has a limit of its own.
    """
    device = new_public_id()
    names = [_name(device, subject) for subject in _subjects(user)]
    request.META[_ISSUED] = _signer().sign(".".join([device, _owner(user), *names]))


def set_device_cookie(request: HttpRequest, response: HttpResponseBase) -> None:
    """Set the cookie that `remember_device` made, with the attributes of the session's."""
    cookie: str | None = request.META.pop(_ISSUED, None)
    # As with the session: what failed on our side leaves the browser as it was.
    if cookie is None or response.status_code >= 500:
        return
    response.set_cookie(
        device_cookie(),
        cookie,
        max_age=KNOWN_FOR,
        path=settings.SESSION_COOKIE_PATH,
        domain=settings.SESSION_COOKIE_DOMAIN,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite=settings.SESSION_COOKIE_SAMESITE,
    )


def _sent(request: HttpRequest) -> tuple[Device, list[str]] | None:
    cookie = HiddenText(request.COOKIES.get(device_cookie(), ""))
    try:
        text = _signer().unsign(cookie, max_age=KNOWN_FOR)
    except BadSignature:
        return None
    device, owner, *names = text.split(".")
    return Device(device, owner), names


def _signer() -> TimestampSigner:
    return TimestampSigner(salt="spa_auth.device")


def _owner(user: AbstractBaseUser) -> str:
    who = user._meta.pk.value_to_string(user)
    return keyed_digest("device.owner", f"{who} {user.get_session_auth_hash()}")[:_MAC_LENGTH]


def _name(device: str, subject: str) -> str:
    return keyed_digest("device.name", f"{device} {subject}")[:_MAC_LENGTH]


def _subjects(user: AbstractBaseUser) -> Iterator[str]:
    if username := getattr(user, "username", None):
        yield subject_of("username", canonical_username(username))
    if email := getattr(user, user.get_email_field_name(), None):
        yield subject_of("email", canonical_email(email))
