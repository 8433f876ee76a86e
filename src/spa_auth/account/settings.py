"""What a project may choose about accounts."""

from collections.abc import Sequence

from spa_auth.core.settings import Settings, setting


class AccountSettings(Settings):
    """Settings of the account room."""

    profile_fields: Sequence[str] = setting(
        ("first_name", "last_name"), "Fields of the user model that a person may change."
    )


account = AccountSettings()
