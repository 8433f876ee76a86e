"""Going to a provider and coming back: once, in the same browser, to the same provider.

What binds them is a state, of which a digest is kept, and a value in the session, which a sign-in
and a sign-out take away (A96, A100, A107).
"""

import datetime
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.contrib.sessions.backends.base import UpdateError
from django.db import router, transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from spa_auth.core import boundary, events, fresh, login
from spa_auth.core.address import client_address
from spa_auth.core.csrf import renew_token
from spa_auth.core.errors import ApiError, CsrfFailed, InvalidCredentials, NotAuthenticated
from spa_auth.core.limits import reservation_of
from spa_auth.core.locking import user_transaction
from spa_auth.core.login import Proof
from spa_auth.core.secrets import HiddenText, digest, new_public_id

from . import exchange, linking, returns, steps
from .errors import ProviderUnavailable, Refused, StateMismatch
from .exchange import Person
from .models import Flow
from .providers import Provider

# Long enough to sign in there, with a second factor.
LIFETIME = datetime.timedelta(minutes=10)
# The part of the session that says which browser it is. It opens nothing, and nobody can send it.
BROWSER_KEY = "_spa_auth_social"
# How often is decided again where somebody else was faster.
_TRIES = 3


@dataclass(frozen=True, kw_only=True)
class Begun:
    """Where to go, and the state with which the provider sends back."""

    url: str
    state: HiddenText


def begin(request: HttpRequest, provider: Provider, *, remember: bool) -> Begun:
    """Begin a sign-in. Raises ProviderUnavailable, Refused."""
    left = events.SocialSignInBegun(provider=provider.id, address=client_address(request))
    return _begin(request, provider, event=left, user=None, remember=remember)


def begin_connect(request: HttpRequest, provider: Provider) -> Begun:
    """Begin to connect an account with that of who is signed in; raises as `begin` does."""
    user = login.get_user(request)
    left = events.SocialConnectBegun(user_id=user.pk, provider=provider.id)
    return _begin(request, provider, event=left, user=user, remember=True)


def finish(
    request: HttpRequest,
    provider: Provider,
    *,
    state: str,
    code: str | None,
    error: str | None,
    iss: str | None,
) -> None:
    """Sign in, or connect: whatever this browser has gone to the provider for.

    Raises StateMismatch, CsrfFailed, and what `exchange.ask_about`, `linking` and `login.advance`
    raise. Whatever it is, the state is spent.
    """
    try:
        flow = _take(request, provider, state)
        if code is None:
            raise exchange.refusal_of(provider, error or "")
        person = exchange.ask_about(
            provider, state=state, redirect_uri=flow.redirect_uri, code=code, iss=iss
        )
        if flow.user_id is None:
            _sign_in(request, person, remember=flow.remember)
        else:
            _connect(request, person)
    except (InvalidCredentials, CsrfFailed):
        raise  # has been reported
    except ProviderUnavailable:
        reservation_of(request).refund()
        _report(request)
        raise
    except ApiError:
        _report(request)
        raise


def forget_expired() -> int:
    """Delete the visits from which nobody comes back any more; return how many."""
    count: int = _flows().filter(expires_at__lt=timezone.now()).delete()[0]
    return count


def _begin(
    request: HttpRequest,
    provider: Provider,
    *,
    event: events.Event,
    user: AbstractBaseUser | None,
    remember: bool,
) -> Begun:
    origin = returns.origin_of(request)
    state = returns.new_state(provider, origin)
    redirect_uri = returns.redirect_uri(provider, origin)
    url = exchange.way_to(provider, state=state, redirect_uri=redirect_uri)
    browser: str = request.session.get(BROWSER_KEY) or new_public_id()
    with transaction.atomic(using=router.db_for_write(Flow)):
        _flows().create(
            state_digest=digest(state),
            browser_digest=digest(browser),
            provider=provider.id,
            redirect_uri=redirect_uri,
            user_id=None if user is None else user.pk,
            remember=remember,
            expires_at=timezone.now() + LIFETIME,
        )
        events.emit(event)
    request.session[BROWSER_KEY] = browser
    return Begun(url=url, state=state)


def _take(request: HttpRequest, provider: Provider, state: str) -> Flow:
    """Spend a state. One of another browser is left to it: a stranger could end it otherwise."""
    browser = request.session.get(BROWSER_KEY, "")
    flow: Flow | None = None
    if state and browser:
        flow = _flows().filter(pk=digest(state)).first()
    if flow is None or not constant_time_compare(flow.browser_digest, digest(browser)):
        raise StateMismatch
    if flow.user_id is not None:
        # It acts for who is signed in. A token that is out of date may be sent again.
        boundary.check_token(request)
    if not _flows().filter(pk=flow.pk).delete()[0]:
        raise StateMismatch
    if flow.provider != provider.id or flow.expires_at <= timezone.now():
        raise StateMismatch
    if flow.user_id is not None and request.user.pk != flow.user_id:
        raise StateMismatch
    return flow


def _sign_in(request: HttpRequest, person: Person, *, remember: bool) -> None:
    for _ in range(_TRIES):
        owner = linking.find_owner(person)
        steps.run(person, owner.user)
        try:
            with user_transaction():
                user = linking.settle(request, person, owner)
                _enter(request, user, remember=remember)
        except linking.Raced:
            continue
        except InvalidCredentials:
            _report_refused(request, owner.user)
            raise
        return
    raise Refused


def _enter(request: HttpRequest, user: AbstractBaseUser, *, remember: bool) -> None:
    proof = Proof(user=user, method=linking.METHOD, backend=login.default_backend())
    if _is_signed_in(request, user):
        fresh.renew(request, proof)
    else:
        # Asked here first: what `advance` reports of a refusal would be undone with the rest.
        login.confirm(proof)
        login.advance(request, proof, remember=remember)


def _is_signed_in(request: HttpRequest, user: AbstractBaseUser) -> bool:
    return request.user.is_authenticated and request.user.pk == user.pk


def _report_refused(request: HttpRequest, user: AbstractBaseUser | None) -> None:
    """Report whom the project lets in no more; None is an account that has not come to be."""
    if user is not None and _is_signed_in(request, user):
        events.emit(events.ReauthenticationRefused(user_id=user.pk, method=linking.METHOD))
    else:
        _report(request, user)


def _connect(request: HttpRequest, person: Person) -> None:
    user = login.get_user(request)
    steps.run(person, user)
    try:
        with user_transaction():
            linking.connect(user, person)
            # What opens the account has changed, so has the key (ASVS 7.2.4). Where the session has
            # ended while the provider was asked, nothing is connected.
            request.session.cycle_key()
            request.session.save()
            renew_token(request)
            reservation_of(request).refund()
    except UpdateError:
        login.forget_session(request)
        raise NotAuthenticated from None


def _report(request: HttpRequest, user: AbstractBaseUser | None = None) -> None:
    """Report that somebody came back in vain; None where nobody has proved whose account it is."""
    user_id, address = None if user is None else user.pk, client_address(request)
    events.emit(events.SignInRefused(user_id=user_id, method=linking.METHOD, address=address))


def _flows() -> Any:
    return Flow.objects.using(router.db_for_write(Flow))
