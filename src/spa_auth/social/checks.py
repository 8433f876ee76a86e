"""System checks of the social room."""

from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.checks import Error, Warning  # noqa: A004 - Django's name
from django.utils.module_loading import import_string

from spa_auth.core.deployment import chosen
from spa_auth.core.rule import Found, rule
from spa_auth.core.settings import core

from .settings import social

# What is imported here needs the extra, whose absence is the first thing to name.
if TYPE_CHECKING:
    from .providers import Provider

# Settings of Python Social Auth that are addresses.
_ADDRESSES = (
    "OIDC_ENDPOINT",
    "AUTHORIZATION_URL",
    "ACCESS_TOKEN_URL",
    "USERINFO_URL",
    "JWKS_URI",
    "API_URL",
    "AUTHORITY",
    "URL",
)


@rule("E090", Error, hint='pip install "django-spa-auth[social]"')
def extra_not_installed() -> Iterator[Found]:
    """Providers are reached through Python Social Auth, which the extra `social` brings."""
    if not _is_installed():
        yield Found("spa_auth.social is in INSTALLED_APPS, and social-auth-core is not installed.")


@rule("E091", Error, hint='SPA_AUTH = {"SOCIAL": ["github", "google"]}')
def unknown_provider() -> Iterator[Found]:
    """A provider must be one of ours, or an OAuth 2 backend of Python Social Auth.

    OAuth 1, OpenID 2 and SAML come back with something else than a code and a state.
    """
    if not _is_installed():
        return
    from .providers import Unknown, resolve  # noqa: PLC0415

    seen: set[str] = set()
    for name in _names(social.social):
        try:
            provider = resolve(name)
        except Unknown as error:
            yield Found(f"SPA_AUTH['SOCIAL']: {error}")
            continue
        if provider.id in seen or "/" in provider.id:
            yield Found(f"SPA_AUTH['SOCIAL'] has two providers with the name {provider.id!r}.")
        seen.add(provider.id)
    for key in ("SOCIAL_TRUST_EMAIL", "SOCIAL_KEEP_TOKENS"):
        for name in _names(getattr(social, key.lower())):
            if name not in seen:
                yield Found(f"SPA_AUTH[{key!r}] names {name!r}, which is none of {sorted(seen)}.")


@rule("E092", Error, hint="SOCIAL_AUTH_GITHUB_KEY and SOCIAL_AUTH_GITHUB_SECRET, from the provider")
def key_or_secret_missing() -> Iterator[Found]:
    """A provider needs the id and the secret that it gave the project."""
    for provider in _providers():
        missing = [name for name in provider.backend.NEEDS if not _has(provider, name)]
        for name in missing:
            yield Found(f"{_key(provider, name)} is missing.")
        if not missing and not _makes_secrets(provider):
            yield Found(
                f"{_key(provider, 'SECRET')} is no key.",
                hint="Write the text of the key file, with its line breaks.",
            )


@rule("E093", Error, hint="Write the https address; http is for localhost alone.")
def address_not_allowed() -> Iterator[Found]:
    """What a provider says over http anybody on the way can say."""
    if not _is_installed() or chosen() is None:
        return
    from .transport import NotAllowed, require_allowed  # noqa: PLC0415

    for provider in _providers():
        for name in _ADDRESSES:
            value = _setting(provider, name)
            if value is None:
                continue
            try:
                require_allowed(str(value))
            except NotAllowed as error:
                yield Found(f"{_key(provider, name)} is {value!r}: {error}.")


@rule("E094", Error, hint='SOCIAL_AUTH_GITHUB_SCOPE = ["user:email"]')
def scope_of_another_type() -> Iterator[Found]:
    """A scope is a list of names; of a text every letter would be one."""
    for provider in _providers():
        value = _setting(provider, "SCOPE")
        if value is not None and not _is_names(value):
            yield Found(f"{_key(provider, 'SCOPE')} is {value!r}.")


@rule("E095", Error, hint='SPA_AUTH = {"SOCIAL_PAGE": "/auth/{provider}/callback"}')
def page_for_several_providers() -> Iterator[Found]:
    """Each provider sends back to a page of its own, so that none can answer for another.

    RFC 9700, section 4.4.2.
    """
    page = social.social_page
    if not isinstance(page, str) or not page.startswith("/") or "{provider}" not in page:
        yield Found(f"SPA_AUTH['SOCIAL_PAGE'] is {page!r}.")


@rule("E096", Error, hint='Give the field a default, or null=True, or write "SIGN_UP": False.')
def account_that_cannot_be_made() -> Iterator[Found]:
    """An account that is made by a provider has an address and names, and nothing else."""
    from .newcomers import missing  # noqa: PLC0415 - needs the user model

    for name in missing() if core.sign_up and _names(social.social) else ():
        yield Found(f"The user model cannot do without {name!r}, which no provider tells.")


@rule("E097", Error, hint="Use another backend of the same provider, such as OpenID Connect.")
def identity_that_changes() -> Iterator[Found]:
    """Who has an address or a user name at a provider may be somebody else tomorrow."""
    if not _is_installed():
        return
    from .guard import MUTABLE  # noqa: PLC0415

    for provider in _providers():
        key = provider.backend.ID_KEY
        if key in MUTABLE:
            yield Found(f"{provider.id} tells people apart by their {key!r}.")


@rule("E098", Error, hint="Take it out.")
def setting_that_is_not_read() -> Iterator[Found]:
    """What Python Social Auth lets a project switch off, or what it does otherwise, is not read."""
    if not _is_installed():
        return
    from .strategy import NOT_READ  # noqa: PLC0415

    for provider in [None, *_providers()]:
        for name in sorted(NOT_READ):
            key = f"SOCIAL_AUTH_{name}" if provider is None else _key(provider, name)
            if hasattr(settings, key):
                yield Found(f"{key} has no effect.")


@rule("E099", Error, hint='SPA_AUTH = {"SOCIAL_STEPS": ["shop.social.only_members"]}')
def step_that_is_missing() -> Iterator[Found]:
    """A step that cannot be imported would refuse nobody, and break every sign-in."""
    for path in _names(social.social_steps):
        try:
            import_string(path)
        except ImportError as error:
            yield Found(f"SPA_AUTH['SOCIAL_STEPS']: {error}")


@rule("W090", Warning, hint="Take it out, unless the provider verifies every address.")
def address_trusted() -> Iterator[Found]:
    """Who can have any address at a provider that is trusted makes accounts with it here."""
    for name in _names(social.social_trust_email):
        yield Found(f"SPA_AUTH['SOCIAL_TRUST_EMAIL'] takes every address of {name!r} for verified.")


@rule("W091", Warning, hint="Take out SOCIAL_AUTH_..._USE_PKCE, unless the provider fails with it.")
def without_pkce() -> Iterator[Found]:
    """Without PKCE a code that was seen on its way can be used by whoever saw it."""
    for provider in _providers():
        if _setting(provider, "USE_PKCE") is False:
            yield Found(f"{provider.id} is used without PKCE.")


def _is_installed() -> bool:
    return find_spec("social_core") is not None


def _providers() -> "list[Provider]":
    """Return the providers that can be used; the others are named elsewhere."""
    if not _is_installed():
        return []
    from .providers import Unknown, resolve  # noqa: PLC0415

    found = []
    for name in _names(social.social):
        try:
            found.append(resolve(name))
        except Unknown:
            continue
    return found


def _names(value: Any) -> Sequence[str]:
    """Return a setting that is a list of names; what is none E002 names."""
    return value if _is_names(value) else ()


def _is_names(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(each, str) for each in value)


def _setting(provider: "Provider", name: str) -> Any:
    from .strategy import Strategy  # noqa: PLC0415

    backend = provider.backend(Strategy())
    return backend.setting(name)


def _has(provider: "Provider", name: str) -> bool:
    value = _setting(provider, name) or getattr(provider.backend, name, None)
    return isinstance(value, str) and bool(value.strip())


def _makes_secrets(provider: "Provider") -> bool:
    """Tell whether the secret for a visit can be had; Apple's is made of a key."""
    from .strategy import Strategy  # noqa: PLC0415

    try:
        provider.backend(Strategy()).get_key_and_secret()
    except Exception:  # what is wrong with a key depends on the key
        return False
    return True


def _key(provider: "Provider", name: str) -> str:
    from social_core.utils import setting_name  # noqa: PLC0415

    return setting_name(provider.backend.name, name)
