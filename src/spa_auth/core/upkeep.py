"""What is done now and then, by `manage.py clearsessions`: each room adds what it has to do."""

from collections.abc import Callable

from .hooks import add_once

_chores: list[Callable[[], object]] = []


def add_chore(chore: Callable[[], object]) -> None:
    """Let a room do something whenever old sessions are deleted."""
    add_once(_chores, chore)


def do_chores() -> None:
    """Do what the rooms have to do."""
    for chore in _chores:
        chore()
