"""A project's own fields, as TypeScript: each room adds the models that answer with them."""

from collections.abc import Callable

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode

from .body import Body
from .state import user_model
from .typescript import property_of, type_of

Model = Callable[[], type[BaseModel]]
_HEAD = """\
/** Written by `manage.py spa_auth_types`: this project's fields. Do not edit. */
import "django-spa-auth";

declare module "django-spa-auth" {
  interface Register {
"""
_FOOT = """\
  }
}
"""

_models: dict[str, Model] = {"user": user_model}


def add_type(key: str, model: Model) -> None:
    """Add a room's model, which depends on the project, to the client's `Register`."""
    _models[key] = model


def declaration() -> str:
    """Return the module that types the installed rooms. Raises UnsupportedField."""
    return _HEAD + "".join(_property(key, model()) for key, model in _models.items()) + _FOOT


def _property(key: str, model: type[BaseModel]) -> str:
    mode: JsonSchemaMode = "validation" if issubclass(model, Body) else "serialization"
    return property_of(key, type_of(model.model_json_schema(mode=mode)), indent=4)
