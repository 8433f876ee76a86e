"""What drf-spectacular learns from us: our security schemes, and our operations if wanted."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from rest_framework.permissions import SAFE_METHODS

from spa_auth.core.openapi import add_operations, security_of, security_schemes

from .permissions import AbilityPermission


class SessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """Describes `SessionAuthentication`, and the tokens that `HasAbility` lets in beside it."""

    target_class = "spa_auth.drf.authentication.SessionAuthentication"

    def __init__(self, target: Any) -> None:
        super().__init__(target)  # type: ignore[no-untyped-call]
        self.name = list(security_schemes())

    def get_security_definition(self, auto_schema: AutoSchema) -> list[dict[str, str]]:
        """Return the schemes with this installation's cookie name."""
        return list(security_schemes().values())

    def get_security_requirement(self, auto_schema: AutoSchema) -> list[dict[str, Any]]:
        """Return what the view asks for: a session, or a token with its abilities."""
        reads = auto_schema.method in SAFE_METHODS
        permissions = auto_schema.view.get_permissions()
        asked = [each for each in permissions if isinstance(each, AbilityPermission)]
        return security_of([each.ability if reads else each.change for each in asked])


def include_spa_auth(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Add our operations to the project's schema.

    For `SPECTACULAR_SETTINGS["POSTPROCESSING_HOOKS"]`. Raises ValueError if the project has a
    schema of the same name as one of ours.
    """
    add_operations(result)
    return result
