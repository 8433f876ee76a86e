import datetime
from collections.abc import Iterator, Sequence

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.http import HttpResponse
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from time_machine import TimeMachineFixture

from spa_auth.core import addresses, events, links
from spa_auth.core.models import Secret
from spa_auth.email.mail import VERIFY
from spa_auth.email.models import ProvenAddress
from spa_auth.sessions.models import Session
from tests.answers import outcome
from tests.attacks.stage import browser, key_of, who_is
from tests.conftest import PASSWORD, ApiClient, finish
from tests.letters import Letter, delivered

from .stage import EVIL, is_verified, one_letter, proof_needed, proof_of, prove, proven

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def addresses_need_proof() -> Iterator[None]:
    with proof_needed():
        yield


def ask(client: ApiClient) -> HttpResponse:
    return client.send("POST", "/api/email/resend/", {})


def verify(client: ApiClient, **proof: str) -> HttpResponse:
    return client.send("POST", "/api/email/verify/", proof)


def waiting(who: str = "alice", **more: object) -> ApiClient:
    """A browser in which a sign-in waits for the proof of an address."""
    client = ApiClient()
    assert outcome(client.sign_in(who, **more)) == (200, "pending")
    assert client.get("/api/session/").json()["next"] == ["email"]
    return client


def open_browser(who: str = "alice") -> ApiClient:
    """A browser that signed in before the project asked for proofs."""
    with override_settings(SPA_AUTH={"VERIFY_EMAIL": False}):
        return browser(who)


@pytest.fixture
def client(alice: User) -> ApiClient:
    return waiting()


@pytest.fixture
def letter(client: ApiClient) -> Letter:
    assert ask(client).status_code == 200
    return one_letter()


def test_the_mail_leads_to_our_page(letter: Letter) -> None:
    assert (letter.to, letter.subject) == ("alice@example.com", "Confirm your address")
    assert f"http://localhost:8000/verify-email#token={letter.token}" in letter.text
    assert "1 day" in letter.text


@pytest.mark.parametrize("way", ["link", "code"])
def test_a_sign_in_waits_for_the_proof_and_goes_on(
    client: ApiClient, letter: Letter, way: str, reported: list[events.Event], alice: User
) -> None:
    before = key_of(client)
    assert client.get("/api/whoami/").status_code == 401
    assert outcome(verify(client, **proof_of(letter, way))) == (200, "authenticated")
    assert is_verified(client)
    assert client.get("/api/session/").json()["session"]["proofs"] == ["password", "email"]
    assert who_is(before) is None
    assert [type(event) for event in reported] == [events.EmailVerified, events.SignedIn]
    assert proven() == {"alice": "alice@example.com"}
    assert outcome(ApiClient().sign_in()) == (200, "authenticated")


def test_the_configuration_says_so(client: ApiClient) -> None:
    assert client.get("/api/config/").json()["email"] == {"mustVerify": True}


def test_not_to_be_remembered_still_holds_after_the_proof(alice: User) -> None:
    client = waiting(remember=False)
    ask(client)
    verify(client, code=one_letter().code)
    assert client.cookies["sessionid"]["expires"] == ""
    assert "sessionid_auth_device" not in client.cookies


def test_in_another_browser_the_link_waits_until_one_signs_in_there(letter: Letter) -> None:
    there = ApiClient()
    for proof in ({"token": letter.token}, {"code": letter.code}):
        assert outcome(verify(there, **proof)) == (401, "not_authenticated")
    assert proven() == {}
    assert outcome(verify(waiting(), token=letter.token)) == (200, "authenticated")


@pytest.mark.parametrize("way", ["link", "code"])
def test_who_is_signed_in_already_goes_on_in_the_same_session(alice: User, way: str) -> None:
    client = open_browser()
    delivered()
    assert not is_verified(client)
    before = Session.objects.get()
    ask(client)
    assert outcome(verify(client, **proof_of(one_letter(), way))) == (200, "authenticated")
    assert is_verified(client)
    assert Session.objects.get().public_id == before.public_id


def test_a_factor_comes_before_the_proof(
    alice: User, factors: dict[str, Sequence[str]], second_step: None
) -> None:
    factors["alice"] = ["totp"]
    client = ApiClient()
    assert client.sign_in(remember=False).json()["next"] == ["totp"]
    ask(client)
    letter = one_letter()
    for way in ("code", "link"):
        assert outcome(verify(client, **proof_of(letter, way))) == (401, "not_authenticated")
    assert proven() == {}
    assert client.get("/api/session/").json()["next"] == ["totp"]
    assert finish(client).json()["next"] == ["email"]
    assert outcome(verify(client, token=letter.token)) == (200, "authenticated")
    assert client.cookies["sessionid"]["expires"] == ""


@pytest.mark.parametrize("address", ["", "root@localhost", "no address", "a@b,c@d"])
def test_whom_no_mail_reaches_is_not_asked(alice: User, address: str) -> None:
    User.objects.update(email=address)
    client = ApiClient()
    assert outcome(client.sign_in()) == (200, "authenticated")
    assert not is_verified(client)
    delivered()
    assert ask(client).status_code == 200
    assert delivered() == []


def test_whose_address_was_changed_is_asked_again(alice: User) -> None:
    prove(alice)
    assert outcome(ApiClient().sign_in()) == (200, "authenticated")
    User.objects.update(email="alice@example.org")
    waiting()


@pytest.mark.parametrize("stored", ["Alice@Example.com", "ALICE@EXAMPLE.COM"])
def test_the_case_of_letters_makes_no_other_address(alice: User, stored: str) -> None:
    prove(alice)
    User.objects.update(email=stored)
    assert outcome(ApiClient().sign_in()) == (200, "authenticated")


def test_who_has_proved_it_is_sent_nothing(alice: User) -> None:
    prove(alice)
    client = browser()
    assert ask(client).status_code == 200
    assert delivered() == []


def test_link_and_code_work_once(client: ApiClient, letter: Letter) -> None:
    verify(client, token=letter.token)
    assert outcome(verify(client, token=letter.token)) == (400, "link_used")
    assert outcome(verify(client, code=letter.code)) == (400, "code_invalid")


def test_a_newer_mail_ends_the_older(client: ApiClient, letter: Letter) -> None:
    ask(client)
    newer = one_letter()
    assert outcome(verify(client, token=letter.token)) == (400, "link_expired")
    assert outcome(verify(client, token=newer.token)) == (200, "authenticated")


def test_after_a_day_it_has_ended(alice: User, time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(1_800_000_000, tick=False)
    ask(waiting())
    letter = one_letter()
    time_machine.shift(datetime.timedelta(days=1) - datetime.timedelta(seconds=1))
    client = waiting()
    time_machine.shift(1)
    assert outcome(verify(client, token=letter.token)) == (400, "link_expired")
    assert outcome(verify(client, code=letter.code)) == (400, "code_invalid")


def test_a_sign_in_waits_for_ten_minutes(alice: User, time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(1_800_000_000, tick=False)
    client = waiting()
    ask(client)
    letter = one_letter()
    time_machine.shift(datetime.timedelta(minutes=10))
    assert outcome(verify(client, token=letter.token)) == (401, "not_authenticated")
    assert ask(client).status_code == 401
    assert outcome(verify(waiting(), token=letter.token)) == (200, "authenticated")


@pytest.mark.parametrize("form", ["x", "{}=", " {}", "{}x"])
def test_a_token_that_is_not_right_proves_nothing(
    client: ApiClient, letter: Letter, form: str
) -> None:
    assert outcome(verify(client, token=form.format(letter.token))) == (400, "link_invalid")
    assert proven() == {}


@pytest.mark.parametrize("browser_of", [waiting, open_browser])
def test_a_link_of_somebody_else_proves_nothing_and_is_not_spent(
    letter: Letter, client: ApiClient, bob: User, browser_of: type[ApiClient]
) -> None:
    there = browser_of("bob")  # type: ignore[arg-type]
    assert outcome(verify(there, token=letter.token)) == (400, "link_foreign")
    assert outcome(verify(there, code=letter.code)) == (400, "code_invalid")
    assert proven() == {}
    assert outcome(verify(client, token=letter.token)) == (200, "authenticated")


def test_a_squatter_does_not_get_the_proof_of_who_reads_the_mail(
    letter: Letter, client: ApiClient, bob: User
) -> None:
    """A stranger has signed in with a password of theirs; the owner of the address clicks."""
    owner = ApiClient()
    assert verify(owner, token=letter.token).status_code == 401
    assert client.get("/api/whoami/").status_code == 401
    assert owner.get("/api/session/").json()["status"] == "anonymous"


@pytest.mark.parametrize("changed", [{"password": "!new"}, {"email": "other@example.com"}])
def test_it_ends_with_what_it_was_for(letter: Letter, changed: dict[str, str]) -> None:
    User.objects.update(**changed)
    with pytest.raises(links.LinkExpired):
        links.prove_link(VERIFY, letter.token)


def test_a_new_password_ends_the_sign_in_that_waits(client: ApiClient, letter: Letter) -> None:
    alice = User.objects.get()
    alice.set_password("another-long-password")
    alice.save()
    assert outcome(verify(client, token=letter.token)) == (401, "not_authenticated")


def test_of_two_accounts_with_one_address_one_proves_it(
    client: ApiClient, letter: Letter, bob: User
) -> None:
    User.objects.filter(pk=bob.pk).update(email="Alice@example.com")
    prove(bob, "alice@example.com")
    for way in ("link", "code"):
        assert outcome(verify(client, **proof_of(letter, way))) == (400, "link_expired")
    assert proven() == {"bob": "alice@example.com"}
    assert Secret.objects.get().used_at is None


def test_an_address_that_somebody_had_before_is_free(
    client: ApiClient, letter: Letter, bob: User
) -> None:
    prove(bob, "alice@example.com")
    assert outcome(verify(client, token=letter.token)) == (200, "authenticated")
    assert proven() == {"alice": "alice@example.com"}


def test_guessing_codes_is_limited(letter: Letter, client: ApiClient, stopped_clock: None) -> None:
    for _ in range(10):
        assert verify(client, code="000000").status_code == 400
    assert verify(client, code=letter.code).status_code == 429
    # The same account counts in every browser.
    assert verify(waiting(), code=letter.code).status_code == 429


def test_filling_somebodys_mailbox_is_limited(client: ApiClient, stopped_clock: None) -> None:
    assert [ask(client).status_code for _ in range(6)] == [200] * 5 + [429]
    assert ask(waiting()).status_code == 429


def test_strangers_do_not_use_up_the_limit_of_who_has_to_sign_in_first(
    letter: Letter, stopped_clock: None
) -> None:
    for _ in range(12):
        answer = verify(ApiClient(), token=letter.token)
    assert outcome(answer) == (401, "not_authenticated")
    assert ask(ApiClient()).status_code == 401


@pytest.mark.parametrize("browser_of", [waiting, open_browser])
def test_no_other_site_proves_anything(
    letter: Letter, client: ApiClient, browser_of: type[ApiClient]
) -> None:
    there = browser_of()
    delivered()
    for path, body in (("verify", {"token": letter.token}), ("resend", {})):
        assert there.send("POST", f"/api/email/{path}/", body, headers=EVIL).status_code == 403
    assert proven() == {}
    assert delivered() == []


def test_asking_for_a_mail_takes_the_token_of_the_session(client: ApiClient) -> None:
    client.token = ""
    assert outcome(ask(client))[0] == 403


def test_reading_changes_nothing(client: ApiClient, letter: Letter) -> None:
    """A76: a mail scanner opens the link, and whatever stands in it, by GET and HEAD."""
    for path in ("verify", "resend"):
        assert client.get(f"/api/email/{path}/").status_code == 405
    assert outcome(verify(client, token=letter.token)) == (200, "authenticated")


def test_whether_an_address_is_proved_costs_one_query_and_none_without_the_room(
    alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = open_browser()

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get("/api/whoami/")
        return len(queries)

    cost()
    with_the_room = cost()
    monkeypatch.setattr(addresses, "_tellers", [])
    assert cost() == with_the_room - 1


def test_a_proof_names_the_address_in_the_admin(alice: User) -> None:
    prove(alice)
    assert str(ProvenAddress.objects.get()) == "alice@example.com"


def test_who_is_deleted_leaves_no_address_behind(alice: User) -> None:
    prove(alice)
    User.objects.all().delete()
    assert not ProvenAddress.objects.exists()
    User.objects.create_user("alice", "alice@example.com", PASSWORD)
    waiting()
