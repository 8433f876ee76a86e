"""Reading a row and its user by one query, wherever that gives the user whom Django would read."""

from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AbstractBaseUser
from django.db import models, router
from django.db.models.manager import BaseManager


def joinable_user(holder: type[models.Model], using: str) -> type[AbstractBaseUser] | None:
    """Return the user model if joining `holder.user` reads what its default manager would.

    None where the manager filters, annotates, defers or joins (a soft-deleted user must stay signed
    out), where the model builds its instances itself or inherits over several tables, or where
    users live in another database.
    """
    model = get_user_model()
    manager = model._default_manager
    plain = (
        holder._meta.get_field("user").related_model is model
        and model._meta.concrete_model is model
        and not model._meta.parents
        and getattr(model.from_db, "__func__", None) is models.Model.from_db.__func__  # type: ignore[attr-defined]
        and type(manager).get_queryset is BaseManager.get_queryset
        and type(manager).get is models.Manager.get
        and manager._queryset_class is models.QuerySet  # type: ignore[attr-defined]
        and manager._db is None
        and router.db_for_write(model) == using
    )
    return model if plain else None


def reads_plainly(backend: object) -> bool:
    """Tell whether an authentication backend reads users as Django's own does."""
    return isinstance(backend, ModelBackend) and (type(backend).get_user is ModelBackend.get_user)
