"""The Django project that every contender is a variant of."""
