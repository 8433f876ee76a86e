"""What an operator finds, and cannot touch."""

import pytest
from django.contrib.auth.models import User
from django.utils import timezone, translation

from spa_auth.audit.models import Entry
from tests.conftest import PASSWORD, ApiClient

PAGE = "/admin/spa_auth_audit/entry/"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0"


@pytest.fixture
def root(client: ApiClient, alice: User, bob: User) -> ApiClient:
    User.objects.create_superuser("root", "root@example.com", PASSWORD)
    for who, address in (("alice", "192.0.2.1"), ("bob", "192.0.2.2")):
        body = {"login": who, "password": PASSWORD}
        sent = {"headers": {"User-Agent": FIREFOX}, "REMOTE_ADDR": address}
        assert ApiClient().send("POST", "/api/login/", body, **sent).status_code == 200
    client.sign_in("root")
    return client


def found(root: ApiClient, query: str) -> set[str]:
    """Whose entries the list shows."""
    response = root.get(PAGE, {"q": query})
    assert response.status_code == 200
    names = dict(User.objects.values_list("pk", "username"))
    rows = response.context["cl"].result_list  # type: ignore[attr-defined]
    return {names[int(row.user_id)] for row in rows}


def test_nobody_adds_changes_or_deletes(root: ApiClient) -> None:
    entry = Entry.objects.earliest("id")
    assert root.get(f"{PAGE}add/").status_code == 403
    assert root.get(f"{PAGE}{entry.pk}/delete/").status_code == 403
    root.get("/api/csrf/")
    for action in ("", "delete_selected"):
        sent = {"csrfmiddlewaretoken": root.token, "action": action, "outcome": "refused"}
        root.post(f"{PAGE}{entry.pk}/change/", sent)
        root.post(PAGE, sent | {"_selected_action": [entry.pk], "post": "yes"})
    assert Entry.objects.count() == 3
    page = root.get(f"{PAGE}{entry.pk}/change/").content.decode()
    assert "_save" not in page
    assert Entry.objects.get(pk=entry.pk).outcome == "done"


def test_a_member_of_staff_needs_the_permission(root: ApiClient) -> None:
    User.objects.create_user("staff", password=PASSWORD, is_staff=True)
    root.sign_in("staff")
    assert root.get(PAGE).status_code == 403


@pytest.mark.parametrize("query", ["alice", "Alice@example.com", "192.0.2.1"])
def test_entries_are_found_by_person_and_address(root: ApiClient, query: str) -> None:
    assert found(root, query) == {"alice"}


def test_entries_are_found_by_user_id_and_session(root: ApiClient, alice: User) -> None:
    entry = Entry.objects.get(user_id=str(alice.pk))
    assert found(root, entry.session) == {"alice"}
    assert found(root, entry.user_id) == {"alice"}


def test_without_a_search_all_are_listed_the_newest_first_with_their_device(
    root: ApiClient,
) -> None:
    assert found(root, " ") == found(root, "") == {"alice", "bob", "root"}
    assert found(root, "nobody") == set()
    rows = list(root.get(PAGE).context["cl"].result_list)  # type: ignore[attr-defined]
    assert [row.pk for row in rows] == sorted((row.pk for row in rows), reverse=True)
    assert "Firefox 153, Linux" in root.get(PAGE).content.decode()


def test_entries_are_filtered_by_what_happened(root: ApiClient) -> None:
    ApiClient().sign_in("bob", "wrong")
    page = root.get(f"{PAGE}?event=sign_in+refused")
    rows = page.context["cl"].result_list  # type: ignore[attr-defined]
    assert [row.outcome for row in rows] == ["refused"]
    assert "Sign-in refused" in page.content.decode()
    assert found(root, "") == {"alice", "bob", "root"}


def test_events_are_named_in_the_operators_language(root: ApiClient) -> None:
    with translation.override("de"):
        text = root.get(PAGE).content.decode()
    assert "Angemeldet" in text
    assert "Anmeldung abgelehnt" in text  # in the filter
    assert "sign_in (" not in text


def test_an_event_of_the_projects_own_is_named_by_its_codes(root: ApiClient) -> None:
    entry = Entry.objects.create(at=timezone.now(), kind="invoice_paid", outcome="done", details={})
    assert "invoice_paid (done)" in root.get(PAGE).content.decode()
    # As are all, for whoever looks at one.
    text = root.get(f"{PAGE}{entry.pk}/change/").content.decode()
    assert ">invoice_paid<" in text
    assert "<title>invoice_paid (done) " in text


def test_a_filter_that_nobody_knows_finds_nothing(root: ApiClient) -> None:
    for value in ("x", "sign_in", "+", "sign_in+", "%00"):
        response = root.get(f"{PAGE}?event={value}")
        assert response.status_code == 200, value
        assert not response.context["cl"].result_list, value  # type: ignore[attr-defined]
