"""Create the people that the example's pages speak of."""

from typing import Any

from django.core.management.base import BaseCommand

from people.models import User

PASSWORD = "correct-horse-battery-staple"  # noqa: S105 - printed by `make run`, for the demo only


class Command(BaseCommand):
    """`manage.py demo_users`: alice may use the admin, bob may not."""

    help = "Creates alice and bob unless they exist."

    def handle(self, *args: Any, **options: Any) -> None:
        """Create whoever is missing; change nobody."""
        for name in ("alice", "bob"):
            email = f"{name}@example.com"
            if not User.objects.filter(email=email).exists():
                staff = name == "alice"
                User.objects.create_user(
                    name,
                    email,
                    PASSWORD,
                    first_name=name.title(),
                    is_staff=staff,
                    is_superuser=staff,
                )
