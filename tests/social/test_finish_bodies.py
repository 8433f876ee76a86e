"""Whatever a browser sends on as what came back: a declared refusal, and nobody is signed in."""

from itertools import count
from typing import Any

import pytest
from django.contrib.auth.models import User
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spa_auth.social.models import Identity
from tests.conftest import ApiClient
from tests.social.provider import Provider
from tests.social.stage import leave

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.leaves_secrets("what is made up at random is nobody's secret"),
]

ANYTHING = st.one_of(
    st.text(max_size=40),
    st.text("abc.0-_%/&=#?\r\n\0", max_size=200),
    st.none(),
    st.integers(),
    st.lists(st.text(max_size=3), max_size=2),
)
_numbers = count(1)
BODIES = st.fixed_dictionaries(
    {"state": st.one_of(st.just("STATE"), st.just("STATE"), ANYTHING)},
    optional={
        "code": ANYTHING,
        "error": ANYTHING,
        "errorDescription": ANYTHING,
        "iss": ANYTHING,
        "more": ANYTHING,
    },
)


@given(body=BODIES, name=st.sampled_from(["oidc", "github", "facebook"]))
@settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_no_body_breaks_it(provider: Provider, body: dict[str, Any], name: str) -> None:
    """The client of the tests holds each answer against the contract, which has no 500 of ours."""
    # From an address of its own: no limit shall answer instead.
    client = ApiClient(REMOTE_ADDR=f"2001:db8:{next(_numbers):x}::1")
    sent = body | {
        "state": leave(client, name)["state"] if body["state"] == "STATE" else body["state"]
    }
    answer = client.send("POST", f"/api/social/{name}/finish/", sent)
    assert answer.status_code in {400, 503}
    assert client.get("/api/session/").json()["status"] == "anonymous"
    assert User.objects.count() == Identity.objects.count() == 0
