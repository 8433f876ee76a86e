"""Take over the addresses that a project has verified before."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from spa_auth.core.people import email_of
from spa_auth.core.recipients import RecipientRefused, recipient
from spa_auth.email.models import ProvenAddress

_AT_ONCE = 1000


class Command(BaseCommand):
    """`manage.py spa_auth_trust_addresses`: what is stored counts as proved.

    For a project that has verified its addresses in its own way. An address that two people have,
    or that mail cannot go to, stays as it is.
    """

    help = "Counts the addresses of all active users as proved, except those of several people."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the one option."""
        parser.add_argument(
            "--yes", action="store_true", help="Store them; without it they are only counted."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Count, and store if asked to."""
        owners = self._owners()
        proofs = [
            ProvenAddress(user_id=pks[0], address=address, proven_at=timezone.now())
            for address, pks in owners.items()
            if len(pks) == 1
        ]
        shared = len(owners) - len(proofs)
        if options["yes"]:
            # Whoever has proved one already keeps it.
            ProvenAddress.objects.bulk_create(proofs, batch_size=_AT_ONCE, ignore_conflicts=True)
        self.stdout.write(
            f"{len(proofs)} addresses {'count' if options['yes'] else 'would count'} as proved, "
            f"{shared} belong to several people."
        )

    def _owners(self) -> dict[str, list[Any]]:
        owners: dict[str, list[Any]] = {}
        people = get_user_model()._default_manager.filter(is_active=True)
        for user in people.iterator(chunk_size=_AT_ONCE):
            try:
                owners.setdefault(recipient(email_of(user)), []).append(user.pk)
            except RecipientRefused:
                continue
        return owners
