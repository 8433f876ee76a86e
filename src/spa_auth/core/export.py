"""A copy of everything that is held about a person: each room adds its section."""

import datetime
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Literal

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone
from pydantic import Field, create_model

from .body import Answer

# The type of a section, looked up when needed: it may depend on the project's user model.
SectionType = Callable[[], Any]
Describe = Callable[[AbstractBaseUser], Any]
_sections: dict[str, tuple[SectionType, Describe]] = {}


class BaseExport(Answer):
    """Everything that is held about a person. It holds no secret: no hash, key or token."""

    exported_at: datetime.datetime
    version: Literal["1"] = Field(
        alias="schema", description="Another one where what was there before means something else."
    )


def add_section(name: str, section_type: SectionType, describe: Describe) -> None:
    """Add what a room, or a project, holds about a person: a model of `Answer`, or a list of them.

    `describe` takes the user. It should ask the database once, however much there is.
    """
    _sections[name] = (section_type, describe)


def export_model() -> type[BaseExport]:
    """Return the model of the answer, with a section for each room that holds something."""
    return _model(tuple((name, section()) for name, (section, _) in _sections.items()))


def export_of(user: AbstractBaseUser) -> BaseExport:
    """Gather what is held about a user."""
    sections = {name: describe(user) for name, (_, describe) in _sections.items()}
    return export_model()(exported_at=timezone.now(), version="1", sections=sections)  # type: ignore[call-arg]


@lru_cache(maxsize=1)
def _model(sections: tuple[tuple[str, Any], ...]) -> type[BaseExport]:
    fields: dict[str, Any] = {name: (section, ...) for name, section in sections}
    held = create_model(
        "ExportSections", __base__=Answer, __doc__="What each room holds.", **fields
    )
    return create_model(
        "Export", __base__=BaseExport, __doc__=BaseExport.__doc__, sections=(held, ...)
    )
