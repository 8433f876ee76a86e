"""A system check is declared once: its number, severity, moment, reason and the line to write.

Django runs it, `docs/checks.md` lists it, and `SILENCED_SYSTEM_CHECKS` silences it by its id.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from inspect import getdoc
from typing import Any

from django.core.checks import CheckMessage, Error, Info, Tags, Warning, register  # noqa: A004

from .deployment import Deployment, chosen

Severity = type[Error] | type[Warning] | type[Info]
Check = Callable[..., list[CheckMessage]]


@dataclass(frozen=True)
class Found:
    """Something wrong, with the value that is; `hint` and `severity` where the rule's do not fit.

    Where the line to write depends on what was found, `hint` is that line.
    """

    message: str
    hint: str = ""
    severity: Severity | None = None


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One declared check."""

    number: str
    severities: Sequence[Severity]
    hint: str
    deploy: bool
    reason: str
    check: Check

    @property
    def id(self) -> str:
        """What Django shows, and what silences it."""
        return f"spa_auth.{self.number}"


# Every check of the installed rooms, in the order of their import.
rules: list[Rule] = []

Finder = Callable[[], Iterable[Found]]
DeploymentFinder = Callable[[Deployment], Iterable[Found]]


def rule(
    number: str,
    severity: Severity,
    *,
    hint: str,
    deploy: bool = False,
    sometimes: Severity | None = None,
) -> Callable[[Finder], Check]:
    """Register the decorated function as a check; its docstring is the reason.

    It yields what it found. With `deploy` it runs under `check --deploy` only. `sometimes` is the
    severity that single findings have instead.
    """

    def declare(find: Finder) -> Check:
        identifier = f"spa_auth.{number}"

        def check(**_: Any) -> list[CheckMessage]:
            return [
                (found.severity or severity)(found.message, hint=found.hint or hint, id=identifier)
                for found in find()
            ]

        register(check, Tags.security, deploy=deploy)
        reason = " ".join((getdoc(find) or "").split())
        severities = [severity, sometimes] if sometimes else [severity]
        rules.append(
            Rule(
                number=number,
                severities=severities,
                hint=hint,
                deploy=deploy,
                reason=reason,
                check=check,
            )
        )
        return check

    return declare


def deployment_rule(
    number: str,
    severity: Severity,
    *,
    hint: str,
    deploy: bool = False,
    sometimes: Severity | None = None,
) -> Callable[[DeploymentFinder], Check]:
    """Do the same for a check that the project's deployment decides.

    A project that uses the session engine alone has chosen none, and is not asked.
    """

    def declare(find: DeploymentFinder) -> Check:
        def find_in_deployment() -> Iterable[Found]:
            deployment = chosen()
            return [] if deployment is None else find(deployment)

        find_in_deployment.__doc__ = find.__doc__
        declared = rule(number, severity, hint=hint, deploy=deploy, sometimes=sometimes)
        return declared(find_in_deployment)

    return declare


def follows(deployment: Deployment, name: str) -> str:
    """Return the hint for a setting that the deployment has written and the project has changed."""
    line = f"{type(deployment).__name__}([{deployment.origins[0]!r}], ...).configure(globals())"
    value = deployment.settings()[name]
    return f"Take out the line that changes it; {line} writes {name} = {value!r}."
