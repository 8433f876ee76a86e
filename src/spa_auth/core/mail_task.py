"""The task that sends mail. It needs Django 6.0: only `mail` imports it, where tasks are used.

Its name is not `tasks`, because Celery imports every module of an app that is called so.
"""

from django.tasks import task

from . import outbox
from .models import Mail


@task
def deliver(mail_id: int) -> None:
    """Send what is due, and come back when this mail is, if it still waits.

    With a backend that cannot defer the next task sends it, or `spa_auth_send_mail`.
    """
    outbox.deliver_due()
    mail = Mail.objects.filter(pk=mail_id, due_at__isnull=False).first()
    if mail and deliver.get_backend().supports_defer:
        deliver.using(run_after=mail.due_at).enqueue(mail_id)
