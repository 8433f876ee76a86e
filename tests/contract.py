"""Holds every answer that a test receives against the committed OpenAPI document."""

import json
import re
from functools import lru_cache
from typing import Any

from django.http import HttpResponse
from jsonschema import Draft202012Validator, FormatChecker

from spa_auth.core.errors import PROBLEM_JSON
from tests.paths import CONTRACT

PREFIX = "/api/"
# Answers that any path may give and that are no operation's own.
EVERYWHERE = {404, 405}


@lru_cache(maxsize=1)
def contract() -> dict[str, Any]:
    document: dict[str, Any] = json.loads(CONTRACT.read_text())
    return document


def check_answer(method: str, path: str, response: HttpResponse) -> None:
    """Raise AssertionError if the contract does not declare this answer."""
    if not path.startswith(PREFIX):
        return
    operations = _operations("/" + path.removeprefix(PREFIX).strip("/") + "/")
    if operations is None:
        return
    assert response["Cache-Control"] == "no-store"
    varies = {name.strip() for name in response["Vary"].split(",")}
    assert {"Accept-Language", "Cookie", "Origin"} <= varies
    assert response["Content-Language"]
    if method == "HEAD":
        return
    if response.status_code in EVERYWHERE:
        schema = {"$ref": "#/components/schemas/Problem"}
        media_type = PROBLEM_JSON
    else:
        declared = operations[method.lower()]["responses"]
        assert str(response.status_code) in declared, f"undeclared: {response.status_code}"
        ((media_type, content),) = declared[str(response.status_code)]["content"].items()
        schema = content["schema"]
    assert response["Content-Type"] == media_type
    _validator(json.dumps(schema)).validate(json.loads(response.content))


def _operations(path: str) -> dict[str, Any] | None:
    paths: dict[str, dict[str, Any]] = contract()["paths"]
    # A fixed path is itself, also where a template would fit it.
    fitting = (template for template in paths if re.fullmatch(_as_pattern(template), path))
    return paths.get(path) or paths.get(next(fitting, ""))


def _as_pattern(template: str) -> str:
    return re.sub(r"\{\w+\}", "[^/]+", template)


@lru_cache
def _validator(schema: str) -> Draft202012Validator:
    return Draft202012Validator(
        {**json.loads(schema), "components": contract()["components"]},
        format_checker=FormatChecker(),
    )
