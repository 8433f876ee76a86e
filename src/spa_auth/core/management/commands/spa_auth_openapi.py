"""Write the OpenAPI document of the installed rooms."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from spa_auth import __version__
from spa_auth.core.openapi import document


class Command(BaseCommand):
    """`manage.py spa_auth_openapi [--output FILE]`."""

    help = "Writes the OpenAPI 3.1 document of the installed rooms."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare `--output`."""
        parser.add_argument("--output", type=Path, help="a file; otherwise standard output")

    def handle(self, *args: Any, output: Path | None, **options: Any) -> None:
        """Write the document."""
        text = json.dumps(document(version=__version__), indent=2) + "\n"
        if output is None:
            self.stdout.write(text, ending="")
        else:
            output.parent.mkdir(parents=True, exist_ok=True)
            output.write_text(text, encoding="utf-8")
