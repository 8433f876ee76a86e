"""No test leaves a secret behind: not in a log line, not in a traceback, not in a row (A119).

Each test's log records, from DEBUG up, with their tracebacks and the variables of every frame, and
the values of each statement that writes, are held against every secret that the test had: what the
product calls one (`HiddenText`: keys, codes, what is typed) and what `ApiClient` sends and is sent.

Not held against it: the variables of the tests' own functions and of Django's test client;
querysets, which would ask the database again; the table of Django's own session engine, which
stores keys as they are; the lines of `django.db.backends`, which DEBUG alone writes and which say
of each statement what it was given; and those of the mail server that the tests run.
"""

import json
import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import patch

import django.test
import pytest
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.models import QuerySet
from django.http import HttpResponse

from spa_auth.core.secrets import HiddenText
from tests.paths import ROOT

# What is shorter is an ordinary word, as "wrong" is, unless it is a code.
SHORTEST = 12
CODE = re.compile(r"\d{6}")
# Neither a part of a longer number or digest, nor the microseconds of a time.
_WHOLE_CODE = re.compile(r"(?<![\w.])\d{6}(?![\w.])")
_TIME = re.compile(r"datetime\.\w+\([^()]*\)")
_SECRET_KEYS = re.compile("password|code|token|secret", re.IGNORECASE)
_WRITES = re.compile(r"\s*(?:INSERT|UPDATE|MERGE|REPLACE|WITH)\b", re.IGNORECASE)
_TARGET = re.compile(r"(?:INTO|UPDATE)\s+\W?(\w+)", re.IGNORECASE)
_ORDINARY = frozenset(vars(logging.makeLogRecord({})))
_OTHERS = frozenset({"django.db.backends", "mail.log"})
_TESTS = (str(ROOT / "tests"), str(Path(django.test.__file__).parent))


class Watch:
    """What one test has had and written."""

    def __init__(self) -> None:
        self.secrets: dict[str, str] = {}
        self.records: list[logging.LogRecord] = []
        self.writes: list[tuple[str, Any]] = []

    def forget(self) -> None:
        for noted in (self.secrets, self.records, self.writes):
            noted.clear()

    def learn(self, secret: str, kind: str) -> None:
        if len(secret) >= SHORTEST or CODE.fullmatch(secret):
            self.secrets[secret] = kind

    def learn_sent(self, data: str | bytes) -> None:
        """Learn what the body of a request has under the names of secrets."""
        try:
            body = json.loads(data)
        except (ValueError, RecursionError):
            return
        for name, value in body.items() if isinstance(body, dict) else ():
            if isinstance(value, str) and _SECRET_KEYS.search(name):
                self.learn(value, name)

    def learn_received(self, response: HttpResponse, token: str) -> None:
        """Learn the cookies of an answer, and its CSRF token."""
        for name, cookie in response.cookies.items():
            self.learn(cookie.value, f"cookie {name}")
        self.learn(token, "CSRF token")

    def leaks(self) -> list[str]:
        """Name the kind of each secret that was written, and where."""
        return self.found_in([*self._logged(), *self._stored()])

    def found_in(self, places: Iterable[tuple[str, str]]) -> list[str]:
        """Name the kind of each secret in these texts; `places` are pairs of a name and a text."""
        places = list(places)
        everything = "\n".join(text for _, text in places)
        suspects = [secret for secret in self.secrets if secret in everything]
        return sorted(
            {
                f"{self.secrets[secret]} in {place}"
                for secret in suspects
                for place, text in places
                if _is_in(secret, text)
            }
        )

    def _logged(self) -> Iterator[tuple[str, str]]:
        for record in list(self.records):
            yield f"the log {record.name}", logging.Formatter().format(record)
            for name in vars(record).keys() - _ORDINARY - {"message", "asctime"}:
                yield f"what is attached to the log {record.name}", repr(vars(record)[name])
            for error in _chain(record.exc_info[1] if record.exc_info else None):
                yield from _variables(error)

    def _stored(self) -> Iterator[tuple[str, str]]:
        for sql, values in list(self.writes):
            table = _TARGET.search(sql)
            for text in [sql, *_texts(values)]:
                yield f"what was written to {table[1] if table else '?'}", text


def check(watch: Watch) -> None:
    """Fail the test that left a secret behind."""
    if leaks := watch.leaks():
        pytest.fail("\n".join(["This test left behind:", *leaks]), pytrace=False)


# What the running test has had; threads that it began note theirs in it too.
current = Watch()


@pytest.fixture(autouse=True)
def watch(request: pytest.FixtureRequest) -> Iterator[Watch]:
    """Hold the test to it. `@pytest.mark.leaves_secrets(reason)` lets it off."""
    current.forget()
    with patch.multiple(logging.Logger, isEnabledFor=_is_enabled, handle=_handle):
        yield current
    try:
        if request.node.get_closest_marker("leaves_secrets") is None:
            check(current)
    finally:
        current.forget()


_was_enabled = logging.Logger.isEnabledFor
_handled = logging.Logger.handle


def _is_enabled(self: logging.Logger, level: int) -> bool:
    return True


def _handle(self: logging.Logger, record: logging.LogRecord) -> None:
    """Note the record, and go on as if nobody did: levels stay what the project says."""
    if record.name not in _OTHERS:
        current.records.append(record)
    if _was_enabled(self, record.levelno):
        _handled(self, record)


def _note_write(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    if _WRITES.match(sql) and "django_session" not in sql:
        current.writes.append((sql, params))
    return execute(sql, params, many, context)


def _watch_connection(connection: BaseDatabaseWrapper, **_: Any) -> None:
    if _note_write not in connection.execute_wrappers:
        # In front: a test that adds a wrapper takes away the last one.
        connection.execute_wrappers.insert(0, _note_write)


def _note_hidden(cls: type[HiddenText], text: str) -> HiddenText:
    if text not in current.secrets:
        current.learn(text, "code" if CODE.fullmatch(text) else "key or typed secret")
    return str.__new__(cls, text)


connection_created.connect(_watch_connection)
HiddenText.__new__ = _note_hidden  # type: ignore[assignment]


def _is_in(secret: str, text: str) -> bool:
    if CODE.fullmatch(secret):
        return secret in _WHOLE_CODE.findall(_TIME.sub("", text))
    return secret in text


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _variables(error: BaseException) -> Iterator[tuple[str, str]]:
    """Every variable of every frame, as error reports show it."""
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        if not code.co_filename.startswith(_TESTS):
            for name, value in trace.tb_frame.f_locals.items():
                yield f"the variable {name} of {code.co_qualname}", _shown(value)
        trace = trace.tb_next


def _shown(value: object) -> str:
    # Not `isinstance`, which would make a lazy user be loaded.
    if issubclass(type(value), QuerySet):
        return ""
    try:
        return repr(value)
    except Exception:  # what cannot be shown shows nothing
        return ""


def _texts(values: Any) -> Iterator[str]:
    if isinstance(values, str):
        yield values
    elif isinstance(values, Mapping):
        yield from _texts(list(values.values()))
    elif isinstance(values, list | tuple):
        for value in values:
            yield from _texts(value)
    elif not isinstance(values, int | float | date | None):
        yield str(values)
