"""What an installation offers, told to front ends: each room adds its section."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from pydantic import BaseModel, create_model

from .body import Answer

_sections: dict[str, tuple[type[Answer], Callable[[], Answer]]] = {}


def add_section(name: str, model: type[Answer], describe: Callable[[], Answer]) -> None:
    """Add a room's section to `config/`; `describe` is called for every answer."""
    _sections[name] = (model, describe)
    config_model.cache_clear()


@lru_cache(maxsize=1)
def config_model() -> type[BaseModel]:
    """Return the model of the answer: one key for each room that has something to say."""
    fields: dict[str, Any] = {name: (model, ...) for name, (model, _) in _sections.items()}
    return create_model(
        "Config", __base__=Answer, __doc__="What this installation offers.", **fields
    )


def describe() -> BaseModel:
    """Describe this installation."""
    return config_model()(**{name: section() for name, (_, section) in _sections.items()})
