"""The mailbox of a project in development."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.checks import run_checks
from django.test import Client, override_settings
from django.urls import include, path
from django.utils import timezone

from spa_auth.core import mail, outbox
from spa_auth.mailbox import checks, letters
from spa_auth.sessions.mail import NEW_DEVICE
from tests.core.test_mail import mailer

urlpatterns = [path("mailbox/", include("spa_auth.mailbox.urls"))]

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    where = tmp_path / "mail"
    with mailer("filebased", file_path=str(where)), override_settings(DEBUG=True):
        yield where


@pytest.fixture
def browser() -> Client:
    return Client(SERVER_NAME="localhost")


def send(user: User) -> None:
    mail.send(NEW_DEVICE, user=user, address=user.email)
    assert outbox.deliver_due() == 1
    assert User.objects.filter(pk=user.pk).update(last_login=timezone.now())


def test_an_empty_mailbox_says_so(browser: Client, folder: Path) -> None:
    page = browser.get("/mailbox/").content.decode()
    assert "Nothing was sent yet" in page


def test_mails_are_listed_and_shown_and_their_links_work(
    browser: Client, folder: Path, alice: User
) -> None:
    send(alice)
    page = browser.get("/mailbox/").content.decode()
    assert "New sign-in to your account" in page
    assert alice.email in page
    (where,) = re.findall(r'href="(/mailbox/[^"]+)"', page)
    shown = browser.get(where).content.decode()
    assert '<a href="http://localhost:8000/devices"' in shown
    (frame,) = re.findall(r'<iframe[^>]* src="([^"]+)"', shown)
    html = browser.get(frame)
    assert "sandbox" in html["Content-Security-Policy"]
    assert "X-Frame-Options" not in html
    assert '<base target="_top">' in html.content.decode()
    assert "Look at your devices" in html.content.decode()


def test_the_newest_are_first_and_no_more_than_anybody_looks_at(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.mkdir()
    for second in (1, 3, 2):
        head = f"Date: Thu, 01 Jan 2026 00:00:0{second} +0000\nSubject: {second}\n\n"
        (folder / f"20260101-00000{second}-1.log").write_text(head)
    monkeypatch.setattr(letters, "MOST", 2)
    found = letters.letters()
    assert [letter.subject for letter in found] == ["3", "2"]
    assert found[0].sent > found[1].sent


def test_a_page_runs_nothing_and_is_kept_nowhere(browser: Client, folder: Path) -> None:
    response = browser.get("/mailbox/")
    (nonce,) = re.findall(r"style-src 'nonce-([\w-]+)'", response["Content-Security-Policy"])
    assert f'<style nonce="{nonce}">' in response.content.decode()
    assert "script" not in response.content.decode()
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize("name", ["nothing.log", "..%2Fsecret-key", "%00.log"])
def test_what_is_no_mail_is_not_found(browser: Client, folder: Path, name: str) -> None:
    assert browser.get(f"/mailbox/{name}/").status_code == 404
    assert browser.get(f"/mailbox/{name}/html/").status_code == 404


def test_a_file_that_is_being_written_is_left_out(browser: Client, folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "20260101-000000-1.log").touch()
    assert "Nothing was sent yet" in browser.get("/mailbox/").content.decode()


def test_a_mail_without_html_has_its_text(browser: Client, folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    written = b"Subject: Plain\nTo: a@example.com\nDate: Thu, 01 Jan 2026 10:00:00 +0000\n\nHello\n"
    (folder / "20260101-000000-1.log").write_bytes(written + b"-" * 79 + b"\n")
    page = browser.get("/mailbox/20260101-000000-1.log/").content.decode()
    assert "<pre>Hello" in page
    assert "<iframe" not in page


def test_outside_development_there_is_no_mailbox(browser: Client, folder: Path) -> None:
    with override_settings(DEBUG=False):
        assert browser.get("/mailbox/").status_code == 404


def test_where_mail_goes_elsewhere_nothing_is_shown(browser: Client, folder: Path) -> None:
    with mailer("locmem"):
        assert "Nothing was sent yet" in browser.get("/mailbox/").content.decode()
        assert [found.id for found in checks.nothing_to_show()] == ["spa_auth.W081"]
    assert checks.nothing_to_show() == []


@override_settings(SILENCED_SYSTEM_CHECKS=[])
def test_check_deploy_refuses_it(folder: Path) -> None:
    assert "spa_auth.E080" not in [message.id for message in run_checks()]
    found = run_checks(include_deployment_checks=True)
    assert "spa_auth.E080" in [message.id for message in found]
