"""User models as projects have them, and some that nobody should have."""

import base64
import uuid
from datetime import timedelta
from decimal import Decimal
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import connection, models
from django.db.models.base import ModelBase
from django.db.models.functions import Upper
from django.utils import timezone

COLLATION = {"sqlite": "NOCASE", "postgresql": "C", "mysql": "utf8mb4_bin"}[connection.vendor]


class Odd(AbstractBaseUser):
    """What the others have in common."""

    name = models.CharField(max_length=50)
    is_active = models.BooleanField(default=True)

    objects = BaseUserManager()

    USERNAME_FIELD = "name"

    class Meta:
        abstract = True


class Plain(Odd):
    pass


class Uuid(Odd):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)


class Quoted(Odd):
    name = models.CharField(max_length=50, db_column="select")
    number = models.IntegerField(default=1, db_column="Some Number")
    other = models.IntegerField(default=2, db_column="käse ; --")
    is_active = models.BooleanField(default=True, db_column="Active")

    class Meta:
        db_table = "Order by USER"


class EmailPk(Odd):
    email = models.CharField(max_length=100, primary_key=True, db_collation=COLLATION)


class DecimalPk(Odd):
    number = models.DecimalField(primary_key=True, max_digits=10, decimal_places=2)


class Scrambled(models.TextField):
    """Is stored otherwise than it is read, as encrypted fields are."""

    def get_prep_value(self, value: Any) -> Any:
        return None if value is None else base64.b64encode(str(value).encode()).decode()

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return None if value is None else base64.b64decode(value).decode()


class Prefixed(models.CharField):
    """Asks the database for something else than the column, with a parameter of its own."""

    def select_format(self, compiler: Any, sql: str, params: Any) -> tuple[str, Any]:
        return f"COALESCE(%s, '') || {sql}", ("~", *params)


class Group(models.Model):
    slug = models.CharField(max_length=50, unique=True)

    def __str__(self) -> str:
        return self.slug


class Fields(Odd):
    scrambled = Scrambled(null=True)
    json = models.JSONField(null=True)
    decimal = models.DecimalField(max_digits=12, decimal_places=4, default=Decimal("1.50"))
    duration = models.DurationField(default=timedelta)
    moment = models.DateTimeField(null=True)
    joined_at = models.DateTimeField(default=timezone.now)
    day = models.DateField(null=True)
    time = models.TimeField(null=True)
    binary = models.BinaryField(default=b"")
    address = models.GenericIPAddressField(null=True)
    number = models.FloatField(default=0)
    big = models.BigIntegerField(default=0)
    maybe = models.BooleanField(null=True)
    token = models.UUIDField(default=uuid.uuid4)
    by_database = models.IntegerField(db_default=7)
    shouted = models.GeneratedField(
        expression=Upper("name"), output_field=models.CharField(max_length=50), db_persist=True
    )
    group = models.ForeignKey(Group, models.SET_NULL, null=True, to_field="slug")


class Formatted(Odd):
    tag = Prefixed(max_length=60, default="tag")


class Child(Plain):
    nick = models.CharField(max_length=50, default="")


class Proxied(Plain):
    class Meta:
        proxy = True


class PersonPk(Odd):
    """The primary key is a relation."""

    person = models.OneToOneField(Group, models.CASCADE, primary_key=True)


class Undeleted(BaseUserManager):
    def get_queryset(self) -> Any:
        return super().get_queryset().filter(deleted=False)


class SoftDeleted(Odd):
    deleted = models.BooleanField(default=False)

    objects = Undeleted()


class NamedManagers(Odd):
    deleted = models.BooleanField(default=False)

    everybody = BaseUserManager()
    undeleted = Undeleted()

    class Meta:
        default_manager_name = "undeleted"
        base_manager_name = "everybody"


class OnlyBaseManager(Odd):
    deleted = models.BooleanField(default=False)

    everybody = BaseUserManager()
    undeleted = Undeleted()

    class Meta:
        base_manager_name = "undeleted"


class GetsUndeleted(BaseUserManager):
    """Filters in `get` alone."""

    def get(self, *args: Any, **kwargs: Any) -> Any:
        return super().get(*args, deleted=False, **kwargs)


class SoftDeletedByGet(Odd):
    deleted = models.BooleanField(default=False)

    objects = GetsUndeleted()


class Loud(BaseUserManager):
    def get_queryset(self) -> Any:
        return super().get_queryset().annotate(loud=Upper("name"))


class Annotated(Odd):
    objects = Loud()


class Short(BaseUserManager):
    def get_queryset(self) -> Any:
        return super().get_queryset().defer("biography")


class Deferred(Odd):
    biography = models.TextField(default="")

    objects = Short()


class WithGroup(BaseUserManager):
    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("group")


class SelectRelated(Odd):
    group = models.ForeignKey(Group, models.SET_NULL, null=True)

    objects = WithGroup()


class Counted(models.QuerySet):
    def named(self, name: str) -> Any:
        return self.filter(name=name)


class FromQueryset(Odd):
    objects = BaseUserManager.from_queryset(Counted)()


class FromDb(Odd):
    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> Any:
        user = super().from_db(*args, **kwargs)
        user.came_from_database = True
        return user


class FromDbStatic(Odd):
    @staticmethod
    def from_db(*args: Any, **kwargs: Any) -> Any:
        return super(FromDbStatic, FromDbStatic).from_db(*args, **kwargs)


class Init(Odd):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = self.name[:1]
        self.initial_state = dict(vars(self), _state=None)


class Marking(ModelBase):
    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        user = super().__call__(*args, **kwargs)
        user.marked = True
        return user


class Metaclass(Odd, metaclass=Marking):
    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        super().refresh_from_db(*args, **kwargs)
        self.refreshed = True


class OwnHash(Odd):
    def get_session_auth_hash(self) -> str:
        return "own-" + self.password

    def get_session_auth_fallback_hash(self) -> Any:
        yield "old-" + self.password


class EmptyHash(Odd):
    def get_session_auth_hash(self) -> str:
        return ""


class NoActive(AbstractBaseUser):
    name = models.CharField(max_length=50, unique=True)

    objects = BaseUserManager()

    USERNAME_FIELD = "name"


class ActiveProperty(AbstractBaseUser):
    name = models.CharField(max_length=50)
    locked_at = models.DateTimeField(null=True)

    objects = BaseUserManager()

    USERNAME_FIELD = "name"

    @property
    def is_active(self) -> bool:
        return self.locked_at is None


class NoHash(models.Model):
    """Not even an AbstractBaseUser: no password, no hash, no is_active."""

    name = models.CharField(max_length=50)

    USERNAME_FIELD = "name"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    is_anonymous = False
    is_authenticated = True

    def __str__(self) -> str:
        return self.name


class Guest(Odd):
    """A row, and yet anonymous, as packages for guests do it."""

    @property
    def is_anonymous(self) -> bool:
        return self.name.startswith("b")


class Falsy(Odd):
    def __bool__(self) -> bool:
        return not self.name.startswith("b")
