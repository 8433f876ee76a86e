"""The project's own steps, with the signature of those of a Python Social Auth pipeline."""

from django.contrib.auth.models import AbstractBaseUser
from django.utils.module_loading import import_string
from social_core.exceptions import SocialAuthBaseException

from .errors import Refused
from .exchange import Person, logger
from .settings import social


def run(person: Person, user: AbstractBaseUser | None) -> None:
    """Run the steps for who has come back: `user` is whose account it is, None for a new one.

    Nothing is saved yet, and no transaction is open. A step refuses by raising an exception of
    Python Social Auth; it may change `details` of a new account. Raises Refused.
    """
    for path in social.social_steps:
        try:
            said = import_string(path)(
                strategy=person.backend.strategy,
                backend=person.backend,
                uid=person.subject,
                details=person.details,
                response=person.said,
                user=user,
                is_new=user is None,
            )
        except SocialAuthBaseException as error:
            logger.info("sign-in with %s: %s refuses, %s", person.provider.id, path, error.code)
            raise Refused from None
        if isinstance(said, dict) and isinstance(said.get("details"), dict):
            person.details.update(said["details"])
