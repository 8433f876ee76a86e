"""What rooms add while apps get ready."""

from typing import TypeVar

H = TypeVar("H")


def add_once(hooks: list[H], hook: H) -> None:
    """Add a hook unless it is there: who overrides `INSTALLED_APPS` makes apps get ready again."""
    if hook not in hooks:
        hooks.append(hook)
