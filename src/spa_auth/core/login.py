"""The one door: every sign-in of every kind ends here, before an authenticated session exists."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.contrib.auth.signals import user_logged_out
from django.contrib.sessions.backends.base import UpdateError
from django.db import router, transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from . import events
from .address import client_address
from .addresses import note_proof
from .caller import session_id
from .csrf import renew_token
from .errors import InvalidCredentials, NotAuthenticated
from .hooks import add_once
from .known_device import is_known, remember_device
from .limits import reservation_of
from .locking import lock_user
from .pending import PENDING_FOR, PendingSignIn, key_of, pending_in, pending_user
from .state import PROOFS_KEY

# The method of a proof that came by mail, as link or code.
BY_MAIL = "email"

# What rooms answer about a user: names of steps, as they appear in SessionState's `next`.
Steps = Callable[[AbstractBaseUser], Sequence[str]]
_factors: list[Steps] = []
_demands: list[Steps] = []
_tellers: list[Callable[[AbstractBaseUser], None]] = []


@dataclass(frozen=True, kw_only=True)
class Proof:
    """That somebody is `user`: by which method, checked by which authentication backend."""

    user: AbstractBaseUser
    method: str
    backend: str


@dataclass(frozen=True)
class Pending:
    """Something else must be proved, or met, first."""

    next: Sequence[str]


@dataclass(frozen=True)
class Authenticated:
    """The session is the user's, and saved."""

    user: AbstractBaseUser


Outcome = Pending | Authenticated


def offer_factors(factors: Steps) -> None:
    """Let a room name the second factors that a user has enrolled; any one of them will do."""
    add_once(_factors, factors)


def make_demands(demands: Steps) -> None:
    """Let a room name what a user must do before being signed in, all of it."""
    add_once(_demands, demands)


def tell_of_new_devices(tell: Callable[[AbstractBaseUser], None]) -> None:
    """Let a room tell people of a sign-in on a device that is not known, in its transaction."""
    add_once(_tellers, tell)


def asks_for_more() -> bool:
    """Tell whether an installed room may ask for more than one proof, or make a demand."""
    return bool(_factors or _demands)


def advance(request: HttpRequest, proof: Proof, *, remember: bool = True) -> Outcome:
    """Take a proof, decide, and only then make the session: pending or authenticated.

    The session is saved here, in one transaction with what must happen for a sign-in to be right;
    a failure leaves everything as it was. `remember=False` ends the session with the browser, and
    does not make it a known device.
    """
    earlier = pending_in(request)
    proofs = [entry_of(proof)]
    until = timezone.now() + PENDING_FOR
    # A step that was asked for goes on with what is pending; any other proof starts anew.
    if earlier is not None and earlier.user == proof.user and proof.method in earlier.next:
        proofs = [*earlier.proofs, *proofs]
        remember, until = earlier.remember, earlier.until
    steps = _missing(proof.user, proofs)
    # Asked first: a sign-in notes its own time.
    new_device = _is_new_device(request, proof.user)
    users = router.db_for_write(type(proof.user))
    try:
        with transaction.atomic(), transaction.atomic(using=users, savepoint=False):
            confirm(proof)
            _clear(request, proof.user)
            if steps:
                waiting = PendingSignIn(proof.user, proof.backend, remember, proofs, steps, until)
                waiting.keep(request)
            else:
                _enter(request, proof, proofs, remember=remember)
                # Whoever proved it by mail has just read what we would write to.
                for tell in _tellers if new_device and proof.method != BY_MAIL else ():
                    tell(proof.user)
            request.session.save()
            # Only now has the session the public id that a record of it names.
            events.emit(_reached(request, proof, proofs, steps, new_device=new_device))
            reservation_of(request).refund()
    except UpdateError:
        # What was pending has been given up, or taken, while this step was checked.
        raise NotAuthenticated from None
    except InvalidCredentials:
        address = client_address(request)
        events.emit(
            events.SignInRefused(user_id=proof.user.pk, method=proof.method, address=address)
        )
        raise
    if steps:
        return Pending(steps)
    # "Do not remember me" is said on a machine of somebody else: nothing of the person stays there.
    if remember:
        remember_device(request, proof.user)
    return Authenticated(proof.user)


def somebody(request: HttpRequest) -> AbstractBaseUser:
    """Return who is signed in, or whose sign-in is pending. Raises NotAuthenticated."""
    return get_user(request) if request.user.is_authenticated else pending_user(request)


def go_on(request: HttpRequest, method: str) -> Outcome:
    """Go on with the pending sign-in, whose demand of this name is met.

    Raises NotAuthenticated where none waits for that: a factor comes first.
    """
    pending = pending_in(request)
    if pending is None or method not in pending.next:
        raise NotAuthenticated
    return advance(request, Proof(user=pending.user, method=method, backend=pending.backend))


def get_user(request: HttpRequest) -> AbstractBaseUser:
    """Return who is signed in. Raises NotAuthenticated."""
    if not request.user.is_authenticated:
        raise NotAuthenticated
    return request.user


def leave(request: HttpRequest) -> None:
    """Sign out, also from a pending sign-in, and forget everything that the session held."""
    user = request.user
    if user.is_authenticated:
        ended = session_id(request)
        # One statement alone needs no transaction, which would double what it costs.
        with transaction.atomic() if _writes_at_sign_out(user) else nullcontext():
            auth.logout(request)
            address = client_address(request)
            events.emit(events.SignedOut(user_id=user.pk, session=ended, address=address))
    else:
        auth.logout(request)
    renew_token(request)


def forget_session(request: HttpRequest) -> None:
    """Take a session from this browser that has ended already, which is no sign-out.

    Nothing is asked of the database: what ended it may be committed, and must not fail now.
    """
    request.session = type(request.session)()
    request.user = AnonymousUser()
    renew_token(request)


def default_backend() -> str:
    """Return the backend of a proof that no backend has checked, such as a link's: Django's own.

    It says who may be signed in, and loads them. Without it, the first one does.
    """
    known = settings.AUTHENTICATION_BACKENDS
    djangos = (each for each in known if isinstance(auth.load_backend(each), ModelBackend))
    return next(djangos, known[0])


def _writes_at_sign_out(user: AbstractBaseUser) -> bool:
    """Tell whether somebody may write down a sign-out, which then happens with it or not at all."""
    return events.is_recorded(events.SignedOut) or user_logged_out.has_listeners(type(user))


def confirm(proof: Proof) -> None:
    """Hold the user, and verify that what was proved still counts. Raises InvalidCredentials.

    To be called in a transaction. A deactivation or a new password waits until it ends.
    """
    user = lock_user(proof.user)
    may = getattr(auth.load_backend(proof.backend), "user_can_authenticate", None)
    if user is None or (may is not None and not may(user)):
        raise InvalidCredentials
    if not constant_time_compare(user.get_session_auth_hash(), proof.user.get_session_auth_hash()):
        raise InvalidCredentials


def entry_of(proof: Proof) -> Mapping[str, str]:
    """Return what the session keeps of a proof."""
    return {"method": proof.method, "at": timezone.now().isoformat()}


def _missing(user: AbstractBaseUser, proofs: Sequence[Mapping[str, str]]) -> Sequence[str]:
    factors = [step for steps in _factors for step in steps(user)]
    if factors and not any(proof["method"] in factors for proof in proofs):
        return factors
    return [step for steps in _demands for step in steps(user)]


def _clear(request: HttpRequest, user: AbstractBaseUser) -> None:
    """Keep what the project put into an anonymous session; nothing of ours survives (A02)."""
    session = request.session
    if session.get(auth.SESSION_KEY) not in (None, key_of(user)):
        session.flush()
    for key in [key for key in session.keys() if key.startswith(_OURS)]:  # noqa: SIM118 - no dict
        del session[key]


_OURS = ("_auth", "_spa_auth", "_session_expiry", "_csrftoken")


def _enter(
    request: HttpRequest, proof: Proof, proofs: Sequence[Mapping[str, str]], *, remember: bool
) -> None:
    # With nothing of an earlier sign-in left, Django gives the session a new key, also when the
    # same person signs in again (ASVS 7.2.4).
    auth.login(request, proof.user, backend=proof.backend)  # type: ignore[arg-type]
    request.session[PROOFS_KEY] = proofs
    note_proof(request, proof.user)
    if not remember:
        request.session.set_expiry(0)


def _reached(
    request: HttpRequest,
    proof: Proof,
    proofs: Sequence[Mapping[str, str]],
    steps: Sequence[str],
    *,
    new_device: bool,
) -> events.Event:
    methods = tuple(entry["method"] for entry in proofs)
    address = client_address(request)
    if steps:
        return events.SignInPending(
            user_id=proof.user.pk, proofs=methods, next=tuple(steps), address=address
        )
    return events.SignedIn(
        user_id=proof.user.pk, proofs=methods, address=address, new_device=new_device
    )


def _is_new_device(request: HttpRequest, user: AbstractBaseUser) -> bool:
    """Tell whether the user has signed in before, but not in this browser as they are now."""
    return user.last_login is not None and not is_known(request, user)
