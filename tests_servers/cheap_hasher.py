"""A hasher for tests."""

from django.contrib.auth.hashers import PBKDF2SHA1PasswordHasher


class CheapHasher(PBKDF2SHA1PasswordHasher):
    """One round."""

    algorithm = "cheap"
    iterations = 1
