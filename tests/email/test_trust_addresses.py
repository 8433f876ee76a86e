from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command

from .stage import prove, proven

pytestmark = pytest.mark.django_db


def trust(*options: str) -> str:
    said = StringIO()
    call_command("spa_auth_trust_addresses", *options, stdout=said)
    return said.getvalue()


@pytest.fixture(autouse=True)
def people(alice: User) -> None:
    User.objects.create_user("loud", "Loud@Example.com")
    User.objects.create_user("away", "away@example.com", is_active=False)
    User.objects.create_user("none", "")
    User.objects.create_user("root", "root@localhost")
    User.objects.create_user("two", "twins@example.com")
    User.objects.create_user("twin", "TWINS@example.com")


TRUSTED = {"alice": "alice@example.com", "loud": "loud@example.com"}


def test_the_addresses_of_active_people_count_as_proved() -> None:
    assert trust("--yes") == "2 addresses count as proved, 1 belong to several people.\n"
    assert proven() == TRUSTED
    trust("--yes")
    assert proven() == TRUSTED


def test_without_yes_they_are_only_counted() -> None:
    assert trust() == "2 addresses would count as proved, 1 belong to several people.\n"
    assert proven() == {}


def test_who_has_proved_one_keeps_it(bob: User) -> None:
    prove(bob, "alice@example.com")
    trust("--yes")
    assert proven() == {"bob": "alice@example.com", "loud": "loud@example.com"}
