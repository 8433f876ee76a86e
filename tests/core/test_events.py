import logging
from typing import Any

import pytest
from django.db import transaction

from spa_auth.core import events

EVENT = events.RequestRefused(code="csrf_failed", path="/a\nb\x1b[31m", address=None)


@pytest.fixture
def receiver() -> Any:
    seen: list[events.Event] = []

    def receive(event: events.Event, **_: Any) -> None:
        seen.append(event)

    events.notified.connect(receive)
    yield seen
    events.notified.disconnect(receive)


@pytest.mark.django_db(transaction=True)
def test_a_receiver_is_notified_after_the_commit(receiver: list[events.Event]) -> None:
    with transaction.atomic():
        events.emit(EVENT)
        assert receiver == []
    assert receiver == [EVENT]


@pytest.mark.django_db(transaction=True)
def test_what_was_rolled_back_is_not_notified(receiver: list[events.Event]) -> None:
    with transaction.atomic():
        events.emit(EVENT)
        transaction.set_rollback(True)
    assert receiver == []


def test_outside_a_transaction_nothing_opens_the_database(receiver: list[events.Event]) -> None:
    events.emit(EVENT)
    assert receiver == [EVENT]


def test_a_failing_receiver_of_notified_is_logged_and_changes_nothing(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(**_: Any) -> None:
        raise RuntimeError

    events.notified.connect(fail)
    try:
        events.emit(EVENT)
    finally:
        events.notified.disconnect(fail)
    assert "failed on RequestRefused" in caplog.text


def test_the_log_cannot_be_forged_by_a_path(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "spa_auth.security"):
        events.emit(EVENT)
    (record,) = caplog.records
    assert record.levelname == "WARNING"
    assert "\n" not in record.getMessage()
    assert "\x1b" not in record.getMessage()
