import datetime
from collections.abc import Callable, Sequence

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from time_machine import TimeMachineFixture

from spa_auth.core import events, links
from spa_auth.core.models import Mail, Secret
from spa_auth.email.mail import CHANGE, SIGN_IN, UNDO
from spa_auth.sessions.models import Session
from tests.answers import outcome, seen
from tests.attacks.stage import at_once, browser, key_of, who_is
from tests.conftest import PASSWORD, ApiClient
from tests.conftest import finish as prove_factor
from tests.letters import Letter, delivered

from .stage import EVIL, is_verified, one_letter, proof_needed, prove, proven, sent_proof

OWN = "alice@example.com"
OTHER = links.Purpose(name="test.other", lifetime=datetime.timedelta(minutes=30))

pytestmark = pytest.mark.django_db


def ask(client: ApiClient, email: str = OWN) -> HttpResponse:
    return client.send("POST", "/api/login/email/", {"email": email})


def finish(client: ApiClient, **body: object) -> HttpResponse:
    return client.send("POST", "/api/login/email/finish/", body)


@pytest.fixture
def letter(client: ApiClient, alice: User) -> Letter:
    prove(alice)
    assert ask(client).status_code == 200
    return one_letter()


def test_the_mail_leads_to_our_page(letter: Letter) -> None:
    assert (letter.to, letter.subject) == (OWN, "Sign in")
    assert f"http://localhost:8000/sign-in-by-mail#token={letter.token}" in letter.text
    assert "15 minutes" in letter.text


@pytest.mark.parametrize("way", ["link", "code"])
def test_link_and_code_sign_in_in_any_browser(letter: Letter, way: str) -> None:
    there = ApiClient()
    assert outcome(finish(there, **sent_proof(letter, way))) == (200, "authenticated")
    assert there.get("/api/session/").json()["session"]["proofs"] == ["email"]
    assert is_verified(there)


def test_a_code_is_found_in_any_case_of_the_address(letter: Letter, client: ApiClient) -> None:
    assert outcome(finish(client, email=OWN.upper(), code=letter.code))[0] == 200


def test_who_has_proved_the_address_before_keeps_everything(alice: User) -> None:
    prove(alice)
    before = browser()
    delivered()
    ask(ApiClient())
    client = ApiClient()
    finish(client, token=one_letter().token)
    assert {who_is(key_of(each)) for each in (before, client)} == {"alice"}
    assert ApiClient().sign_in().status_code == 200


def test_a_new_device_is_not_told_of_who_has_just_read_the_mail(letter: Letter) -> None:
    User.objects.update(last_login=datetime.datetime.now(datetime.UTC))
    ask(ApiClient())
    finish(ApiClient(), token=one_letter().token)
    assert delivered() == []


def test_a_second_factor_is_asked_for_all_the_same(
    letter: Letter, client: ApiClient, factors: dict[str, Sequence[str]], second_step: None
) -> None:
    factors["alice"] = ["totp"]
    assert outcome(finish(client, token=letter.token)) == (200, "pending")
    assert client.get("/api/whoami/").status_code == 401
    assert prove_factor(client).json()["session"]["proofs"] == ["email", "totp"]


def test_an_address_that_must_be_proved_is_proved_by_it(client: ApiClient, alice: User) -> None:
    with proof_needed():
        ask(client)
        assert outcome(finish(client, token=one_letter().token)) == (200, "authenticated")


def test_not_to_be_remembered_ends_with_the_browser(letter: Letter, client: ApiClient) -> None:
    finish(client, token=letter.token, remember=False)
    assert client.cookies["sessionid"]["expires"] == ""
    assert "sessionid_auth_device" not in client.cookies


def test_the_session_is_a_new_one(letter: Letter, client: ApiClient, bob: User) -> None:
    client.get("/cart/?add=tea")
    before = key_of(client)
    finish(client, token=letter.token)
    assert key_of(client) != before
    assert who_is(before) is None
    assert client.get("/cart/").json() == {"cart": ["tea"]}


def test_link_and_code_work_once(letter: Letter, client: ApiClient) -> None:
    finish(client, token=letter.token)
    assert outcome(finish(client, token=letter.token)) == (400, "link_used")
    assert outcome(finish(client, **sent_proof(letter, "code"))) == (400, "code_invalid")


def test_a_newer_mail_ends_the_older(letter: Letter, client: ApiClient) -> None:
    ask(client)
    newer = one_letter()
    assert outcome(finish(client, token=letter.token)) == (400, "link_expired")
    assert outcome(finish(client, token=newer.token)) == (200, "authenticated")


def test_a_quarter_of_an_hour_is_enough(
    client: ApiClient, alice: User, time_machine: TimeMachineFixture
) -> None:
    time_machine.move_to(1_800_000_000, tick=False)
    ask(client)
    letter = one_letter()
    time_machine.shift(datetime.timedelta(minutes=15))
    assert outcome(finish(client, token=letter.token)) == (400, "link_expired")
    assert outcome(finish(client, **sent_proof(letter, "code"))) == (400, "code_invalid")


def test_any_sign_in_ends_it(letter: Letter, client: ApiClient) -> None:
    browser()
    assert outcome(finish(client, token=letter.token)) == (400, "link_expired")


@pytest.mark.parametrize("change", ["password", "address", "active", "gone"])
def test_it_ends_with_what_it_was_for(letter: Letter, client: ApiClient, change: str) -> None:
    alice = User.objects.get()
    match change:
        case "password":
            alice.set_password(PASSWORD)
        case "address":
            alice.email = "alice@example.org"
        case "active":
            alice.is_active = False
    alice.save()
    if change == "gone":
        alice.delete()
    expected = {"active": (400, "invalid_credentials"), "gone": (400, "link_invalid")}
    found = outcome(finish(client, token=letter.token))
    assert found == expected.get(change, (400, "link_expired"))
    assert Session.objects.count() == 0


@pytest.mark.parametrize("form", ["x", "{}=", " {}", "{}x"])
def test_a_token_that_is_not_right_opens_nothing(
    letter: Letter, client: ApiClient, form: str
) -> None:
    assert outcome(finish(client, token=form.format(letter.token))) == (400, "link_invalid")


def test_a_link_for_something_else_opens_nothing(client: ApiClient, alice: User) -> None:
    issued = links.issue(OTHER, alice, address=OWN)
    assert outcome(finish(client, token=issued.token)) == (400, "link_invalid")
    assert outcome(finish(client, email=OWN, code=issued.code)) == (400, "code_invalid")


def test_a_code_of_somebody_else_opens_nothing(
    letter: Letter, client: ApiClient, bob: User
) -> None:
    for address in ("bob@example.com", "nobody@example.com"):
        code = {"email": address, "code": letter.code}
        assert outcome(finish(client, **code)) == (400, "code_invalid")


def test_after_five_wrong_codes_the_right_one_is_none(letter: Letter, client: ApiClient) -> None:
    wrong = f"{(int(letter.code) + 1) % 10**6:06}"
    for code in [*[wrong] * 5, letter.code]:
        assert outcome(finish(client, email=OWN, code=code)) == (400, "code_invalid")
    # The link is no guess.
    assert outcome(finish(client, token=letter.token)) == (200, "authenticated")


def test_guessing_codes_with_ever_new_mails_is_limited(
    stopped_clock: None, client: ApiClient, alice: User
) -> None:
    for _ in range(10):
        assert finish(client, email=OWN, code="000000").status_code == 400
    assert finish(client, email=OWN.upper(), code="000000").status_code == 429
    assert finish(client, email="bob@example.com", code="000000").status_code == 400


def test_filling_somebodys_mailbox_is_limited(
    stopped_clock: None, client: ApiClient, alice: User
) -> None:
    assert [ask(client).status_code for _ in range(6)] == [200] * 5 + [429]
    assert ask(client, "nobody@example.com").status_code == 200


@pytest.mark.parametrize("body", [{}, {"token": "x", "code": "000000"}, {"code": "000000"}])
def test_one_proof_must_come_whole(client: ApiClient, db: None, body: dict[str, str]) -> None:
    assert outcome(finish(client, **body)) == (400, "invalid_body")


def test_nobody_learns_who_has_an_account(alice: User, hashes: list[int]) -> None:
    prove(alice)
    User.objects.create_user("away", "away@example.com", PASSWORD, is_active=False)
    User.objects.create_user("none", "none@example.com")
    User.objects.create_user("two", "twins@example.com", PASSWORD)
    User.objects.create_user("twins", "Twins@example.com", PASSWORD)
    hashes.clear()
    ask(ApiClient(), "first@example.com")  # what is read once per process is read now
    names = ["alice", "away", "none", "twins", "nobody"]
    found = [seen(lambda n=name: ask(ApiClient(), f"{n}@example.com")) for name in names]  # type: ignore[misc]
    assert all(each == found[0] for each in found)
    assert hashes == []
    assert sorted(letter.to for letter in delivered()) == [OWN, "none@example.com"]
    assert not Mail.objects.exists()


def test_a_wrong_code_tells_nobody_who_has_an_account(letter: Letter) -> None:
    def guess(email: str) -> HttpResponse:
        return finish(ApiClient(), email=email, code="000000")

    guess("first@example.com")
    # Of a code that was sent the same row is read, with whose it is.
    found = [seen(lambda a=each: guess(a)) for each in (OWN, "nobody@example.com")]  # type: ignore[misc]
    assert found[0] == found[1]


def test_the_mail_goes_to_the_address_that_is_stored(client: ApiClient, alice: User) -> None:
    User.objects.update(email="Alice@example.com")
    ask(client, "\uff41lice@example.com")
    assert one_letter().to == OWN


@pytest.mark.django_db(transaction=True)
def test_of_six_at_once_one_is_signed_in(alice: User) -> None:
    ask(ApiClient())
    token = one_letter().token
    answers = at_once(*[lambda: outcome(finish(ApiClient(), token=token))] * 6)
    assert min(answers) == (200, "authenticated")
    assert {each[0] for each in sorted(answers)[1:]} == {400}
    assert Session.objects.count() == 1


def test_no_other_site_signs_anybody_in(letter: Letter, client: ApiClient) -> None:
    for path, body in (("email", {"email": OWN}), ("email/finish", {"token": letter.token})):
        answer = client.send("POST", f"/api/login/{path}/", body, headers=EVIL)
        assert answer.status_code == 403
    assert delivered() == []
    assert not Session.objects.exists()


def test_asking_and_reading_change_nothing(letter: Letter, client: ApiClient) -> None:
    """A76: a mail scanner opens the link, and whatever stands in it, by GET and HEAD."""
    before = list(Secret.objects.values())
    for path in ("/api/login/email/", "/api/login/email/finish/"):
        assert client.get(path).status_code == 405
    assert list(Secret.objects.values()) == before
    assert outcome(finish(client, token=letter.token)) == (200, "authenticated")


# Who made alice's account with her address was somebody else: pre-hijacking (A103).


def by_sign_in(client: ApiClient) -> HttpResponse:
    ask(client)
    return finish(client, token=next(each.token for each in delivered() if each.to == OWN))


def by_reset(client: ApiClient) -> HttpResponse:
    client.send("POST", "/api/password/reset/", {"email": OWN})
    token = next(each.token for each in delivered() if each.to == OWN)
    body = {"token": token, "newPassword": "another-long-password"}
    return client.send("POST", "/api/password/reset/confirm/", body)


def taken_over(owner: ApiClient, act: Callable[[ApiClient], HttpResponse]) -> None:
    assert outcome(act(owner)) == (200, "authenticated")
    assert owner.get("/api/whoami/").json()["username"] == "alice"
    assert proven() == {"alice": OWN}


owner_comes = pytest.mark.parametrize("come", [by_sign_in, by_reset])
Come = Callable[[ApiClient], HttpResponse]


@owner_comes
def test_a_squatters_password_and_live_session_end(alice: User, come: Come) -> None:
    squatter = key_of(browser())
    taken_over(ApiClient(), come)
    assert who_is(squatter) is None
    assert outcome(ApiClient().sign_in()) == (400, "invalid_credentials")
    assert Session.objects.count() == 1


def test_that_the_password_is_gone_is_recorded(alice: User, reported: list[events.Event]) -> None:
    by_sign_in(ApiClient())
    assert events.PasswordRemoved(user_id=alice.pk) in reported
    reported.clear()
    by_sign_in(ApiClient())
    assert [type(event) for event in reported] == [events.MailRequested, events.SignedIn]


@owner_comes
def test_a_squatters_sign_in_that_waits_ends(
    alice: User, come: Come, factors: dict[str, Sequence[str]], second_step: None
) -> None:
    factors["alice"] = ["totp"]
    squatter = ApiClient()
    assert outcome(squatter.sign_in()) == (200, "pending")
    factors.clear()
    taken_over(ApiClient(), come)
    assert prove_factor(squatter).status_code == 401


@owner_comes
def test_a_squatter_who_waits_for_the_proof_gets_nothing_of_it(alice: User, come: Come) -> None:
    with proof_needed():
        squatter = ApiClient()
        assert outcome(squatter.sign_in()) == (200, "pending")
        squatter.send("POST", "/api/email/resend/", {})
        code = next(each.code for each in delivered() if each.to == OWN)
        taken_over(ApiClient(), come)
        answer = squatter.send("POST", "/api/email/verify/", {"code": code})
        assert answer.status_code in {400, 401}
        assert squatter.get("/api/whoami/").status_code == 401
        assert ApiClient().sign_in().status_code == 400


@owner_comes
def test_a_change_that_a_squatter_has_asked_for_ends(alice: User, come: Come) -> None:
    squatter = browser()
    squatter.send("POST", "/api/email/change/", {"email": "squatter@example.com"})
    link = next(each for each in delivered() if each.to == "squatter@example.com")
    owner = ApiClient()
    taken_over(owner, come)
    for client, expected in ((squatter, 401), (ApiClient(), 401), (owner, 400)):
        answer = client.send("POST", "/api/email/change/confirm/", {"token": link.token})
        assert answer.status_code == expected
    with pytest.raises(links.LinkExpired):
        links.prove_link(CHANGE, link.token)
    assert User.objects.get().email == OWN


@owner_comes
def test_a_link_by_which_a_squatter_would_take_it_back_ends(alice: User, come: Come) -> None:
    """The account had an address of theirs before staff gave it the owner's."""
    link = links.issue(UNDO, alice, address="squatter@example.com")
    taken_over(ApiClient(), come)
    answer = ApiClient().send("POST", "/api/email/change/undo/", {"token": link.token})
    assert outcome(answer) == (400, "link_expired")
    assert User.objects.get().email == OWN


@owner_comes
def test_a_proof_of_another_address_says_nothing_for_a_squatter(alice: User, come: Come) -> None:
    prove(alice, "squatter@example.com")
    squatter = key_of(browser())
    taken_over(ApiClient(), come)
    assert who_is(squatter) is None


@pytest.mark.parametrize("way", ["link", "code"])
def test_an_address_that_somebody_else_has_proved_signs_nobody_else_in(
    alice: User, bob: User, way: str
) -> None:
    ask(ApiClient())
    letter = one_letter()
    User.objects.filter(pk=bob.pk).update(email="Alice@example.com")
    prove(bob, OWN)
    answer = finish(ApiClient(), **sent_proof(letter, way))
    assert outcome(answer) == (400, "link_expired")
    assert not Session.objects.exists()
    assert User.objects.get(pk=alice.pk).has_usable_password()


def test_without_the_room_that_keeps_proofs_nobody_is_thrown_out(
    alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether an address is proved is not known then, and each reset would end a password."""
    monkeypatch.setattr("spa_auth.core.addresses._tellers", [])
    monkeypatch.setattr("spa_auth.core.addresses._keepers", [])
    issued = links.issue(SIGN_IN, alice, address=OWN)
    assert outcome(finish(ApiClient(), token=issued.token)) == (200, "authenticated")
    assert User.objects.get().has_usable_password()
