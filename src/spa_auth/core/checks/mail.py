"""Mail: the people's own, and the reports of errors to the administrators."""

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.checks import Error, Warning  # noqa: A004
from django.utils.module_loading import import_string

from spa_auth.core.deployment import Deployment
from spa_auth.core.origins import is_loopback
from spa_auth.core.rule import Found, deployment_rule, rule
from spa_auth.core.settings import core
from spa_auth.core.workers import why_no_tasks

_HANDLER = "django.utils.log.AdminEmailHandler"
_BACKENDS = "django.core.mail.backends."
_NOWHERE = ("console", "dummy", "filebased", "locmem")
# What Django's own filter hides, by a name that has the word.
_SECRETS = ("API", "AUTH", "TOKEN", "KEY", "SECRET", "PASS", "SIGNATURE", "HTTP_COOKIE")


@rule("E006", Error, hint='SPA_AUTH = {"MAIL_BY": "thread"}, or workers in TASKS["default"].')
def tasks_without_workers() -> Iterator[Found]:
    """Mail by tasks needs workers: a task within the request makes the answer wait for the mail."""
    if core.mail_by == "task" and (reason := why_no_tasks()):
        yield Found(f"SPA_AUTH['MAIL_BY'] is 'task': {reason}")


@deployment_rule(
    "R65",
    Warning,
    hint=f'LOGGING: {{"class": "{_HANDLER}", "include_html": False}}',
    deploy=True,
)
def secrets_in_reports(deployment: Deployment) -> Iterator[Found]:
    """An error report in HTML carries local variables, and so the password of a JSON body."""
    if not settings.ADMINS:
        return
    for name, handler in (settings.LOGGING or {}).get("handlers", {}).items():
        if handler.get("class") == _HANDLER and handler.get("include_html"):
            yield Found(f"LOGGING['handlers'][{name!r}] mails local variables to ADMINS.")
    if shown := [word for word in _SECRETS if is_shown(word)]:
        yield Found(
            f"DEFAULT_EXCEPTION_REPORTER_FILTER shows what is named {', '.join(shown)}.",
            "Extend SafeExceptionReporterFilter.hidden_settings, never shorten it.",
        )


@deployment_rule(
    "R69",
    Warning,
    hint=f'EMAIL_BACKEND = "{_BACKENDS}smtp.EmailBackend"',
    deploy=True,
)
def mail_lost_or_in_clear(deployment: Deployment) -> Iterator[Found]:
    """Links that sign in and reset must arrive, and not in clear."""
    for mailer in _mailers():
        if mailer.backend in [f"{_BACKENDS}{name}.EmailBackend" for name in _NOWHERE]:
            yield Found(f"{mailer.setting} is {mailer.backend!r}: no mail is sent.")
        clear = not mailer.encrypted and not is_loopback(mailer.host)
        if mailer.backend == f"{_BACKENDS}smtp.EmailBackend" and clear:
            yield Found(
                f"{mailer.setting} sends in clear to {mailer.host!r}.",
                "EMAIL_USE_TLS = True, or use_tls in the OPTIONS of MAILERS.",
            )


def is_shown(name: str) -> bool:
    """Tell whether an error report would show the value of a setting or cookie of this name."""
    try:
        reporter = import_string(settings.DEFAULT_EXCEPTION_REPORTER_FILTER)()
        return bool(reporter.cleanse_setting(name, "value") == "value")
    except (ImportError, AttributeError):  # broken, or of a kind of its own: nothing is known
        return False


@dataclass(frozen=True)
class _Mailer:
    setting: str
    backend: str
    host: str
    encrypted: bool


def _mailers() -> list[_Mailer]:
    """Return how mail is sent: by `MAILERS` of Django 6.1, otherwise by `EMAIL_*`.

    A project that writes both does not start.
    """
    mailers = getattr(settings, "MAILERS", None)
    if mailers is None:
        with warnings.catch_warnings():
            # Django 6.1 warns who reads these; whoever writes them has been told.
            warnings.simplefilter("ignore")
            encrypted = settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL
            return [
                _Mailer("EMAIL_BACKEND", settings.EMAIL_BACKEND, settings.EMAIL_HOST, encrypted)
            ]
    return [_mailer(alias, written) for alias, written in mailers.items()]


def _mailer(alias: str, written: dict[str, Any]) -> _Mailer:
    options = written.get("OPTIONS", {})
    return _Mailer(
        f"MAILERS[{alias!r}]",
        written.get("BACKEND", f"{_BACKENDS}smtp.EmailBackend"),
        options.get("host", "localhost"),
        bool(options.get("use_tls") or options.get("use_ssl")),
    )
