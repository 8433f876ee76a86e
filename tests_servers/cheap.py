"""The example with passwords that cost nothing to check, for tests that make many attempts."""

from config.settings import *  # noqa: F403

PASSWORD_HASHERS = [
    "tests_servers.cheap_hasher.CheapHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
