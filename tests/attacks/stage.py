"""What the attacks share: copied cookies, browsers of their own, people who act at once."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier
from typing import Any, TypeVar

from django.db import connection, connections
from django.http import HttpResponse

from spa_auth.sessions.models import Session
from tests.attacks import views
from tests.conftest import ApiClient

T = TypeVar("T")


def browser(who: str = "alice", **more: object) -> ApiClient:
    """A browser of its own, with `who` signed in."""
    client = ApiClient()
    assert client.sign_in(who, **more).json()["status"] == "authenticated"
    return client


def key_of(client: ApiClient) -> str:
    """The value of the browser's session cookie."""
    key: str = client.cookies["sessionid"].value
    return key


def jar(key: str) -> ApiClient:
    """Somebody else's browser, into which this cookie was copied."""
    client = ApiClient()
    client.cookies["sessionid"] = key
    return client


def who_is(key: str) -> str | None:
    """Whose session this cookie opens, None for nobody's."""
    response = jar(key).get("/api/whoami/")
    assert response.status_code in {200, 401}
    name: str | None = response.json().get("username")
    return name


def public_id_of(client: ApiClient) -> str:
    """The id under which the browser's session is listed."""
    name: str = client.get("/api/session/").json()["session"]["id"]
    return name


def row_of(client: ApiClient) -> Session:
    """The browser's session in the database."""
    return Session.objects.get(public_id=public_id_of(client))


def at_once(*actions: Callable[[], T]) -> list[T]:
    """Act at the same moment, each in a thread with a database connection of its own."""
    start = Barrier(len(actions))

    def act(action: Callable[[], T]) -> T:
        start.wait(views.PATIENCE)
        return action()

    with ThreadPoolExecutor(len(actions)) as pool:
        return [future.result() for future in [pool.submit(_alone, act, one) for one in actions]]


@contextmanager
def held(send: Callable[[], HttpResponse]) -> Iterator["Future[HttpResponse]"]:
    """Send a request that stops at the gate, act in the block, then let the request go on.

    The future holds its answer when the block has ended.
    """
    views.gate.reset()
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(_alone, _call, send)
        views.gate.wait(views.PATIENCE)
        yield answer
        views.gate.wait(views.PATIENCE)


def stopping(send: Callable[[], HttpResponse]) -> Callable[[], HttpResponse]:
    """Make a request that stops at the gate when it has read all and is about to write."""

    def send_and_stop() -> HttpResponse:
        with connection.execute_wrapper(_StopBeforeWriting()):
            return send()

    return send_and_stop


def overtaken(send: Callable[[], T], by: Callable[[], object], asking: str) -> Callable[[], T]:
    """Make a request in which somebody else acts just before it asks the database for this."""
    done: list[object] = []

    def let_by(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if asking in (params or ()) and not done:
            with ThreadPoolExecutor(1) as pool:
                done.append(pool.submit(_alone, _call, by).result())
        return execute(sql, params, many, context)

    def send_and_be_overtaken() -> T:
        with connection.execute_wrapper(let_by):
            answer = send()
        assert done
        return answer

    return send_and_be_overtaken


class _StopBeforeWriting:
    """Stops once, before it holds any lock: SQLite has one writer at a time."""

    def __init__(self) -> None:
        self.stopped = False

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        writes = sql.startswith(("BEGIN", "UPDATE", "DELETE")) or "FOR UPDATE" in sql
        if writes and not self.stopped:
            self.stopped = True
            views.stop_at_gate()
        return execute(sql, params, many, context)


def _alone(act: Callable[[Callable[[], T]], T], action: Callable[[], T]) -> T:
    try:
        return act(action)
    finally:
        connections.close_all()


def _call(action: Callable[[], T]) -> T:
    return action()
