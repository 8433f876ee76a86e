import datetime
import re
from collections.abc import Sequence
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.http import HttpResponse
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from time_machine import TimeMachineFixture

from spa_auth.core import links
from spa_auth.core.models import Counter, Mail, Secret
from spa_auth.password.validators import ASVS
from spa_auth.sessions.models import Session
from tests.attacks.stage import at_once, browser, key_of, who_is
from tests.conftest import PASSWORD, ApiClient
from tests.letters import Letter, delivered

NEW = "another-long-password"
OTHER = links.Purpose(name="test.other", lifetime=datetime.timedelta(minutes=30))

pytestmark = pytest.mark.django_db


def ask(client: ApiClient, email: str = "alice@example.com") -> HttpResponse:
    return client.send("POST", "/api/password/reset/", {"email": email})


def confirm(client: ApiClient, **body: str) -> HttpResponse:
    return client.send("POST", "/api/password/reset/confirm/", {"newPassword": NEW, **body})


def outcome(response: HttpResponse) -> tuple[int, str]:
    said = response.json()
    return response.status_code, said.get("code") or said["status"]


@pytest.fixture
def letter(client: ApiClient, alice: User) -> Letter:
    assert ask(client).status_code == 200
    (found,) = delivered()
    return found


def test_the_mail_leads_to_our_page(letter: Letter) -> None:
    assert (letter.to, letter.subject) == ("alice@example.com", "Choose a new password")
    assert f"http://localhost:8000/reset-password#token={letter.token}" in letter.text
    assert "30 minutes" in letter.text


@pytest.mark.parametrize("way", ["link", "code"])
def test_a_forgotten_password_is_replaced_in_any_browser_and_signs_in(
    client: ApiClient, alice: User, way: str
) -> None:
    thief = key_of(browser())
    delivered()
    ask(client)
    (letter,) = delivered()
    there = ApiClient()
    proof = (
        {"token": letter.token}
        if way == "link"
        else {"email": "ALICE@example.com", "code": letter.code}
    )
    assert outcome(confirm(there, **proof)) == (200, "authenticated")
    assert there.get("/api/session/").json()["session"]["proofs"] == ["email"]
    assert who_is(thief) is None
    assert Session.objects.count() == 1
    assert ApiClient().sign_in().status_code == 400
    assert ApiClient().sign_in("alice", NEW).status_code == 200


def test_a_second_factor_is_asked_for_all_the_same(
    letter: Letter, client: ApiClient, factors: dict[str, Sequence[str]]
) -> None:
    factors["alice"] = ["totp"]
    assert outcome(confirm(client, token=letter.token)) == (200, "pending")
    assert client.get("/api/session/").json()["next"] == ["totp"]
    assert client.get("/api/whoami/").status_code == 401


def test_only_the_change_is_told_by_mail(client: ApiClient, alice: User) -> None:
    browser()
    delivered()
    ask(client)
    (letter,) = delivered()
    confirm(client, token=letter.token)
    assert [each.subject for each in delivered()] == ["Your password was changed"]


def test_a_link_and_its_code_work_once(letter: Letter, client: ApiClient) -> None:
    confirm(client, token=letter.token)
    assert outcome(confirm(client, token=letter.token)) == (400, "link_used")
    code = {"email": "alice@example.com", "code": letter.code}
    assert outcome(confirm(client, **code)) == (400, "code_invalid")


def test_a_newer_mail_ends_the_older(letter: Letter, client: ApiClient) -> None:
    ask(client)
    (newer,) = delivered()
    assert outcome(confirm(client, token=letter.token)) == (400, "link_expired")
    assert outcome(confirm(client, token=newer.token)) == (200, "authenticated")


def test_half_an_hour_is_enough(
    client: ApiClient, alice: User, time_machine: TimeMachineFixture
) -> None:
    time_machine.move_to(1_800_000_000, tick=False)
    ask(client)
    (letter,) = delivered()
    time_machine.shift(datetime.timedelta(minutes=30))
    assert outcome(confirm(client, token=letter.token)) == (400, "link_expired")
    code = {"email": "alice@example.com", "code": letter.code}
    assert outcome(confirm(client, **code)) == (400, "code_invalid")


def test_a_sign_in_ends_it(letter: Letter, client: ApiClient) -> None:
    browser()
    assert outcome(confirm(client, token=letter.token)) == (400, "link_expired")


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
    expected = {"active": (400, "invalid_credentials"), "gone": (400, "link_invalid")}
    if change == "gone":
        alice.delete()
    found = outcome(confirm(client, token=letter.token))
    assert found == expected.get(change, (400, "link_expired"))
    assert Session.objects.count() == 0


@pytest.mark.parametrize("token", ["x", "x" * 43, "{}=", " {}", "{}x", "X{}"])
def test_a_token_that_is_not_right_opens_nothing(
    letter: Letter, client: ApiClient, token: str
) -> None:
    mangled = token.format(letter.token)
    assert outcome(confirm(client, token=mangled)) == (400, "link_invalid")
    assert ApiClient().sign_in().status_code == 200


def test_a_link_for_something_else_opens_nothing(client: ApiClient, alice: User) -> None:
    issued = links.issue(OTHER, alice, address=alice.email)
    assert outcome(confirm(client, token=issued.token)) == (400, "link_invalid")
    code = {"email": alice.email, "code": issued.code}
    assert outcome(confirm(client, **code)) == (400, "code_invalid")


def test_a_code_of_somebody_else_opens_nothing(
    letter: Letter, client: ApiClient, bob: User
) -> None:
    assert outcome(confirm(client, email="bob@example.com", code=letter.code))[0] == 400
    assert outcome(confirm(client, email="nobody@example.com", code=letter.code))[0] == 400
    assert outcome(confirm(client, email="alice@example.com", code=letter.code))[0] == 200


def test_after_five_wrong_codes_the_right_one_is_none(letter: Letter, client: ApiClient) -> None:
    wrong = f"{(int(letter.code) + 1) % 10**6:06}"
    for code in [*[wrong] * 5, letter.code]:
        answer = confirm(client, email="alice@example.com", code=code)
        assert outcome(answer) == (400, "code_invalid")
    # The link is no guess.
    assert outcome(confirm(client, token=letter.token)) == (200, "authenticated")


def test_guessing_codes_with_ever_new_mails_is_limited(client: ApiClient, alice: User) -> None:
    for _ in range(10):
        assert confirm(client, email="alice@example.com", code="000000").status_code == 400
    assert confirm(client, email="Alice@Example.com", code="000000").status_code == 429
    assert confirm(client, email="bob@example.com", code="000000").status_code == 400


def test_filling_somebodys_mailbox_is_limited(client: ApiClient, alice: User) -> None:
    assert [ask(client).status_code for _ in range(6)] == [200] * 5 + [429]
    assert ask(client, "nobody@example.com").status_code == 200


@override_settings(
    AUTH_PASSWORD_VALIDATORS=[
        {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"}
    ]
)
@pytest.mark.parametrize("way", ["link", "code"])
def test_a_password_that_is_refused_leaves_the_link_as_it_is(
    letter: Letter, client: ApiClient, way: str
) -> None:
    proof = (
        {"token": letter.token}
        if way == "link"
        else {"email": "alice@example.com", "code": letter.code}
    )
    answer = confirm(client, **proof, newPassword="short")
    assert outcome(answer) == (400, "invalid_body")
    assert [*answer.json()["fields"]] == ["newPassword"]
    assert outcome(confirm(client, **proof)) == (200, "authenticated")


BODIES: list[dict[str, Any]] = [
    {},
    {"token": "x", "code": "000000"},
    {"token": "x", "email": "a@example.com"},
    {"code": "000000"},
    {"email": "a@example.com"},
    {"token": "x", "email": "a@example.com", "code": "000000"},
]


@pytest.mark.parametrize("body", BODIES)
def test_one_proof_must_come_whole(client: ApiClient, db: None, body: dict[str, str]) -> None:
    answer = confirm(client, **body)
    assert outcome(answer) == (400, "invalid_body")
    assert answer.json()["fields"][""][0]["code"] == "one_proof"


@pytest.mark.parametrize(
    "address", ["a@example.com,b@example.com", "a@x.com b@y.com", "A <a@example.com>", "a@b", "a"]
)
def test_what_is_no_address_of_one_person_is_refused(client: ApiClient, address: str) -> None:
    answer = ask(client, address)
    assert outcome(answer) == (400, "invalid_body")
    assert answer.json()["fields"]["email"][0]["code"] == "invalid_address"
    assert not Counter.objects.exists()


def test_the_mail_goes_to_the_address_that_is_stored(client: ApiClient, alice: User) -> None:
    User.objects.update(email="Alice@example.com")
    ask(client, "\uff41lice@example.com")
    assert [each.to for each in delivered()] == ["alice@example.com"]


def test_people_who_never_had_a_password_set_one(client: ApiClient, alice: User) -> None:
    alice.set_unusable_password()
    alice.save()
    ask(client)
    (letter,) = delivered()
    assert outcome(confirm(client, token=letter.token)) == (200, "authenticated")
    assert ApiClient().sign_in("alice", NEW).status_code == 200


def seen_by_a_stranger(email: str) -> tuple[object, ...]:
    """Everything that an answer shows, and every statement that it took."""
    client = ApiClient()
    with CaptureQueriesContext(connection) as queries:
        answer = ask(client, email)
    # The names of savepoints count on, and values are what was sent.
    counted = re.compile(r"s\d+_x\d+|'[^']*'")
    statements = [counted.sub("", query["sql"].split(" VALUES ")[0]) for query in queries]
    return answer.status_code, answer.content, str(sorted(answer.headers.items())), statements


def test_nobody_learns_who_has_an_account(alice: User, hashes: list[int]) -> None:
    User.objects.create_user("away", "away@example.com", PASSWORD, is_active=False)
    User.objects.create_user("none", "none@example.com")
    User.objects.create_user("two", "twins@example.com", PASSWORD)
    User.objects.create_user("twins", "twins@example.com", PASSWORD)
    hashes.clear()
    seen_by_a_stranger("first@example.com")  # what is read once per process is read now
    names = ["alice", "away", "none", "twins", "nobody"]
    seen = [seen_by_a_stranger(f"{name}@example.com") for name in names]
    assert all(each == seen[0] for each in seen)
    assert hashes == []
    assert sorted(letter.to for letter in delivered()) == ["alice@example.com", "none@example.com"]
    assert not Mail.objects.exists()


def test_a_wrong_code_tells_nobody_who_has_an_account(alice: User) -> None:
    def seen(email: str) -> tuple[object, ...]:
        with CaptureQueriesContext(connection) as queries:
            answer = confirm(ApiClient(), email=email, code="000000")
        kinds = [query["sql"].split()[0] for query in queries]
        return answer.status_code, answer.content, kinds

    seen("first@example.com")
    assert seen("alice@example.com") == seen("nobody@example.com")


@pytest.mark.django_db(transaction=True)
def test_of_six_at_once_one_replaces_the_password(alice: User) -> None:
    ask(ApiClient())
    (letter,) = delivered()
    clients = [ApiClient() for _ in range(6)]
    answers = at_once(
        *[lambda c=client: outcome(confirm(c, token=letter.token)) for client in clients]  # type: ignore[misc]
    )
    assert min(answers) == (200, "authenticated")
    assert {each[0] for each in sorted(answers)[1:]} == {400}
    assert Session.objects.count() == 1


def test_asking_and_reading_change_nothing(letter: Letter, client: ApiClient) -> None:
    """A76: a mail scanner opens the link, and whatever stands in it, by GET and HEAD."""
    before = list(Secret.objects.values())
    for path in ("/reset-password", f"/reset-password?token={letter.token}"):
        assert client.get(path).status_code in {200, 503}
        assert client.head(path).status_code in {200, 503}
    for path in ("/api/password/reset/confirm/", "/api/password/reset/"):
        assert client.get(path).status_code == 405
    assert list(Secret.objects.values()) == before
    assert outcome(confirm(client, token=letter.token)) == (200, "authenticated")


@override_settings(AUTH_PASSWORD_VALIDATORS=[*ASVS])
def test_passwords_that_are_refused_cost_no_try_of_the_code(alice: User) -> None:
    client = ApiClient()
    client.send("POST", "/api/password/reset/", {"email": alice.email})
    [letter] = delivered()
    body = {"email": alice.email, "code": letter.code}
    for _ in range(6):
        refused = client.send(
            "POST", "/api/password/reset/confirm/", body | {"newPassword": "password"}
        )
        assert refused.json()["fields"].keys() == {"newPassword"}
    accepted = client.send("POST", "/api/password/reset/confirm/", body | {"newPassword": NEW})
    assert accepted.status_code == 200


@pytest.mark.parametrize("who", ["alice", "bob"])
def test_the_first_proof_of_an_address_may_come_from_a_browser_that_is_signed_in(
    alice: User, bob: User, who: str
) -> None:
    client = browser(who)
    old = key_of(client)
    client.send("POST", "/api/password/reset/", {"email": alice.email})
    body = {"token": delivered()[-1].token, "newPassword": NEW}
    assert client.send("POST", "/api/password/reset/confirm/", body).status_code == 200
    assert client.get("/api/whoami/").json()["username"] == "alice"
    assert who_is(old) is None
