"""Cleaning up: a million expired sessions go, while people go on signing in."""

from concurrent.futures import ThreadPoolExecutor
from statistics import median
from typing import Any

from .contenders import Store, by_name
from .processes import Process, Servers, database, process

LIVE, EXPIRED = 100_000, 1_000_000
CONTENDERS = ("spa_auth", "stock")
BEFORE = 200


def cleanup(
    store: Store, servers: Servers, *, live: int = LIVE, expired: int = EXPIRED
) -> dict[str, Any]:
    """Clear expired sessions of our engine and of stock's; return rows, times and waits."""
    return {name: _clean(name, store, servers, live, expired) for name in CONTENDERS}


def _clean(name: str, store: Store, servers: Servers, live: int, expired: int) -> dict[str, Any]:
    print(f"{store}: making {expired} expired sessions of {name}", flush=True)
    contender = by_name(name)
    with (
        database(f"{name}_expired", store, servers) as url,
        process(contender, url, servers) as cleaner,
        process(contender, url, servers) as signer,
    ):
        cleaner.ask("fill", live=live, expired=expired)
        before = signer.ask("sign_in", requests=BEFORE)
        print(f"{store}: clearing them", flush=True)
        seconds, during = _while_signing_in(cleaner, signer)
    return {
        "live": live,
        "expired": expired,
        "seconds": round(seconds, 2),
        "sign_ins": len(during),
        "milliseconds_before": _milliseconds(before),
        "milliseconds_during": _milliseconds(during),
    }


def _while_signing_in(cleaner: Process, signer: Process) -> tuple[float, list[int]]:
    times: list[int] = []
    with ThreadPoolExecutor(max_workers=1) as pool:
        clearing = pool.submit(cleaner.ask, "clear")
        while not clearing.done():
            times += signer.ask("sign_in", requests=1)
    return clearing.result(), times


def _milliseconds(nanoseconds: list[int]) -> dict[str, float]:
    return {
        "median": round(median(nanoseconds) / 1e6, 1),
        "longest": round(max(nanoseconds) / 1e6, 1),
    }
