"""What a project may choose about accounts."""

from collections.abc import Sequence

from spa_auth.core.settings import Settings, setting


class AccountSettings(Settings):
    """Settings of the account room."""

    profile_fields: Sequence[str] = setting(
        ("first_name", "last_name"), "Fields of the user model that a person may change."
    )
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
