"""What is done now and then, by `manage.py clearsessions`: each room adds what it has to do."""

from collections.abc import Callable

_chores: list[Callable[[], object]] = []


def add_chore(chore: Callable[[], object]) -> None:
    """Let a room do something whenever old sessions are deleted."""
    _chores.append(chore)


def do_chores() -> None:
    """Do what the rooms have to do."""
    for chore in _chores:
        chore()
