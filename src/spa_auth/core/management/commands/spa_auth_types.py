"""Write the types of a project's own fields, for its front end."""

import difflib
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from spa_auth.core.fields import UnsupportedField
from spa_auth.core.project_types import declaration


class Command(BaseCommand):
    """`manage.py spa_auth_types [--output FILE [--check]]`."""

    help = "Writes the user's and the profile's fields as types for the npm package."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare `--output` and `--check`."""
        parser.add_argument("--output", type=Path, help="a file; otherwise standard output")
        parser.add_argument(
            "--check", action="store_true", help="write nothing; fail if the file is not current"
        )

    def handle(self, *args: Any, output: Path | None, check: bool, **options: Any) -> None:
        """Write the types, or compare them with what is written."""
        if check and output is None:
            raise CommandError("--check needs --output FILE: the file to look at.")
        try:
            text = declaration()
        except UnsupportedField as error:
            raise CommandError(f"In SPA_AUTH: {error}") from None
        if output is None:
            self.stdout.write(text, ending="")
            return
        written = _read(output)
        if written == text:
            self.stdout.write(f"{output} is unchanged.")
        elif check:
            raise CommandError(_stale(output, written, text))
        else:
            _write(output, text)
            self.stdout.write(f"Wrote {output}.")


def _read(path: Path) -> str | None:
    """Return what the file says, whatever its line endings; None where there is no file."""
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from None


def _stale(path: Path, written: str | None, text: str) -> str:
    advice = f"Run manage.py spa_auth_types --output {path}"
    if written is None:
        return f"{path} is missing. {advice}"
    lines = difflib.unified_diff(
        written.splitlines(), text.splitlines(), "written", "current", n=0, lineterm=""
    )
    return "\n".join([f"{path} does not match the settings and models. {advice}", *lines])


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        reason = f"{error.filename}: {error.strerror}"
        raise CommandError(f"{path} cannot be written: {reason}.") from None
