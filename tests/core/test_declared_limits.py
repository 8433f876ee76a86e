"""Every limit that an endpoint declares is in the contract, and holds in each of its dimensions."""

from collections.abc import Iterator
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import RequestFactory
from time_machine import TimeMachineFixture

from spa_auth.core import known_device
from spa_auth.core.endpoint import Endpoint
from spa_auth.core.errors import RateLimited
from spa_auth.core.limits import reserve
from spa_auth.core.openapi import endpoints
from spa_auth.core.rates import Rate
from tests.contract import contract

START = 1_800_000_000
LIMITED = [endpoint for endpoint in endpoints() if endpoint.limit]
OPERATIONS = {
    operation["operationId"]: operation
    for operations in contract()["paths"].values()
    for operation in operations.values()
}
CASES = [
    (endpoint, dimension)
    for endpoint in LIMITED
    if endpoint.limit
    for dimension in endpoint.limit.described()
]


def test_sign_in_is_limited() -> None:
    assert "POST login" in {f"{endpoint.method} {endpoint.path}" for endpoint in LIMITED}


@pytest.mark.parametrize("endpoint", list(endpoints()), ids=lambda e: f"{e.method} {e.path}")
def test_the_contract_lists_the_limit(endpoint: Endpoint) -> None:
    operation = OPERATIONS[endpoint.operation_id]
    expected = endpoint.limit.described() if endpoint.limit else None
    assert operation.get("x-limit") == expected
    assert ("429" in operation["responses"]) == (endpoint.limit is not None)


@pytest.mark.parametrize(
    ("endpoint", "dimension"), CASES, ids=lambda case: getattr(case, "path", case)
)
def test_one_use_more_than_declared_is_refused(
    endpoint: Endpoint, dimension: str, alice: User, time_machine: TimeMachineFixture
) -> None:
    """The other dimensions are kept out of it: by other callers, or by a rate beyond reach."""
    time_machine.move_to(START, tick=False)
    assert endpoint.limit
    rate = Rate.parse(endpoint.limit.described()[dimension])
    others = {
        name: "1000000/1s"
        for name in endpoint.limit.described()
        # An attempt of a known device counts as its own alone, so the others need no care.
        if name not in (dimension, "device")
    }
    limit = replace(endpoint.limit, subject=lambda body: body.who, **others)  # type: ignore[arg-type]
    calls = callers(dimension, alice)

    def use() -> None:
        request, body = next(calls)
        reserve(f"{endpoint.method} {endpoint.path}", limit, request=request, body=body)

    for _ in range(rate.times):
        use()
    with pytest.raises(RateLimited) as refusal:
        use()
    assert int(refusal.value.headers["Retry-After"]) == -(-rate.step // 1_000_000)
    time_machine.shift(rate.step / 1_000_000)
    use()


def callers(dimension: str, user: User) -> Iterator[tuple[Any, Any]]:
    """Yield requests that have nothing in common but the dimension."""
    number = 0
    made = RequestFactory().post("/")
    known_device.remember_device(made, user)
    cookie = made.META["SPA_AUTH_DEVICE"]
    while True:
        number += 1
        same_address = dimension in ("address", "pair")
        same_user = dimension == "user"
        same_account = dimension in ("account", "pair", "device")
        address = "192.0.2.1" if same_address else f"10.{number // 250}.0.{number % 250}"
        request = RequestFactory().post("/", REMOTE_ADDR=address)
        request.user = User(pk=1 if same_user else number + 1)
        if dimension == "device":
            request.COOKIES["sessionid_auth_device"] = cookie
        yield (
            request,
            SimpleNamespace(who="username:alice" if same_account else f"username:{number}"),
        )
