"""What is measured: one kind of request each, as far as a contender has it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from .dialects import ME, REFUSED, Call, Dialect

Who = Literal["signed in", "nobody", "unknown"]

FEW, MANY = 10, 100


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """A request, who makes it, and how many sessions its user has.

    `call` returns None where the contender has no such request. `changes` puts the rows back before
    every request; `later` makes the session one that was last seen a minute ago. For what takes
    long, `weight` divides the number of requests, and only one in `every` rounds has it.
    """

    name: str
    label: str
    call: Callable[[Dialect, str, list[Any]], Call | None]
    who: Who = "signed in"
    sessions: int = FEW
    changes: bool = False
    later: bool = False
    weight: int = 1
    every: int = 1


def user_name(sessions: int) -> str:
    """Return the name of the user who has that many sessions."""
    return f"ada{sessions}"


def scenario(name: str) -> Scenario:
    """Return the scenario of that name. Raises KeyError."""
    return {scenario.name: scenario for scenario in SCENARIOS}[name]


def call_for(scenario: Scenario, dialect: Dialect, others: list[Any]) -> Call | None:
    """Return the request that a contender with this dialect makes; the bare view for a floor."""
    if dialect.sign_in is None:
        return ME
    return scenario.call(dialect, user_name(scenario.sessions), others)


def _me(dialect: Dialect, name: str, others: list[Any]) -> Call:
    return ME


def _refused(dialect: Dialect, name: str, others: list[Any]) -> Call:
    return Call(ME.method, ME.path, None, REFUSED)


def _revoking(
    find: Callable[[Dialect], Callable[[list[Any]], Call] | None],
) -> Callable[[Dialect, str, list[Any]], Call | None]:
    def call(dialect: Dialect, name: str, others: list[Any]) -> Call | None:
        make = find(dialect)
        return make(others) if make else None

    return call


def _at(sessions: int) -> Sequence[Scenario]:
    """Return what may depend on how many sessions the user has."""
    every = 3 if sessions == MANY else 1
    return (
        Scenario(
            name=f"sign_in_{sessions}",
            label=f"sign-in, {sessions} sessions",
            call=lambda dialect, name, _: dialect.sign_in(name) if dialect.sign_in else None,
            who="nobody",
            sessions=sessions,
            changes=True,
            weight=5,
            every=every,
        ),
        Scenario(
            name=f"list_{sessions}",
            label=f"list of {sessions} sessions",
            call=lambda dialect, *_: dialect.list_sessions,
            sessions=sessions,
            weight=5,
            every=every,
        ),
        Scenario(
            name=f"revoke_one_{sessions}",
            label=f"revoke one of {sessions}",
            call=_revoking(lambda dialect: dialect.revoke_one),
            sessions=sessions,
            changes=True,
            weight=10,
            every=every,
        ),
        Scenario(
            name=f"revoke_others_{sessions}",
            label=f"revoke {sessions - 1} others",
            call=_revoking(lambda dialect: dialect.revoke_others),
            sessions=sessions,
            changes=True,
            weight=10,
            every=every,
        ),
    )


SCENARIOS: Sequence[Scenario] = (
    Scenario(name="me", label="own view, signed in", call=_me),
    Scenario(name="me_100", label="own view, 100 sessions", call=_me, sessions=MANY),
    Scenario(name="me_later", label="own view, last seen a minute ago", call=_me, later=True),
    Scenario(name="me_nobody", label="own view, nobody", call=_refused, who="nobody"),
    Scenario(name="me_unknown", label="own view, unknown credential", call=_refused, who="unknown"),
    Scenario(name="state", label="who am I", call=lambda dialect, *_: dialect.state),
    Scenario(
        name="state_nobody",
        label="who am I, nobody",
        call=lambda dialect, *_: dialect.state,
        who="nobody",
    ),
    Scenario(
        name="sign_out",
        label="sign-out",
        call=lambda dialect, *_: dialect.sign_out,
        changes=True,
        weight=5,
    ),
    *_at(FEW),
    *_at(MANY),
)
