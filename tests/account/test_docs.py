"""The code of docs/account.md does what the page says."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User

from spa_auth.audit.models import Entry
from spa_auth.core import events, export
from tests.conftest import ApiClient
from tests.paths import ROOT

BLOCKS = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "account.md").read_text(), re.DOTALL)


def test_the_activity_goes_with_the_account(signed_in: ApiClient, alice: User) -> None:
    written: dict[str, Any] = {}
    exec(BLOCKS[0], written)
    try:
        assert signed_in.send("POST", "/api/account/delete/", {}).status_code == 200
    finally:
        events.recorded.disconnect(written["forget_activity"], sender=events.AccountDeleted)
    assert not Entry.objects.filter(user_id=str(alice.pk)).exists()


def test_a_section_of_the_projects_own_is_exported(
    signed_in: ApiClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "_sections", dict(export._sections))
    exec(BLOCKS[1], {"__name__": "shop"})
    signed_in.contract = False
    copy = signed_in.send("POST", "/api/account/export/", {}).json()
    assert copy["sections"]["orders"] == [{"number": 7}]
