"""Races of sign-ins with providers: what is at stake is one state, one identity, one address."""

from collections.abc import Callable
from functools import partial

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse

from spa_auth.email.models import ProvenAddress
from spa_auth.social.models import Flow, Identity
from tests.answers import outcome
from tests.attacks.stage import at_once, jar, key_of, overtaken
from tests.conftest import ApiClient
from tests.social.provider import Account, Provider
from tests.social.stage import come_back, identity, leave, visit

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.attacks.urls")]

MISMATCH = (400, "social.state_mismatch")
IN = (200, "authenticated")


def agreed(
    client: ApiClient, provider: Provider, name: str = "oidc", account: Account | None = None
) -> Callable[[], HttpResponse]:
    """Return what sends on what came back for somebody."""
    provider.account = account or Account()
    back = provider.agree(leave(client, name)["authorizationUrl"])
    return partial(come_back, client, name, back)


def test_a96_one_state_is_spent_once_by_two_at_once(client: ApiClient, provider: Provider) -> None:
    """A96: by the same browser, twice."""
    first = agreed(client, provider)
    again = jar(key_of(client))
    second = partial(come_back, again, *first.args[1:])  # type: ignore[attr-defined]
    outcomes = sorted(outcome(answer) for answer in at_once(first, second))
    assert outcomes == [IN, MISMATCH]
    assert (User.objects.count(), Identity.objects.count()) == (1, 1)
    assert len(provider.exchanged) == 1


def test_one_newcomer_in_two_browsers_is_one_person(provider: Provider) -> None:
    """Whoever is slower comes to the account that the other one has made."""
    sends = [agreed(ApiClient(), provider) for _ in range(4)]
    answers = at_once(*sends)
    assert [outcome(answer) for answer in answers] == [IN] * 4
    assert (User.objects.count(), Identity.objects.count(), Flow.objects.count()) == (1, 1, 0)


def test_a_newcomer_who_is_overtaken_by_themselves_is_let_in(provider: Provider) -> None:
    """Nobody had the identity, and then somebody has the address: it is the same person."""
    slow, fast = (agreed(ApiClient(), provider) for _ in range(2))
    sends = overtaken(slow, by=fast, asking=Account().email)
    assert outcome(sends()) == IN
    assert (User.objects.count(), Identity.objects.count(), Flow.objects.count()) == (1, 1, 0)


def test_one_address_of_two_providers_makes_one_account(provider: Provider) -> None:
    """The stock user model would take it twice; whose proof is first has it."""
    sends = [agreed(ApiClient(), provider, name) for name in ("oidc", "github")]
    outcomes = sorted(outcome(answer) for answer in at_once(*sends))
    assert outcomes == [IN, (409, "social.account_exists")]
    assert (User.objects.count(), Identity.objects.count()) == (1, 1)
    assert ProvenAddress.objects.count() == 1


def test_people_of_one_name_come_at_once(provider: Provider) -> None:
    accounts = [Account(subject=str(each), email=f"{each}@example.com") for each in range(4)]
    sends = [agreed(ApiClient(), provider, account=account) for account in accounts]
    assert [outcome(answer) for answer in at_once(*sends)] == [IN] * 4
    assert User.objects.values("username").distinct().count() == 4


def test_of_the_last_two_ways_one_stays(client: ApiClient, provider: Provider) -> None:
    """Two connections are taken away at once: nobody locks themselves out."""
    assert visit(client, provider).status_code == 200
    user = User.objects.get()
    User.objects.update(email="")
    ids = [identity(user, subject=name).public_id for name in ("one", "two")]
    Identity.objects.exclude(public_id__in=ids).delete()
    one, two = client, jar(key_of(client))
    two.get("/api/csrf/")
    one.get("/api/csrf/")

    def remove(who: ApiClient, name: str) -> HttpResponse:
        return who.send("DELETE", f"/api/social/connections/{name}/")

    answers = at_once(partial(remove, one, ids[0]), partial(remove, two, ids[1]))
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    assert Identity.objects.count() == 1
