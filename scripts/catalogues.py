"""The translations: the `locale` folder of each room, written from the strings of its code.

The apps of the example count as rooms.

Babel reads and writes them, so that no machine needs gettext's programs; it runs in the virtual
environment, with Django, which turns templates into what Babel reads.
"""

import io
import re
import sys
from collections import Counter
from collections.abc import Iterator
from gettext import c2py
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from console import ROOT

PACKAGE = ROOT / "src" / "spa_auth"
EXAMPLE = ROOT / "examples" / "backend"
# Django's, and which of their arguments are texts.
FUNCTIONS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), (1,)),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
}
Said = str | tuple[str, ...]

_PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[a-z%]")
# As our sentences end, and as those of other scripts do; in Greek, a question.
_ENDS = ".:?! "
_STOPS = str.maketrans("。．।۔։：？؟;！", ".....:???!")  # noqa: RUF001
# Thai and Lao end a sentence with a space, or with nothing.
_WITHOUT_STOPS = ("th", "lo")
_NO_BREAK_SPACES = "\u00a0\u202f"


class Catalogue(Catalog):
    """A catalogue whose header has no date and no program: the same strings, the same file."""

    @property  # type: ignore[misc]
    def mime_headers(self) -> list[tuple[str, str]]:
        """Return what reading the file needs."""
        return [
            ("Language", str(self.locale)),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
            ("Plural-Forms", f"{self.plural_forms}\n"),
        ]


def rooms() -> list[Path]:
    """List the folders of the rooms and apps that say something; each has its own catalogues."""
    apps = [*sorted(PACKAGE.glob("*/apps.py")), *sorted(EXAMPLE.glob("*/apps.py"))]
    return [path.parent for path in apps if any(said_in(path.parent))]


def languages() -> list[str]:
    """List the languages that there are; a new one begins as a folder of any room."""
    return sorted({path.name for path in PACKAGE.glob("*/locale/*") if path.is_dir()})


def path_of(room: Path, language: str) -> Path:
    """Return where the translations of a room are."""
    return room / "locale" / language / "LC_MESSAGES" / "django.po"


def said_in(room: Path) -> Iterator[tuple[str, Said]]:
    """Find the strings of a room, each with its file, and with its plural where it has one."""
    for path in sorted([*room.rglob("*.py"), *room.glob("templates/**/*.*")]):
        source = path.read_text()
        if path.suffix != ".py":
            # Python, but for its indentation.
            lines = templatize(source, origin=str(path)).splitlines()
            source = "\n".join(line.strip() for line in lines)
        where = path.relative_to(room.parent).as_posix()
        for _, said, _, _ in extract("python", io.BytesIO(source.encode()), FUNCTIONS):
            yield where, said


def current(room: Path, language: str) -> Catalogue:
    """Return a catalogue as it has to be: the strings of the code, and what is known of them.

    A string that has changed has the translation of what it was before, marked as fuzzy.
    """
    strings = Catalogue(locale=language)
    for where, said in said_in(room):
        strings.add(said, locations=[(where, 0)])
    known = _read(path_of(room, language), language)
    known.update(strings)
    result = Catalogue(locale=language, header_comment="# By `make messages`: docs/translating.md")
    result.fuzzy = False
    for message in known:
        if message.id:
            result[message.id] = message
    return result


def source(catalogue: Catalog) -> bytes:
    """Return a catalogue as translators edit it."""
    buffer = io.BytesIO()
    # Named by file alone: with lines, every change of the code would change every catalogue.
    write_po(buffer, catalogue, width=100, include_lineno=False, sort_output=True)
    return buffer.getvalue()


def compiled(catalogue: Catalog) -> bytes:
    """Return a catalogue as Django reads it."""
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def problems(catalogue: Catalog) -> list[str]:
    """Say what is not translated, or not as its original asks for."""
    return [
        f"{message.id!r} {wrong}"
        for message in catalogue
        if message.id
        for wrong in _wrong_with(message, catalogue)
    ]


def write() -> int:
    """Write every catalogue anew, and what is compiled from it; return how much is to be done."""
    found = 0
    for room in rooms():
        for language in languages():
            catalogue = current(room, language)
            path = path_of(room, language)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(source(catalogue))
            path.with_suffix(".mo").write_bytes(compiled(catalogue))
            for problem in problems(catalogue):
                found += 1
                print(f"{path.relative_to(room.parent)}: {problem}")
    return found


def _read(path: Path, language: str) -> Catalog:
    if not path.exists():
        return Catalogue(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def _wrong_with(message: Message, catalogue: Catalog) -> Iterator[str]:
    originals, texts = _forms(message.id), _forms(message.string or "")
    if message.fuzzy:
        yield "is marked as fuzzy"
    if not all(texts) or len(texts) != (catalogue.num_plurals if message.pluralizable else 1):
        yield "is not translated"
    asked = _placeholders(originals[-1])
    of_one = _forms_of_one_number(catalogue) if message.pluralizable else set()
    has_stops = str(catalogue.locale).partition("_")[0] not in _WITHOUT_STOPS
    for form, text in enumerate(texts):
        allowed = [asked, *(_without_one(asked) if form in of_one else [])]
        if text and _placeholders(text) not in allowed:
            yield f"has other placeholders in {text!r}"
        if text and has_stops and _ending(text) != _ending(originals[-1]):
            yield f"ends otherwise in {text!r}"


def _forms(said: object) -> list[str]:
    return list(said) if isinstance(said, list | tuple) else [str(said)]


def _placeholders(text: str) -> list[str]:
    return sorted(_PLACEHOLDER.findall(text))


def _forms_of_one_number(catalogue: Catalog) -> set[int]:
    """Return the plural forms that a single number has: such a form can say it in a word."""
    form_of = c2py(catalogue.plural_expr)
    numbers = Counter(form_of(number) for number in range(1000))
    return {form for form, count in numbers.items() if count == 1}


def _without_one(placeholders: list[str]) -> Iterator[list[str]]:
    """Leave each out in turn, if it has a name: Python insists on `%d`."""
    for place, name in enumerate(placeholders):
        if name.startswith("%("):
            yield placeholders[:place] + placeholders[place + 1 :]


def _ending(text: str) -> str:
    last = text.rstrip(_NO_BREAK_SPACES)[-1:].translate(_STOPS)
    return last if last in _ENDS else ""


if __name__ == "__main__":
    sys.exit(1 if write() else 0)
