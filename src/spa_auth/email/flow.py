"""Proving an address, changing it, and signing in by mail."""

from collections.abc import Sequence

from django.contrib.auth import BACKEND_SESSION_KEY
from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, router, transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from spa_auth.core import addresses, events, fresh, login
from spa_auth.core.address import client_address
from spa_auth.core.body import field_error
from spa_auth.core.credentials import end_other_sessions
from spa_auth.core.errors import InvalidBody, LinkExpired
from spa_auth.core.identifiers import canonical_email
from spa_auth.core.known_device import is_known
from spa_auth.core.limits import reservation_of
from spa_auth.core.links import Proven, consume
from spa_auth.core.locking import user_transaction
from spa_auth.core.login import Proof
from spa_auth.core.messages import Message
from spa_auth.core.people import email_of, find_all_by_email
from spa_auth.core.recipients import RecipientRefused, recipient
from spa_auth.core.settings import core

from . import mail
from .models import ProvenAddress

# On a user who has been read: the address that is known to be proved.
_PROVEN = "_spa_auth_proven"


def is_proven(user: AbstractBaseUser) -> bool:
    """Tell whether the address that is stored for a user is the one that they have proved."""
    address = canonical_email(email_of(user))
    if not address:
        return False
    # A sign-in asks twice.
    if user.__dict__.get(_PROVEN) != address:
        if not ProvenAddress.objects.filter(user_id=user.pk, address=address).exists():
            return False
        user.__dict__[_PROVEN] = address
    return True


def proofs_of(user: AbstractBaseUser) -> Sequence[ProvenAddress]:
    """Return what is kept of a user's proofs."""
    return list(ProvenAddress.objects.filter(user_id=user.pk))


def keep_proof(user: AbstractBaseUser, address: str) -> None:
    """Keep that a user reads the mail of an address. Raises LinkExpired where it is another's."""
    # Whose address was changed since, by staff perhaps, must not keep it from who has it now.
    for other in ProvenAddress.objects.filter(address=address).exclude(user_id=user.pk):
        if not is_proven(other.user):
            other.delete()
    try:
        # A savepoint: on PostgreSQL a failure would end the caller's transaction.
        with transaction.atomic(using=router.db_for_write(ProvenAddress)):
            ProvenAddress.objects.update_or_create(
                user_id=user.pk, defaults={"address": address, "proven_at": timezone.now()}
            )
    except IntegrityError:
        raise LinkExpired from None


def ways_of(user: AbstractBaseUser) -> Sequence[str]:
    """Name the way to prove again who one is, for whose address is proved."""
    return [login.BY_MAIL] if is_proven(user) else []


def demands(user: AbstractBaseUser) -> Sequence[str]:
    """Name the step of who has to prove an address before being signed in."""
    unmet = core.verify_email and _has_mail(user) and not is_proven(user)
    return [login.BY_MAIL] if unmet else []


def ask_for_proof(request: HttpRequest) -> None:
    """Send the mail by which somebody proves the address that is stored for them, if it is not.

    Raises NotAuthenticated.
    """
    user = login.somebody(request)
    with user_transaction():
        if not is_proven(user):
            mail.send_to(user, mail.VERIFY_ASKED)
            _note_request(request, mail.VERIFY_ASKED)


def verify(request: HttpRequest, proven: Proven) -> None:
    """Keep that the address is proved, and go on with the sign-in that waits for it.

    Raises what `links.consume` and `login.advance` raise.
    """
    with user_transaction():
        user = consume(proven)
        addresses.prove(user, proven.address)
        events.emit(events.EmailVerified(user_id=user.pk))
        if request.user.is_authenticated:
            addresses.note_proof(request, user)
            request.session.save()
            reservation_of(request).refund()
        else:
            login.go_on(request, login.BY_MAIL)


def ask_for_change(user: AbstractBaseUser, address: str) -> None:
    """Send a mail to the new address of who is signed in. Raises InvalidBody for their own."""
    if address == canonical_email(email_of(user)):
        same = field_error("unchanged", _("This is your address already."))
        raise InvalidBody(fields={"email": [same]})
    with user_transaction():
        mail.send_to_newcomer(user, address)
        events.emit(events.EmailChangeAsked(user_id=user.pk))


def change(request: HttpRequest, proven: Proven) -> None:
    """Give who is signed in the address that has proved itself; every other session ends.

    The old one gets a mail that can undo it. Raises what `links.consume` raises, and LinkExpired
    or CodeInvalid where somebody else has the address by now.
    """
    with user_transaction():
        user = consume(proven)
        old = email_of(user)
        _store(user, proven)
        if old:
            mail.send_undo(user, old)
        addresses.note_proof(request, user)
        end_other_sessions(request, user, known=is_known(request, user))
        events.emit(events.EmailChanged(user_id=user.pk, by="person"))
        reservation_of(request).refund()


def undo(request: HttpRequest, proven: Proven) -> None:
    """Bring back an address that was replaced, and end every other way into the account.

    Who replaced it may know the password: it opens no more. Raises as `change` does.
    """
    with user_transaction():
        user = consume(proven)
        _store(user, proven)
        if request.user.is_authenticated and request.user.pk == user.pk:
            login.leave(request)
        addresses.evict(user, by=proven)
        events.emit(events.EmailChanged(user_id=user.pk, by="undo"))


def ask_for_sign_in(request: HttpRequest, address: str) -> None:
    """Send a link to who has this address; nobody looks here whether anybody has."""
    with user_transaction():
        mail.send_sign_in(address)
        _note_request(request, mail.SIGN_IN_ASKED)


def sign_in(request: HttpRequest, proven: Proven, *, remember: bool) -> None:
    """Sign in whose mail was read; a second factor is asked for as at any sign-in."""
    with user_transaction():
        user = consume(proven)
        addresses.claim(user, proven.address)
        proof = Proof(user=user, method=login.BY_MAIL, backend=login.default_backend())
        login.advance(request, proof, remember=remember)


def ask_for_confirmation(request: HttpRequest) -> None:
    """Send a code by which who is signed in can confirm it, if their address is proved."""
    user = login.get_user(request)
    with user_transaction():
        if is_proven(user):
            mail.send_to(user, mail.CONFIRM_ASKED)
            _note_request(request, mail.CONFIRM_ASKED)


def confirm(request: HttpRequest, proven: Proven) -> None:
    """Take a code as a fresh proof. Raises what `links.consume` and `fresh.renew` raise."""
    with user_transaction():
        user = consume(proven)
        backend = request.session[BACKEND_SESSION_KEY]
        fresh.renew(request, Proof(user=user, method=login.BY_MAIL, backend=backend))


def _note_request(request: HttpRequest, message: Message) -> None:
    events.emit(events.MailRequested(message=message.name, address=client_address(request)))


def _has_mail(user: AbstractBaseUser) -> bool:
    """Tell whether mail can go to a user: nobody can prove "root@localhost"."""
    try:
        return bool(recipient(email_of(user)))
    except RecipientRefused:
        return False


def _store(user: AbstractBaseUser, proven: Proven) -> None:
    """Give a user an address that nobody else has."""
    if any(other.pk != user.pk for other in find_all_by_email(proven.address)):
        raise proven.over
    field = user.get_email_field_name()
    setattr(user, field, proven.address)
    try:
        with transaction.atomic(using=router.db_for_write(type(user))):
            user.save(update_fields=[field])
    except IntegrityError:
        raise proven.over from None
    addresses.prove(user, proven.address)
