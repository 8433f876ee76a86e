"""Sending mail: queued with what it is about, sent after the commit and outside the answer's time.

Who is to have a mail calls `send`. A thread of this process sends it, a task of Django's
framework, or `spa_auth_send_mail`.
"""

import logging
import os
import threading
from functools import partial
from importlib import import_module
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import get_language

from . import outbox
from .body import Answer
from .faults import DATABASE_FAULTS
from .messages import Message
from .models import Mail
from .recipients import recipient
from .settings import core
from .workers import why_no_tasks


class MailSent(Answer):
    """The mail is on its way, if there is somebody who may have it: nothing here tells."""

    detail: str


# The longest that the thread sleeps, in seconds: others may have queued what is due earlier.
_LONGEST_SLEEP = 60.0

logger = logging.getLogger("spa_auth.mail")


def send(message: Message, *, user: AbstractBaseUser | None, address: str) -> None:
    """Queue a mail in the caller's transaction.

    `user` is None where nobody has the address, or where a stranger asks and the message's
    `addressee` looks when it is sent. It takes the same statements for nobody, and nothing is sent
    then, unless the message is a farewell: to an account that is being deleted it must be queued
    without a user, with whom the row would go. What the mail server does never changes the answer.
    Raises RecipientRefused.
    """
    who: Any = None if user is None else user.pk
    now = timezone.now()
    mail = Mail.objects.create(
        message=message.name,
        user_id=who,
        address=recipient(address),
        language=get_language() or "en",
        created_at=now,
        due_at=now,
    )
    by = core.mail_by or ("thread" if why_no_tasks() else "task")
    if by == "thread":
        transaction.on_commit(_sender.wake)
    elif by == "task":
        transaction.on_commit(partial(_enqueue, mail.pk))


def _enqueue(mail_id: int) -> None:
    try:
        # Below Django 6.0 it cannot be imported.
        import_module("spa_auth.core.mail_task").deliver.enqueue(mail_id)
    except Exception as error:
        # The mail waits for the next task, or the command. The text may hold the queue's password.
        logger.warning("no task for mail %s: %s", mail_id, type(error).__name__)


class _Sender:
    """The one thread of this process. It begins with the first mail and ends with the last."""

    def __init__(self) -> None:
        self.begin()
        # A forked process has the lock of its parent, perhaps held, but not its thread.
        os.register_at_fork(after_in_child=self.begin)

    def begin(self) -> None:
        self.lock = threading.Lock()
        self.more = threading.Event()
        self.thread: threading.Thread | None = None

    def wake(self) -> None:
        with self.lock:
            self.more.set()
            if self.thread is None or not self.thread.is_alive():
                self.thread = threading.Thread(target=self.run, name="spa_auth.mail", daemon=True)
                self.thread.start()

    def run(self) -> None:
        try:
            while self.more.is_set() or not self.is_over():
                self.more.clear()
                outbox.deliver_due()
                self.sleep()
        except DATABASE_FAULTS as error:
            # Nothing is lost: the next mail, or the command, starts again. It must not take this
            # thread, which is alive for a moment more, for one that goes on.
            with self.lock:
                self.thread = None
            logger.warning("the outbox cannot be read: %s", type(error).__name__)
        finally:
            connection.close()

    def sleep(self) -> None:
        due = outbox.next_due()
        if due is not None:
            seconds = (due - timezone.now()).total_seconds()
            self.more.wait(min(max(seconds, 0), _LONGEST_SLEEP))

    def is_over(self) -> bool:
        """Tell whether nothing waits; who wakes meanwhile finds no thread, and starts one."""
        with self.lock:
            if self.more.is_set() or outbox.next_due() is not None:
                return False
            self.thread = None
            return True


_sender = _Sender()
