"""Schemathesis against the served schema: no 5xx, no answer that the contract does not declare."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.contrib.auth.models import User
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.conftest import PASSWORD, ApiClient

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]

# The schema as the project serves it, our operations among its own.
ENDPOINTS = schemathesis.openapi.from_wsgi(
    "/drf/schema/?format=json", get_wsgi_application(), headers={"Host": "localhost"}
).include(path_regex="^/api/")
EXAMPLES = settings(
    max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)


# The same random text is sent as a password here and as a path there.
pytestmark = pytest.mark.leaves_secrets("what is made up at random is nobody's secret")


@pytest.fixture(autouse=True)
def one_connection(db: None) -> Iterator[None]:
    """Between requests Django would close the connection that holds the test's transaction."""
    detach()
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def detach() -> None:
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)


@ENDPOINTS.parametrize()
@EXAMPLES
def test_nothing_that_a_stranger_sends_breaks_an_endpoint(case: Any) -> None:
    case.call_and_validate(headers={"Host": "localhost"}, checks=CHECKS)


@ENDPOINTS.parametrize()
@EXAMPLES
def test_nothing_that_a_signed_in_person_sends_breaks_an_endpoint(
    case: Any, alices: ApiClient
) -> None:
    case.call_and_validate(
        headers={"Host": "localhost", "X-CSRFToken": alices.token},
        cookies={name: morsel.value for name, morsel in alices.cookies.items()},
        checks=CHECKS,
    )


@pytest.fixture
def alices(db: None) -> ApiClient:
    User.objects.create_user("alice", "alice@example.com", PASSWORD)
    client = ApiClient()
    client.sign_in()
    detach()  # the test client has attached it again
    return client
