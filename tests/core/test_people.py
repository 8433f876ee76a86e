import pytest
from django.contrib.auth.models import User

from spa_auth.core import people
from spa_auth.core.people import find_by_email

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("stored", ["alice@example.com", "Alice@Example.com", "ALICE@EXAMPLE.COM"])
def test_a_person_is_found_in_whatever_case_the_address_is_stored(stored: str) -> None:
    user = User.objects.create_user("alice")
    User.objects.update(email=stored)
    assert find_by_email(" \uff21lice@example.com. ") == user


def test_of_two_with_one_address_nobody_is_found(alice: User, bob: User) -> None:
    User.objects.filter(pk=bob.pk).update(email="ALICE@example.com")
    assert find_by_email("alice@example.com") is None


def test_letters_that_only_a_database_takes_for_the_same_are_others(alice: User) -> None:
    User.objects.filter(pk=alice.pk).update(email="\u00e1lice@example.com")
    assert find_by_email("alice@example.com") is None


def test_users_without_an_address_have_none_by_which_to_be_found(
    alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(people, "field_of", lambda kind: None)
    assert find_by_email("alice@example.com") is None
