from collections.abc import Iterator
from itertools import pairwise

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from spa_auth.core import credentials, events, links
from spa_auth.core.models import Mail
from spa_auth.password.mail import RESET
from spa_auth.sessions.models import Session
from tests.attacks.stage import at_once, browser, key_of, who_is
from tests.conftest import PASSWORD, ApiClient
from tests.letters import delivered

NEW = "another-long-password"
JUDGED = override_settings(
    AUTH_PASSWORD_VALIDATORS=[
        {"NAME": f"django.contrib.auth.password_validation.{name}Validator"}
        for name in ("UserAttributeSimilarity", "MinimumLength", "CommonPassword")
    ]
)

pytestmark = pytest.mark.django_db


def change(client: ApiClient, current: str = PASSWORD, new: str = NEW) -> tuple[int, str | None]:
    body = {"currentPassword": current, "newPassword": new}
    answer = client.send("POST", "/api/password/change/", body)
    return answer.status_code, answer.json().get("code")


def test_who_knows_the_password_changes_it_and_stays_signed_in(signed_in: ApiClient) -> None:
    old, token = key_of(signed_in), signed_in.token
    assert change(signed_in) == (200, None)
    assert signed_in.get("/api/whoami/").json()["username"] == "alice"
    assert signed_in.token != token
    assert key_of(signed_in) != old
    assert who_is(old) is None
    assert ApiClient().sign_in().status_code == 400
    assert ApiClient().sign_in("alice", NEW).status_code == 200


def test_every_other_session_is_gone_at_once(signed_in: ApiClient) -> None:
    others = [key_of(browser()) for _ in range(3)]
    assert change(signed_in) == (200, None)
    assert [who_is(key) for key in others] == [None] * 3
    assert Session.objects.count() == 1


def test_the_session_keeps_what_the_project_put_into_it(signed_in: ApiClient) -> None:
    signed_in.get("/cart/?add=book")
    change(signed_in)
    assert signed_in.get("/cart/").json() == {"cart": ["book"]}


def test_a_wrong_password_changes_nothing(
    signed_in: ApiClient, alice: User, reported: list[events.Event]
) -> None:
    other = key_of(browser())
    reported.clear()
    assert change(signed_in, "wrong") == (400, "invalid_credentials")
    assert who_is(other) == "alice"
    assert reported == [events.ReauthenticationRefused(user_id=alice.pk, method="password")]
    assert delivered() == []
    assert ApiClient().sign_in().status_code == 200


def test_guessing_the_password_of_an_open_session_is_limited(signed_in: ApiClient) -> None:
    assert [change(signed_in, "wrong")[0] for _ in range(11)] == [400] * 10 + [429]


def test_changing_it_again_and_again_counts_as_no_guess(signed_in: ApiClient) -> None:
    passwords = [PASSWORD, *(f"{NEW}-{number}" for number in range(12))]
    for before, after in pairwise(passwords):
        assert change(signed_in, before, after) == (200, None)


@JUDGED
@pytest.mark.parametrize(
    ("password", "code", "params"),
    [
        ("short-1", "password_too_short", {"min_length": 8}),
        ("password1", "password_too_common", None),
        ("alice-abc", "password_too_similar", None),
    ],
)
def test_a_bad_new_password_is_refused_in_words_and_nothing_is_lost(
    signed_in: ApiClient, password: str, code: str, params: dict[str, int] | None
) -> None:
    body = {"currentPassword": PASSWORD, "newPassword": password}
    answer = signed_in.send("POST", "/api/password/change/", body)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_body")
    (error,) = answer.json()["fields"]["newPassword"]
    assert error["code"] == code
    assert error.get("params") == params
    assert len(error["detail"]) > 10
    assert ApiClient().sign_in().status_code == 200


def test_without_a_password_there_is_none_to_change(client: ApiClient, alice: User) -> None:
    signed_in = browser()
    alice.set_unusable_password()
    alice.save()
    # The hash is another one, so that the session has ended; one made by a provider has none.
    signed_in.get("/plain-login/?as=alice")
    signed_in.get("/api/session/")
    assert change(signed_in, "anything") == (400, "password.not_set")


def test_its_owner_has_a_mail(signed_in: ApiClient) -> None:
    change(signed_in)
    (letter,) = delivered()
    assert (letter.to, letter.subject) == ("alice@example.com", "Your password was changed")
    assert "http://localhost:8000/forgot-password" in letter.text
    assert (letter.token, letter.code) == ("", "")


def test_who_has_no_address_has_no_mail(signed_in: ApiClient) -> None:
    User.objects.update(email="")
    assert change(signed_in) == (200, None)
    assert not Mail.objects.exists()


def test_links_of_before_are_dead(signed_in: ApiClient, alice: User) -> None:
    issued = links.issue(RESET, alice, address=alice.email)
    change(signed_in)
    with pytest.raises(links.LinkExpired):
        links.prove_link(RESET, issued.token)


def test_a_known_device_stays_known(signed_in: ApiClient) -> None:
    change(signed_in)
    signed_in.send("POST", "/api/logout/", {})
    for _ in range(11):
        ApiClient().sign_in("alice", "wrong")
    assert ApiClient().sign_in("alice", NEW).status_code == 429
    assert signed_in.sign_in("alice", NEW).status_code == 200


def test_a_device_that_is_not_to_be_remembered_does_not_become_known(alice: User) -> None:
    client = ApiClient()
    client.sign_in(remember=False)
    change(client)
    assert "sessionid_auth_device" not in client.cookies


def test_a_failure_leaves_everything_as_it_was(
    signed_in: ApiClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError

    other = key_of(browser())
    signed_in.raise_request_exception = False
    with monkeypatch.context() as broken:
        broken.setattr(credentials, "_enders", [fail])
        assert change(signed_in)[0] == 500
    assert who_is(other) == "alice"
    assert signed_in.get("/api/whoami/").status_code == 200
    assert ApiClient().sign_in().status_code == 200


@pytest.mark.django_db(transaction=True)
def test_of_two_changes_at_once_one_wins_and_the_other_is_told(alice: User) -> None:
    clients = [browser(), browser()]

    def act(client: ApiClient, new: str) -> int:
        return change(client, new=new)[0]

    answers = at_once(
        *[lambda c=client, n=f"{NEW}-{number}": act(c, n) for number, client in enumerate(clients)]  # type: ignore[misc]
    )
    # The slower one is signed out by the faster, or is found to know the old password only.
    assert min(answers) == 200
    assert max(answers) in {400, 401, 403}
    winner = answers.index(200)
    assert ApiClient().sign_in("alice", f"{NEW}-{winner}").status_code == 200


def test_it_takes_a_fixed_number_of_statements(signed_in: ApiClient) -> None:
    for _ in range(5):
        browser()
    with CaptureQueriesContext(connection) as queries:
        assert change(signed_in) == (200, None)
    statements = [q["sql"] for q in queries if q["sql"].split()[0] not in _BORDERS]
    # Session and user, limit, the backend's user, the row held, password, others, session, mail,
    # audit, refund.
    assert len(statements) <= 13, "\n".join(statements)


_BORDERS = {"BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "BEGIN IMMEDIATE"}


@pytest.fixture(autouse=True)
def no_mail_from_before(alice: User) -> Iterator[None]:
    """Signing in twice tells of a new device, which is not what is meant here."""
    with override_settings(SPA_AUTH={"MAIL_BY": "command", "NEW_DEVICE_MAIL": False}):
        yield
