"""What an operator finds and revokes."""

import pytest
from django.contrib.auth.models import User

from spa_auth.core import events
from spa_auth.tokens.models import ApiToken
from tests.conftest import PASSWORD, ApiClient
from tests.tokens.stage import token_of, works

PAGE = "/admin/spa_auth_tokens/apitoken/"
pytestmark = pytest.mark.urls("tests.tokens.urls")


@pytest.fixture
def root(client: ApiClient, db: None) -> ApiClient:
    User.objects.create_superuser("root", "root@example.com", PASSWORD)
    client.sign_in("root")
    client.get("/api/csrf/")
    return client


def act(root: ApiClient, rows: list[ApiToken]) -> int:
    chosen = [row.pk for row in rows]
    form = {"csrfmiddlewaretoken": root.token, "action": "revoke", "_selected_action": chosen}
    return root.post(PAGE, form).status_code


def test_tokens_are_found_by_person_and_by_what_they_end_in(
    root: ApiClient, alice: User, bob: User
) -> None:
    token = token_of(alice)
    token_of(bob)
    for query in ("alice", "alice@example.com", token[-4:]):
        page = root.get(PAGE, {"q": query})
        rows = page.context["cl"].result_list  # type: ignore[attr-defined]
        assert [row.user for row in rows] == [alice]


def test_nobody_makes_or_changes_one_or_reads_its_digest(root: ApiClient, alice: User) -> None:
    token_of(alice)
    row = ApiToken.objects.get()
    assert root.get(f"{PAGE}add/").status_code == 403
    page = root.get(f"{PAGE}{row.pk}/change/").content.decode()
    assert "_save" not in page
    assert row.digest not in page
    assert str(row) == row.public_id in page


def test_an_operator_revokes_those_of_several_people(
    root: ApiClient, alice: User, bob: User, reported: list[events.Event]
) -> None:
    tokens = [token_of(alice), token_of(alice), token_of(bob)]
    kept = token_of(bob)
    reported.clear()
    assert act(root, list(ApiToken.objects.exclude(hint=kept[-4:]))) == 302
    assert [works(token) for token in [*tokens, kept]] == [False, False, False, True]
    ends = {
        event.user_id: len(event.public_ids)
        for event in reported
        if isinstance(event, events.TokenRevoked)
    }
    assert ends == {alice.pk: 2, bob.pk: 1}


def test_what_an_operator_deletes_is_revoked_too(
    root: ApiClient, alice: User, reported: list[events.Event]
) -> None:
    for _ in range(2):
        token_of(alice)
    one, other = ApiToken.objects.all()
    reported.clear()
    form = {"csrfmiddlewaretoken": root.token, "post": "yes"}
    assert root.post(f"{PAGE}{one.pk}/delete/", form).status_code == 302
    form |= {"action": "delete_selected", "_selected_action": str(other.pk)}
    assert root.post(PAGE, form).status_code == 302
    assert not ApiToken.objects.exists()
    told = [event.public_ids for event in reported if isinstance(event, events.TokenRevoked)]
    assert told == [(one.public_id,), (other.public_id,)]


def test_a_member_of_staff_needs_the_permission(root: ApiClient) -> None:
    User.objects.create_user("staff", password=PASSWORD, is_staff=True)
    root.sign_in("staff")
    assert root.get(PAGE).status_code == 403
