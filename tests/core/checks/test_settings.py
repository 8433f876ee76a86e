"""Each rule about settings, and its near miss; the cases are in `cases_*.py`."""

import pytest
from django.core.checks import WARNING

from spa_auth.core.deployment import CrossOrigin, Deployment
from spa_auth.core.rule import rules

from . import cases_browsers, cases_servers
from .ask import APP, CROSS, LOCAL, SAME, SERVED, SITE, WITH_CORS, Case, ask, said

# Right in the tests' own project, for a reason; what each says elsewhere is among the cases.
OF_THE_TESTS = {"R54", "R55", "R56", "R68", "R69", "W001", "W002", "W014", "E004", "E080"}
DEPLOYMENTS = [None, SERVED, SAME, CROSS, SITE, LOCAL, cases_browsers.READER, cases_servers.DIRECT]


@pytest.mark.parametrize("case", [*cases_browsers.WRONG, *cases_servers.WRONG])
def test_what_is_wrong_is_named(case: Case) -> None:
    messages = ask(case.number, case.deployment, **case.changed)
    assert f"spa_auth.{case.number} " in said(messages)
    assert case.expected in said(messages)
    assert case.level in [message.level for message in messages]


@pytest.mark.parametrize("case", [*cases_browsers.SOUND, *cases_servers.SOUND])
def test_a_near_miss_is_not(case: Case) -> None:
    assert said(ask(case.number, case.deployment, **case.changed)) == ""


@pytest.mark.parametrize("deployment", DEPLOYMENTS)
@pytest.mark.parametrize("number", sorted({rule.number for rule in rules} - OF_THE_TESTS))
def test_what_a_deployment_writes_has_no_message(
    number: str, deployment: Deployment | None
) -> None:
    assert said(ask(number, deployment, ROOT_URLCONF=())) == ""


def test_an_own_list_of_cors_headers_is_not_needed() -> None:
    """django-cors-headers allows ours by default, and exposes none."""
    bare = CrossOrigin([APP], api="https://api.example.com")
    written = {name: value for name, value in bare.settings().items() if "HEADERS" not in name}
    messages = ask("R33", None, SPA_AUTH_DEPLOYMENT=bare, MIDDLEWARE=WITH_CORS, **written)
    assert [message.level for message in messages] == [WARNING]
