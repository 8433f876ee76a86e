from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import IntegrityError, OperationalError, connection, models
from django.db.models import ProtectedError, RestrictedError
from django.db.models.signals import pre_delete
from django.test import override_settings
from django.test.utils import isolate_apps
from django.utils import timezone
from time_machine import TimeMachineFixture

from spa_auth.account import departure
from spa_auth.account.mail import DELETED, DELETED_LATER
from spa_auth.account.models import Departure
from spa_auth.audit.models import Entry
from spa_auth.core import events, links, mail
from spa_auth.core.models import Mail, Secret
from spa_auth.sessions.models import Session
from tests.attacks.stage import at_once, browser, key_of, who_is
from tests.conftest import PASSWORD, ApiClient
from tests.letters import delivered
from tests.people.models import EmailUser, Invoice

DAYS = 30
LATER = override_settings(SPA_AUTH={"DELETE_AFTER_DAYS": DAYS})

pytestmark = pytest.mark.django_db


def delete(client: ApiClient) -> tuple[int, str | None]:
    answer = client.send("POST", "/api/account/delete/", {})
    return answer.status_code, answer.json().get("code")


def restore(token: str) -> tuple[int, str | None]:
    answer = ApiClient().send("POST", "/api/account/restore/", {"token": token})
    return answer.status_code, answer.json().get("code")


@pytest.fixture
def refused(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Exception]]:
    """Whoever is deleted, this is raised, as by a row that protects them."""
    errors: list[Exception] = []

    def receive(**_: Any) -> None:
        for error in errors:
            raise error

    pre_delete.connect(receive, sender=User)
    yield errors
    pre_delete.disconnect(receive, sender=User)


def test_an_account_is_gone_at_once(signed_in: ApiClient, alice: User) -> None:
    keys = [key_of(signed_in), key_of(browser())]
    token = signed_in.token
    answer = signed_in.send("POST", "/api/account/delete/", {})
    assert (answer.status_code, answer.json()["status"]) == (200, "anonymous")
    assert answer.json()["csrfToken"] != token
    assert answer.cookies["sessionid"].value == ""
    assert [who_is(key) for key in keys] == [None, None]
    assert (User.objects.count(), Session.objects.count()) == (0, 0)
    assert ApiClient().sign_in().status_code == 400


def test_only_the_own_account_is(signed_in: ApiClient, bob: User) -> None:
    other = browser("bob")
    assert delete(signed_in) == (200, None)
    assert who_is(key_of(other)) == "bob"


def test_its_event_is_recorded_while_the_row_is_there_and_kept(
    signed_in: ApiClient, alice: User, reported: list[events.Event]
) -> None:
    there: list[bool] = []

    def look(**_: Any) -> None:
        there.append(User.objects.filter(pk=alice.pk).exists())

    reported.clear()
    events.recorded.connect(look, sender=events.AccountDeleted)
    try:
        delete(signed_in)
    finally:
        events.recorded.disconnect(look, sender=events.AccountDeleted)
    assert there == [True]
    assert reported == [events.AccountDeleted(user_id=alice.pk)]
    entry = Entry.objects.get(kind="account_deleted")
    assert (entry.user_id, entry.actor_id) == (str(alice.pk), "")


def test_the_mail_arrives_although_nobody_is_there(signed_in: ApiClient, alice: User) -> None:
    delete(signed_in)
    assert Mail.objects.get().user_id is None
    (letter,) = delivered()
    assert (letter.to, letter.subject) == ("alice@example.com", "Your account was deleted")
    assert (letter.token, letter.code) == ("", "")
    assert "alice" not in letter.text


@pytest.mark.parametrize("settings", [{}, {"DELETE_AFTER_DAYS": DAYS}])
def test_without_an_address_it_goes_in_silence(
    signed_in: ApiClient, settings: dict[str, Any]
) -> None:
    User.objects.update(email="")
    with override_settings(SPA_AUTH=settings):
        assert delete(signed_in) == (200, None)
    assert not Mail.objects.exists()


def test_a_proof_that_is_not_fresh_is_not_enough(
    signed_in: ApiClient, alice: User, time_machine: TimeMachineFixture
) -> None:
    time_machine.move_to(timezone.now() + timedelta(minutes=16))
    answer = signed_in.send("POST", "/api/account/delete/", {})
    assert (answer.status_code, answer.json()["ways"]) == (403, ["password"])
    signed_in.send("POST", "/api/reauthenticate/", {"password": PASSWORD})
    assert delete(signed_in) == (200, None)


def test_nobody_is_no_account(client: ApiClient, alice: User) -> None:
    assert delete(client) == (401, "not_authenticated")


def test_a_page_of_another_site_deletes_nothing(signed_in: ApiClient, alice: User) -> None:
    foreign = {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}
    answer = signed_in.send("POST", "/api/account/delete/", {}, headers=foreign)
    assert (answer.status_code, answer.json()["code"]) == (403, "origin_refused")
    assert User.objects.count() == 1


def test_a_wrong_token_deletes_nothing(signed_in: ApiClient, alice: User) -> None:
    signed_in.token = "x" * 64
    assert delete(signed_in) == (403, "csrf_failed")
    assert User.objects.count() == 1


def test_twice_is_once(signed_in: ApiClient) -> None:
    assert delete(signed_in) == (200, None)
    assert delete(signed_in) == (401, "not_authenticated")


@pytest.mark.parametrize("settings", [{}, {"DELETE_AFTER_DAYS": DAYS}])
@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_one_deletes(alice: User, settings: dict[str, Any]) -> None:
    owners = [browser() for _ in range(4)]
    with override_settings(SPA_AUTH=settings):
        answers = at_once(*[lambda owner=owner: delete(owner) for owner in owners])
    assert sorted(answers) == [(200, None), *[(401, "not_authenticated")] * 3]
    assert len(delivered()) == 1
    assert Session.objects.count() == 0


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (ProtectedError("by 'Order.buyer'", {"Ada's"}), "by 'Order.buyer'"),  # type: ignore[arg-type]
        (RestrictedError("by 'Order.buyer'", {"Ada's"}), "by 'Order.buyer'"),  # type: ignore[arg-type]
        (IntegrityError("Key (buyer)=(Ada's)"), "IntegrityError"),
    ],
)
def test_who_is_protected_stays_and_nothing_changes(
    signed_in: ApiClient,
    alice: User,
    refused: list[Exception],
    caplog: pytest.LogCaptureFixture,
    reported: list[events.Event],
    error: Exception,
    reason: str,
) -> None:
    other = browser()
    Mail.objects.all().delete()
    refused.append(error)
    assert delete(signed_in) == (409, "account.delete_refused")
    assert f"account {alice.pk} cannot be deleted: {reason}" in caplog.text
    assert "Ada" not in caplog.text
    assert [who_is(key_of(each)) for each in (signed_in, other)] == ["alice", "alice"]
    assert not Mail.objects.exists()
    assert not Entry.objects.filter(kind="account_deleted").exists()
    refused.clear()
    assert delete(signed_in) == (200, None)


@pytest.mark.parametrize("settings", [{}, {"DELETE_AFTER_DAYS": DAYS}])
def test_a_row_that_django_protects_is_named_without_its_text(
    signed_in: ApiClient,
    alice: User,
    caplog: pytest.LogCaptureFixture,
    settings: dict[str, Any],
) -> None:
    invoice = Invoice.objects.create(buyer=alice)
    with override_settings(SPA_AUTH=settings):
        assert delete(signed_in) == (409, "account.delete_refused")
    assert "protected foreign keys: 'Invoice.buyer'" in caplog.text
    assert str(invoice) not in caplog.text
    assert who_is(key_of(signed_in)) == "alice"
    assert not Mail.objects.exists()
    assert not Departure.objects.exists()


def test_what_comes_to_protect_an_account_later_keeps_it_inactive(
    leaving: str, alice: User, time_machine: TimeMachineFixture
) -> None:
    invoice = Invoice.objects.create(buyer=alice)
    time_machine.shift(timedelta(days=DAYS))
    assert departure.delete_due() == 0
    alice.refresh_from_db()
    assert not alice.is_active
    invoice.delete()
    assert departure.delete_due() == 1


@isolate_apps("tests.people")
@pytest.mark.django_db(transaction=True)
def test_what_the_database_alone_knows_is_refused_by_the_commit(alice: User) -> None:
    """A foreign key that Django was told to do nothing about, which is looked at last."""

    class Order(models.Model):  # noqa: DJ008
        buyer = models.ForeignKey(User, models.DO_NOTHING, related_name="+")

        class Meta:
            app_label = "people"

    with connection.schema_editor() as editor:
        editor.create_model(Order)
    try:
        Order.objects.create(buyer=alice)
        owner = browser()
        assert delete(owner) == (409, "account.delete_refused")
        assert who_is(key_of(owner)) == "alice"
        Order.objects.all().delete()
        assert delete(owner) == (200, None)
    finally:
        with connection.schema_editor() as editor:
            editor.delete_model(Order)


def test_the_last_active_superuser_stays(signed_in: ApiClient, alice: User, bob: User) -> None:
    User.objects.filter(pk=alice.pk).update(is_superuser=True)
    User.objects.filter(pk=bob.pk).update(is_superuser=True, is_active=False)
    assert delete(signed_in) == (409, "account.delete_refused")
    assert signed_in.get("/api/whoami/").status_code == 200
    User.objects.filter(pk=bob.pk).update(is_active=True)
    assert delete(signed_in) == (200, None)


@pytest.mark.django_db(transaction=True)
def test_of_the_last_two_superusers_at_once_one_stays(alice: User, bob: User) -> None:
    User.objects.update(is_superuser=True)
    owners = [browser("alice"), browser("bob")]
    answers = at_once(*[lambda owner=owner: delete(owner) for owner in owners])
    assert sorted(answers) == [(200, None), (409, "account.delete_refused")]
    assert User.objects.filter(is_superuser=True).count() == 1


def test_a_user_model_without_superusers_has_no_last_one() -> None:
    with override_settings(AUTH_USER_MODEL="people.EmailUser"):
        assert departure._superusers_with(EmailUser()) == []


@pytest.fixture
def leaving(stopped_clock: None, signed_in: ApiClient) -> Iterator[str]:
    """Alice has asked for the end of her account; the token of her mail."""
    with LATER:
        assert delete(signed_in) == (200, None)
        (letter,) = delivered()
        assert (letter.to, letter.subject) == ("alice@example.com", str(DELETED_LATER.subject))
        yield letter.token


def test_with_days_to_come_back_an_account_is_inactive_at_once(
    signed_in: ApiClient, alice: User, reported: list[events.Event]
) -> None:
    keys = [key_of(signed_in), key_of(browser())]
    reported.clear()
    with LATER:
        answer = signed_in.send("POST", "/api/account/delete/", {})
        assert (answer.status_code, answer.json()["status"]) == (200, "anonymous")
        assert [who_is(key) for key in keys] == [None, None]
        assert ApiClient().sign_in().status_code == 400
        assert delete(signed_in) == (401, "not_authenticated")
    assert Session.objects.count() == 0
    row = Departure.objects.get(user=alice)
    assert str(row) == str(alice.pk)
    assert row.due_at - row.requested_at == timedelta(days=DAYS)
    assert reported[0] == events.AccountDeletionRequested(user_id=alice.pk, due_at=row.due_at)
    assert [event.kind for event in reported] == ["account_deletion_requested", "sign_in"]
    entry = Entry.objects.get(kind="account_deletion_requested")
    assert entry.details == {"due_at": row.due_at.isoformat().replace("+00:00", "Z")[:23] + "Z"}


def test_the_mail_says_until_when_and_its_link_brings_the_account_back(
    signed_in: ApiClient, alice: User, reported: list[events.Event]
) -> None:
    with LATER:
        delete(signed_in)
        (letter,) = delivered()
        assert f"http://localhost:8000/restore-account#token={letter.token}" in letter.text
        assert letter.code == ""
        until = timezone.now() + timedelta(days=DAYS)
        assert f"{until:%Y}" in letter.text
        reported.clear()
        client = ApiClient()
        answer = client.send("POST", "/api/account/restore/", {"token": letter.token})
        assert answer.json() == {"detail": "Your account is back. Sign in as usual."}
        assert client.get("/api/session/").json()["status"] == "anonymous"
        assert client.sign_in().status_code == 200
    assert reported[0] == events.AccountRestored(user_id=alice.pk)
    assert not Departure.objects.exists()


def test_the_link_works_once(leaving: str) -> None:
    assert restore(leaving) == (200, None)
    assert restore(leaving) == (400, "link_used")


def test_a_link_that_was_never_sent_restores_nothing(leaving: str, alice: User) -> None:
    assert restore("x" * 43) == (400, "link_invalid")
    other = links.issue(
        links.Purpose(name="test", lifetime=timedelta(days=1)), alice, address=alice.email
    )
    assert restore(other.token) == (400, "link_invalid")
    alice.refresh_from_db()
    assert not alice.is_active


def test_a_page_of_another_site_restores_nothing(leaving: str) -> None:
    foreign = {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}
    answer = ApiClient().send("POST", "/api/account/restore/", {"token": leaving}, headers=foreign)
    assert (answer.status_code, answer.json()["code"]) == (403, "origin_refused")


def test_guessing_links_is_limited() -> None:
    assert [restore("x" * 43)[0] for _ in range(61)] == [400] * 60 + [429]


def test_when_the_days_are_over_the_account_goes(
    leaving: str, alice: User, time_machine: TimeMachineFixture, reported: list[events.Event]
) -> None:
    time_machine.shift(timedelta(days=DAYS, seconds=-1))
    call_command("clearsessions")
    assert User.objects.filter(pk=alice.pk).exists()
    reported.clear()
    time_machine.shift(timedelta(seconds=1))
    # Nobody has cleaned yet: too late is too late.
    assert restore(leaving) == (400, "link_expired")
    call_command("clearsessions")
    assert (User.objects.count(), Departure.objects.count(), Secret.objects.count()) == (0, 0, 0)
    assert reported == [events.AccountDeleted(user_id=alice.pk)]
    assert restore(leaving) == (400, "link_invalid")
    assert delivered() == []


def test_days_that_were_promised_hold_whatever_is_set_later(
    leaving: str, time_machine: TimeMachineFixture
) -> None:
    Departure.objects.update(due_at=timezone.now() + timedelta(days=7))
    time_machine.shift(timedelta(days=7))
    assert restore(leaving) == (400, "link_expired")
    with override_settings(SPA_AUTH={}):
        assert departure.delete_due() == 1


@LATER
def test_front_ends_learn_for_how_many_days_one_can_come_back(client: ApiClient) -> None:
    assert client.get("/api/config/").json()["account"] == {"deleteAfterDays": DAYS}


def test_a_link_of_before_ends_with_a_newer_one(leaving: str, alice: User) -> None:
    assert restore(leaving) == (200, None)
    assert delete(browser()) == (200, None)
    newer = delivered()[-1].token
    assert restore(leaving) == (400, "link_used")
    assert restore(newer) == (200, None)


def test_an_operator_who_brings_somebody_back_ends_the_departure(
    leaving: str, alice: User, time_machine: TimeMachineFixture
) -> None:
    alice.refresh_from_db()
    alice.is_active = True
    alice.save()
    assert not Departure.objects.exists()
    # Whoever is locked out later does not come back by an old link.
    alice.is_active = False
    alice.save()
    assert restore(leaving) == (400, "link_expired")
    time_machine.shift(timedelta(days=DAYS))
    call_command("clearsessions")
    assert User.objects.filter(pk=alice.pk).exists()


def test_one_who_is_active_when_it_is_due_is_kept(
    leaving: str, alice: User, time_machine: TimeMachineFixture
) -> None:
    User.objects.update(is_active=True)
    time_machine.shift(timedelta(days=DAYS))
    assert departure.delete_due() == 0
    assert User.objects.filter(pk=alice.pk).exists()
    assert not Departure.objects.exists()


def test_a_departure_that_was_left_over_begins_anew(
    leaving: str, alice: User, time_machine: TimeMachineFixture
) -> None:
    User.objects.update(is_active=True)
    time_machine.shift(timedelta(days=7))
    assert delete(browser()) == (200, None)
    assert Departure.objects.get().due_at == timezone.now() + timedelta(days=DAYS)


def test_other_changes_of_a_user_end_no_departure(leaving: str, alice: User) -> None:
    alice.save(update_fields=["first_name"])
    User.objects.create_user("carol")
    Departure.objects.create(
        user=User.objects.get(username="carol"),
        requested_at=timezone.now(),
        due_at=timezone.now(),
    )
    assert Departure.objects.count() == 2


def test_without_days_a_save_of_a_user_costs_nothing_more(
    alice: User, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        alice.save()


def of_people(count: int) -> list[User]:
    """So many inactive people, whose time has come."""
    people = User.objects.bulk_create(
        [User(username=f"p{number}", is_active=False) for number in range(count)]
    )
    people = list(User.objects.filter(username__in=[each.username for each in people]))
    now = timezone.now()
    Departure.objects.bulk_create(
        [Departure(user=each, requested_at=now, due_at=now) for each in people]
    )
    return people


@pytest.mark.parametrize(
    ("error", "logged"),
    [
        (ProtectedError("by 'Order.buyer'", set()), "by 'Order.buyer'"),
        (RuntimeError("of the project"), "RuntimeError: of the project"),
    ],
)
def test_one_that_cannot_be_deleted_stops_no_other_and_is_tried_again(
    db: None, caplog: pytest.LogCaptureFixture, error: Exception, logged: str
) -> None:
    first, *_ = of_people(3)

    def protect(instance: User, **_: Any) -> None:
        if instance.pk == first.pk:
            raise error

    pre_delete.connect(protect, sender=User)
    try:
        assert departure.delete_due() == 2
    finally:
        pre_delete.disconnect(protect, sender=User)
    assert f"account {first.pk} cannot be deleted" in caplog.text
    assert logged in caplog.text
    assert list(User.objects.all()) == [first]
    assert departure.delete_due() == 1


def test_a_database_that_is_away_is_no_fault_of_an_account(refused: list[Exception]) -> None:
    of_people(2)
    refused.append(OperationalError())
    with pytest.raises(OperationalError):
        departure.delete_due()
    assert Departure.objects.count() == 2


def test_more_than_a_batch_go_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(departure, "_BATCH", 2)
    of_people(5)
    assert departure.delete_due() == 5


def test_who_came_back_since_it_was_read_stays(alice: User) -> None:
    of_people(1)
    row = Departure.objects.get()
    Departure.objects.all().delete()
    assert not departure._finish(row)
    assert User.objects.filter(pk=row.user_id).exists()


def test_a_farewell_is_no_way_to_mail_a_link_to_nobody(alice: User) -> None:
    mail.send(DELETED_LATER, user=None, address=alice.email)
    assert delivered() == []
    assert not Mail.objects.exists()
    mail.send(DELETED, user=None, address="gone@example.com")
    assert [letter.to for letter in delivered()] == ["gone@example.com"]


@pytest.mark.django_db(transaction=True)
def test_the_mail_is_queued_with_the_deletion_or_not_at_all(
    alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = browser()
    owner.raise_request_exception = owner.contract = False

    def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError

    with monkeypatch.context() as patched:
        patched.setattr(departure, "_delete", fail)
        assert delete(owner) == (500, "server_error")
    assert not Mail.objects.exists()
    assert who_is(key_of(owner)) == "alice"
