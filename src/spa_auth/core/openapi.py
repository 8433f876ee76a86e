"""The OpenAPI 3.1 document: read off the endpoint declarations, never written by hand."""

import re
from collections.abc import Iterator, Mapping, Sequence
from inspect import getdoc
from typing import Any

from django.conf import settings
from django.urls import reverse
from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from spa_auth import __version__

from . import carriers
from .endpoint import Endpoint, registry
from .errors import PROBLEM_JSON, ApiError, InvalidBody

_PART = re.compile(r"<(\w+)>")
_REF = "#/components/schemas/{model}"
SECURITY_SCHEME = "session"
KEY_SCHEME, TOKEN_SCHEME = "sessionToken", "apiToken"
_SCHEMES: dict[str, Any] = {
    SECURITY_SCHEME: {
        "type": "apiKey",
        "in": "cookie",
        "name": "sessionid",
        "description": "Django's session cookie; unsafe requests send X-CSRFToken too.",
    },
    KEY_SCHEME: {
        "type": "apiKey",
        "in": "header",
        "name": carriers.KEY_HEADER,
        "description": "A session's key, for clients that are no browsers.",
    },
    TOKEN_SCHEME: {
        "type": "http",
        "scheme": "bearer",
        "description": "An API token.",
    },
}


def document(*, version: str, prefix: str = "/") -> dict[str, Any]:
    """Build the document for the installed rooms, with every path below `prefix`."""
    models = _models()
    names, definitions = models_json_schema(models, ref_template=_REF)
    reference: dict[Any, str] = {model: schema["$ref"] for (model, _), schema in names.items()}
    schemas = definitions.get("$defs", {}) | _PROBLEM_SCHEMAS
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "django-spa-auth",
            "version": version,
            "description": "Session authentication for single-page apps on Django.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "paths": {
            prefix + _PART.sub(r"{\1}", path) + "/": {
                method.lower(): _operation(endpoint, reference)
                for method, endpoint in sorted(methods.items())
            }
            for path, methods in sorted(registry.items())
        },
        "components": {
            "schemas": dict(sorted(schemas.items())),
            "securitySchemes": {name: _SCHEMES[name] for name in _schemes()},
        },
    }


def security_schemes() -> dict[str, dict[str, str]]:
    """Return how a request of this installation says who asks."""
    cookie = _SCHEMES[SECURITY_SCHEME] | {"name": settings.SESSION_COOKIE_NAME}
    return {name: _SCHEMES[name] for name in _schemes()} | {SECURITY_SCHEME: cookie}


def security_of(abilities: Sequence[str]) -> list[dict[str, Sequence[str]]]:
    """Return how an operation of the project's is asked, by a token only with its abilities."""
    asked = {name: abilities if name == TOKEN_SCHEME else [] for name in _schemes()}
    return [{name: scopes} for name, scopes in asked.items() if scopes or name != TOKEN_SCHEME]


def add_operations(schema: dict[str, Any]) -> None:
    """Put our operations into the schema of a project's own API.

    Raises ValueError if the project has a schema of the same name as one of ours.
    """
    ours = document(version=__version__, prefix=reverse("spa_auth:csrf").partition("csrf")[0])
    ours["components"]["securitySchemes"] = security_schemes()
    schema["paths"] |= ours["paths"]
    for kind, definitions in ours["components"].items():
        theirs = schema.setdefault("components", {}).setdefault(kind, {})
        for name, definition in definitions.items():
            if theirs.setdefault(name, definition) != definition:
                raise ValueError(f"The schema {name!r} is defined by the project and by spa_auth.")


def endpoints() -> Iterator[Endpoint]:
    """Yield every endpoint of the installed rooms."""
    for methods in registry.values():
        yield from methods.values()


def _models() -> Sequence[tuple[type[BaseModel], JsonSchemaMode]]:
    found: list[tuple[type[BaseModel], JsonSchemaMode]] = []
    for endpoint in endpoints():
        answer: tuple[type[BaseModel], JsonSchemaMode] = (endpoint.answer_model(), "serialization")
        if answer not in found:
            found.append(answer)
        if body := endpoint.body_model():
            found.append((body, "validation"))
    return found


def _operation(endpoint: Endpoint, reference: Mapping[type[BaseModel], str]) -> dict[str, Any]:
    summary, _, description = (getdoc(endpoint.handler) or "").partition("\n")
    operation: dict[str, Any] = {
        "operationId": endpoint.operation_id,
        "summary": summary,
        "tags": [endpoint.handler.__module__.split(".")[-2]],
        "security": _security(endpoint),
    }
    if endpoint.limit:
        operation["x-limit"] = endpoint.limit.described()
    if description.strip():
        operation["description"] = description.strip()
    if parameters := _parameters(endpoint):
        operation["parameters"] = parameters
    if body := endpoint.body_model():
        operation["requestBody"] = {
            "required": bool(body.model_fields),
            "content": {"application/json": {"schema": {"$ref": reference[body]}}},
        }
    operation["responses"] = {
        "200": {
            "description": "Done.",
            "content": {
                "application/json": {"schema": {"$ref": reference[endpoint.answer_model()]}}
            },
        }
    } | _refusals(endpoint.declared_errors())
    return operation


def _security(endpoint: Endpoint) -> list[dict[str, list[str]]]:
    if not endpoint.needs_session:
        return []
    return [{name: []} for name in _schemes() if name != TOKEN_SCHEME or endpoint.or_token]


def _schemes() -> Iterator[str]:
    """Yield the names of those that the installed rooms read."""
    yield SECURITY_SCHEME
    yield from [KEY_SCHEME] if carriers.takes_keys() else []
    yield from [TOKEN_SCHEME] if carriers.reads_tokens() else []


def _parameters(endpoint: Endpoint) -> list[dict[str, Any]]:
    path = [
        {"name": part, "in": "path", "required": True, "schema": {"type": "string"}}
        for part in _PART.findall(endpoint.path)
    ]
    asked = endpoint.query.model_json_schema()["properties"] if endpoint.query else {}
    return path + [
        {
            "name": name,
            "in": "query",
            "required": False,
            "description": schema["description"],
            "schema": {key: schema[key] for key in ("type", "pattern")},
        }
        for name, schema in asked.items()
    ]


def _refusals(errors: Sequence[type[ApiError]]) -> dict[str, Any]:
    by_status: dict[int, list[type[ApiError]]] = {}
    for error in errors:
        if error not in by_status.setdefault(error.status, []):
            by_status[error.status].append(error)
    return {
        str(status): {
            "description": "\n\n".join(f"`{e.code}`: {_first_line(e)}" for e in found),
            "content": {PROBLEM_JSON: {"schema": _problem_schema(status, found)}},
        }
        for status, found in sorted(by_status.items())
    }


def _first_line(error: type[ApiError]) -> str:
    return (error.__doc__ or "").strip().partition("\n")[0]


def _problem_schema(status: int, errors: Sequence[type[ApiError]]) -> dict[str, Any]:
    properties: dict[str, Any] = {
        "status": {"const": status},
        "code": {"type": "string", "enum": sorted(error.code for error in errors)},
    }
    for error in errors:
        properties |= error.members
    base = "InvalidBodyProblem" if InvalidBody in errors else "Problem"
    return {
        "allOf": [{"$ref": _REF.format(model=base)}, {"type": "object", "properties": properties}]
    }


_PROBLEM_PROPERTIES: dict[str, Any] = {
    "type": {"type": "string"},
    "title": {"type": "string"},
    "status": {"type": "integer"},
    "detail": {"type": "string", "description": "For people, in the language of the request."},
    "code": {"type": "string", "description": "For programs; stable."},
    "debug": {"description": "What was seen and expected; only while the server runs in DEBUG."},
}
_PROBLEM_REQUIRED = ["type", "title", "status", "detail", "code"]
_PROBLEM_SCHEMAS: dict[str, Any] = {
    "Problem": {
        "type": "object",
        "description": "A refusal (RFC 9457).",
        "properties": _PROBLEM_PROPERTIES,
        "required": _PROBLEM_REQUIRED,
    },
    "FieldError": {
        "type": "object",
        "properties": {
            "code": {"type": "string"},
            "detail": {"type": "string"},
            "params": {"type": "object"},
        },
        "required": ["code", "detail"],
    },
    "InvalidBodyProblem": {
        "type": "object",
        "description": 'A refusal that may say which fields are wrong; `""` is the whole body.',
        "properties": _PROBLEM_PROPERTIES
        | {
            "fields": {
                "type": "object",
                "additionalProperties": {
                    "type": "array",
                    "items": {"$ref": _REF.format(model="FieldError")},
                },
            }
        },
        "required": _PROBLEM_REQUIRED,
    },
}
