"""Settings are declared once: type, default and meaning. Projects write them into `SPA_AUTH`."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, ClassVar, Literal, get_type_hints

from django.conf import settings as django_settings
from django.core.signals import setting_changed
from django.dispatch import receiver


class Setting:
    """One declared key of `SPA_AUTH`. Tests override it by `override_settings`, as any setting."""

    def __init__(self, default: Any, doc: str) -> None:
        self.default = default
        self.doc = doc

    def __set_name__(self, owner: type, name: str) -> None:
        self.key = name.upper()

    def __get__(self, instance: object, owner: type | None = None) -> Any:
        return written().get(self.key, self.default)


def setting(default: Any, doc: str) -> Any:
    """Declare a setting; the class annotation beside it is its type."""
    return Setting(default, doc)


@lru_cache(maxsize=1)
def written() -> Mapping[str, Any]:
    """Return what the project wrote into `SPA_AUTH`: kept, because every request asks."""
    return getattr(django_settings, "SPA_AUTH", {})


@receiver(setting_changed)
def _forget(*, setting: str, **_: object) -> None:
    if setting == "SPA_AUTH":
        written.cache_clear()


class Settings:
    """Base of a room's settings: subclass it and annotate each `setting(...)`."""

    groups: ClassVar[list[type["Settings"]]] = []

    def __init_subclass__(cls) -> None:
        Settings.groups.append(cls)

    @classmethod
    def declared(cls) -> dict[str, tuple[Any, Setting]]:
        """Return `{KEY: (type, setting)}`."""
        hints = get_type_hints(cls)
        return {
            item.key: (hints[name], item)
            for name, item in vars(cls).items()
            if isinstance(item, Setting)
        }


class CoreSettings(Settings):
    """What every installation may choose."""

    user_fields: Sequence[str] = setting(
        (), "More fields of the user model that signed-in clients may read."
    )
    sign_in_page: str = setting(
        "/sign-in", "Path of the front end's sign-in page; `?next=` is appended."
    )
    trusted_proxies: int | None = setting(
        None,
        "How many proxies in front of Django append to `X-Forwarded-For`; otherwise what the "
        "deployment says.",
    )
    limits_redis: str | None = setting(
        None,
        "Address of a Redis or Valkey server that counts for the limits, in place of the database: "
        '"redis://127.0.0.1:6379/0".',
    )
    mail_by: Literal["thread", "task", "command"] | None = setting(
        None,
        "Who sends mail: a thread of the process that queued it, a task of Django's framework, or "
        "only `manage.py spa_auth_send_mail`; otherwise a task where `TASKS` has workers, and a "
        "thread elsewhere.",
    )
    abilities: Mapping[str, Any] = setting(
        {},
        "What API tokens may be allowed to do: the name that code asks for, and what people read: "
        '{"notes:read": "Read your notes"}.',
    )
    verify_email: bool = setting(
        True, "Whether people must prove their e-mail address before they are signed in."
    )
    sign_up: bool = setting(False, "Whether anybody may make an account.")
    fresh_minutes: int = setting(
        15, "For how many minutes a proof counts where a fresh one is asked for."
    )


core = CoreSettings()
