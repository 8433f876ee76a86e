"""What is written down of an event, and what is not."""

import logging
from collections.abc import Sequence
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from spa_auth.audit import flow, signals
from spa_auth.audit.models import Entry
from spa_auth.core import events
from spa_auth.sessions.models import Session
from tests.conftest import PASSWORD, ApiClient

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0"
MISTAKE = "my-password-by-mistake"


def written() -> Entry:
    """Return the only entry."""
    return Entry.objects.get()


@pytest.mark.parametrize("who", [MISTAKE, f"{MISTAKE}@example.com"])
def test_of_a_sign_in_to_no_account_nothing_that_was_typed_is_kept(
    client: ApiClient, db: None, who: str
) -> None:
    client.sign_in(who, "wrong-" + PASSWORD)
    entry = written()
    assert (entry.kind, entry.outcome, entry.user_id) == ("sign_in", "refused", "")
    assert (entry.details, entry.address) == ({"method": "password"}, "127.0.0.1")
    assert "password-by" not in str(Entry.objects.values().get())
    assert "wrong" not in str(Entry.objects.values().get())


def test_a_wrong_password_is_written_down_for_the_account(client: ApiClient, alice: User) -> None:
    client.sign_in("alice@example.com", "wrong")
    entry = written()
    assert (entry.user_id, entry.outcome) == (str(alice.pk), "refused")
    assert "alice" not in str(Entry.objects.values().get())


def test_who_tries_anothers_password_while_signed_in_is_no_actor(
    signed_in: ApiClient, bob: User
) -> None:
    signed_in.sign_in("bob", "wrong")
    entry = Entry.objects.latest("id")
    assert (entry.user_id, entry.actor_id) == (str(bob.pk), "")
    assert entry.session == Session.objects.get().public_id


def test_a_refusal_at_the_boundary_fills_no_table(client: ApiClient, db: None) -> None:
    client.send("POST", "/api/login/", {}, headers={"Origin": "https://evil.example"})
    assert Entry.objects.count() == 0


def test_a_sign_in_is_written_down_with_its_session_and_device(
    client: ApiClient, alice: User
) -> None:
    body = {"login": "alice", "password": PASSWORD}
    sent = {"headers": {"User-Agent": FIREFOX}, "REMOTE_ADDR": "192.0.2.1"}
    client.send("POST", "/api/login/", body, **sent)
    entry = written()
    assert (entry.kind, entry.outcome) == ("sign_in", "done")
    assert (entry.user_id, entry.actor_id) == (str(alice.pk), "")
    assert entry.session == Session.objects.get().public_id
    assert (entry.address, entry.user_agent) == ("192.0.2.1", FIREFOX)
    assert entry.details == {"proofs": ["password"], "new_device": False}
    assert (timezone.now() - entry.at).total_seconds() < 60


def test_a_sign_in_that_waits_is_written_down(
    client: ApiClient, alice: User, factors: dict[str, Sequence[str]]
) -> None:
    factors["alice"] = ["totp"]
    client.sign_in()
    entry = written()
    assert (entry.outcome, entry.user_id) == ("pending", str(alice.pk))
    assert entry.details == {"proofs": ["password"], "next": ["totp"]}


def test_signing_out_names_the_session_that_ended(signed_in: ApiClient) -> None:
    ended = Session.objects.get().public_id
    signed_in.send("POST", "/api/logout/")
    entry = Entry.objects.latest("id")
    assert (entry.kind, entry.session, entry.actor_id) == ("sign_out", ended, "")


def test_an_operator_who_ends_a_session_is_the_actor(client: ApiClient, alice: User) -> None:
    root = User.objects.create_superuser("root", "root@example.com", PASSWORD)
    ApiClient().sign_in()
    theirs = Session.objects.get()
    client.sign_in("root")
    client.get("/api/csrf/")
    sent = {"action": "revoke", "_selected_action": [theirs.pk]}
    client.post("/admin/spa_auth_sessions/session/", sent | {"csrfmiddlewaretoken": client.token})
    entry = Entry.objects.latest("id")
    assert (entry.kind, entry.user_id) == ("sessions_revoked", str(alice.pk))
    assert entry.actor_id == str(root.pk)
    assert entry.details == {"public_ids": [theirs.public_id]}


def test_what_a_command_does_has_no_actor_and_no_address(signed_in: ApiClient, alice: User) -> None:
    alice.is_active = False
    alice.save()
    entry = Entry.objects.latest("id")
    assert (entry.kind, entry.user_id) == ("sessions_revoked", str(alice.pk))
    assert (entry.actor_id, entry.session, entry.address) == ("", "", None)


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_is_not_written_down(client: ApiClient, alice: User) -> None:
    event = events.ProfileChanged(user_id=alice.pk, changed=("last_name",))
    with transaction.atomic():
        events.emit(event)
        transaction.set_rollback(True)
    assert Entry.objects.count() == 0


def test_what_cannot_be_written_down_does_not_happen(
    client: ApiClient, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(Entry, "save", fail)
    client.raise_request_exception = False
    assert client.sign_in().status_code == 500
    assert Session.objects.count() == 0


def test_entries_outlive_the_account(signed_in: ApiClient, alice: User) -> None:
    user_id = str(alice.pk)
    alice.delete()
    assert written().user_id == user_id


@pytest.fixture
def told() -> Any:
    seen: list[Entry] = []

    def receive(entry: Entry, **_: Any) -> None:
        seen.append(entry)

    signals.recorded.connect(receive)
    yield seen
    signals.recorded.disconnect(receive)


@pytest.mark.django_db(transaction=True)
def test_the_entry_is_told_after_the_commit(alice: User, told: list[Entry]) -> None:
    event = events.ProfileChanged(user_id=alice.pk, changed=())
    with transaction.atomic():
        events.emit(event)
        transaction.set_rollback(True)
    with transaction.atomic():
        events.emit(event)
        assert told == []
    assert told == [written()]


@pytest.mark.django_db(transaction=True)
def test_a_receiver_that_fails_changes_nothing(
    client: ApiClient, alice: User, told: list[Entry], caplog: pytest.LogCaptureFixture
) -> None:
    def fail(**_: Any) -> None:
        raise RuntimeError

    signals.recorded.connect(fail)
    try:
        assert client.sign_in().status_code == 200
    finally:
        signals.recorded.disconnect(fail)
    assert told == [written()]
    assert [record.name for record in caplog.records if record.levelno == logging.ERROR] == [
        "django.dispatch"
    ]


def page(user: User, *, before: int | None) -> flow.Page:
    return flow.page_of(user, kinds=["profile_changed"], before=before)


def test_a_page_has_fifty_and_says_where_the_next_one_begins(alice: User) -> None:
    for _ in range(101):
        events.emit(events.ProfileChanged(user_id=alice.pk, changed=()))
    first = page(alice, before=None)
    assert (len(first.entries), first.next) == (50, first.entries[-1].pk)
    second = page(alice, before=first.next)
    third = page(alice, before=second.next)
    assert (len(second.entries), len(third.entries), third.next) == (50, 1, None)
    ids = [entry.pk for page in (first, second, third) for entry in page.entries]
    assert ids == sorted(ids, reverse=True)


def test_every_page_is_full_or_the_last(alice: User) -> None:
    for _ in range(50):
        events.emit(events.ProfileChanged(user_id=alice.pk, changed=()))
    assert page(alice, before=None).next is None
