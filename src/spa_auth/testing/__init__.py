"""What projects that use us need in their own tests. It cannot be imported in production.

What is named here is imported when it is asked for: some of it needs Django's apps to be ready, and
this package is an app itself, for the command `spa_auth_storage_state`.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .guard import refuse_production

if TYPE_CHECKING:
    from .captured import CapturedMail, held_mails, mails
    from .clients import SpaClient, StillPending, alog_in, alog_out, csrf_headers, log_in, log_out
    from .clock import Clock, frozen_clock
    from .limits import limits_off, reset_limits

refuse_production()

__all__ = [
    "CapturedMail",
    "Clock",
    "SpaClient",
    "StillPending",
    "alog_in",
    "alog_out",
    "csrf_headers",
    "frozen_clock",
    "held_mails",
    "limits_off",
    "log_in",
    "log_out",
    "mails",
    "reset_limits",
]
_MODULES = ("captured", "clients", "clock", "limits")


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    modules = (vars(import_module(f".{module}", __name__)) for module in _MODULES)
    return next(module[name] for module in modules if name in module)
