"""Views of a project under attack: slow ones, and what no room of ours does yet."""

from collections.abc import Callable
from threading import Barrier
from typing import Any

from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse, JsonResponse

from spa_auth.core.decorators import session_required

# Where a request stops: once to say that it has arrived, once until it is let go.
gate = Barrier(2)
PATIENCE = 30  # seconds after which a thread that nobody meets fails the test


def stop_at_gate() -> None:
    gate.wait(PATIENCE)
    gate.wait(PATIENCE)


def put_something(request: HttpRequest) -> None:
    request.session["seen"] = True


def renew_key(request: HttpRequest) -> None:
    request.session.cycle_key()


def renew_password_hash(request: HttpRequest) -> None:
    update_session_auth_hash(request, request.user)  # type: ignore[arg-type]


CHANGES: dict[str, Callable[[HttpRequest], None]] = {
    "data": put_something,
    "key": renew_key,
    "hash": renew_password_hash,
}


def slow(request: HttpRequest, before: str, change: str) -> HttpResponse:
    """Read the session and stop; change it before or after that."""
    request.session.get("anything")
    when = [CHANGES[change], lambda _: stop_at_gate()]
    for step in when if before == "change" else reversed(when):
        step(request)
    return JsonResponse({"user": request.user.get_username()})


@session_required
def change_password(request: HttpRequest) -> HttpResponse:
    """Change one's password as Django's own view does it: this session goes on."""
    user: Any = request.user
    user.set_password(request.headers["X-New-Password"])
    user.save(update_fields=["password"])
    update_session_auth_hash(request, user)
    return HttpResponse("changed")


@session_required
def change(request: HttpRequest, change: str) -> HttpResponse:
    """Change one's session, signed-in people only."""
    CHANGES[change](request)
    return HttpResponse("changed")
