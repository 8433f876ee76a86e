"""Create the people that the example's pages speak of."""

from typing import Any

from django.core.management.base import BaseCommand

from people.models import User
from spa_auth.core import addresses

PASSWORD = "correct-horse-battery-staple"  # noqa: S105 - printed by `make run`, for the demo only


class Command(BaseCommand):
    """`manage.py demo_users`: alice may use the admin, bob may not."""

    help = "Creates alice and bob unless they exist."

    def handle(self, *args: Any, **options: Any) -> None:
        """Create whoever is missing; change nobody."""
        for name in ("alice", "bob"):
            email = f"{name}@example.com"
            user = User.objects.filter(email=email).first()
            if user is None:
                staff = name == "alice"
                user = User.objects.create_user(
                    name,
                    email,
                    PASSWORD,
                    first_name=name.title(),
                    is_staff=staff,
                    is_superuser=staff,
                )
            # Nobody reads the mail of example.com.
            addresses.prove(user, email)
