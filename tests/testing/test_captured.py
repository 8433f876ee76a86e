"""The mail that people get."""

import pytest
from django.contrib.auth.models import User
from django.core import mail as django_mail
from django.test import Client, override_settings

from spa_auth.core import mail
from spa_auth.core.models import Mail
from spa_auth.testing import SpaClient, held_mails, log_in, mails
from tests.conftest import MAIL_BY
from tests.core.test_mail import BROKEN, mailer

pytestmark = pytest.mark.django_db
NEW = "a-far-better-password-than-that"


@pytest.fixture(autouse=True)
def box() -> object:
    with mailer("locmem"):
        yield


def ask(address: str) -> None:
    assert SpaClient().post("/api/password/reset/", {"email": address}).status_code == 200


def test_a_link_and_a_code_are_read(alice: User) -> None:
    ask("alice@example.com")
    letter = mails.last(to="Alice@Example.com")
    assert letter.to == ("alice@example.com",)
    assert letter.link == f"http://localhost:8000/reset-password#token={letter.token}"
    assert letter.code in letter.html
    assert letter.subject in letter.html
    body = {"token": letter.token, "newPassword": NEW}
    assert SpaClient().post("/api/password/reset/confirm/", body).status_code == 200


def test_a_code_opens_as_well(alice: User) -> None:
    ask("alice@example.com")
    body = {"email": alice.email, "code": mails.last().code, "newPassword": NEW}
    assert SpaClient().post("/api/password/reset/confirm/", body).status_code == 200


def test_everybodys_mail_is_told_apart(alice: User, bob: User) -> None:
    ask("alice@example.com")
    ask("bob@example.com")
    assert [each.to for each in mails.all()] == [("alice@example.com",), ("bob@example.com",)]
    assert [each.to for each in mails.all(to="bob@example.com")] == [("bob@example.com",)]
    mails.clear()
    assert mails.all() == []


def test_a_mail_that_only_tells_has_a_link_alone(alice: User) -> None:
    log_in(Client(), alice)
    log_in(Client(), alice, known_device=False)
    letter = mails.last()
    assert letter.link.startswith("http://localhost:8000/")
    with pytest.raises(AssertionError, match="has no token"):
        letter.token  # noqa: B018
    with pytest.raises(AssertionError, match="has no code"):
        letter.code  # noqa: B018


def test_a_mail_of_the_projects_own(db: None) -> None:
    django_mail.send_mail("Hello", "Nothing to open.", None, ["bob@example.com"])
    letter = mails.last()
    assert (letter.text, letter.html) == ("Nothing to open.", "")
    with pytest.raises(AssertionError, match="The mail 'Hello' has no link"):
        letter.link  # noqa: B018


def test_who_waits_in_vain_is_told_why(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    ask("alice@example.com")
    with pytest.raises(AssertionError) as error:
        mails.last(to="bob@example.com")
    assert str(error.value).startswith("No mail to bob@example.com was sent. Sent: '")
    assert str(error.value).endswith("to alice@example.com. Failed: none.")


def test_a_mail_that_cannot_be_written_is_named(alice: User) -> None:
    mail.send(BROKEN, user=alice, address="alice@example.com")
    expected = r"No mail was sent. Sent: none. Failed: x to alice@example.com \(KeyError\)."
    with pytest.raises(AssertionError, match=expected):
        mails.last()


def test_without_a_test_runner_there_is_no_box(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(django_mail, "outbox")
    with pytest.raises(AssertionError, match="only a test runner"):
        mails.all()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("way", ["thread", "task"])
def test_mail_is_held_whoever_would_send_it(
    alice: User, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    monkeypatch.setattr(MAIL_BY, "default", way)
    with override_settings(SPA_AUTH={}), held_mails() as held:
        ask("alice@example.com")
        assert Mail.objects.count() == 1
        assert django_mail.outbox == []
        assert held.last().code
