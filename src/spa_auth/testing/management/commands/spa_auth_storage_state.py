"""A browser that is signed in already, for Playwright."""

import json
import time
from http.cookies import Morsel
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.test import Client

from spa_auth.core.deployment import current
from spa_auth.core.origins import host_of, problem_with
from spa_auth.core.people import Identifier, find_row
from spa_auth.testing.clients import StillPending, log_in


class Command(BaseCommand):
    """`manage.py spa_auth_storage_state alice --output state.json [--origin URL]`."""

    help = (
        "Signs somebody in without a password, and writes the cookies as a storageState of "
        "Playwright. Whoever has the file is that person until the session ends."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare who, where to, and for which origin."""
        parser.add_argument("login", help="a user name, or an e-mail address")
        parser.add_argument("--output", type=Path, required=True, help="a file; git must ignore it")
        parser.add_argument(
            "--origin", help="where the browser reaches Django, if not as the deployment says"
        )

    def handle(self, *args: Any, login: str, output: Path, **options: Any) -> None:
        """Make the session, and write the file for its owner alone."""
        origin = options["origin"] or current().own_origin
        if problem := problem_with(origin):
            raise CommandError(problem)
        if current().partitioned:
            raise CommandError(
                "CrossSite partitions its cookies by the page that they were set on: sign in there."
            )
        user = find_row(Identifier.of(login=login))
        if user is None:
            raise CommandError(f"Nobody is called {login!r}.")
        client = Client()
        try:
            log_in(client, user)
        except StillPending as error:
            raise CommandError(str(error)) from None
        cookies = [_as_playwright(each, host_of(origin)) for each in client.cookies.values()]
        state = {"cookies": cookies, "origins": []}
        # Made anew: a file that was there may be open to others.
        output.unlink(missing_ok=True)
        output.touch(mode=0o600, exist_ok=False)
        output.write_text(json.dumps(state, indent=2), encoding="utf-8")
        self.stdout.write(f"{user} is signed in by {output}, for {origin}.")


def _as_playwright(cookie: "Morsel[str]", host: str) -> dict[str, Any]:
    """Describe a cookie as `BrowserContext.storageState()` does."""
    seconds = cookie["max-age"]
    return {
        "name": cookie.key,
        "value": cookie.value,
        "domain": host,
        "path": cookie["path"],
        "expires": time.time() + int(seconds) if seconds else -1,
        "httpOnly": bool(cookie["httponly"]),
        "secure": bool(cookie["secure"]),
        "sameSite": cookie["samesite"],
    }
