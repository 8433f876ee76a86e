"""What a project may choose about sessions."""

from spa_auth.core.settings import Settings, setting


class SessionsSettings(Settings):
    """Settings of the sessions room."""

    django_session_cookie: str = setting(
        "",
        "Name of the cookie whose sessions of Django's `db` engine go on, while a project moves "
        "over; empty afterwards.",
    )
    new_device_mail: bool = setting(
        True, "Whether people have a mail when they sign in on a device that is not known."
    )
    devices_page: str = setting(
        "/devices", "Path of the front end's page that lists the devices, for links in mails."
    )


sessions = SessionsSettings()
