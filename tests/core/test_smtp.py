"""Mail through a real SMTP server, which refuses, says nothing, hangs up, and comes back."""

import asyncio
import email
import os
import re
import signal
import threading
import time
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope
from django.contrib.auth.models import User
from django.db import connections
from django.http import HttpResponse
from django.test import override_settings
from django.utils import timezone

from spa_auth.core import events, links, mail, messages, outbox
from spa_auth.core.models import Mail, Secret
from system import free_port
from tests.conftest import ApiClient
from tests.core.test_mail import HELLO, smtp, wait_for_the_thread

TOKEN = re.compile(r"http://localhost:8000/hello#token=([\w-]{43})")
CODE = re.compile(r"\b\d{6}\b")
# What is random, or a time.
OTHER_EACH_TIME = re.compile(r"[\w:.-]{32,}|\d{4}-\d\d-\d\dT[\d:.]+Z|expires=[^;]+")

pytestmark = pytest.mark.django_db(transaction=True)


class MailServer:
    """Keeps what it accepts. While it is not `open`, who says MAIL has no answer."""

    def __init__(self) -> None:
        self.trouble = ""
        self.open = threading.Event()
        self.accepted: list[Envelope] = []
        self.lost_tokens: list[str] = []
        self.port = free_port()
        self.start()

    def start(self) -> None:
        self.open.set()
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self.controller.start()

    def stop(self) -> None:
        self.controller.stop()

    async def handle_MAIL(  # noqa: N802 - so aiosmtpd calls it
        self, server: SMTP, session: Any, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        await asyncio.to_thread(self.open.wait)
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Any, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.trouble == "hangs up after RCPT":
            server.transport.abort()
        if self.trouble.startswith(("4", "5")):
            return self.trouble
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Any, envelope: Envelope
    ) -> str:
        if self.trouble == "hangs up after DATA":
            self.lost_tokens += TOKEN.findall(text_of(read(envelope), "plain"))
            server.transport.abort()
        else:
            self.accepted.append(envelope)
        return "250 OK"


@pytest.fixture
def server() -> Iterator[MailServer]:
    running = MailServer()
    with smtp(running.port), override_settings(SPA_AUTH={"MAIL_BY": "thread"}):
        yield running
        running.open.set()
        Mail.objects.all().delete()
        mail._sender.wake()
        wait_for_the_thread()
    running.stop()


@pytest.fixture
def two_mails(alice: User, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let a sign-in cause the notice of a new device, and a mail with a link and a code."""
    User.objects.update(last_login=timezone.now())
    monkeypatch.setitem(messages._declared, HELLO.name, HELLO)

    def send_a_link(**_: Any) -> None:
        mail.send(HELLO, user=alice, address=alice.email)

    events.recorded.connect(send_a_link, sender=events.SignedIn)
    yield
    events.recorded.disconnect(send_a_link, sender=events.SignedIn)


@pytest.mark.parametrize(
    ("trouble", "errors"),
    [
        ("refused", {"ConnectionRefusedError"}),
        ("silent", {"TimeoutError", "SMTPServerDisconnected"}),
        ("hangs up after RCPT", {"SMTPServerDisconnected", "ConnectionResetError"}),
        ("hangs up after DATA", {"SMTPServerDisconnected", "ConnectionResetError"}),
        ("451 Try again later", {"SMTPRecipientsRefused"}),
        ("550 No such user", {"SMTPRecipientsRefused"}),
    ],
)
@pytest.mark.usefixtures("two_mails")
def test_a_mail_server_in_trouble_changes_no_answer_and_loses_no_mail(
    server: MailServer, alice: User, monkeypatch: pytest.MonkeyPatch, trouble: str, errors: set[str]
) -> None:
    expected = seen(ApiClient().sign_in())
    wait_for_the_thread()
    first_token = check_what_arrived(server, alice)

    server.trouble = trouble
    server.open.clear()
    if trouble == "refused":
        server.stop()
    if trouble == "silent":
        monkeypatch.setattr(outbox, "_TIMEOUT", 2)
    assert seen(ApiClient().sign_in()) == expected
    if trouble != "refused":
        # The answer is here, and the mail server has said nothing yet.
        assert set(Mail.objects.values_list("error", flat=True)) == {""}

    if trouble != "silent":
        server.open.set()
    wait_until(lambda: not Mail.objects.filter(error="").exists())
    assert Mail.objects.count() == 2
    assert set(Mail.objects.values_list("error", flat=True)) <= errors
    assert server.accepted == []
    lost = Secret.objects.latest("pk")
    assert lost.expires_at > timezone.now()

    if trouble == "refused":
        server.start()
    server.trouble = ""
    server.open.set()
    Mail.objects.update(due_at=timezone.now())
    mail._sender.wake()
    wait_for_the_thread()
    assert not Mail.objects.exists()
    check_what_arrived(server, alice)
    lost.refresh_from_db()
    assert lost.expires_at <= timezone.now()
    for token in [first_token, *server.lost_tokens]:
        with pytest.raises(links.LinkExpired):
            links.prove_link(HELLO.purpose, token)
    assert len(server.lost_tokens) == (trouble == "hangs up after DATA")


# Python 3.12 warns of what this test is about: threads, and the locks that they hold.
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_forked_process_sends_though_the_thread_of_its_parent_held_the_lock(
    server: MailServer, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(messages._declared, HELLO.name, HELLO)
    with override_settings(SPA_AUTH={"MAIL_BY": "command"}):
        mail.send(HELLO, user=alice, address=alice.email)
    # A connection of the parent would be shared.
    connections.close_all()
    held, forked = threading.Event(), threading.Event()

    def hold() -> None:
        with mail._sender.lock:
            held.set()
            forked.wait(20)

    holder = mail._sender.thread = threading.Thread(target=hold)
    holder.start()
    held.wait(20)
    child = os.fork()
    if child == 0:  # pragma: no cover - it ends without a report
        send_in_child()
    forked.set()
    holder.join()
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert len(server.accepted) == 1


def send_in_child() -> None:  # pragma: no cover - it ends without a report
    signal.alarm(20)  # it ends the process, whatever waits
    try:
        mail._sender.wake()
        wait_for_the_thread()
    except BaseException:
        os._exit(1)
    os._exit(0)


def seen(response: HttpResponse) -> tuple[int, str]:
    """All that the visitor sees, without what differs each time."""
    text = f"{response.headers}\n{response.cookies.output()}\n{response.content.decode()}"
    return response.status_code, OTHER_EACH_TIME.sub("*", text)


def check_what_arrived(server: MailServer, alice: User) -> str:
    """Take both mails from the server; return the token of the one that has a link."""
    letters = {}
    while server.accepted:
        envelope = server.accepted.pop()
        assert envelope.rcpt_tos == [alice.email]
        letter = read(envelope)
        assert letter["To"] == alice.email
        assert letter["From"] == envelope.mail_from == "webmaster@localhost"
        assert letter["Auto-Submitted"] == "auto-generated"
        assert letter["Message-ID"].endswith("@localhost>")
        assert letter["Date"].datetime
        assert letter.get_content_type() == "multipart/alternative"
        kinds = [part.get_content_type() for part in letter.iter_parts()]
        assert kinds == ["text/plain", "text/html"]
        assert letter["Subject"] not in letters
        letters[letter["Subject"]] = letter
    assert set(letters) == {"New sign-in to your account", "Hello"}
    texts = [text_of(letters["Hello"], kind) for kind in ("plain", "html")]
    (token,) = {token for text in texts for token in TOKEN.findall(text)}
    (code,) = {code for text in texts for code in CODE.findall(TOKEN.sub("", text))}
    links.prove_link(HELLO.purpose, token)
    links.prove_code(HELLO.purpose, code, owner=alice)
    return str(token)


def read(envelope: Envelope) -> EmailMessage:
    assert isinstance(envelope.content, bytes)
    return email.message_from_bytes(envelope.content, policy=default)


def text_of(letter: EmailMessage, kind: str) -> str:
    part = letter.get_body((kind,))
    assert part is not None
    return str(part.get_content())


def wait_until(come: Callable[[], bool]) -> None:
    for _ in range(1000):
        if come():
            return
        time.sleep(0.02)
    raise AssertionError  # pragma: no cover - it comes
