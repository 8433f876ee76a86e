"""What Ninja's schema learns from us: our security schemes and our operations."""

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from spa_auth.core.openapi import add_operations, security_of, security_schemes

from .auth import Auth


class Document(OpenAPISchema):
    """The schema of an API. Raises ValueError where it has a schema of the name of one of ours."""

    def __init__(self, api: NinjaAPI, path_prefix: str) -> None:
        super().__init__(api, path_prefix)
        add_operations(self)

    def operation_security(self, operation: Operation) -> list[dict[str, Any]] | None:
        """Say how an operation is asked: by a session, or a token with the abilities it names."""
        found = super().operation_security(operation) or []
        for auth in operation.auth_callbacks:
            if isinstance(auth, Auth):
                found += security_of(auth.abilities)
                self.securitySchemes |= security_schemes()
        return found or None
