"""The project's URLs, walked: which views it mounts, whatever wraps them."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from inspect import isclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

View = Callable[..., Any]


@dataclass(frozen=True)
class Route:
    """One pattern of the URLconf."""

    path: str
    namespaces: tuple[str, ...]
    view: View


def routes() -> list[Route]:
    """Return every route. None of a URLconf that cannot be read: Django says what is wrong."""
    try:
        return list(_walk(get_resolver(), "/", ()))
    except Exception:  # whatever a project's module raises while it is imported
        return []


def layers(view: View) -> Iterator[Any]:
    """Yield the view and what it wraps: decorators, `functools.partial`."""
    layer: Any = view
    while layer is not None:
        yield layer
        inner = layer.func if isinstance(layer, partial) else None
        layer = getattr(layer, "__wrapped__", inner)


def names(view: View) -> set[str]:
    """Return the dotted names of the view's functions and classes, bases included.

    Packages are recognised by name, so that none is imported which the project does not use.
    """
    found: set[str] = set()
    for layer in layers(view):
        known = [layer, getattr(layer, "view_class", None), getattr(layer, "cls", None)]
        known += _operations(layer)
        for item in known:
            bases = item.__mro__ if isclass(item) else [item]
            found |= {name_of(base) for base in bases}
    return found


def _operations(view: View) -> Iterator[View]:
    """Yield the functions behind a view of Django Ninja's, which encloses all of one path."""
    for cell in getattr(view, "__closure__", None) or ():
        with suppress(ValueError):  # a cell that is empty yet
            yield from (one.view_func for one in getattr(cell.cell_contents, "operations", ()))


def name_of(item: object) -> str:
    """Return the dotted name of a class or function, something else for what has none."""
    return f"{getattr(item, '__module__', '')}.{getattr(item, '__qualname__', '')}"


def _walk(resolver: URLResolver, path: str, namespaces: tuple[str, ...]) -> Iterator[Route]:
    for pattern in resolver.url_patterns:
        below = f"{path}{pattern.pattern}"
        if isinstance(pattern, URLPattern):
            yield Route(below, namespaces, pattern.callback)
        else:
            inside = (pattern.namespace,) if pattern.namespace else ()
            yield from _walk(pattern, below, (*namespaces, *inside))
