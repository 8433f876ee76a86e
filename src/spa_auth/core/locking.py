"""Holding a user's row, so that what is decided about them is still true when it is stored."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.db import connections, router, transaction
from django.db.models import F, QuerySet


def lock_user(user: AbstractBaseUser) -> AbstractBaseUser | None:
    """Return the user as they are now, held until the transaction ends; None where they are gone.

    Must be called inside a transaction on the database of users.
    """
    return _hold(_rows().filter(pk=user.pk)).first()


def lock_users(keys: Iterable[Any]) -> list[AbstractBaseUser]:
    """Return those of these users who are there, as they are now; as `lock_user`.

    They are held in the order of their keys, so that nobody waits in a circle.
    """
    return list(_hold(_rows().filter(pk__in=list(keys))).order_by("pk"))


@contextmanager
def user_transaction() -> Iterator[None]:
    """Open a transaction on the default database, and on that of users where it is another."""
    users = router.db_for_write(get_user_model())
    with transaction.atomic(), transaction.atomic(using=users, savepoint=False):
        yield


def _rows() -> QuerySet[Any]:
    model = get_user_model()
    return model._base_manager.using(router.db_for_write(model))


def _hold(rows: QuerySet[Any]) -> QuerySet[Any]:
    locks = connections[rows.db].features.has_select_for_update
    if not locks:  # pragma: no branch - the others run in make verify
        # SQLite locks by writing. Reading first would fail as soon as somebody else writes.
        rows.update(password=F("password"))
    return rows.select_for_update()
