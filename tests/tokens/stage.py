"""What the tests of tokens share: a token of somebody's, and a program that brings one."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import User
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from spa_auth.tokens import flow
from spa_auth.tokens.models import ApiToken
from tests import secrets
from tests.conftest import ApiClient

READ = ("notes:read",)


def token_of(user: User, *, abilities: tuple[str, ...] = READ, days: int | None = 90) -> str:
    """The text of a new token."""
    return str(flow.create(user, name="backup", abilities=abilities, days=days).text)


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def ask(token: str, path: str = "/who/", method: str = "GET", **more: Any) -> HttpResponse:
    """Send a request as a program does, which keeps no cookie."""
    secrets.current.learn(token, "API token")
    answer: HttpResponse = ApiClient().generic(method, path, headers=bearer(token), **more)
    return answer


def works(token: str) -> bool:
    answer = ask(token)
    assert answer.status_code in {200, 401}
    return answer.status_code == 200


def use_of(token: str) -> object:
    """When it was used, as its list says."""
    return ApiToken.objects.get(hint=token[-4:]).last_used_at


def statements(ask_for: Callable[[], HttpResponse]) -> list[str]:
    """Name the verbs of the statements that an answer takes."""
    with CaptureQueriesContext(connection) as queries:
        ask_for()
    borders = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
    return [q["sql"].split()[0] for q in queries if not q["sql"].startswith(borders)]
