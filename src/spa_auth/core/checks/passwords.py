"""How passwords are judged and stored, and how long a reset lasts."""

from collections.abc import Iterator

from django.conf import settings
from django.contrib.auth.hashers import BasePasswordHasher, get_hashers
from django.core.checks import Error, Warning  # noqa: A004
from django.core.exceptions import ImproperlyConfigured

from spa_auth.core.deployment import Deployment
from spa_auth.core.rule import Found, deployment_rule

_PACKAGE = "django.contrib.auth.password_validation."
_LENGTH, _COMMON, _NUMERIC = (
    f"{_PACKAGE}{name}Validator" for name in ("MinimumLength", "CommonPassword", "NumericPassword")
)
# Fast, or, as bcrypt alone, cutting a password off at 72 bytes.
_WEAK = {"md5", "sha1", "unsalted_md5", "unsalted_sha1", "crypt", "bcrypt"}
_HOUR = 3600


@deployment_rule(
    "R54",
    Warning,
    hint=f'AUTH_PASSWORD_VALIDATORS = [{{"NAME": "{_LENGTH}"}}, {{"NAME": "{_COMMON}"}}]',
    deploy=True,
)
def judged_too_little(deployment: Deployment) -> Iterator[Found]:
    """Eight characters or more, none of the common ones, no composition (ASVS 6.2.1-6.2.5)."""
    validators = {
        each.get("NAME", ""): each.get("OPTIONS", {}) for each in settings.AUTH_PASSWORD_VALIDATORS
    }
    if not validators:
        yield Found("AUTH_PASSWORD_VALIDATORS is empty: any password will do.")
        return
    length = validators.get(_LENGTH, {}).get("min_length", 8 if _LENGTH in validators else 0)
    of_the_project = any(not name.startswith(_PACKAGE) for name in validators)
    if length < 8 and (_LENGTH in validators or not of_the_project):
        yield Found(f"AUTH_PASSWORD_VALIDATORS accepts passwords of {length} characters.")
    if _NUMERIC in validators:
        yield Found(
            "AUTH_PASSWORD_VALIDATORS has NumericPasswordValidator: twenty random digits are fine.",
            f'Take "{_NUMERIC}" out.',
        )
    own_list = "password_list_path" in validators.get(_COMMON, {})
    if length >= 12 and not own_list and not of_the_project:
        yield Found(
            f"AUTH_PASSWORD_VALIDATORS asks for {length} characters, and Django's list of common "
            "passwords has 190 that are so long.",
            f'{{"NAME": "{_COMMON}", "OPTIONS": {{"password_list_path": ...}}}} with a list of '
            "3000 or more of that length.",
        )


@deployment_rule(
    "R55",
    Error,
    hint='PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]',
    deploy=True,
    sometimes=Warning,
)
def stored_too_cheaply(deployment: Deployment) -> Iterator[Found]:
    """A fast hash is guessed from a copy of the database, and tells by its time who has it."""
    for place, hasher in enumerate(_hashers()):
        if hasher.algorithm not in _WEAK:
            continue
        name = type(hasher).__name__
        if place == 0:
            yield Found(f"PASSWORD_HASHERS begins with {name}: new passwords are stored by it.")
        else:
            yield Found(
                f"PASSWORD_HASHERS still has {name}: passwords stored by it are cheap to guess.",
                f"Wrap the old hashes in the first hasher, and take {name} out.",
                Warning,
            )


@deployment_rule("R56", Warning, hint=f"PASSWORD_RESET_TIMEOUT = {_HOUR}", deploy=True)
def reset_for_days(deployment: Deployment) -> Iterator[Found]:
    """A reset link lies in the mail box for as long as it works: three days by default."""
    if settings.PASSWORD_RESET_TIMEOUT > _HOUR:
        yield Found(f"PASSWORD_RESET_TIMEOUT is {settings.PASSWORD_RESET_TIMEOUT} seconds.")


def _hashers() -> list[BasePasswordHasher]:
    try:
        return list(get_hashers())
    except (ImportError, ImproperlyConfigured):  # Django says so when a password is checked
        return []
