"""What an answer says, and all that a stranger can learn from it."""

import re
from collections.abc import Callable

from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

# The names of savepoints count on, and values are what was sent.
_COUNTED = re.compile(r"s\d+_x\d+|'[^']*'")


def outcome(response: HttpResponse) -> tuple[int, str]:
    """The status, and the code of a refusal or the state that follows; empty for a mail."""
    said = response.json()
    return response.status_code, said.get("code") or said.get("status", "")


def seen(ask: Callable[[], HttpResponse]) -> tuple[object, ...]:
    """Everything that an answer shows, and every statement that it took."""
    with CaptureQueriesContext(connection) as queries:
        answer = ask()
    statements = [_COUNTED.sub("", query["sql"].split(" VALUES ")[0]) for query in queries]
    return answer.status_code, answer.content, str(sorted(answer.headers.items())), statements
