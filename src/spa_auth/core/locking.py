"""Holding a user's row, so that what is decided about them is still true when it is stored."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import connections, router
from django.db.models import F, QuerySet


def lock_user(user: AbstractBaseUser) -> AbstractBaseUser | None:
    """Return the user as they are now, held until the transaction ends; None where they are gone.

    Must be called inside a transaction on the database of users.
    """
    return _hold(_rows(type(user)).filter(pk=user.pk)).first()


def lock_users(model: type[AbstractBaseUser], keys: Iterable[Any]) -> list[AbstractBaseUser]:
    """Return those of these users who are there, as they are now; as `lock_user`.

    They are held in the order of their keys, so that nobody waits in a circle.
    """
    return list(_hold(_rows(model).filter(pk__in=list(keys))).order_by("pk"))


def _rows(model: type[AbstractBaseUser]) -> QuerySet[AbstractBaseUser]:
    return model._base_manager.using(router.db_for_write(model))


def _hold(rows: QuerySet[AbstractBaseUser]) -> QuerySet[AbstractBaseUser]:
    locks = connections[rows.db].features.has_select_for_update
    if not locks:  # pragma: no branch - the others run in make verify
        # SQLite locks by writing. Reading first would fail as soon as somebody else writes.
        rows.update(password=F("password"))
    return rows.select_for_update()
