"""User models that projects really have; the suite's own project uses Django's."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class EmailUser(AbstractBaseUser):
    """No user name at all; a UUID for a primary key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)
    born = models.DateField(null=True)
    photo = models.BinaryField(default=b"")

    objects = BaseUserManager["EmailUser"]()

    USERNAME_FIELD = "email"


class ConstrainedUser(AbstractBaseUser):
    """An address that a constraint makes unique."""

    email = models.EmailField()

    USERNAME_FIELD = "email"

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["email"], name="one_address")]


class WaitingUser(AbstractBaseUser):
    """Active once the address is verified, as many tutorials have it; addresses may be shared."""

    name = models.CharField(max_length=50, unique=True)
    email = models.EmailField()
    is_active = models.BooleanField(default=False)

    USERNAME_FIELD = "name"


class Invoice(models.Model):
    """What must outlive the account: it protects its buyer."""

    # Without a constraint: apps that have no migrations get their tables before the others.
    buyer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_constraint=False
    )

    def __str__(self) -> str:
        return "Alice's invoice"
