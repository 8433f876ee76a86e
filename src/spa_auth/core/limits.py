"""Limits: what an endpoint allows, and the uses that are counted before anything costly happens.

A stranger who guesses fills the buckets of the account, the address and the pair. An owner on a
known device must get in all the same (OWASP: lock-out as denial of service), so an attempt that
brings the device's cookie counts against a bucket of that device *alone*: neither strangers who
share the owner's address nor a flood over all addresses fill it, and guesses made on the device
itself are bounded as any account's are.

The limit is reserved before any SQL, the cookie can only be compared with a user once the row is
loaded. So it is believed in two steps. Its signature and its MAC over the name that was typed need
no SQL: a forged, foreign or expired cookie counts as none. Whether the password is still the one of
then, `confirm_device` decides as soon as the flow has the row, before any hash; if it is not, the
attempt counts as a stranger's, too, and is refused where that is used up. Only somebody who has
signed in here as that user has such a cookie, so the second count tells nobody who has an account.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from . import counters, counters_redis
from .address import client_address, network_of
from .boundary import PENDING_KEY
from .caller import is_signed_in
from .errors import RateLimited
from .known_device import Device, known_device
from .rates import Rate
from .secrets import keyed_digest
from .settings import core

_ATTRIBUTE = "_spa_auth_reservation"


@dataclass(frozen=True, kw_only=True)
class Limit:
    """What an endpoint allows, each a rate as `Rate.parse` reads it.

    `address`: per network address, the /64 of IPv6. `account`: per subject that the body names.
    `pair`: per subject and address. `device`: per known device, instead of all others; only for an
    endpoint whose flow calls `confirm_device`. `user`: per user who is signed in, or whose sign-in
    is pending. `everybody`: all callers together, a generous backstop. `subject` returns the
    canonical identifier, from the body or, where the endpoint has none, from the request. It counts
    whether or not there is such an account, so that a limit tells nobody who has one. `name`: what
    is counted, where that is not the endpoint: two ways to one thing have one limit.
    """

    address: str
    account: str | None = None
    pair: str | None = None
    device: str | None = None
    user: str | None = None
    everybody: str | None = None
    subject: Callable[[Any], str] | None = None
    name: str | None = None

    def __post_init__(self) -> None:
        for rate in self.described().values():
            Rate.parse(rate)
        if (self.account or self.pair or self.device) and self.subject is None:
            raise ValueError("A limit per account, pair or device needs a subject.")

    def described(self) -> Mapping[str, str]:
        """Return the declared rates by dimension, for the contract."""
        names = ("address", "account", "pair", "device", "user", "everybody")
        return {name: rate for name in names if (rate := getattr(self, name)) is not None}


@dataclass(frozen=True)
class Reservation:
    """Uses that were counted for one request, so that they can be given back.

    Where a known device stands in for the caller, `otherwise` is what counts if it is not one.
    """

    rates: Mapping[str, Rate] = field(default_factory=dict)
    device: Device | None = None
    otherwise: Mapping[str, Rate] = field(default_factory=dict)

    def refund(self) -> None:
        """Give the uses back: the request succeeded, or failed through no fault of the client."""
        if self.rates:
            _store().refund(self.rates)


def reserve(name: str, limit: Limit, *, request: HttpRequest, body: object) -> Reservation:
    """Count one use of the endpoint `name` in every dimension of `limit`.

    Raises RateLimited, and SessionStoreUnavailable where Redis counts and is away.

    Called before anything costly, so that forty requests at once cannot all pass. Inside a
    caller's transaction the count joins it.
    """
    name = limit.name or name
    subject = limit.subject(body) if limit.subject else None
    rates = _of_stranger(name, limit, request=request, subject=subject)
    device = known_device(request, subject) if limit.device and subject is not None else None
    if limit.device and device:
        own = {_key(name, f"device:{device.id}"): Rate.parse(limit.device)}
        reservation = Reservation(own, device, otherwise=rates)
    else:
        reservation = Reservation(rates)
    _count(reservation.rates)
    setattr(request, _ATTRIBUTE, reservation)
    return reservation


def within(name: str, rate: str, *, subject: str) -> bool:
    """Count one use of something that no endpoint is, such as mail; tell whether it is allowed.

    Raises SessionStoreUnavailable where Redis counts and is away.
    """
    key = _key(name, subject)
    allowed: bool = _store().count({key: Rate.parse(rate)}, now=_now())[key].allowed
    return allowed


def confirm_device(request: HttpRequest, user: AbstractBaseUser | None) -> None:
    """Hold the device that stands in for the caller against the user found. Raises RateLimited.

    To be called before the first hash. For another user, another password or no user at all the
    attempt counts as a stranger's as well.
    """
    held = reservation_of(request)
    if held.device is None or (user is not None and held.device.belongs_to(user)):
        return
    _count(held.otherwise)
    setattr(request, _ATTRIBUTE, Reservation({**held.rates, **held.otherwise}))


def reservation_of(request: HttpRequest) -> Reservation:
    """Return what was counted for this request; an empty reservation where nothing was."""
    reservation: Reservation = getattr(request, _ATTRIBUTE, Reservation())
    return reservation


def clear_expired() -> int:
    """Delete the counters that say nothing any more; return how many."""
    return counters.clear_expired(now=_now())


def _of_stranger(
    name: str, limit: Limit, *, request: HttpRequest, subject: str | None
) -> Mapping[str, Rate]:
    network = network_of(client_address(request))
    counted = [
        (limit.everybody, "everybody"),
        (limit.address, f"address:{network}"),
        (limit.account, f"account:{subject}"),
        (limit.pair, f"pair:{network} {subject}"),
    ]
    # Strangers have no such limit together: one of them would use it up for all.
    if limit.user and (who := _who(request)) is not None:
        counted.append((limit.user, f"user:{who}"))
    return {_key(name, what): Rate.parse(rate) for rate, what in counted if rate}


def _who(request: HttpRequest) -> object:
    if is_signed_in(request):
        return request.user.pk
    return request.session.get(PENDING_KEY, {}).get("user")


def _key(name: str, what: str) -> str:
    return keyed_digest("limit", f"{name}:{what}")


def _count(rates: Mapping[str, Rate]) -> None:
    now = _now()
    outcome = _store().count(rates, now=now)
    waits = [
        counted.free_at - now - rates[key].step * (rates[key].times - 1)
        for key, counted in outcome.items()
        if not counted.allowed
    ]
    if waits:
        raise RateLimited(retry_after=-(-max(waits) // 1_000_000))


def _store() -> Any:
    return counters_redis if core.limits_redis else counters


def _now() -> int:
    return time.time_ns() // 1000
