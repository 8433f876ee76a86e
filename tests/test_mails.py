"""Every declared mail: its preview in the documents, its languages, its two parts."""

import html as markup
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils.translation import to_language

import catalogues
from spa_auth.account.mail import DELETED_LATER
from spa_auth.core.messages import Message, declared, preview
from spa_auth.email.mail import CHANGED, CONFIRM_ASKED, VERIFY_ASKED
from spa_auth.password.mail import RESET_ASKED
from tests.foreign import english_in, in_foreign
from tests.paths import ROOT
from tests.people.mail import LINK

FOLDER = ROOT / "docs" / "mails"
every_mail = pytest.mark.parametrize("message", declared(), ids=lambda message: message.name)
ADDRESS = re.compile(r"https://app\.example\.com\S*|app\.example\.com")


def parts(message: Message, language: str = "en") -> tuple[str, str]:
    mail = preview(message, language=language)
    ((html, _),) = mail.alternatives
    return str(mail.body), str(html)


def words(html: str) -> str:
    """What an HTML part says, also where nobody sees it."""
    without_code = re.sub(r"<style>.*?</style>|<!--.*?-->", "", html, flags=re.DOTALL)
    return markup.unescape(re.sub(r"<[^>]*>", "\n", without_code))


def test_the_previews_are_current(tmp_path: Path) -> None:
    """Otherwise: `make mails`."""
    call_command("spa_auth_mails", output=tmp_path / "new")
    written = {path.name: path.read_text() for path in (tmp_path / "new").iterdir()}
    shown = {path.name: path.read_text() for path in FOLDER.iterdir() if path.suffix != ".png"}
    assert written == shown


def test_every_mail_is_shown() -> None:
    """Otherwise: `make mails`, and a line in docs/mails.md."""
    page = (ROOT / "docs" / "mails.md").read_text()
    files = {path.name for path in FOLDER.iterdir()}
    names = [message.name for message in declared()]
    assert files == {f"{name}.{ending}" for name in names for ending in ("txt", "html", "png")}
    assert set(re.findall(r"\]\(mails/([^)]+)\)", page)) == files


@every_mail
def test_every_sentence_can_be_translated(message: Message, foreign: None) -> None:
    text, html = parts(message)
    for said in (text, words(html), preview(message, language="en").subject):
        # The name of a time zone.
        assert set(english_in(ADDRESS.sub("", said))) <= {"UTC"}


@every_mail
def test_text_is_not_escaped_and_html_is(message: Message, foreign: None) -> None:
    text, html = parts(message)
    assert "'" in text
    assert "&" not in text
    assert "<" not in text
    # What is filled in is escaped; the sentences are ours.
    month = in_foreign("Jan.")
    assert (markup.escape(month) in html) == (month in text)


def test_times_are_written_as_in_the_language_of_the_mail() -> None:
    (message,) = [known for known in declared() if known.name == "sessions.new_device"]
    for part in parts(message, "de"):
        assert "Am 31. Januar 2026 um 15:04 Uhr (UTC) hat sich" in " ".join(words(part).split())


@every_mail
@pytest.mark.parametrize("language", [to_language(code) for code in catalogues.languages()])
def test_lines_are_short_in_every_language(message: Message, language: str) -> None:
    text, html = parts(message, language)
    assert f'lang="{language}"' in html
    assert all(len(line) <= 72 or line.startswith("https://") for line in text.splitlines())
    assert text != parts(message)[0]


@every_mail
def test_both_parts_are_in_the_direction_of_the_language(message: Message) -> None:
    _, html = parts(message, "ar")
    assert html.count('lang="ar" dir="rtl"') == 2
    # Addresses and digits are not.
    ltr = 1 + (message.page is not None) + ('class="code' in html)
    assert len(re.findall(r'dir="ltr"', html)) == ltr


@every_mail
def test_lines_are_short_and_addresses_whole(message: Message) -> None:
    text, html = parts(message)
    long = [line for line in text.splitlines() if len(line) > 72]
    assert all(re.fullmatch(r"https://\S+", line) for line in long)
    links = re.findall(r"https://\S+", text)
    assert len(links) == (message.page is not None)
    assert re.findall(r'<a href="([^"]+)"', html) == links
    assert set(links) <= set(words(html).splitlines())
    assert text == text.strip() + "\n"
    assert "\n\n\n" not in text


@every_mail
def test_nothing_is_loaded(message: Message) -> None:
    _, html = parts(message)
    assert not re.findall(r"<(?:img|link|script|iframe|base)\b|src=|url\(|@import", html)


@every_mail
def test_a_preview_begins_with_what_the_text_says_first(message: Message) -> None:
    text, html = parts(message)
    first = " ".join(text.partition("\n\n")[0].split())
    assert f'mso-hide:all;">{markup.escape(first)}\n' in html


def test_a_mail_says_what_works_once() -> None:
    for part in parts(RESET_ASKED):
        assert "Either the link or the code works, once, for 30 minutes." in part
        assert re.search(r"(?<!\d)314159(?!\d)", part)
    for part in parts(LINK):
        assert "The link works once, for 15 minutes." in part
        assert "code" not in words(part)
        assert "314159" not in part
    for part in parts(CHANGED):
        assert "The link works once, for 7 days." in part
    for part in parts(VERIFY_ASKED):
        assert "Either the link or the code works, once, for 1 day." in part
    for part in parts(CONFIRM_ASKED):
        assert "The code works once, for 15 minutes." in part


# Somebody may be in the account who is not its owner.
NOT_TO_BE_IGNORED = (CHANGED, CONFIRM_ASKED, DELETED_LATER)


@every_mail
def test_a_mail_that_somebody_asked_for_may_be_ignored(message: Message) -> None:
    for part in parts(message):
        ignored = "If you did not ask for this mail, ignore it." in part
        assert ignored == (message.purpose is not None and message not in NOT_TO_BE_IGNORED)
