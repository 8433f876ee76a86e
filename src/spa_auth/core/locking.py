"""Holding a user's row, so that what is decided about them is still true when it is stored."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.db import connections, router, transaction
from django.db.models import F


def lock_user(user: AbstractBaseUser) -> AbstractBaseUser | None:
    """Return the user as they are now, held until the transaction ends; None where they are gone.

    Must be called inside a transaction on the database of users.
    """
    model = get_user_model()
    using = router.db_for_write(model)
    row = model._base_manager.using(using).filter(pk=user.pk)
    locks = connections[using].features.has_select_for_update
    if not locks:  # pragma: no branch - the others run in make verify
        # SQLite locks by writing. Reading first would fail as soon as somebody else writes.
        row.update(password=F("password"))
    return row.select_for_update().first()


@contextmanager
def user_transaction() -> Iterator[None]:
    """Open a transaction on the default database, and on that of users where it is another."""
    users = router.db_for_write(get_user_model())
    with transaction.atomic(), transaction.atomic(using=users, savepoint=False):
        yield
