"""What a form may know of the project's password rules. This module is pure."""

from collections.abc import Sequence


def min_length(validators: Sequence[object]) -> int:
    """Return the length that the strictest validator asks for, 1 where none does."""
    return max([1, *(getattr(each, "min_length", 1) for each in validators)])
