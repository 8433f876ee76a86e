"""Write each mail as people get it, to look at."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from spa_auth.core.messages import declared, preview


class Command(BaseCommand):
    """`manage.py spa_auth_mails --output FOLDER [--language CODE]`."""

    help = (
        "Writes the text and the HTML of every mail of the installed apps. Links, codes and times "
        "are made up, and nothing is sent."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare `--output` and `--language`."""
        parser.add_argument("--output", type=Path, required=True, help="a folder")
        parser.add_argument("--language", default="en", help="such as de; otherwise en")

    def handle(self, *args: Any, output: Path, language: str, **options: Any) -> None:
        """Write two files for each message, named as it is."""
        output.mkdir(parents=True, exist_ok=True)
        for message in declared():
            mail = preview(message, language=language)
            ((html, _),) = mail.alternatives
            for ending, part in (("txt", mail.body), ("html", html)):
                path = output / f"{message.name}.{ending}"
                path.write_text(str(part), encoding="utf-8", newline="\n")
