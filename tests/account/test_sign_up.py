import datetime
import json
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import HttpResponse
from django.test import override_settings
from pydantic import ValidationError as PydanticInvalid
from time_machine import TimeMachineFixture

from spa_auth.account.mail import SIGN_UP
from spa_auth.account.sign_up import signup_model
from spa_auth.audit.models import Entry
from spa_auth.core import events, links
from spa_auth.core.models import Mail, Secret
from spa_auth.email.models import ProvenAddress
from spa_auth.sessions.models import Session
from tests.answers import outcome, seen
from tests.attacks.stage import at_once, browser, key_of, who_is
from tests.conftest import PASSWORD, ApiClient
from tests.letters import Letter, delivered

ADDRESS = "carol@example.com"
TYPED = {"username": "carol", "password": "another-long-password"}
OTHER = links.Purpose(name="test.other", lifetime=datetime.timedelta(minutes=30))
LONG_ENOUGH = [{"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"}]
UNLIKE = [{"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"}]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def addresses_need_proof() -> Iterator[None]:
    with override_settings(SPA_AUTH={"VERIFY_EMAIL": True}):
        yield


def ask(client: ApiClient, email: str = ADDRESS, **more: Any) -> HttpResponse:
    return client.send("POST", "/api/signup/", {**TYPED, "email": email, **more})


def finish(client: ApiClient, **more: Any) -> HttpResponse:
    return client.send("POST", "/api/signup/finish/", {**TYPED, **more})


def refused(response: HttpResponse) -> dict[str, str]:
    """Which fields of the body were refused, and why."""
    assert outcome(response) == (400, "invalid_body")
    return {name: found[0]["code"] for name, found in response.json()["fields"].items()}


def proof_of(letter: Letter, way: str) -> dict[str, str]:
    return {"token": letter.token} if way == "link" else {"email": ADDRESS, "code": letter.code}


@pytest.fixture
def letter(client: ApiClient) -> Letter:
    assert outcome(ask(client)) == (200, "check_mail")
    (found,) = delivered()
    return found


def test_the_mail_leads_to_our_page(letter: Letter) -> None:
    assert (letter.to, letter.subject) == (ADDRESS, "Finish making your account")
    assert f"http://localhost:8000/sign-up#token={letter.token}" in letter.text
    assert "60 minutes" in letter.text


@pytest.mark.parametrize("way", ["link", "code"])
def test_an_account_is_made_in_any_browser_and_signs_in(letter: Letter, way: str) -> None:
    there = ApiClient()
    answer = finish(there, **proof_of(letter, way))
    assert outcome(answer) == (200, "authenticated")
    said = there.get("/api/session/").json()
    assert said["session"]["proofs"] == ["email"]
    assert (said["user"]["username"], said["user"]["email"]) == ("carol", ADDRESS)
    assert said["user"]["emailVerified"] is True
    assert delivered() == []
    assert ApiClient().sign_in("carol", TYPED["password"]).json()["status"] == "authenticated"


def everything_stored() -> str:
    """Every value of every table, but the sessions' random keys."""
    return "\n".join(
        str(row)
        for model in apps.get_models(include_auto_created=True)
        for row in model.objects.values()  # type: ignore[attr-defined]
    )


@override_settings(SPA_AUTH={"VERIFY_EMAIL": True, "SIGN_UP_FIELDS": ["username", "first_name"]})
def test_before_the_proof_nothing_is_kept_of_what_was_typed(client: ApiClient) -> None:
    assert ask(client, username="carolina", firstName="Caroline").status_code == 200
    kept = everything_stored()
    assert ADDRESS in kept
    assert not User.objects.exists()
    assert not any(text in kept for text in ("carolina", "Caroline", TYPED["password"], "pbkdf2"))
    (mail,) = Mail.objects.all()
    assert (mail.user_id, mail.address, mail.message) == (None, ADDRESS, "account.sign_up")
    delivered()
    kept = everything_stored()
    assert not any(text in kept for text in ("carolina", "Caroline", TYPED["password"], "pbkdf2"))
    assert Secret.objects.get().user is None


def test_asking_leaves_whoever_asks_as_they_were(letter: Letter, client: ApiClient) -> None:
    assert client.get("/api/session/").json()["status"] == "anonymous"
    assert not Session.objects.exists()


def test_a_link_and_its_code_work_once(letter: Letter, client: ApiClient) -> None:
    finish(client, token=letter.token)
    again = {**TYPED, "username": "second"}
    assert outcome(finish(client, **again, token=letter.token)) == (400, "link_used")
    assert outcome(finish(client, **again, email=ADDRESS, code=letter.code)) == (
        400,
        "code_invalid",
    )
    assert User.objects.count() == 1


@pytest.mark.parametrize("form", ["x", "{}=", " {}", "{}x", "X{}"])
def test_a_token_that_is_not_right_makes_nothing(
    letter: Letter, client: ApiClient, form: str
) -> None:
    assert outcome(finish(client, token=form.format(letter.token))) == (400, "link_invalid")
    assert not User.objects.exists()


def test_a_newer_mail_ends_the_older(letter: Letter, client: ApiClient) -> None:
    ask(client)
    (newer,) = delivered()
    assert outcome(finish(client, token=letter.token)) == (400, "link_expired")
    assert outcome(finish(client, token=newer.token)) == (200, "authenticated")


def test_one_hour_is_enough(client: ApiClient, time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(1_800_000_000, tick=False)
    ask(client)
    (letter,) = delivered()
    time_machine.shift(datetime.timedelta(minutes=60))
    assert outcome(finish(client, token=letter.token)) == (400, "link_expired")
    assert outcome(finish(client, **proof_of(letter, "code"))) == (400, "code_invalid")


def test_a_link_for_something_else_makes_nothing(client: ApiClient, alice: User) -> None:
    for whose, address in ((None, ADDRESS), (alice, alice.email)):
        issued = links.issue(OTHER, whose, address=address)
        assert outcome(finish(client, token=issued.token)) == (400, "link_invalid")
        code = {"email": address, "code": issued.code}
        assert outcome(finish(client, **code)) == (400, "code_invalid")


def test_a_code_of_another_address_makes_nothing(letter: Letter, client: ApiClient) -> None:
    other = {"email": "dave@example.com", "code": letter.code}
    assert outcome(finish(client, **other)) == (400, "code_invalid")
    assert outcome(finish(client, email="CAROL@Example.com", code=letter.code))[0] == 200


def test_after_five_wrong_codes_the_right_one_is_none(letter: Letter, client: ApiClient) -> None:
    wrong = f"{(int(letter.code) + 1) % 10**6:06}"
    for code in [*[wrong] * 5, letter.code]:
        assert outcome(finish(client, email=ADDRESS, code=code)) == (400, "code_invalid")
    # The link is no guess.
    assert outcome(finish(client, token=letter.token)) == (200, "authenticated")


def test_guessing_codes_with_ever_new_mails_is_limited(
    client: ApiClient, stopped_clock: None
) -> None:
    for _ in range(10):
        assert finish(client, email=ADDRESS, code="000000").status_code == 400
    assert finish(client, email=ADDRESS.upper(), code="000000").status_code == 429
    assert finish(client, email="dave@example.com", code="000000").status_code == 400


def test_filling_somebodys_mailbox_is_limited(client: ApiClient, stopped_clock: None) -> None:
    assert [ask(client).status_code for _ in range(6)] == [200] * 5 + [429]
    assert ask(client, "dave@example.com").status_code == 200


@pytest.mark.parametrize(
    "body", [{}, {"token": "x", "code": "000000"}, {"code": "000000"}, {"email": ADDRESS}]
)
def test_one_proof_must_come_whole(client: ApiClient, body: dict[str, str]) -> None:
    assert refused(finish(client, **body)) == {"": "one_proof"}


@pytest.mark.parametrize("address", ["a@example.com,b@example.com", "A <a@example.com>", "a"])
def test_what_is_no_address_of_one_person_is_refused(client: ApiClient, address: str) -> None:
    assert refused(ask(client, address)) == {"email": "invalid_address"}


def test_nobody_learns_who_has_an_account(alice: User, hashes: list[int]) -> None:
    User.objects.create_user("away", "away@example.com", PASSWORD, is_active=False)
    User.objects.create_user("loud", "Loud@example.com", PASSWORD)
    User.objects.create_user("two", "twins@example.com", PASSWORD)
    User.objects.create_user("twin", "twins@example.com", PASSWORD)
    hashes.clear()
    ask(ApiClient(), "first@example.com")  # what is read once per process is read now
    delivered()
    names = ["alice", "ALICE", "away", "loud", "twins", "nobody"]
    found = [seen(lambda n=name: ask(ApiClient(), f"{n}@example.com")) for name in names]  # type: ignore[misc]
    assert all(each == found[0] for each in found)
    assert hashes == []
    exists, new = "You have an account already", "Finish making your account"
    assert sorted((letter.to, letter.subject) for letter in delivered()) == [
        ("alice@example.com", exists),
        ("alice@example.com", exists),
        ("loud@example.com", exists),
        ("nobody@example.com", new),
        ("twins@example.com", exists),
    ]
    assert not Mail.objects.exists()


def test_a_wrong_code_tells_nobody_who_has_an_account(letter: Letter, alice: User) -> None:
    def guess(address: str) -> HttpResponse:
        return finish(ApiClient(), email=address, code="000000")

    guess("first@example.com")
    found = [seen(lambda a=each: guess(a)) for each in (alice.email, ADDRESS, "none@example.com")]  # type: ignore[misc]
    assert found[0][:3] == found[1][:3] == found[2][:3]
    assert found[0][3] == found[2][3]


def test_the_owner_is_told_and_the_mail_opens_nothing(client: ApiClient, alice: User) -> None:
    ask(client, alice.email)
    (letter,) = delivered()
    assert "http://localhost:8000/sign-in\n" in letter.text
    assert (letter.token, letter.code) == ("", "")
    assert not Secret.objects.exists()
    assert User.objects.count() == 1


@pytest.mark.parametrize("way", ["link", "code"])
@pytest.mark.parametrize("stored", [ADDRESS, "Carol@Example.com"])
def test_an_address_that_is_taken_meanwhile_makes_no_second_account(
    letter: Letter, client: ApiClient, way: str, stored: str
) -> None:
    User.objects.bulk_create([User(username="faster", email=stored)])
    expected = (400, "link_expired" if way == "link" else "code_invalid")
    assert outcome(finish(client, **proof_of(letter, way))) == expected
    assert [user.username for user in User.objects.all()] == ["faster"]
    assert not Session.objects.exists()


def test_an_address_that_somebody_has_proved_is_theirs(
    letter: Letter, client: ApiClient, alice: User
) -> None:
    """Two links for one address, used at once, where the user model allows it twice."""
    User.objects.filter(pk=alice.pk).update(email=ADDRESS)
    ProvenAddress.objects.create(
        user=alice, address=ADDRESS, proven_at=datetime.datetime.now(datetime.UTC)
    )
    with pytest.MonkeyPatch.context() as both_looked_before:
        both_looked_before.setattr("spa_auth.account.flow.find_all_by_email", lambda _: [])
        assert outcome(finish(client, token=letter.token)) == (400, "link_expired")
    assert User.objects.count() == 1
    assert Secret.objects.get().used_at is None


def test_an_address_that_staff_took_from_somebody_is_free_again(
    client: ApiClient, alice: User
) -> None:
    ProvenAddress.objects.create(
        user=alice, address=ADDRESS, proven_at=datetime.datetime.now(datetime.UTC)
    )
    ask(client)
    (letter,) = delivered()
    assert outcome(finish(client, token=letter.token)) == (200, "authenticated")
    assert [proof.user.username for proof in ProvenAddress.objects.all()] == ["carol"]


def test_a_user_name_that_is_taken_is_said_at_both_steps(
    letter: Letter, client: ApiClient, alice: User
) -> None:
    assert refused(ask(client, username="alice")) == {"username": "unique"}
    assert refused(finish(client, username="alice", token=letter.token)) == {"username": "unique"}
    assert outcome(finish(client, token=letter.token)) == (200, "authenticated")
    assert delivered() == []


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("a@b", "no_at_sign"),
        ("a" * 151, "too_long"),
        ("", "too_short"),
        (" ", "blank"),
        ("a b", "invalid"),
        (7, "wrong_type"),
        (None, "wrong_type"),
    ],
)
def test_a_user_name_that_cannot_sign_in_is_refused(
    client: ApiClient, name: object, code: str
) -> None:
    assert [*refused(ask(client, username=name))] == ["username"]
    assert refused(ask(client, username=name))["username"] == code
    assert delivered() == []


def test_a_user_name_is_stored_as_it_is_looked_for(letter: Letter, client: ApiClient) -> None:
    finish(client, username=" \uff23arol ", token=letter.token)
    assert User.objects.get().username == "Carol"


@override_settings(
    SPA_AUTH={"VERIFY_EMAIL": True, "SIGN_UP_FIELDS": ["username", "first_name", "last_name"]}
)
def test_a_project_asks_for_its_own_fields(client: ApiClient) -> None:
    assert client.get("/api/config/").json()["signup"]["fields"] == [
        *("username", "firstName", "lastName")
    ]
    assert refused(ask(client, firstName="x" * 151)) == {"firstName": "too_long"}
    ask(client)
    (letter,) = delivered()
    finish(client, firstName="Carol", token=letter.token)
    made = User.objects.get()
    # What may be blank may be left out.
    assert (made.first_name, made.last_name) == ("Carol", "")


@override_settings(AUTH_USER_MODEL="people.EmailUser", SPA_AUTH={"SIGN_UP_FIELDS": ["born"]})
def test_a_field_that_is_no_text_has_its_own_type() -> None:
    asked = {"email": ADDRESS, "password": TYPED["password"]}
    assert signup_model().model_validate_json(
        json.dumps(asked | {"born": "2001-02-03"})
    ).model_dump()["born"] == datetime.date(2001, 2, 3)
    with pytest.raises(PydanticInvalid):
        signup_model().model_validate_json(json.dumps(asked | {"born": "soon"}))


@pytest.mark.parametrize(
    "name", ["isStaff", "is_staff", "isSuperuser", "id", "isActive", "emailVerified", "firstName"]
)
def test_nobody_gives_themselves_what_is_not_asked_for(
    letter: Letter, client: ApiClient, name: str
) -> None:
    assert [*refused(ask(client, **{name: True}))] == [name]
    assert [*refused(finish(client, token=letter.token, **{name: True}))] == [name]
    assert not User.objects.exists()


@override_settings(AUTH_PASSWORD_VALIDATORS=LONG_ENOUGH)
def test_a_weak_password_is_refused_before_the_mail_and_leaves_the_link(
    letter: Letter, client: ApiClient
) -> None:
    assert refused(ask(client, password="short")) == {"password": "password_too_short"}
    assert delivered() == []
    for way in ("link", "code"):
        weak = finish(client, **{**proof_of(letter, way), "password": "short"})
        assert refused(weak) == {"password": "password_too_short"}
    assert outcome(finish(client, token=letter.token)) == (200, "authenticated")


@override_settings(AUTH_PASSWORD_VALIDATORS=UNLIKE)
@pytest.mark.parametrize("like", [{"username": "somebody-here"}, {"email": "somebody-here@x.com"}])
def test_validators_see_the_account_as_it_would_be(client: ApiClient, like: dict[str, str]) -> None:
    body: dict[str, Any] = {"password": "somebody-here", **like}
    assert refused(ask(client, **body)) == {"password": "password_too_similar"}


@override_settings(AUTH_PASSWORD_VALIDATORS=LONG_ENOUGH)
def test_everything_that_is_wrong_is_said_at_once(client: ApiClient, alice: User) -> None:
    assert refused(ask(client, username="alice", password="short")) == {
        "username": "unique",
        "password": "password_too_short",
    }


def test_what_the_model_refuses_as_a_whole_is_said(
    client: ApiClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def clean(self: User) -> None:
        raise ValidationError("Not in this combination.", code="odd")

    monkeypatch.setattr(User, "clean", clean)
    assert refused(ask(client)) == {"": "odd"}


def test_who_is_slower_by_a_moment_is_told_to_try_again(
    letter: Letter, client: ApiClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def save(*_: object, **__: object) -> None:
        raise IntegrityError

    with monkeypatch.context() as slower:
        slower.setattr(User, "save", save)
        assert refused(finish(client, token=letter.token)) == {"": "unique"}
    assert outcome(finish(client, token=letter.token)) == (200, "authenticated")


@pytest.mark.django_db(transaction=True)
def test_of_six_at_once_one_makes_the_account() -> None:
    ask(ApiClient())
    (letter,) = delivered()
    names = [f"carol{number}" for number in range(6)]
    answers = at_once(
        *[
            lambda n=name: outcome(finish(ApiClient(), username=n, token=letter.token))
            for name in names
        ]  # type: ignore[misc]
    )
    assert min(answers) == (200, "authenticated")
    assert sorted(answers)[1:] == [(400, "link_used")] * 5
    assert (User.objects.count(), Session.objects.count()) == (1, 1)


@override_settings(SPA_AUTH={"SIGN_UP": False})
def test_a_project_that_makes_accounts_itself_closes_both_steps(client: ApiClient) -> None:
    issued = links.issue(SIGN_UP, None, address=ADDRESS)
    assert outcome(ask(client)) == (403, "account.sign_up_closed")
    assert outcome(finish(client, token=issued.token)) == (403, "account.sign_up_closed")
    assert client.get("/api/config/").json()["signup"]["open"] is False
    assert not User.objects.exists()
    assert not Mail.objects.exists()


@pytest.fixture
def without_proof() -> Iterator[None]:
    with override_settings(SPA_AUTH={"VERIFY_EMAIL": False}):
        yield


@pytest.mark.usefixtures("without_proof")
def test_where_addresses_need_no_proof_an_account_is_made_at_once(client: ApiClient) -> None:
    assert outcome(ask(client, "Carol@Example.com")) == (200, "authenticated")
    said = client.get("/api/session/").json()
    assert said["session"]["proofs"] == ["password"]
    assert (said["user"]["email"], said["user"]["emailVerified"]) == (ADDRESS, False)
    assert delivered() == []
    assert ApiClient().sign_in(ADDRESS, TYPED["password"]).status_code == 200


@pytest.mark.usefixtures("without_proof")
@pytest.mark.parametrize("stored", [ADDRESS, "CAROL@example.com"])
def test_there_it_is_said_that_an_address_is_taken(client: ApiClient, stored: str) -> None:
    User.objects.bulk_create([User(username="faster", email=stored, is_active=False)])
    assert refused(ask(client)) == {"email": "unique"}
    assert User.objects.count() == 1
    assert refused(ask(client, "d@example.com", username="faster")) == {"username": "unique"}


def test_a_second_factor_is_asked_for_all_the_same(
    letter: Letter, client: ApiClient, factors: dict[str, Sequence[str]]
) -> None:
    factors["carol"] = ["totp"]
    assert outcome(finish(client, token=letter.token)) == (200, "pending")
    assert client.get("/api/whoami/").status_code == 401


def test_it_is_recorded_once(
    letter: Letter, client: ApiClient, reported: list[events.Event]
) -> None:
    finish(client, token=letter.token)
    carol = User.objects.get()
    (made,) = [event for event in reported if isinstance(event, events.SignedUp)]
    assert (made.user_id, made.address) == (carol.pk, "127.0.0.1")
    assert sorted(entry.kind for entry in Entry.objects.filter(user_id=carol.pk)) == [
        *("sign_in", "sign_up")
    ]


def test_the_session_is_a_new_one(letter: Letter, client: ApiClient, alice: User) -> None:
    client.get("/cart/?add=tea")
    before, token = key_of(client), client.token
    finish(client, token=letter.token)
    assert key_of(client) != before
    assert client.token != token
    assert who_is(before) is None
    assert client.get("/cart/").json() == {"cart": ["tea"]}


@override_settings(SPA_AUTH={"VERIFY_EMAIL": False})
def test_who_is_signed_in_as_somebody_else_is_not_any_more(alice: User) -> None:
    client = browser()
    client.get("/cart/?add=tea")
    before = key_of(client)
    ask(client)
    assert client.get("/api/whoami/").json()["username"] == "carol"
    assert who_is(before) is None
    assert client.get("/cart/").json() == {"cart": []}


def test_not_to_be_remembered_ends_with_the_browser(letter: Letter, client: ApiClient) -> None:
    finish(client, token=letter.token, remember=False)
    assert client.cookies["sessionid"]["expires"] == ""
    assert "sessionid_auth_device" not in client.cookies


def test_no_other_site_signs_anybody_up(letter: Letter, client: ApiClient) -> None:
    for path, more in (("signup", {"email": ADDRESS}), ("signup/finish", {"token": letter.token})):
        answer = client.send(
            "POST", f"/api/{path}/", {**TYPED, **more}, headers={"Origin": "https://evil.example"}
        )
        assert answer.status_code == 403
    assert not User.objects.exists()
    assert delivered() == []


def test_asking_and_reading_change_nothing(letter: Letter, client: ApiClient) -> None:
    """A76: a mail scanner opens the link, and whatever stands in it, by GET and HEAD."""
    for path in ("/api/signup/", "/api/signup/finish/"):
        assert client.get(path).status_code == 405
    assert client.get("/sign-up").status_code in {200, 503}
    assert outcome(finish(client, token=letter.token)) == (200, "authenticated")
