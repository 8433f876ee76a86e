"""One hasher for every contender."""

from django.contrib.auth.hashers import PBKDF2PasswordHasher


class CheapPBKDF2(PBKDF2PasswordHasher):
    """The real algorithm at a thousandth of its cost.

    A real hash takes the same hundreds of milliseconds with every contender, and would hide what
    they do apart from it.
    """

    iterations = 1000
