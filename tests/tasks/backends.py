"""Task backends that can do less than others, and one that is down."""

from typing import Any

from django.tasks.backends.dummy import DummyBackend
from django_tasks_db import DatabaseBackend


class WithoutDelay(DatabaseBackend):
    supports_defer = False


class Unreachable(DatabaseBackend):
    def enqueue(self, *_: Any, **__: Any) -> Any:
        raise ConnectionError("redis://:password@127.0.0.1")


class Recording(DummyBackend):
    """Runs nothing, and is known under a name of its own."""
