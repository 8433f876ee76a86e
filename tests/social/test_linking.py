"""Whose account an address opens: the takeover stories, and what must never be linked silently."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import override_settings

from spa_auth.core import addresses, events
from spa_auth.email.models import ProvenAddress
from spa_auth.social import linking
from spa_auth.social.models import Identity
from tests.answers import outcome
from tests.attacks.stage import browser, key_of, who_is
from tests.conftest import PASSWORD, ApiClient
from tests.email.stage import prove
from tests.social.provider import Account, Provider
from tests.social.stage import identity, visit

pytestmark = pytest.mark.django_db

EXISTS = (409, "social.account_exists")


@pytest.fixture
def verifying() -> Iterator[None]:
    """A project in which addresses are proved, as they are unless it says otherwise."""
    with override_settings(SPA_AUTH={"VERIFY_EMAIL": True}):
        yield


def of(user: User) -> Account:
    return Account(email=user.email)


def test_an_unclaimed_account_goes_to_who_owns_the_address(
    client: ApiClient,
    alice: User,
    provider: Provider,
    verifying: None,
    reported: list[events.Event],
) -> None:
    """A squatter has signed up with the address, A103: nothing of theirs is left."""
    with override_settings(SPA_AUTH={"VERIFY_EMAIL": False}):
        squatter = browser()
        provider.account = Account(subject="squatter", email="squatter@example.com")
        assert visit(squatter, provider, act="connect").status_code == 200
        squatter = browser()
    key = key_of(squatter)
    reported.clear()
    provider.account = of(alice)
    answer = visit(client, provider).json()
    assert (answer["status"], answer["user"]["id"]) == ("authenticated", str(alice.pk))
    assert answer["user"]["emailVerified"] is True
    assert who_is(key) is None
    alice.refresh_from_db()
    assert not alice.has_usable_password()
    assert [row.subject for row in Identity.objects.all()] == ["ada-at-the-provider"]
    # The squatter's account at the provider opens nothing of hers.
    provider.account = Account(subject="squatter", email="squatter@example.com")
    assert visit(ApiClient(), provider).json()["user"]["id"] != str(alice.pk)
    assert {"PasswordRemoved", "SocialDisconnected", "SocialConnected", "SignedIn"} <= {
        type(event).__name__ for event in reported
    }


def test_a_proved_address_is_never_linked_silently(
    client: ApiClient, alice: User, provider: Provider, verifying: None
) -> None:
    prove(alice)
    provider.account = of(alice)
    assert outcome(visit(client, provider)) == EXISTS
    assert Identity.objects.count() == 0
    # She signs in, and connects.
    client.sign_in()
    assert visit(client, provider, act="connect").status_code == 200
    assert visit(ApiClient(), provider).json()["user"]["id"] == str(alice.pk)


@pytest.mark.parametrize("power", ["is_staff", "is_superuser"])
def test_nobody_becomes_staff_by_an_address(
    client: ApiClient, alice: User, provider: Provider, verifying: None, power: str
) -> None:
    """S4's mistake: whoever sets a superuser's address at a provider."""
    setattr(alice, power, True)
    alice.save()
    provider.account = of(alice)
    assert outcome(visit(client, provider)) == EXISTS
    alice.refresh_from_db()
    assert alice.check_password(PASSWORD)
    assert Identity.objects.count() == 0


def test_where_nobody_proves_addresses_an_account_is_somebodys(
    client: ApiClient, alice: User, provider: Provider
) -> None:
    with override_settings(SPA_AUTH={"VERIFY_EMAIL": False}):
        provider.account = of(alice)
        assert outcome(visit(client, provider)) == EXISTS
    assert Identity.objects.count() == 0


def test_without_a_room_that_keeps_proofs_as_well(
    client: ApiClient,
    alice: User,
    provider: Provider,
    verifying: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(addresses, "_tellers", [])
    monkeypatch.setattr(addresses, "_keepers", [])
    provider.account = of(alice)
    assert outcome(visit(client, provider)) == EXISTS
    # A newcomer is nobody's trouble.
    provider.account = Account()
    assert visit(client, provider).status_code == 200


@pytest.mark.parametrize("spelling", ["ALICE@EXAMPLE.COM", "Alice@Example.com"])
def test_spellings_are_one_address(
    client: ApiClient, alice: User, provider: Provider, verifying: None, spelling: str
) -> None:
    prove(alice)
    provider.account = Account(email=spelling)
    assert outcome(visit(client, provider)) == EXISTS
    assert User.objects.count() == 1


def test_an_address_that_two_accounts_have_opens_neither(
    client: ApiClient, alice: User, bob: User, provider: Provider, verifying: None
) -> None:
    User.objects.update(email="shared@example.com")
    provider.account = Account(email="shared@example.com")
    assert outcome(visit(client, provider)) == EXISTS


def test_a_collation_that_finds_more_opens_nothing(
    client: ApiClient,
    alice: User,
    provider: Provider,
    verifying: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """CVE-2019-19844: what is found must be the very address."""
    monkeypatch.setattr(linking, "find_all_by_email", lambda _: [alice])
    provider.account = Account(email="alise@example.com")
    assert outcome(visit(client, provider)) == EXISTS
    assert Identity.objects.count() == 0


def test_an_inactive_unclaimed_account_stays_as_it_is(
    client: ApiClient, alice: User, provider: Provider, verifying: None
) -> None:
    User.objects.update(is_active=False)
    provider.account = of(alice)
    assert outcome(visit(client, provider)) == (400, "invalid_credentials")
    alice.refresh_from_db()
    assert alice.check_password(PASSWORD)
    assert Identity.objects.count() == ProvenAddress.objects.count() == 0


def test_a_provider_account_can_set_a_password_by_mail(
    client: ApiClient, provider: Provider, verifying: None
) -> None:
    """S4's next step, and the other way round."""
    visit(client, provider)
    refused = client.send("POST", "/api/password/set/", {"newPassword": PASSWORD})
    assert refused.status_code == 200
    assert User.objects.get().check_password(PASSWORD)
    assert visit(ApiClient(), provider).status_code == 200


def test_who_proves_the_address_by_mail_throws_a_squatters_provider_out(
    client: ApiClient, alice: User, provider: Provider
) -> None:
    """A103, trojan identifier: the first proof may come by another way than a provider."""
    identity(alice)
    addresses.claim(alice, alice.email)
    assert Identity.objects.count() == 0
    assert not linking.ways_of(alice)


def test_a_proof_of_ones_own_leaves_it(alice: User, provider: Provider) -> None:
    prove(alice)
    identity(alice)
    addresses.claim(alice, alice.email)
    assert Identity.objects.count() == 1


def test_a_lost_race_is_decided_again(
    client: ApiClient,
    alice: User,
    provider: Provider,
    verifying: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The address is proved while the account was looked for: it is not taken over."""
    found = linking.find_owner

    def find_owner(person: object) -> linking.Owner:
        owner = found(person)  # type: ignore[arg-type]
        prove(alice)
        return owner

    monkeypatch.setattr(linking, "find_owner", find_owner)
    provider.account = of(alice)
    assert outcome(visit(client, provider)) == EXISTS
    alice.refresh_from_db()
    assert alice.check_password(PASSWORD)


def test_who_loses_every_race_is_refused(
    client: ApiClient, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    def settle(*_: object) -> None:
        raise linking.Raced

    monkeypatch.setattr(linking, "settle", settle)
    assert outcome(visit(client, provider)) == (400, "social.refused")
    assert not connection.needs_rollback


def test_an_identity_that_is_taken_away_meanwhile_opens_nothing(
    client: ApiClient, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit(client, provider)
    noted = linking._note_use

    def note_use(row: Identity, person: object) -> None:
        Identity.objects.all().delete()
        noted(row, person)  # type: ignore[arg-type]

    monkeypatch.setattr(linking, "_note_use", note_use)
    assert outcome(visit(ApiClient(), provider)) == (400, "social.refused")


def test_who_was_faster_has_made_the_account_already(
    client: ApiClient, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same person comes in another browser, between the decision and the deed."""
    came: list[int] = []

    def run(*_: object) -> None:
        if not came:
            came.append(1)
            came.append(visit(ApiClient(), provider).status_code)

    monkeypatch.setattr("spa_auth.social.steps.run", run)
    assert visit(client, provider).status_code == 200
    assert came == [1, 200]
    assert (User.objects.count(), Identity.objects.count()) == (1, 1)
