import datetime
from collections.abc import Callable, Sequence

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.utils import timezone
from time_machine import TimeMachineFixture

from spa_auth.core import addresses, events, outbox
from spa_auth.core.models import Mail, Secret
from spa_auth.sessions.models import Session
from tests.answers import outcome
from tests.attacks.stage import at_once, browser, key_of, who_is
from tests.conftest import PASSWORD, ApiClient, finish
from tests.core.test_mail import mailer
from tests.letters import Letter, delivered

from .stage import EVIL, one_letter, prove, proven

OWN, MINE, SECOND = "alice@example.com", "intruder@example.com", "second@example.com"
OTHER = "a-password-of-the-intruder"

pytestmark = pytest.mark.django_db


def undo(client: ApiClient, token: str) -> HttpResponse:
    return client.send("POST", "/api/email/change/undo/", {"token": token})


def address_of(name: str = "alice") -> str:
    return User.objects.get(username=name).email


def letter_to(address: str) -> Letter:
    return next(letter for letter in delivered() if letter.to == address)


def move(client: ApiClient, address: str = MINE) -> None:
    """Change the address, as whoever has the session and reads the mail of the new one."""
    assert client.send("POST", "/api/email/change/", {"email": address}).status_code == 200
    body = {"token": letter_to(address).token}
    assert client.send("POST", "/api/email/change/confirm/", body).status_code == 200


@pytest.fixture
def intruder(alice: User) -> ApiClient:
    """Somebody who knows the password, and has replaced the address."""
    client = browser()
    delivered()
    move(client)
    return client


@pytest.fixture
def letter(intruder: ApiClient) -> Letter:
    """What the owner finds in the old mailbox."""
    return letter_to(OWN)


def test_the_owner_takes_the_account_back(
    intruder: ApiClient, letter: Letter, alice: User, reported: list[events.Event]
) -> None:
    key = key_of(intruder)
    reported.clear()
    owner = ApiClient()
    assert outcome(undo(owner, letter.token)) == (200, "anonymous")
    assert (address_of(), proven()) == (OWN, {"alice": OWN})
    assert who_is(key) is None
    assert not Session.objects.exists()
    assert not User.objects.get().has_usable_password()
    assert reported == [
        events.PasswordRemoved(user_id=alice.pk),
        events.EmailChanged(user_id=alice.pk, by="undo"),
    ]
    assert outcome(ApiClient().sign_in()) == (400, "invalid_credentials")


def test_then_the_owner_chooses_a_new_password(letter: Letter) -> None:
    owner = ApiClient()
    undo(owner, letter.token)
    owner.send("POST", "/api/password/reset/", {"email": OWN})
    body = {"token": one_letter().token, "newPassword": "another-long-password"}
    answer = owner.send("POST", "/api/password/reset/confirm/", body)
    assert outcome(answer) == (200, "authenticated")
    assert ApiClient().sign_in(OWN, "another-long-password").status_code == 200


def change_again(client: ApiClient) -> None:
    move(client, SECOND)


def change_password(client: ApiClient) -> None:
    body = {"currentPassword": PASSWORD, "newPassword": OTHER}
    assert client.send("POST", "/api/password/change/", body).status_code == 200


def sign_in_again(client: ApiClient) -> None:
    assert outcome(ApiClient().sign_in(address_of())) == (200, "authenticated")


def ask_for_more(client: ApiClient) -> None:
    for path in ("password/reset", "login/email", "email/change"):
        client.send("POST", f"/api/{path}/", {"email": address_of()})


def change_both(client: ApiClient) -> None:
    change_password(client)
    change_again(client)


AFTERWARDS = [change_again, change_password, sign_in_again, ask_for_more, change_both]


@pytest.mark.parametrize("act", AFTERWARDS)
def test_whatever_an_intruder_does_next_the_link_works(
    intruder: ApiClient, letter: Letter, act: Callable[[ApiClient], None]
) -> None:
    act(intruder)
    delivered()
    assert outcome(undo(ApiClient(), letter.token)) == (200, "anonymous")
    assert address_of() == OWN
    assert who_is(key_of(intruder)) is None
    for password in (PASSWORD, OTHER):
        assert ApiClient().sign_in("alice", password).status_code == 400


def test_it_ends_the_later_link_that_the_intruder_has(intruder: ApiClient, letter: Letter) -> None:
    move(intruder, SECOND)
    theirs = letter_to(MINE)
    undo(ApiClient(), letter.token)
    assert outcome(undo(ApiClient(), theirs.token)) == (400, "link_expired")
    assert address_of() == OWN


def test_a_later_link_that_the_intruder_uses_first_does_not_end_it(
    intruder: ApiClient, letter: Letter
) -> None:
    move(intruder, SECOND)
    assert outcome(undo(ApiClient(), letter_to(MINE).token)) == (200, "anonymous")
    assert address_of() == MINE
    assert outcome(undo(ApiClient(), letter.token)) == (200, "anonymous")
    assert address_of() == OWN


def test_nor_does_it_where_the_mail_of_the_owner_is_still_on_its_way(alice: User) -> None:
    thief = browser()
    delivered()
    move(thief)
    later = timezone.now() + datetime.timedelta(hours=1)
    assert Mail.objects.filter(address=OWN).update(due_at=later)
    move(thief, SECOND)
    assert outcome(undo(ApiClient(), letter_to(MINE).token)) == (200, "anonymous")
    Mail.objects.update(due_at=timezone.now())
    assert outcome(undo(ApiClient(), letter_to(OWN).token)) == (200, "anonymous")
    assert address_of() == OWN


def test_no_link_of_the_intruder_is_made_after_it(intruder: ApiClient, letter: Letter) -> None:
    """Their mailbox takes mail late, when the owner has taken the account back."""
    move(intruder, SECOND)
    later = timezone.now() + datetime.timedelta(hours=1)
    assert not delivered_to_nobody_but(MINE, later)
    undo(ApiClient(), letter.token)
    Mail.objects.update(due_at=timezone.now())
    assert [each for each in delivered() if each.to in {MINE, SECOND}] == []
    assert not Secret.objects.filter(expires_at__gt=timezone.now()).exists()


def delivered_to_nobody_but(address: str, later: datetime.datetime) -> list[Letter]:
    """Put off the mail to this address; what else has come."""
    assert Mail.objects.filter(address=address).update(due_at=later)
    return delivered()


def test_what_the_intruder_was_mailed_before_opens_nothing(
    intruder: ApiClient, letter: Letter
) -> None:
    ApiClient().send("POST", "/api/login/email/", {"email": MINE})
    link = letter_to(MINE)
    undo(ApiClient(), letter.token)
    finishing = ApiClient().send("POST", "/api/login/email/finish/", {"token": link.token})
    assert outcome(finishing) == (400, "link_expired")
    ApiClient().send("POST", "/api/login/email/", {"email": MINE})
    assert delivered() == []


def test_a_sign_in_of_theirs_that_waits_for_a_factor_ends(
    intruder: ApiClient, letter: Letter, factors: dict[str, Sequence[str]], second_step: None
) -> None:
    factors["alice"] = ["totp"]
    waiting = [by_password(), by_mail()]
    assert [each.get("/api/session/").json()["status"] for each in waiting] == ["pending"] * 2
    undo(ApiClient(), letter.token)
    assert [finish(each).status_code for each in waiting] == [401] * 2


def by_password() -> ApiClient:
    client = ApiClient()
    client.sign_in()
    return client


def by_mail() -> ApiClient:
    client = ApiClient()
    client.send("POST", "/api/login/email/", {"email": MINE})
    body = {"token": letter_to(MINE).token}
    client.send("POST", "/api/login/email/finish/", body)
    return client


def test_people_without_a_password_are_taken_back_from_intruders_too(
    alice: User, factors: dict[str, Sequence[str]], second_step: None, reported: list[events.Event]
) -> None:
    alice.set_unusable_password()
    alice.save()
    prove(alice)
    client = ApiClient()
    client.send("POST", "/api/login/email/", {"email": OWN})
    client.send("POST", "/api/login/email/finish/", {"token": one_letter().token})
    move(client)
    letter = letter_to(OWN)
    factors["alice"] = ["totp"]
    waiting = by_mail()
    reported.clear()
    assert outcome(undo(ApiClient(), letter.token)) == (200, "anonymous")
    assert who_is(key_of(client)) is None
    assert finish(waiting).status_code == 401
    # There was no password that could be removed.
    assert [type(event) for event in reported] == [events.EmailChanged]


def test_rooms_end_what_else_opens_the_account(
    letter: Letter, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended: list[object] = []
    monkeypatch.setattr(addresses, "_evictors", [])
    addresses.evict_by(lambda user: ended.append(user.pk))
    undo(ApiClient(), letter.token)
    assert ended == [alice.pk]


def test_who_is_signed_in_there_is_signed_out(intruder: ApiClient, letter: Letter) -> None:
    intruder.get("/cart/?add=book")
    assert outcome(undo(intruder, letter.token)) == (200, "anonymous")
    assert intruder.get("/cart/").json() == {"cart": []}


def test_who_is_signed_in_as_somebody_else_stays(letter: Letter, bob: User) -> None:
    client = browser("bob")
    answer = undo(client, letter.token)
    assert outcome(answer) == (200, "authenticated")
    assert answer.json()["user"]["username"] == "bob"
    assert address_of() == OWN


def test_it_works_once(letter: Letter) -> None:
    undo(ApiClient(), letter.token)
    assert outcome(undo(ApiClient(), letter.token)) == (400, "link_used")


@pytest.mark.parametrize(
    ("seconds", "expected"), [(-1, (200, "anonymous")), (0, (400, "link_expired"))]
)
def test_it_works_for_seven_days(
    alice: User, time_machine: TimeMachineFixture, seconds: int, expected: tuple[int, str]
) -> None:
    time_machine.move_to(1_800_000_000, tick=False)
    client = browser()
    delivered()
    move(client)
    letter = letter_to(OWN)
    time_machine.shift(datetime.timedelta(days=7, seconds=seconds))
    assert outcome(undo(ApiClient(), letter.token)) == expected


@pytest.mark.parametrize("form", ["x", "{}=", " {}", "{}x"])
def test_a_token_that_is_not_right_brings_nothing_back(letter: Letter, form: str) -> None:
    assert outcome(undo(ApiClient(), form.format(letter.token))) == (400, "link_invalid")
    assert address_of() == MINE


@pytest.mark.parametrize("stored", [OWN, "Alice@Example.com"])
def test_an_address_that_is_somebody_elses_by_now_stays_theirs(letter: Letter, stored: str) -> None:
    User.objects.bulk_create([User(username="next", email=stored)])
    assert outcome(undo(ApiClient(), letter.token)) == (400, "link_expired")
    assert (address_of(), address_of("next")) == (MINE, stored)
    assert User.objects.get(username="alice").has_usable_password()


def test_who_is_gone_is_not_brought_back(letter: Letter) -> None:
    User.objects.all().delete()
    assert outcome(undo(ApiClient(), letter.token)) == (400, "link_invalid")


@pytest.mark.django_db(transaction=True)
def test_of_six_at_once_one_brings_it_back(alice: User) -> None:
    client = browser()
    delivered()
    move(client)
    token = letter_to(OWN).token
    answers = at_once(*[lambda: outcome(undo(ApiClient(), token))] * 6)
    assert sorted(answers) == [(200, "anonymous"), *[(400, "link_used")] * 5]


def test_no_other_site_brings_anything_back(letter: Letter) -> None:
    body = {"token": letter.token}
    answer = ApiClient().send("POST", "/api/email/change/undo/", body, headers=EVIL)
    assert answer.status_code == 403
    assert address_of() == MINE


def test_guessing_links_is_limited(stopped_clock: None, letter: Letter) -> None:
    for _ in range(60):
        answer = undo(ApiClient(), "x" * 43)
    assert answer.status_code == 400
    assert undo(ApiClient(), letter.token).status_code == 429


def test_reading_changes_nothing(letter: Letter) -> None:
    """A76: a mail scanner opens the link, and whatever stands in it, by GET and HEAD."""
    client = ApiClient()
    assert client.get("/api/email/change/undo/").status_code == 405
    assert client.get("/undo-email").status_code in {200, 503}
    assert address_of() == MINE
    with mailer("locmem"):
        assert outbox.deliver_due() == 0
