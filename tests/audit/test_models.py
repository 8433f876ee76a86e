"""A row is added, and then stays as it is."""

import pytest
from django.utils import timezone

from spa_auth.audit.models import Entry

pytestmark = pytest.mark.django_db


def test_an_entry_is_neither_changed_nor_deleted() -> None:
    entry = Entry.objects.create(at=timezone.now(), kind="sign_in", outcome="done", details={})
    entry.outcome = "refused"
    with pytest.raises(TypeError, match="not changed"):
        entry.save()
    with pytest.raises(TypeError, match="not deleted"):
        entry.delete()
    assert str(Entry.objects.get()) == "Signed in"
