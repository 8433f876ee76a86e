"""The translations: what is committed is what the code says, whole, and of one mind."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from django.utils import translation

import catalogues
from spa_auth.audit import words
from spa_auth.core import events

CLIENT = Path(__file__).parents[1] / "js" / "src" / "ui"
EVERY = [(room, code) for room in catalogues.rooms() for code in catalogues.languages()]
every_catalogue = pytest.mark.parametrize(
    ("room", "language"), EVERY, ids=[f"{room.name}-{code}" for room, code in EVERY]
)


@every_catalogue
def test_the_catalogue_has_the_strings_of_the_code(room: Path, language: str) -> None:
    """Otherwise: `make messages`."""
    catalogue = catalogues.current(room, language)
    path = catalogues.path_of(room, language)
    assert path.read_text() == catalogues.source(catalogue).decode()
    assert path.with_suffix(".mo").read_bytes() == catalogues.compiled(catalogue)


@every_catalogue
def test_every_string_is_translated(room: Path, language: str) -> None:
    """Otherwise: translate it in the `.po` file, then `make messages`."""
    assert catalogues.problems(catalogues.current(room, language)) == []


def test_no_catalogue_is_left_of_a_room_that_says_nothing() -> None:
    named = {catalogues.path_of(room, language) for room, language in EVERY}
    folders = (catalogues.PACKAGE, catalogues.EXAMPLE)
    files = {path for folder in folders for path in folder.glob("*/locale/**/*") if path.is_file()}
    assert files == named | {path.with_suffix(".mo") for path in named}


@pytest.mark.parametrize("language", catalogues.languages())
def test_rooms_translate_one_string_alike(language: str) -> None:
    """Django mixes the catalogues: which one counted would depend on `INSTALLED_APPS`."""
    found: dict[object, set[object]] = {}
    for room in catalogues.rooms():
        for message in catalogues.current(room, language):
            found.setdefault(message.id, set()).add(str(message.string))
    del found[""]
    assert {said: texts for said, texts in found.items() if len(texts) > 1} == {}


def test_django_reads_them() -> None:
    with translation.override("de"):
        assert translation.gettext("You are not signed in.") == "Sie sind nicht angemeldet."
        ended = ("%(count)s session was ended.", "%(count)s sessions were ended.")
        assert translation.ngettext(*ended, 1) == "%(count)s Sitzung wurde beendet."
        assert translation.ngettext(*ended, 2) == "%(count)s Sitzungen wurden beendet."


OUR_EVENTS = {
    (event.kind, event.outcome)
    for event in events.about_somebody()
    if event.__module__.startswith("spa_auth.")
}


@pytest.mark.parametrize("name", ["activity-english.ts", "german.ts"])
def test_every_event_that_a_person_is_shown_has_words(name: str) -> None:
    """The client's words: the list of activities would show the code."""
    known = set(re.findall(r'^  "(\w+) (\w+)":\s', (CLIENT / name).read_text(), re.MULTILINE))
    assert known == OUR_EVENTS


def test_every_event_that_an_operator_is_shown_has_words() -> None:
    assert set(words.EVENTS) == OUR_EVENTS


def problems_in(
    language: str, said: str | tuple[str, ...], translated: str | tuple[str, ...]
) -> list[str]:
    catalogue = Catalog(locale=language)
    catalogue.add("Yes", "Ja")
    catalogue.add(said, translated)
    return catalogues.problems(catalogue)


@pytest.mark.parametrize(
    ("said", "translated", "wrong"),
    [
        ("Hello.", "", "is not translated"),
        (("%d day", "%d days"), ("%d Tag", ""), "is not translated"),
        ("Hello.", "Hallo", "ends otherwise in 'Hallo'"),
        ("%(who)s is in", "%(wer)s ist da", "has other placeholders in '%(wer)s ist da'"),
        (("%d day", "%d days"), ("Tag", "%d Tage"), "has other placeholders in 'Tag'"),
        (("%(n)s day", "%(n)s days"), ("ein Tag", "Tage"), "has other placeholders in 'Tage'"),
        (("%(n)s day", "%(n)s days"), ("%(m)s", "%(n)s Tage"), "has other placeholders in '%(m)s'"),
    ],
)
def test_what_is_wrong_is_named(
    said: str | tuple[str, str], translated: str | tuple[str, str], wrong: str
) -> None:
    assert problems_in("de", said, translated) == [f"{said!r} {wrong}"]


@pytest.mark.parametrize(
    ("language", "said", "translated"),
    [
        ("zh_Hans", "You are not signed in.", "您尚未登录。"),
        ("ja", "Sign in:", "ログイン："),  # noqa: RUF001
        ("zh_Hans", "Is it you?", "是您吗？"),  # noqa: RUF001
        ("hi", "This is too long.", "यह बहुत लंबा है।"),
        ("ur", "This is too long.", "یہ بہت لمبا ہے۔"),  # noqa: RUF001
        ("ar", "Is it you?", "هل هذا أنت؟"),
        ("el", "Is it you?", "Εσείς είστε;"),
        ("hy", "This is too long.", "Սա շատ երկար է։"),  # noqa: RUF001
        ("fr", "Sign in:", "Se connecter\u00a0:"),
        ("fr", "Is it you?", "C'est vous\u202f?\u00a0"),
    ],
)
def test_each_script_has_its_own_stops(language: str, said: str, translated: str) -> None:
    assert problems_in(language, said, translated) == []
    more = f"{translated} x"
    assert problems_in(language, said, more) == [f"{said!r} ends otherwise in {more!r}"]


def test_thai_has_no_stops() -> None:
    for language in ("th", "th_TH"):
        assert problems_in(language, "You are not signed in.", "คุณยังไม่ได้เข้าสู่ระบบ") == []


def test_a_form_of_one_number_may_leave_it_out() -> None:
    """As Arabic does for one and two. A form of many numbers has to say which."""
    days = ("%(days)s day", "%(days)s days")
    none_one_two = ("لا أيام", "يوم واحد", "يومان")
    more = ("%(days)s أيام", "%(days)s يومًا", "%(days)s يوم")
    assert problems_in("ar", days, (*none_one_two, *more)) == []
    (problem,) = problems_in("ar", days, (*none_one_two, "أيام", *more[1:]))
    assert problem.endswith("has other placeholders in 'أيام'")
    # One, twenty-one and so on.
    (problem,) = problems_in("ru", days, ("один день", "%(days)s дня", "%(days)s дней"))
    assert problem.endswith("has other placeholders in 'один день'")


def test_a_changed_sentence_asks_for_its_translation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(catalogues, "PACKAGE", tmp_path)
    monkeypatch.setattr(catalogues, "EXAMPLE", tmp_path / "none")
    room = tmp_path / "greeting"
    code, page = room / "apps.py", room / "templates" / "page.html"
    (room / "locale" / "de").mkdir(parents=True)
    page.parent.mkdir()
    page.write_text('<p>\n  {% translate "Bye" %}\n</p>')
    code.write_text('_("Welcome to this house.")\n_("Gone")\n')
    path = catalogues.path_of(room, "de")

    def fill_in(english: str, german: str) -> None:
        before = f'msgid "{english}"\nmsgstr ""'
        assert before in path.read_text()
        path.write_text(path.read_text().replace(before, before[:-1] + f'{german}"'))

    assert catalogues.write() == 3
    fill_in("Bye", "Tschüss")
    fill_in("Gone", "Weg")
    fill_in("Welcome to this house.", "Willkommen im Haus.")
    assert catalogues.write() == 0
    code.write_text('_("Welcome to our house.")\n')
    capsys.readouterr()
    assert catalogues.write() == 1
    name = "greeting/locale/de/LC_MESSAGES/django.po"
    assert capsys.readouterr().out == f"{name}: 'Welcome to our house.' is marked as fuzzy\n"
    assert "Willkommen im Haus." in path.read_text()
    assert "Weg" not in path.read_text()
    # A guess is shown to nobody.
    assert b"Willkommen" not in path.with_suffix(".mo").read_bytes()
