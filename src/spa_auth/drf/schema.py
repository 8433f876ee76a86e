"""What drf-spectacular learns from us: our security scheme, and our operations if wanted."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema

from spa_auth import __version__
from spa_auth.core.openapi import SECURITY_SCHEME, document


class SessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """Describes `SessionAuthentication`."""

    target_class = "spa_auth.drf.authentication.SessionAuthentication"
    name = SECURITY_SCHEME

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        """Return the scheme with this installation's cookie name."""
        scheme: dict[str, Any] = document(version="")["components"]["securitySchemes"][self.name]
        return scheme | {"name": settings.SESSION_COOKIE_NAME}


def include_spa_auth(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Add our operations to the project's schema.

    For `SPECTACULAR_SETTINGS["POSTPROCESSING_HOOKS"]`. Raises ValueError if the project has a
    schema of the same name as one of ours.
    """
    ours = document(version=__version__, prefix=reverse("spa_auth:csrf").partition("csrf")[0])
    result["paths"] |= ours["paths"]
    for kind, definitions in ours["components"].items():
        theirs = result.setdefault("components", {}).setdefault(kind, {})
        for name, definition in definitions.items():
            if kind == "schemas" and theirs.setdefault(name, definition) != definition:
                raise ValueError(f"The schema {name!r} is defined by the project and by spa_auth.")
            theirs.setdefault(name, definition)
    return result
