"""Links and codes that are mailed: for one purpose, one account, one address, minutes, and once.

A link's token travels in the fragment of an address of the front end, which posts it. Servers,
proxies and `Referer` headers never see a fragment (RFC 9110, section 4.2.5), and a mail scanner
that opens the link changes nothing.
To use one takes two calls: `prove_link` or `prove_code` checks it and leaves it as it is;
`consume` spends it, in the transaction of what it is for.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from .errors import ApiError, CodeInvalid, LinkExpired, LinkForeign, LinkInvalid, LinkUsed
from .identifiers import canonical_email
from .locking import lock_user
from .models import Secret
from .secrets import HiddenText, digest, keyed_digest, new_code, new_key

# Of a million codes; more only with a new one (NIST SP 800-63B, section 3.2.2).
TRIES = 5
# For so long after its end a link is told apart from one that never was.
_REMEMBERED = datetime.timedelta(days=1)


def address_and_password(user: AbstractBaseUser) -> str:
    """Return what a link ends with, where a new password or a new address makes it stale."""
    return f"{user.password} {getattr(user, user.get_email_field_name(), '')}"


def address_password_and_sign_in(user: AbstractBaseUser) -> str:
    """Return what a link ends with that a sign-in makes needless too: one that resets a password.

    The same as in Django's `PasswordResetTokenGenerator`.
    """
    return f"{address_and_password(user)} {user.last_login}"


@dataclass(frozen=True, kw_only=True)
class Purpose:
    """What links are for. `name` is unique among all rooms: "email.verify".

    `bound_to` returns what they end with, when it changes.
    """

    name: str
    lifetime: datetime.timedelta
    bound_to: Callable[[AbstractBaseUser], str] = address_and_password


@dataclass(frozen=True, kw_only=True)
class Issued:
    """A link's token and the code of the same mail. They are nowhere else: send and forget them."""

    token: HiddenText
    code: HiddenText


@dataclass(frozen=True, kw_only=True)
class Proven:
    """A link or code that is right, and not spent yet. `address` is where it was sent."""

    user: AbstractBaseUser
    address: str
    purpose: Purpose
    secret: Secret
    # What to answer if another request is faster.
    taken: type[ApiError]


def issue(purpose: Purpose, user: AbstractBaseUser, *, address: str) -> Issued:
    """Make a link and a code for this user at this address, and end the earlier ones.

    Raises ValueError where the user is gone.
    """
    issued = Issued(token=new_key(), code=new_code())
    link = digest(issued.token)
    now = timezone.now()
    with transaction.atomic():
        # Held, so that of two that are made at once one ends the other.
        current = lock_user(user)
        if current is None:
            raise ValueError("the user is gone")
        earlier = Secret.objects.filter(user_id=user.pk, purpose=purpose.name, expires_at__gt=now)
        earlier.update(expires_at=now)
        Secret.objects.create(
            purpose=purpose.name,
            user_id=user.pk,
            address=canonical_email(address),
            link_digest=link,
            code_digest=_code_digest(link, issued.code),
            bound_to=digest(purpose.bound_to(current)),
            expires_at=now + purpose.lifetime,
        )
    return issued


def prove_link(purpose: Purpose, token: str, *, owner: AbstractBaseUser | None = None) -> Proven:
    """Return what a token stands for; `owner` is who is signed in, if it must be theirs.

    Raises LinkInvalid, LinkForeign, LinkUsed and LinkExpired. Whoever has 256 random bits has the
    mail, and may know which.
    """
    found = Secret.objects.select_related("user").filter(
        purpose=purpose.name, link_digest=digest(token)
    )
    secret = found.first()
    if secret is None:
        raise LinkInvalid
    if owner is not None and secret.user_id != owner.pk:
        raise LinkForeign
    if secret.used_at is not None:
        raise LinkUsed
    if secret.expires_at <= timezone.now() or not _is_as_it_was(purpose, secret, secret.user):
        raise LinkExpired
    return _proven(purpose, secret, taken=LinkUsed)


def prove_code(purpose: Purpose, code: str, *, owner: AbstractBaseUser | str) -> Proven:
    """Return what a code stands for; count the try. `owner` is whose it must be.

    Where nobody is signed in that is the address it was sent to, and the account behind it is not
    looked up: it takes the same statements for nobody's. Not to be called inside a transaction,
    which would forget the try when it is rolled back: RuntimeError.
    Raises CodeInvalid.
    """
    whose = Q(address=canonical_email(owner)) if isinstance(owner, str) else Q(user_id=owner.pk)
    with transaction.atomic(durable=True):
        live = Secret.objects.filter(
            whose,
            purpose=purpose.name,
            used_at=None,
            expires_at__gt=timezone.now(),
        )
        # Counted before it is compared, in one statement: parallel guesses get no more.
        counted = live.filter(tries__lt=TRIES).update(tries=F("tries") + 1)
        secret = live.select_related("user").first()
    if secret is None or not counted or not _matches(secret, code):
        raise CodeInvalid
    if not _is_as_it_was(purpose, secret, secret.user):
        raise CodeInvalid
    return _proven(purpose, secret, taken=CodeInvalid)


def consume(proven: Proven) -> AbstractBaseUser:
    """Spend a link or code, and return its user as they are now, held until the transaction ends.

    Call it first in the transaction of what it is for: what fails gives it back.
    Raises LinkUsed or LinkExpired for a link, CodeInvalid for a code: whoever is faster has it.
    """
    now = timezone.now()
    mine = Secret.objects.filter(pk=proven.secret.pk, used_at=None, expires_at__gt=now)
    with transaction.atomic():
        if not mine.update(used_at=now):
            raise proven.taken
        user = lock_user(proven.user)
        if user is None or not _is_as_it_was(proven.purpose, proven.secret, user):
            raise LinkExpired if proven.taken is LinkUsed else CodeInvalid
    return user


def clear_expired() -> int:
    """Delete what ended more than a day ago; return how many."""
    return Secret.objects.filter(expires_at__lt=timezone.now() - _REMEMBERED).delete()[0]


def _matches(secret: Secret, code: str) -> bool:
    return constant_time_compare(secret.code_digest, _code_digest(secret.link_digest, code))


def _code_digest(link: str, code: str) -> str:
    """Return what is kept of a code: keyed, and of this one mail."""
    return keyed_digest("code", HiddenText(f"{link} {code}"))


def _is_as_it_was(purpose: Purpose, secret: Secret, user: AbstractBaseUser) -> bool:
    return constant_time_compare(secret.bound_to, digest(purpose.bound_to(user)))


def _proven(purpose: Purpose, secret: Secret, *, taken: type[ApiError]) -> Proven:
    return Proven(
        user=secret.user, address=secret.address, purpose=purpose, secret=secret, taken=taken
    )
