"""The counters of limits in Redis or Valkey: the algorithm of `core.counters`, in one script.

The server runs a script as one step, so no two requests read the same count. The keys expire when
they say nothing any more, and carry one hash tag, so that a cluster keeps them together.
Without the server no endpoint with a limit answers anything but 503: guessing is never free.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.db import transaction

from .counters import Counted
from .errors import SessionStoreUnavailable
from .rates import Rate
from .settings import core

# Seconds for connecting, and for each answer.
_PATIENCE = 1
_PREFIX = "{spa_auth.limit}:"


def count(rates: Mapping[str, Rate], *, now: int) -> Mapping[str, Counted]:
    """Count one use under every key, or under none where one of them is used up.

    `now` is in microseconds since 1970. Raises SessionStoreUnavailable.
    """
    steps = [str(number) for rate in rates.values() for number in (rate.step, rate.span)]
    answer = _run(_COUNT, rates, [str(now), *steps])
    pairs = zip(answer[::2], answer[1::2], strict=True)
    return {
        key: Counted(int(free_at), bool(allowed))
        for key, (free_at, allowed) in zip(rates, pairs, strict=True)
    }


def refund(rates: Mapping[str, Rate]) -> None:
    """Take one use back from each of these counters, once the caller's transaction is committed.

    A server that is away by then changes nothing: the use is paid off by waiting.
    """
    steps = [str(rate.step) for rate in rates.values()]

    def give_back() -> None:
        _run(_REFUND, rates, steps)

    transaction.on_commit(give_back, robust=True)


def _run(script: str, rates: Mapping[str, Rate], values: Sequence[str]) -> Sequence[Any]:
    import redis  # noqa: PLC0415 - an extra: only who names a server needs it

    keys = [f"{_PREFIX}{key}" for key in rates]
    try:
        answer: Sequence[Any] = _scripts(core.limits_redis)[script](keys=keys, args=values)
    except redis.RedisError as error:
        raise SessionStoreUnavailable from error
    return answer


@lru_cache(maxsize=1)
def _scripts(url: str) -> Mapping[str, Any]:
    import redis  # noqa: PLC0415
    from redis.backoff import NoBackoff  # noqa: PLC0415
    from redis.retry import Retry  # noqa: PLC0415

    client = redis.Redis.from_url(
        url,
        socket_timeout=_PATIENCE,
        socket_connect_timeout=_PATIENCE,
        # Once more, for a connection that the server has closed. At worst one use counts twice.
        retry=Retry(NoBackoff(), 1),
    )
    return {script: client.register_script(script) for script in (_COUNT, _REFUND)}


# Lua's numbers are exact up to 2^53, its way of writing them is not: hence the format.
_COUNT = """
local now, answer, allowed = tonumber(ARGV[1]), {}, true
local held, moved = {}, {}
for i, key in ipairs(KEYS) do
    held[i] = tonumber(redis.call('GET', key) or '0')
    moved[i] = math.max(held[i], now) + tonumber(ARGV[2 * i])
    local fits = moved[i] <= now + tonumber(ARGV[2 * i + 1])
    answer[2 * i - 1] = string.format('%.0f', fits and moved[i] or held[i])
    answer[2 * i] = fits and 1 or 0
    allowed = allowed and fits
end
if allowed then
    for i, key in ipairs(KEYS) do
        local lives = string.format('%.0f', math.ceil((moved[i] - now) / 1000))
        redis.call('SET', key, string.format('%.0f', moved[i]), 'PX', lives)
    end
end
return answer
"""
_REFUND = """
for i, key in ipairs(KEYS) do
    local held = redis.call('GET', key)
    if held then
        redis.call('SET', key, string.format('%.0f', held - tonumber(ARGV[i])), 'KEEPTTL')
    end
end
return {}
"""
