"""What a project may choose about accounts."""

from collections.abc import Sequence

from spa_auth.core.settings import Settings, setting


class AccountSettings(Settings):
    """Settings of the account room."""

    profile_fields: Sequence[str] = setting(
        ("first_name", "last_name"), "Fields of the user model that a person may change."
    )
    sign_up_fields: Sequence[str] | None = setting(
        None,
        "Fields of the user model that a new account has besides address and password; otherwise "
        "`USERNAME_FIELD` and `REQUIRED_FIELDS`.",
    )
    sign_up_page: str = setting(
        "/sign-up",
        "Path of the front end's page that makes an account; the link's token follows it.",
    )
    sign_up_minutes: int = setting(60, "For how many minutes the link of a new account works.")
    delete_after_days: int = setting(
        0,
        "For how many days an account that its owner deletes is only inactive: until then they can "
        "come back by the mailed link. 0 deletes at once.",
    )
    restore_account_page: str = setting(
        "/restore-account",
        "Path of the front end's page that brings an account back; the link's token follows it.",
    )


account = AccountSettings()
