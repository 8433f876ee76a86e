"""Sends users, or sessions, to another database where a project asks for it."""

import os
from typing import Any

MOVED = os.environ.get("ODD_MOVED", "")


class Router:
    """Everything else, and every table, is where it would be without."""

    def db_for_read(self, model: type, **hints: Any) -> str | None:
        return "other" if model.__name__ == MOVED else None

    db_for_write = db_for_read

    def allow_relation(self, one: object, two: object, **hints: Any) -> bool:
        return True
