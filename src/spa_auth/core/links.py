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

    `bound_to` returns what they end with, when it changes. A new one ends the earlier ones, unless
    `replaces` is False.
    """

    name: str
    lifetime: datetime.timedelta
    bound_to: Callable[[AbstractBaseUser], str] = address_and_password
    replaces: bool = True


@dataclass(frozen=True, kw_only=True)
class Issued:
    """A link's token and the code of the same mail. They are nowhere else: send and forget them."""

    token: HiddenText
    code: HiddenText


@dataclass(frozen=True, kw_only=True)
class Proven:
    """A link or code that is right, and not spent yet. `address` is where it was sent."""

    address: str
    purpose: Purpose
    secret: Secret
    # What to answer if another request is faster, and if it no longer counts.
    taken: type[ApiError]
    over: type[ApiError]

    @property
    def user(self) -> AbstractBaseUser:
        """Return whose it is. Raises LinkInvalid where it was sent to nobody's address."""
        user: AbstractBaseUser | None = self.secret.user
        if user is None:
            raise LinkInvalid
        return user


def issue(
    purpose: Purpose,
    user: AbstractBaseUser | None,
    *,
    address: str,
    at: datetime.datetime | None = None,
) -> Issued:
    """Make a link and a code for this user at this address, and end the earlier ones.

    `user` is None for an address that is nobody's yet. `at` is when what it is about happened, if
    that was before. Raises ValueError where the user is gone.
    """
    issued = Issued(token=new_key(), code=new_code())
    link = digest(issued.token)
    sent_to = canonical_email(address)
    now = timezone.now()
    with transaction.atomic():
        # Held, so that of two that are made at once one ends the other.
        current = lock_user(user) if user else None
        if user and current is None:
            raise ValueError("the user is gone")
        if purpose.replaces:
            whose = Q(user_id=user.pk) if user else Q(user=None, address=sent_to)
            earlier = Secret.objects.filter(whose, purpose=purpose.name, expires_at__gt=now)
            earlier.update(expires_at=now)
        Secret.objects.create(
            purpose=purpose.name,
            user_id=user.pk if user else None,
            address=sent_to,
            link_digest=link,
            code_digest=_code_digest(link, issued.code),
            bound_to=_binding(purpose, current),
            asked_at=at or now,
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
    return _proven(purpose, secret, taken=LinkUsed, over=LinkExpired)


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
    return _proven(purpose, secret, taken=CodeInvalid, over=CodeInvalid)


def prove(
    purpose: Purpose, *, token: str | None, code: str | None, owner: AbstractBaseUser | str
) -> Proven:
    """Return what a link or else a code stands for. A token alone says whose it is.

    Raises what `prove_link` and `prove_code` raise.
    """
    if token is None:
        return prove_code(purpose, code or "", owner=owner)
    return prove_link(purpose, token, owner=None if isinstance(owner, str) else owner)


def spend(proven: Proven) -> None:
    """Spend a link or code, whoever it is for.

    Call it first in the transaction of what it is for: what fails gives it back.
    Raises LinkUsed for a link, CodeInvalid for a code: whoever is faster has it.
    """
    now = timezone.now()
    mine = Secret.objects.filter(pk=proven.secret.pk, used_at=None, expires_at__gt=now)
    if not mine.update(used_at=now):
        raise proven.taken


def consume(proven: Proven) -> AbstractBaseUser:
    """Spend a user's link or code; return them as they are now, held until the transaction ends.

    Raises what `spend` raises, and LinkExpired or CodeInvalid where what it was for has changed.
    """
    with transaction.atomic():
        spend(proven)
        user = lock_user(proven.user)
        if user is None or not _is_as_it_was(proven.purpose, proven.secret, user):
            raise proven.over
    return user


def end_all(user: AbstractBaseUser, *, by: Proven | None = None) -> None:
    """End every link and code that a user was sent, whatever it is for.

    Where one of them does it, those of its purpose that are about something earlier stay.
    """
    now = timezone.now()
    live = Secret.objects.filter(user_id=user.pk, expires_at__gt=now)
    if by is not None:
        live = live.exclude(purpose=by.purpose.name, asked_at__lt=by.secret.asked_at)
    live.update(expires_at=now)


def clear_expired() -> int:
    """Delete what ended more than a day ago; return how many."""
    return Secret.objects.filter(expires_at__lt=timezone.now() - _REMEMBERED).delete()[0]


def _matches(secret: Secret, code: str) -> bool:
    return constant_time_compare(secret.code_digest, _code_digest(secret.link_digest, code))


def _code_digest(link: str, code: str) -> str:
    """Return what is kept of a code: keyed, and of this one mail."""
    return keyed_digest("code", HiddenText(f"{link} {code}"))


def _is_as_it_was(purpose: Purpose, secret: Secret, user: AbstractBaseUser | None) -> bool:
    return constant_time_compare(secret.bound_to, _binding(purpose, user))


def _binding(purpose: Purpose, user: AbstractBaseUser | None) -> str:
    return digest(purpose.bound_to(user) if user else purpose.name)


def _proven(
    purpose: Purpose, secret: Secret, *, taken: type[ApiError], over: type[ApiError]
) -> Proven:
    return Proven(address=secret.address, purpose=purpose, secret=secret, taken=taken, over=over)
