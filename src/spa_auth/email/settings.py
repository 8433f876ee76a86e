"""What a project may choose about e-mail addresses."""

from spa_auth.core.settings import Settings, setting


class EmailSettings(Settings):
    """Settings of the email room."""

    verify_email_page: str = setting(
        "/verify-email",
        "Path of the front end's page that proves an address; the link's token follows it.",
    )
    verify_email_minutes: int = setting(
        24 * 60, "For how many minutes the link that proves an address works."
    )
    change_email_page: str = setting(
        "/change-email",
        "Path of the front end's page that confirms a new address; the link's token follows it.",
    )
    undo_email_page: str = setting(
        "/undo-email",
        "Path of the front end's page that brings back an old address; the link's token follows.",
    )
    undo_email_days: int = setting(
        7, "For how many days the old address can be brought back by the link that it was sent."
    )
    mail_sign_in_page: str = setting(
        "/sign-in-by-mail",
        "Path of the front end's page that signs in by mail; the link's token follows it.",
    )
    mail_sign_in_minutes: int = setting(
        15, "For how many minutes the link of a sign-in by mail works."
    )


email = EmailSettings()
