"""Mail by Django's tasks, with the worker of a maintained backend: django-tasks-db."""

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail as django_mail
from django.db import transaction
from django.db.models import QuerySet
from django.tasks import TaskResultStatus
from django.test import override_settings
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from time_machine import TimeMachineFixture

from spa_auth.core import mail
from spa_auth.core.models import Mail
from spa_auth.sessions.mail import NEW_DEVICE
from system import free_port
from tests.conftest import ApiClient
from tests.core.checks.ask import ask, said
from tests.core.test_mail import mailer, smtp, wait_for_the_thread

START = 1_800_000_000.0
BACKENDS = "tests.tasks.backends."
DATABASE = "django_tasks_db.DatabaseBackend"
IMMEDIATE = "django.tasks.backends.immediate.ImmediateBackend"
DUMMY = "django.tasks.backends.dummy.DummyBackend"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def box() -> Iterator[None]:
    with mailer("locmem"), tasks(DATABASE):
        yield


@pytest.fixture
def alice_was_here(alice: User) -> User:
    User.objects.update(last_login=timezone.now())
    return alice


def tasks(backend: str, mail_by: str | None = None, **more: Any) -> override_settings:
    default = {"BACKEND": backend, **more}
    return override_settings(SPA_AUTH={"MAIL_BY": mail_by}, TASKS={"default": default})


def work() -> None:
    """Run every task that may run now, as `manage.py db_worker --batch` does."""
    Worker(
        queue_names=["default"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="test",
        excluded_queue_names=[],
    ).run()
    assert not DBTaskResult.objects.failed().exists()


def waiting() -> QuerySet[DBTaskResult]:
    """Return the tasks that have not run, those for later too."""
    return DBTaskResult.objects.filter(status=TaskResultStatus.READY)


def test_a_task_sends_after_the_answer(client: ApiClient, alice_was_here: User) -> None:
    assert client.sign_in().status_code == 200
    (task,) = DBTaskResult.objects.all()
    assert task.args_kwargs == {"args": [Mail.objects.get().pk], "kwargs": {}}
    assert django_mail.outbox == []
    work()
    (letter,) = django_mail.outbox
    assert letter.to == [alice_was_here.email]
    assert not Mail.objects.exists()


def test_what_is_rolled_back_has_no_task(alice: User) -> None:
    with transaction.atomic():
        mail.send(NEW_DEVICE, user=alice, address=alice.email)
        assert not DBTaskResult.objects.exists()
        transaction.set_rollback(True)
    assert not DBTaskResult.objects.exists()


def test_nobody_has_the_same_task(alice: User) -> None:
    mail.send(NEW_DEVICE, user=None, address="nobody@example.com")
    mail.send(NEW_DEVICE, user=alice, address=alice.email)
    first, second = DBTaskResult.objects.all()
    assert (first.task_path, first.run_after) == (second.task_path, second.run_after)
    work()
    assert len(django_mail.outbox) == 1


def test_a_failure_brings_the_task_back_when_the_mail_is_due(
    alice: User, time_machine: TimeMachineFixture
) -> None:
    time_machine.move_to(START, tick=False)
    mail.send(NEW_DEVICE, user=alice, address=alice.email)
    with smtp(free_port()):
        work()
        row = Mail.objects.get()
        assert row.error == "ConnectionRefusedError"
        assert waiting().get().run_after == row.due_at
        work()
        assert Mail.objects.get().tries == 1
    time_machine.shift(5)
    work()
    assert len(django_mail.outbox) == 1
    assert not waiting().exists()


def test_a_mail_that_is_given_up_has_no_further_task(
    alice: User, time_machine: TimeMachineFixture
) -> None:
    time_machine.move_to(START, tick=False)
    mail.send(NEW_DEVICE, user=alice, address=alice.email)
    with smtp(free_port()):
        for _ in range(40):
            work()
            time_machine.shift(datetime.timedelta(hours=1))
    assert Mail.objects.get().due_at is None
    assert not waiting().exists()


def test_without_delays_the_next_task_sends_it(
    alice: User, time_machine: TimeMachineFixture
) -> None:
    time_machine.move_to(START, tick=False)
    with tasks(f"{BACKENDS}WithoutDelay"):
        mail.send(NEW_DEVICE, user=alice, address=alice.email)
        with smtp(free_port()):
            work()
        time_machine.shift(5)
        work()
        assert django_mail.outbox == []
        mail.send(NEW_DEVICE, user=alice, address=alice.email)
        work()
    assert len(django_mail.outbox) == 2


def test_a_queue_that_is_down_does_not_change_the_answer(
    client: ApiClient, alice_was_here: User, caplog: pytest.LogCaptureFixture
) -> None:
    with tasks(f"{BACKENDS}Unreachable"):
        assert client.sign_in().status_code == 200
    assert Mail.objects.get().error == ""
    assert f"no task for mail {Mail.objects.get().pk}: ConnectionError" in caplog.text
    assert "password@" not in caplog.text


@pytest.mark.parametrize(
    ("backend", "more", "expected"),
    [
        (IMMEDIATE, {}, "at once"),
        (DUMMY, {}, "runs no task"),
        (f"{BACKENDS}Recording", {}, "runs no task"),
        ("tests.nothing.Backend", {}, "Could not find backend"),
        (DATABASE, {"QUEUES": ["reports"]}, "no queue 'default'"),
    ],
)
def test_without_workers_a_thread_sends_and_a_check_says_why_no_task_can(
    alice: User, backend: str, more: dict[str, Any], expected: str
) -> None:
    with tasks(backend, **more):
        mail.send(NEW_DEVICE, user=alice, address=alice.email)
        wait_for_the_thread()
    assert not DBTaskResult.objects.exists()
    assert len(django_mail.outbox) == 1
    changed = {"TASKS": {"default": {"BACKEND": backend, **more}}}
    assert expected in said(ask("E006", None, SPA_AUTH={"MAIL_BY": "task"}, **changed))
    assert ask("E006", None, SPA_AUTH={}, **changed) == []


def test_the_check_has_nothing_to_say_of_workers() -> None:
    assert ask("E006", None, SPA_AUTH={"MAIL_BY": "task"}) == []


@pytest.mark.parametrize("mail_by", ["thread", "command"])
def test_who_names_another_way_has_no_tasks(alice: User, mail_by: str) -> None:
    with tasks(DATABASE, mail_by):
        mail.send(NEW_DEVICE, user=alice, address=alice.email)
        wait_for_the_thread()
    assert not DBTaskResult.objects.exists()
    assert len(django_mail.outbox) == (mail_by == "thread")
