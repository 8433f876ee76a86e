"""Whether the project has workers for the tasks of Django's framework (Django 6.0 and later)."""

import django


def why_no_tasks() -> str | None:
    """Return why no task can send mail, None where `TASKS["default"]` runs it elsewhere."""
    if django.VERSION < (6, 0):
        return f"Django {django.get_version()} has no tasks."
    return _wrong_with_backend()  # pragma: no cover - in make verify


def _wrong_with_backend() -> str | None:  # pragma: no cover - in make verify
    from django.tasks import DEFAULT_TASK_QUEUE_NAME, task_backends  # noqa: PLC0415 - Django 6.0
    from django.tasks.backends.dummy import DummyBackend  # noqa: PLC0415
    from django.tasks.backends.immediate import ImmediateBackend  # noqa: PLC0415
    from django.tasks.exceptions import InvalidTaskBackend  # noqa: PLC0415

    try:
        backend = task_backends["default"]
    except InvalidTaskBackend as error:
        return f"{error}"
    if isinstance(backend, ImmediateBackend):
        return "TASKS['default'] runs a task at once, so that the answer waits for the mail server."
    if isinstance(backend, DummyBackend):
        return "TASKS['default'] runs no task."
    if backend.queues and DEFAULT_TASK_QUEUE_NAME not in backend.queues:
        return f"TASKS['default'] has no queue {DEFAULT_TASK_QUEUE_NAME!r}."
    return None
