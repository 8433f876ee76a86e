"""How this engine describes a session in SessionState."""

import datetime

from django.http import HttpRequest

from spa_auth.core.state import SessionDetails, describe_session, describe_sessions_with

from .engine import SessionStore


class StoredSession(SessionDetails):
    """The current session, as the list of devices will show it too."""

    id: str | None
    created_at: datetime.datetime | None
    last_seen_at: datetime.datetime | None
    expires_at: datetime.datetime | None


def describe(request: HttpRequest) -> SessionDetails:
    """Describe the stored row; null where the project chose another engine."""
    base = describe_session(request)
    store = request.session
    row = store.row if isinstance(store, SessionStore) else None
    return StoredSession(
        id=row.public_id if row else None,
        created_at=row.created_at if row else None,
        authenticated_at=row.authenticated_at if row else base.authenticated_at,
        last_seen_at=row.last_seen_at if row else None,
        expires_at=row.expires_at if row else None,
        proofs=base.proofs,
    )


describe_sessions_with(StoredSession, describe)
