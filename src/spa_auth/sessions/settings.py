"""What a project may choose about sessions."""

from spa_auth.core.settings import Settings, setting


class SessionsSettings(Settings):
    """Settings of the sessions room."""

    django_session_cookie: str = setting(
        "",
        "Name of the cookie whose sessions of Django's `db` engine go on, while a project moves "
        "over; empty afterwards.",
    )


sessions = SessionsSettings()
