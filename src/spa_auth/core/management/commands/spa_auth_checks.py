"""Write the table of the system checks of the installed rooms."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from spa_auth.core.rule import Rule, rules

_HEAD = """\
# System checks

`manage.py check` names what does not fit, and the line to write.
`manage.py check --deploy` also names what is wrong on the Internet only.
The checks look at the settings as they are in the end, so they find what a project changed after
`configure(globals())`.
A project that uses the session engine alone is asked only what the engine needs.

Who knows better silences a check by its id: `SILENCED_SYSTEM_CHECKS = ["spa_auth.R10"]`.
Missing numbers belong to features that are not there yet, or to dangers that this design does not
have.

`python -m django spa_auth_checks --output docs/checks.md` writes this page from the code.

| id | | runs under | why | write |
|---|---|---|---|---|
"""


class Command(BaseCommand):
    """`manage.py spa_auth_checks [--output FILE]`."""

    help = "Writes a table of the system checks of the installed rooms, in Markdown."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare `--output`."""
        parser.add_argument("--output", type=Path, help="a file; otherwise standard output")

    def handle(self, *args: Any, output: Path | None, **options: Any) -> None:
        """Write the table."""
        rows = sorted(rules, key=lambda rule: (rule.number, rule.deploy))
        text = _HEAD + "".join(map(_row, rows))
        if output is None:
            self.stdout.write(text, ending="")
        else:
            output.write_text(text, encoding="utf-8")


def _row(rule: Rule) -> str:
    severities = " or ".join(severity.__name__.lower() for severity in rule.severities)
    moment = "`check --deploy`" if rule.deploy else "`check`"
    # A hint that is a sentence ends like one; others are code.
    hint = rule.hint if rule.hint.endswith(".") else f"`` {rule.hint} ``"
    cells = (f"`{rule.id}`", severities, moment, rule.reason, hint)
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |\n"
