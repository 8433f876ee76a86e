"""What a project may choose about signing in with providers.

Keys, secrets and scopes are Python Social Auth's own settings: `SOCIAL_AUTH_GITHUB_KEY` and so on.
"""

from collections.abc import Sequence
from typing import Literal

from spa_auth.core.settings import Settings, setting


class SocialSettings(Settings):
    """Settings of the social room."""

    social: Sequence[str] = setting(
        (),
        'Providers in the order of their buttons: "github", "google", "facebook", "microsoft", '
        '"apple", "oidc", the name of another backend of Python Social Auth, or the dotted path of '
        "a backend.",
    )
    social_trust_email: Sequence[str] = setting(
        (),
        "Providers that do not say whether an address is verified, and whose addresses the project "
        "declares to be. Whoever can have any address there can make an account with it here.",
    )
    social_keep_tokens: Sequence[str] = setting(
        (), "Providers whose tokens are kept, encrypted, for calls of the project's own."
    )
    social_steps: Sequence[str] = setting(
        (),
        "Dotted names of functions with the signature of a Python Social Auth pipeline step, which "
        "run before anything is saved and may refuse.",
    )
    social_return: Literal["page", "callback"] = setting(
        "page",
        'Where providers send people back to: to the "page" of the front end, or to the "callback" '
        "of the API, which leads to the page.",
    )
    social_page: str = setting(
        "/auth/{provider}/callback",
        "Path of the front end's page to which people come back, with `{provider}` in it.",
    )
    social_connections_page: str = setting(
        "/account",
        "Path of the front end's page that lists connected accounts, for links in mails.",
    )


social = SocialSettings()
