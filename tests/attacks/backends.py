"""Parts of a project's installation that are down, or late."""

from typing import Any, NoReturn

from django.core.cache.backends.base import BaseCache


class DeadCache(BaseCache):
    """A cache server that nobody answers for, as Redis is when it is down."""

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def fail(self, *_: Any, **__: Any) -> NoReturn:
        raise ConnectionError("the cache server is down")

    add = get = set = touch = delete = clear = fail
    get_many = set_many = delete_many = has_key = incr = fail  # type: ignore[assignment]


class ToReplica:
    """Reads go to the replica and writes to the primary, as Django's manual shows it."""

    def db_for_read(self, model: type, **hints: Any) -> str:
        return "replica"

    def db_for_write(self, model: type, **hints: Any) -> str:
        return "default"
