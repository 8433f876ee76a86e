"""What a project may choose about API tokens."""

from spa_auth.core.settings import Settings, setting


class TokensSettings(Settings):
    """Settings of the tokens room."""

    token_prefix: str = setting(
        "sat",
        "What every API token begins with, before its underscore, so that scanners know it as "
        "yours. With another one the tokens of before open nothing.",
    )
    tokens_page: str = setting(
        "/tokens", "Path of the front end's page that lists the API tokens, for links in mails."
    )


tokens = TokensSettings()
