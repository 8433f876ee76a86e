"""What a project may choose about passwords."""

from spa_auth.core.settings import Settings, setting


class PasswordSettings(Settings):
    """Settings of the password room."""

    forgot_password_page: str = setting(
        "/forgot-password",
        "Path of the front end's page that asks for a reset, for links in mails.",
    )
    reset_password_page: str = setting(
        "/reset-password",
        "Path of the front end's page that takes a new password; the link's token follows it.",
    )
    change_password_page: str = setting(
        "/password",
        "Path of the front end's page that changes a password, for `/.well-known/change-password`.",
    )
    reset_minutes: int = setting(30, "For how many minutes the link of a reset works.")


password = PasswordSettings()
