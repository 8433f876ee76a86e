import datetime
import logging
import re
import sys
import threading
from collections.abc import Iterator
from typing import Any

import django
import pytest
from django.contrib.auth.models import User
from django.core import mail as django_mail
from django.core.mail import EmailMultiAlternatives
from django.core.management import call_command
from django.db import connection, transaction
from django.db.utils import OperationalError
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from time_machine import TimeMachineFixture

from spa_auth.core import links, mail, messages, outbox
from spa_auth.core.links import Purpose
from spa_auth.core.messages import Message, declare
from spa_auth.core.models import Mail, Secret
from spa_auth.core.recipients import RecipientRefused
from system import free_port
from tests.attacks.stage import at_once
from tests.conftest import MAIL_BY

START = 1_800_000_000.0
HELLO = Message(
    name="test.hello",
    purpose=Purpose(name="test.hello", lifetime=datetime.timedelta(minutes=30)),
    subject="Hello",
    template="people/hello",
    page="/hello",
)
BROKEN = Message(name="x", subject="", template="no", page="")

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def declared(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(messages, "_declared", {})
    declare(HELLO)
    with mailer("locmem"):
        yield


@pytest.fixture
def threaded(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What no setting says."""
    monkeypatch.setattr(MAIL_BY, "default", None)
    with override_settings(SPA_AUTH={}):
        yield


def smtp(port: int) -> override_settings:
    return mailer("smtp", host="127.0.0.1", port=port)


def mailer(kind: str, **options: Any) -> override_settings:
    """The settings of one mail server, as this Django reads them."""
    backend = f"django.core.mail.backends.{kind}.EmailBackend"
    if django.VERSION >= (6, 1):  # pragma: no cover - in make verify
        return override_settings(MAILERS={"default": {"BACKEND": backend, "OPTIONS": options}})
    named = {f"EMAIL_{name.upper()}": value for name, value in options.items()}
    return override_settings(EMAIL_BACKEND=backend, **named)


def sent() -> EmailMultiAlternatives:
    (letter,) = django_mail.outbox
    assert isinstance(letter, EmailMultiAlternatives)
    return letter


def test_a_mail_has_a_link_to_our_page_and_a_code(alice: User) -> None:
    mail.send(HELLO, user=alice, address="Alice@EXAMPLE.com")
    assert django_mail.outbox == []
    assert outbox.deliver_due() == 1
    letter = sent()
    assert letter.to == ["alice@example.com"]
    ((html, kind),) = letter.alternatives
    assert kind == "text/html"
    for text in (letter.body, html):
        (token,) = set(re.findall(r"http://localhost:8000/hello#token=([\w-]{43})", text))
        assert "30 minutes" in text
        (code,) = re.findall(r"\b\d{6}\b", re.sub(r"#[\w=-]+", "", text))
        links.prove_link(HELLO.purpose, token)
        links.prove_code(HELLO.purpose, code, owner=alice)
    assert Mail.objects.count() == 0


def test_a_mail_says_that_a_program_sent_it_and_names_no_machine(alice: User) -> None:
    mail.send(HELLO, user=alice, address=alice.email)
    with override_settings(DEFAULT_FROM_EMAIL="Us <us@mail.example.com>"):
        outbox.deliver_due()
    written = sent().message()
    assert written["Auto-Submitted"] == "auto-generated"
    assert written["Message-ID"].endswith("@mail.example.com>")
    assert written["From"] == "Us <us@mail.example.com>"


def test_a_mail_is_in_the_language_of_who_asked(alice: User) -> None:
    with translation.override("ar"):
        mail.send(HELLO, user=alice, address=alice.email)
    outbox.deliver_due()
    assert '<html lang="ar" dir="rtl">' in sent().alternatives[0][0]


def test_without_a_language_a_mail_is_in_english(alice: User) -> None:
    with translation.override(None):
        mail.send(HELLO, user=alice, address=alice.email)
    assert Mail.objects.get().language == "en"


def test_nobody_costs_the_same_statements_and_gets_nothing(alice: User) -> None:
    def statements(user: User | None) -> list[str]:
        with CaptureQueriesContext(connection) as queries:
            mail.send(HELLO, user=user, address="alice@example.com")
        return [query["sql"].split()[0] for query in queries]

    assert statements(None) == statements(alice) == ["INSERT"]
    User.objects.update(is_active=False)
    assert outbox.deliver_due() == 2
    assert (django_mail.outbox, Mail.objects.count()) == ([], 0)


def test_a_refused_address_is_not_queued(alice: User) -> None:
    with pytest.raises(RecipientRefused):
        mail.send(HELLO, user=alice, address="a@example.com,b@example.com")
    assert not Mail.objects.exists()


def test_what_is_rolled_back_is_not_mailed(alice: User) -> None:
    with transaction.atomic():
        mail.send(HELLO, user=alice, address=alice.email)
        transaction.set_rollback(True)
    assert outbox.deliver_due() == 0


def test_the_queue_holds_no_secret(alice: User) -> None:
    mail.send(HELLO, user=alice, address=alice.email)
    assert not Secret.objects.exists()
    assert str(Mail.objects.get()) == f"test.hello {Mail.objects.get().pk}"


def test_two_messages_of_one_name_are_refused() -> None:
    assert declare(HELLO) is HELLO
    with pytest.raises(ValueError, match=r"test\.hello"):
        declare(Message(name=HELLO.name, subject="", template="", page=""))


def test_a_failure_is_tried_again_later_and_later_for_a_day(
    alice: User, time_machine: TimeMachineFixture, caplog: pytest.LogCaptureFixture
) -> None:
    time_machine.move_to(START, tick=False)
    mail.send(HELLO, user=alice, address=alice.email)
    waits = []
    with smtp(free_port()):
        while (due := outbox.next_due()) is not None:
            waits.append(due.timestamp() - START)
            time_machine.move_to(due, tick=False)
            assert outbox.deliver_due() == 1
            assert outbox.deliver_due() == 0
    assert waits[:7] == [0, 5, 35, 155, 755, 4355, 7955]
    assert 82_000 < waits[-1] <= 86_400
    assert Mail.objects.get().error == "ConnectionRefusedError"
    assert "given up" in caplog.text
    assert alice.email not in caplog.text
    time_machine.shift(datetime.timedelta(days=29))
    assert outbox.clear_old() == 0
    time_machine.shift(datetime.timedelta(days=1, seconds=1))
    assert outbox.clear_old() == 1


def test_the_command_sends_what_waits(alice: User, capsys: pytest.CaptureFixture[str]) -> None:
    mail.send(HELLO, user=alice, address=alice.email)
    call_command("spa_auth_send_mail")
    sent()
    assert capsys.readouterr().out == "1 mails taken up.\n"


def test_a_message_that_cannot_be_written_stops_no_other(alice: User) -> None:
    mail.send(declare(BROKEN), user=alice, address=alice.email)
    mail.send(HELLO, user=alice, address=alice.email)
    assert outbox.deliver_due() == 2
    assert Mail.objects.get().error == "TemplateDoesNotExist"
    sent()


def test_a_message_of_a_room_that_is_not_here_waits(alice: User) -> None:
    mail.send(BROKEN, user=alice, address=alice.email)
    outbox.deliver_due()
    assert Mail.objects.get().error == "KeyError"


def test_a_mail_that_another_process_takes_meanwhile_is_left(
    alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    mail.send(HELLO, user=alice, address=alice.email)
    claim = outbox._claim

    def too_late(row: Mail) -> bool:
        # The row was read before the other took it.
        return claim(Mail.objects.get(pk=row.pk)) and claim(row)

    monkeypatch.setattr(outbox, "_claim", too_late)
    assert outbox.deliver_due() == 0
    assert django_mail.outbox == []


@pytest.mark.django_db(transaction=True)
def test_of_eight_senders_at_once_one_sends(alice: User) -> None:
    mail.send(HELLO, user=alice, address=alice.email)
    assert sum(at_once(*[outbox.deliver_due] * 8)) == 1
    assert len(django_mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_a_thread_sends_after_the_commit_and_ends(threaded: None, alice: User) -> None:
    with transaction.atomic():
        mail.send(HELLO, user=alice, address=alice.email)
        mail.send(HELLO, user=alice, address=alice.email)
        assert mail._sender.thread is None
    wait_for_the_thread()
    assert len(django_mail.outbox) == 2
    assert mail._sender.thread is None


@pytest.mark.django_db(transaction=True)
def test_the_thread_tries_again(
    threaded: None, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "BACK_OFF", (0.01,))
    letters = iter([OSError(), None])

    def compose(*_: Any, **__: Any) -> EmailMultiAlternatives:
        if failure := next(letters):
            raise failure
        return EmailMultiAlternatives("Hello", to=[alice.email])

    monkeypatch.setattr(outbox, "compose", compose)
    mail.send(HELLO, user=alice, address=alice.email)
    wait_for_the_thread()
    assert len(django_mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_a_database_that_fails_ends_the_thread_and_loses_nothing(
    threaded: None, alice: User, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> int:
        raise OperationalError

    with monkeypatch.context() as patched, caplog.at_level(logging.WARNING):
        patched.setattr(outbox, "deliver_due", fail)
        mail.send(HELLO, user=alice, address=alice.email)
        wait_for_the_thread()
    assert "the outbox cannot be read: OperationalError" in caplog.text
    mail._sender.wake()
    wait_for_the_thread()
    assert len(django_mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_task_a_mail_waits_for_the_command(
    alice: User, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(sys.modules, "spa_auth.core.mail_task", None)  # as below Django 6.0
    with override_settings(SPA_AUTH={"MAIL_BY": "task"}), transaction.atomic():
        mail.send(HELLO, user=alice, address=alice.email)
    assert "no task for mail" in caplog.text
    assert Mail.objects.count() == 1


def wait_for_the_thread() -> None:
    for thread in threading.enumerate():
        if thread.name == "spa_auth.mail":
            thread.join(20)
