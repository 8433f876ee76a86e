"""The providers of `examples/provider` that speak as GitHub and Facebook do, only elsewhere."""

from django.conf import settings

from spa_auth.social.backends import Facebook, GitHub

HUB = f"{settings.PROVIDER}/hub"
BOOK = f"{settings.PROVIDER}/book"


class Hub(GitHub):
    """GitHub's protocol; settings as for `github`."""

    ISSUER = HUB
    API_URL = f"{HUB}/"
    AUTHORIZATION_URL = f"{HUB}/login/oauth/authorize"
    ACCESS_TOKEN_URL = f"{HUB}/login/oauth/access_token"


class Book(Facebook):
    """Facebook's protocol; settings as for `facebook`."""

    ISSUER = BOOK
    AUTHORIZATION_URL = f"{BOOK}/dialog/oauth"
    ACCESS_TOKEN_URL = f"{BOOK}/oauth/access_token"
    USER_DATA_URL = f"{BOOK}/me"
