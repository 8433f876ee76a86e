"""What a reading request asks for in its query string."""

from typing import TypeVar

from django.http import QueryDict
from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic.alias_generators import to_camel

from .errors import BadRequest


class Query(BaseModel):
    """Base of query strings: camelCase names, optional text. What else is sent is not read."""

    model_config = ConfigDict(
        strict=True, frozen=True, alias_generator=to_camel, hide_input_in_errors=True
    )


Q = TypeVar("Q", bound=Query)


def parse_query(sent: QueryDict, model: type[Q]) -> Q:
    """Read a query string into `model`.

    Raises BadRequest for what the model refuses, and for a name that comes twice: one reader takes
    the first of two values, another the last (CWE-235).
    """
    names = {field.alias or name for name, field in model.model_fields.items()} & sent.keys()
    if any(len(sent.getlist(name)) > 1 for name in names):
        raise BadRequest
    try:
        return model.model_validate({name: sent[name] for name in names})
    except ValidationError:
        raise BadRequest from None
