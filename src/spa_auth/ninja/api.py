"""An API whose operations are closed, and answer as every other view does."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from asgiref.sync import iscoroutinefunction
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBase
from ninja import NinjaAPI
from ninja.errors import ValidationError, ValidationErrorContext

from spa_auth.core.refusals import as_problem

from .auth import session_auth
from .errors import speak_problems, without_source
from .schema import Document


class Api(NinjaAPI):
    """Ninja's, with three differences.

    An operation is for signed-in people unless it, its router or the API says otherwise:
    `auth=None` is for everybody. Refusals are problem documents. Our operations are in the schema.
    """

    def __init__(self, *, auth: Any = session_auth, **options: Any) -> None:
        super().__init__(auth=auth, **options)
        speak_problems(self)

    @property
    def urls(self) -> tuple[list[Any], str, str]:
        """Return the URLs, for `path("notes/", api.urls)`."""
        patterns, app, namespace = super().urls
        for pattern in patterns:
            # Only operations are exempt from Django's CSRF check, the pages about them are not.
            if getattr(pattern.callback, "csrf_exempt", False):
                pattern.callback = _answering(pattern.callback)
        return patterns, app, namespace

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> Document:
        """Return the schema of the API, with our operations in it."""
        if path_prefix is None:
            path_prefix = self.get_root_path(path_params or {})
        return Document(self, path_prefix)

    def validation_error_from_error_contexts(
        self, error_contexts: list[ValidationErrorContext[Any]]
    ) -> ValidationError:
        """Name each field as the client sent it."""
        found: list[dict[str, Any]] = []
        for context in error_contexts:
            errors = super().validation_error_from_error_contexts([context]).errors
            found += without_source(errors, context.model)
        return ValidationError(found)


def _answering(view: Any) -> Callable[..., Any]:
    """Let a method that a path does not have be refused as by any view, not by a redirect."""
    if iscoroutinefunction(view):

        @wraps(view)
        async def asynchronous(request: HttpRequest, **parts: Any) -> HttpResponseBase:
            return as_problem(await view(request, **parts))

        return login_not_required(asynchronous)

    @wraps(view)
    def synchronous(request: HttpRequest, **parts: Any) -> HttpResponseBase:
        return as_problem(view(request, **parts))

    return login_not_required(synchronous)
