import datetime

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from time_machine import TimeMachineFixture

from spa_auth.core import events, links
from spa_auth.core.models import Secret
from spa_auth.email.mail import CONFIRM
from tests.answers import outcome
from tests.attacks.stage import browser, key_of, public_id_of, who_is
from tests.conftest import ApiClient
from tests.letters import Letter, delivered

from .stage import EVIL, one_letter, prove

OTHER = links.Purpose(name="test.other", lifetime=datetime.timedelta(minutes=30))

pytestmark = pytest.mark.django_db


def ask(client: ApiClient) -> HttpResponse:
    return client.send("POST", "/api/reauthenticate/email/", {})


def finish(client: ApiClient, code: str) -> HttpResponse:
    return client.send("POST", "/api/reauthenticate/email/finish/", {"code": code})


def is_fresh(client: ApiClient) -> bool:
    """Whether what asks for a fresh proof is done; the ways are named where it is not."""
    answer = client.send("POST", "/api/email/change/", {"email": "new@example.com"})
    assert answer.status_code in {200, 403}
    return answer.status_code == 200


@pytest.fixture
def client(alice: User, time_machine: TimeMachineFixture) -> ApiClient:
    """A browser in which alice, whose address is proved, signed in two hours ago."""
    time_machine.move_to(1_800_000_000, tick=False)
    prove(alice)
    client = browser()
    delivered()
    time_machine.shift(datetime.timedelta(hours=2))
    return client


@pytest.fixture
def letter(client: ApiClient) -> Letter:
    assert ask(client).status_code == 200
    return one_letter()


def test_the_mail_has_a_code_and_no_link(letter: Letter) -> None:
    assert (letter.to, letter.subject) == ("alice@example.com", "Your code")
    assert letter.token == ""
    assert "http" not in letter.text
    assert "The code works once, for 15 minutes." in letter.text


def test_the_code_makes_the_session_fresh_under_a_new_key(
    client: ApiClient, letter: Letter, alice: User, reported: list[events.Event]
) -> None:
    assert not is_fresh(client)
    old, token, public_id = key_of(client), client.token, public_id_of(client)
    assert outcome(finish(client, letter.code)) == (200, "authenticated")
    assert reported == [events.Reauthenticated(user_id=alice.pk, method="email")]
    assert is_fresh(client)
    assert client.get("/api/session/").json()["session"]["proofs"] == ["password", "email"]
    assert key_of(client) != old
    assert client.token != token
    assert public_id_of(client) == public_id
    assert who_is(old) is None


def test_only_a_proved_address_offers_this_way(client: ApiClient) -> None:
    def ways() -> list[str]:
        body = {"email": "new@example.com"}
        found: list[str] = client.send("POST", "/api/email/change/", body).json()["ways"]
        return sorted(found)

    assert ways() == ["email", "password"]
    User.objects.update(email="other@example.com")
    assert ways() == ["password"]
    assert ask(client).status_code == 200
    assert delivered() == []


def test_a_code_works_once(client: ApiClient, letter: Letter) -> None:
    finish(client, letter.code)
    assert outcome(finish(client, letter.code)) == (400, "code_invalid")


def test_a_newer_mail_ends_the_older(client: ApiClient, letter: Letter) -> None:
    ask(client)
    newer = one_letter()
    assert outcome(finish(client, letter.code)) == (400, "code_invalid")
    assert outcome(finish(client, newer.code)) == (200, "authenticated")


def test_a_quarter_of_an_hour_is_enough(
    client: ApiClient, letter: Letter, time_machine: TimeMachineFixture
) -> None:
    time_machine.shift(datetime.timedelta(minutes=15))
    assert outcome(finish(client, letter.code)) == (400, "code_invalid")
    assert not is_fresh(client)


def test_after_five_wrong_codes_the_right_one_is_none(client: ApiClient, letter: Letter) -> None:
    wrong = f"{(int(letter.code) + 1) % 10**6:06}"
    for code in [*[wrong] * 5, letter.code]:
        assert outcome(finish(client, code)) == (400, "code_invalid")


def test_a_code_of_somebody_else_or_for_something_else_proves_nothing(
    client: ApiClient, alice: User, bob: User
) -> None:
    of_bob = links.issue(CONFIRM, bob, address=bob.email)
    other = links.issue(OTHER, alice, address=alice.email)
    for issued in (of_bob, other):
        assert outcome(finish(client, issued.code)) == (400, "code_invalid")
    assert not is_fresh(client)
    assert Secret.objects.filter(used_at=None).count() == 2


@pytest.mark.parametrize("changed", [{"email": "other@example.com"}, {"password": "!new"}])
def test_it_ends_with_what_it_was_for(
    client: ApiClient, letter: Letter, changed: dict[str, str]
) -> None:
    User.objects.update(**changed)
    assert finish(client, letter.code).status_code in {400, 401}


def test_guessing_is_limited(client: ApiClient, letter: Letter) -> None:
    assert [finish(client, "000000").status_code for _ in range(11)] == [400] * 10 + [429]


def test_filling_ones_mailbox_is_limited(client: ApiClient) -> None:
    assert [ask(client).status_code for _ in range(6)] == [200] * 5 + [429]


def test_nobody_is_asked_to_sign_in_first(alice: User) -> None:
    assert ask(ApiClient()).status_code == 401
    assert finish(ApiClient(), "000000").status_code == 401


@pytest.mark.parametrize("headers", [EVIL, {"X-CSRFToken": "x" * 32}])
def test_no_other_site_makes_a_session_fresh(
    client: ApiClient, letter: Letter, headers: dict[str, str]
) -> None:
    token, client.token = client.token, ""
    for path, body in (("email", {}), ("email/finish", {"code": letter.code})):
        answer = client.send("POST", f"/api/reauthenticate/{path}/", body, headers=headers)
        assert answer.status_code == 403
    client.token = token
    assert not is_fresh(client)
