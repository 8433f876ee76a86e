from django.contrib.auth.hashers import PBKDF2PasswordHasher


class CheapPBKDF2(PBKDF2PasswordHasher):
    """The real algorithm at a cost that a test suite can pay, with every call recorded."""

    iterations = 1000
    calls: list[int] = []  # noqa: RUF012 - shared on purpose: Django makes the instances

    def encode(self, password: str, salt: str, iterations: int | None = None) -> str:
        self.calls.append(iterations or self.iterations)
        return super().encode(password, salt, iterations)
