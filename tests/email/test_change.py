import datetime

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError
from django.http import HttpResponse
from time_machine import TimeMachineFixture

from spa_auth.core import events, links
from spa_auth.core.models import Mail, Secret
from spa_auth.sessions.models import Session
from tests.answers import outcome, seen
from tests.attacks.stage import at_once, browser, key_of, public_id_of, who_is
from tests.conftest import PASSWORD, ApiClient
from tests.letters import Letter, delivered

from .stage import EVIL, is_verified, one_letter, proof_of, prove, proven

NEW = "new@example.com"

pytestmark = pytest.mark.django_db


def ask(client: ApiClient, email: str = NEW) -> HttpResponse:
    return client.send("POST", "/api/email/change/", {"email": email})


def confirm(client: ApiClient, **proof: str) -> HttpResponse:
    return client.send("POST", "/api/email/change/confirm/", proof)


def address_of(name: str = "alice") -> str:
    return User.objects.get(username=name).email


@pytest.fixture
def letter(signed_in: ApiClient) -> Letter:
    assert ask(signed_in).status_code == 200
    return one_letter()


def test_the_mail_leads_to_our_page(letter: Letter) -> None:
    assert (letter.to, letter.subject) == (NEW, "Confirm your new address")
    assert f"http://localhost:8000/change-email#token={letter.token}" in letter.text
    assert "60 minutes" in letter.text


@pytest.mark.parametrize("way", ["link", "code"])
def test_the_new_address_replaces_the_old_one_when_it_has_proved_itself(
    signed_in: ApiClient, letter: Letter, way: str
) -> None:
    assert address_of() == "alice@example.com"
    answer = confirm(signed_in, **proof_of(letter, way))
    assert outcome(answer) == (200, "authenticated")
    assert answer.json()["user"]["email"] == NEW
    assert is_verified(signed_in)
    assert (address_of(), proven()) == (NEW, {"alice": NEW})
    assert outcome(ApiClient().sign_in(NEW)) == (200, "authenticated")
    assert outcome(ApiClient().sign_in("alice@example.com"))[0] == 400


def test_the_old_address_has_a_link_that_undoes_it(signed_in: ApiClient, letter: Letter) -> None:
    confirm(signed_in, token=letter.token)
    undo = one_letter()
    assert (undo.to, undo.subject) == ("alice@example.com", "Your address was changed")
    assert f"http://localhost:8000/undo-email#token={undo.token}" in undo.text
    assert "7 days" in undo.text
    assert undo.code == ""


@pytest.mark.parametrize("old", ["", "root@localhost"])
def test_who_had_no_address_has_nothing_to_undo(signed_in: ApiClient, old: str) -> None:
    User.objects.update(email=old)
    ask(signed_in)
    assert confirm(signed_in, token=one_letter().token).status_code == 200
    assert delivered() == []


def test_every_other_session_ends_and_this_one_goes_on_under_a_new_key(
    signed_in: ApiClient, letter: Letter
) -> None:
    others = [key_of(browser()) for _ in range(2)]
    signed_in.get("/cart/?add=book")
    old, token, public_id = key_of(signed_in), signed_in.token, public_id_of(signed_in)
    confirm(signed_in, token=letter.token)
    assert [who_is(key) for key in [old, *others]] == [None] * 3
    assert key_of(signed_in) != old
    assert signed_in.token != token
    assert public_id_of(signed_in) == public_id
    assert signed_in.get("/cart/").json() == {"cart": ["book"]}
    assert Session.objects.count() == 1


def test_a_known_device_stays_known_under_the_new_address(
    signed_in: ApiClient, letter: Letter
) -> None:
    confirm(signed_in, token=letter.token)
    signed_in.send("POST", "/api/logout/", {})
    for _ in range(11):
        ApiClient().sign_in(NEW, "wrong")
    assert ApiClient().sign_in(NEW).status_code == 429
    assert signed_in.sign_in(NEW).status_code == 200


def test_a_device_that_is_not_to_be_remembered_does_not_become_known(alice: User) -> None:
    client = browser(remember=False)
    delivered()
    ask(client)
    confirm(client, token=one_letter().token)
    assert "sessionid_auth_device" not in client.cookies


def test_to_ask_takes_a_fresh_proof(alice: User, time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(1_800_000_000, tick=False)
    client = browser()
    delivered()
    time_machine.shift(datetime.timedelta(minutes=15, seconds=1))
    answer = ask(client)
    assert outcome(answer) == (403, "reauthentication_required")
    assert answer.json()["ways"] == ["password"]
    prove(alice)
    assert sorted(ask(client).json()["ways"]) == ["email", "password"]
    assert delivered() == []
    assert client.send("POST", "/api/reauthenticate/", {"password": PASSWORD}).status_code == 200
    assert ask(client).status_code == 200
    # To confirm it needs none: the mail may take its time.
    time_machine.shift(datetime.timedelta(minutes=30))
    assert outcome(confirm(client, token=one_letter().token)) == (200, "authenticated")


def test_a_typing_error_gives_the_account_to_nobody(
    signed_in: ApiClient, letter: Letter, bob: User
) -> None:
    stranger, signed_in_stranger = ApiClient(), browser("bob")
    delivered()
    code = {"code": letter.code}
    assert outcome(confirm(stranger, token=letter.token)) == (401, "not_authenticated")
    assert outcome(confirm(stranger, **code)) == (401, "not_authenticated")
    assert outcome(confirm(signed_in_stranger, token=letter.token)) == (400, "link_foreign")
    assert outcome(confirm(signed_in_stranger, **code)) == (400, "code_invalid")
    stranger.send("POST", "/api/login/email/", {"email": letter.to})
    stranger.send("POST", "/api/password/reset/", {"email": letter.to})
    assert delivered() == []
    assert (address_of(), proven()) == ("alice@example.com", {})
    assert Secret.objects.get().used_at is None
    # Who asked can correct it, and the mail that went astray is worth nothing.
    ask(signed_in, "right@example.com")
    right = one_letter()
    assert outcome(confirm(signed_in, token=letter.token)) == (400, "link_expired")
    assert outcome(confirm(signed_in, token=right.token)) == (200, "authenticated")


def test_nobody_learns_who_has_an_account(signed_in: ApiClient, bob: User) -> None:
    User.objects.create_user("away", "away@example.com", PASSWORD, is_active=False)
    User.objects.create_user("two", "twins@example.com", PASSWORD)
    User.objects.create_user("twin", "Twins@example.com", PASSWORD)
    names = ["bob", "away", "twins", "nobody"]
    found = [seen(lambda n=name: ask(signed_in, f"{n}@example.com")) for name in names]  # type: ignore[misc]
    assert all(each == found[1] for each in found[1:])
    assert found[0][:3] == found[1][:3]
    taken, free = "Your address is in use already", "Confirm your new address"
    assert sorted((letter.to, letter.subject) for letter in delivered()) == [
        ("bob@example.com", taken),
        ("nobody@example.com", free),
        ("twins@example.com", taken),
    ]
    assert not Mail.objects.exists()


def test_the_owner_is_told_and_the_mail_opens_nothing(signed_in: ApiClient, bob: User) -> None:
    ask(signed_in, "BOB@example.com")
    letter = one_letter()
    assert "http://localhost:8000/sign-in\n" in letter.text
    assert (letter.token, letter.code) == ("", "")
    assert not Secret.objects.exists()


@pytest.mark.parametrize("own", ["alice@example.com", "ALICE@Example.com"])
def test_the_own_address_is_no_other_one(signed_in: ApiClient, own: str) -> None:
    answer = ask(signed_in, own)
    assert outcome(answer) == (400, "invalid_body")
    assert answer.json()["fields"]["email"][0]["code"] == "unchanged"
    assert delivered() == []


def test_what_is_no_address_of_one_person_is_refused(signed_in: ApiClient) -> None:
    for address in ("a@example.com,b@example.com", "A <a@example.com>", "a@b", "a"):
        assert outcome(ask(signed_in, address)) == (400, "invalid_body")


@pytest.mark.parametrize("way", ["link", "code"])
@pytest.mark.parametrize("stored", [NEW, "New@Example.com"])
def test_an_address_that_is_taken_meanwhile_stays_whose_it_is(
    signed_in: ApiClient, letter: Letter, way: str, stored: str
) -> None:
    User.objects.bulk_create([User(username="faster", email=stored)])
    expected = (400, "link_expired" if way == "link" else "code_invalid")
    assert outcome(confirm(signed_in, **proof_of(letter, way))) == expected
    assert (address_of(), address_of("faster"), proven()) == ("alice@example.com", stored, {})
    assert who_is(key_of(signed_in)) == "alice"
    assert delivered() == []


@pytest.mark.parametrize("way", ["link", "code"])
def test_who_is_slower_by_a_moment_gets_it_neither(
    signed_in: ApiClient, letter: Letter, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def save(*_: object, **__: object) -> None:
        raise IntegrityError

    expected = (400, "link_expired" if way == "link" else "code_invalid")
    with monkeypatch.context() as slower:
        slower.setattr(User, "save", save)
        assert outcome(confirm(signed_in, **proof_of(letter, way))) == expected
    assert outcome(confirm(signed_in, token=letter.token)) == (200, "authenticated")


def test_link_and_code_work_once(signed_in: ApiClient, letter: Letter) -> None:
    confirm(signed_in, code=letter.code)
    assert outcome(confirm(signed_in, token=letter.token)) == (400, "link_used")
    assert outcome(confirm(signed_in, code=letter.code)) == (400, "code_invalid")


def test_an_hour_is_enough(signed_in: ApiClient, time_machine: TimeMachineFixture) -> None:
    now = datetime.datetime.now(datetime.UTC)
    time_machine.move_to(now, tick=False)
    ask(signed_in)
    letter = one_letter()
    time_machine.shift(datetime.timedelta(hours=1))
    assert outcome(confirm(signed_in, token=letter.token)) == (400, "link_expired")
    assert outcome(confirm(signed_in, code=letter.code)) == (400, "code_invalid")


def test_an_older_wish_does_not_come_true_after_a_newer_one(
    signed_in: ApiClient, letter: Letter
) -> None:
    """A79: two requests for two addresses, confirmed crosswise."""
    ask(signed_in, "newer@example.com")
    newer = one_letter()
    assert outcome(confirm(signed_in, token=letter.token)) == (400, "link_expired")
    assert outcome(confirm(signed_in, code=letter.code)) == (400, "code_invalid")
    assert outcome(confirm(signed_in, code=newer.code)) == (200, "authenticated")
    assert outcome(confirm(signed_in, token=letter.token)) == (400, "link_expired")
    assert address_of() == "newer@example.com"


@pytest.mark.parametrize("changed", [{"password": "!new"}, {"email": "other@example.com"}])
def test_it_ends_with_what_it_was_for(letter: Letter, changed: dict[str, str]) -> None:
    """A79: a change that is pending does not survive a reset."""
    User.objects.update(**changed)
    client = ApiClient()
    client.get("/plain-login/?as=alice")
    client.get("/api/session/")
    assert outcome(confirm(client, token=letter.token)) == (400, "link_expired")
    assert outcome(confirm(client, code=letter.code)) == (400, "code_invalid")


@pytest.mark.parametrize("form", ["x", "{}=", " {}", "{}x"])
def test_a_token_that_is_not_right_changes_nothing(
    signed_in: ApiClient, letter: Letter, form: str
) -> None:
    assert outcome(confirm(signed_in, token=form.format(letter.token))) == (400, "link_invalid")
    assert address_of() == "alice@example.com"


def test_after_five_wrong_codes_the_right_one_is_none(signed_in: ApiClient, letter: Letter) -> None:
    wrong = f"{(int(letter.code) + 1) % 10**6:06}"
    for code in [*[wrong] * 5, letter.code]:
        assert outcome(confirm(signed_in, code=code)) == (400, "code_invalid")
    assert outcome(confirm(signed_in, token=letter.token)) == (200, "authenticated")


@pytest.mark.django_db(transaction=True)
def test_of_two_browsers_at_once_one_changes_it(alice: User) -> None:
    clients = [browser(), browser()]
    ask(clients[0])
    letter = next(each for each in delivered() if each.to == NEW)
    answers = at_once(
        *[lambda c=client: outcome(confirm(c, token=letter.token)) for client in clients]  # type: ignore[misc]
    )
    assert min(answers) == (200, "authenticated")
    # The other one's session is gone, or its link is used.
    assert max(answers) in {(400, "link_used"), (401, "not_authenticated")}
    assert address_of() == NEW
    assert Session.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_people_who_want_one_address_at_once_one_gets_it(alice: User, bob: User) -> None:
    clients = {name: browser(name) for name in ("alice", "bob")}
    tokens = []
    for client in clients.values():
        ask(client)
        tokens.append(next(each for each in delivered() if each.to == NEW).token)
    answers = at_once(
        *[
            lambda c=client, t=token: outcome(confirm(c, token=t))  # type: ignore[misc]
            for client, token in zip(clients.values(), tokens, strict=True)
        ]
    )
    assert sorted(answers) == [(200, "authenticated"), (400, "link_expired")]
    assert User.objects.filter(email=NEW).count() == 1
    assert list(proven().values()) == [NEW]


def test_it_is_recorded(signed_in: ApiClient, alice: User, reported: list[events.Event]) -> None:
    ask(signed_in)
    confirm(signed_in, token=one_letter().token)
    assert reported == [
        events.EmailChangeAsked(user_id=alice.pk),
        events.EmailChanged(user_id=alice.pk, by="person"),
    ]


def test_nobody_who_is_not_signed_in_asks(client: ApiClient, alice: User) -> None:
    assert outcome(ask(client)) == (401, "not_authenticated")
    assert delivered() == []


@pytest.mark.parametrize("headers", [EVIL, {"X-CSRFToken": "x" * 32}])
def test_no_other_site_changes_anything(
    signed_in: ApiClient, letter: Letter, headers: dict[str, str]
) -> None:
    signed_in.token = ""
    for path, body in (("change", {"email": NEW}), ("change/confirm", {"token": letter.token})):
        answer = signed_in.send("POST", f"/api/email/{path}/", body, headers=headers)
        assert answer.status_code == 403
    assert address_of() == "alice@example.com"
    assert delivered() == []


def test_filling_mailboxes_is_limited(stopped_clock: None, signed_in: ApiClient) -> None:
    asked = [ask(signed_in, f"{number}@example.com").status_code for number in range(6)]
    assert asked == [200] * 5 + [429]


def test_guessing_codes_is_limited(
    signed_in: ApiClient, letter: Letter, stopped_clock: None
) -> None:
    for _ in range(10):
        assert confirm(signed_in, code="000000").status_code == 400
    assert confirm(signed_in, token=letter.token).status_code == 429


def test_a_link_of_another_purpose_changes_nothing(signed_in: ApiClient, alice: User) -> None:
    other = links.Purpose(name="test.other", lifetime=datetime.timedelta(minutes=30))
    issued = links.issue(other, alice, address=NEW)
    assert outcome(confirm(signed_in, token=issued.token)) == (400, "link_invalid")
    assert outcome(confirm(signed_in, code=issued.code)) == (400, "code_invalid")
