"""Cookies with `Partitioned` (CHIPS), also on Python below 3.14, whose cookies do not know it."""

from collections.abc import Collection
from http.cookies import Morsel
from typing import ClassVar

from django.http import HttpResponseBase


class PartitionedMorsel(Morsel[str]):
    """A cookie that lives in a jar of the site in whose pages it was set."""

    _reserved: ClassVar = {**Morsel._reserved, "partitioned": "Partitioned"}  # type: ignore[attr-defined]
    _flags: ClassVar = {*Morsel._flags, "partitioned"}  # type: ignore[attr-defined]


def partition(response: HttpResponseBase, names: Collection[str]) -> None:
    """Mark the cookies of these names, deletions too: without the mark they delete nothing."""
    for name in names:
        plain = response.cookies.get(name)
        if plain is not None:
            marked = PartitionedMorsel()
            marked.set(plain.key, plain.value, plain.coded_value)
            marked.update({**plain, "partitioned": True, "secure": True, "samesite": "None"})
            response.cookies[name] = marked
