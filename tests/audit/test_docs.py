"""The code of docs/activity.md does what the page says."""

import json
import re
from typing import Any

import pytest
from django.contrib.auth.models import User

from spa_auth.audit import signals
from spa_auth.core import events
from tests.conftest import PASSWORD, ApiClient
from tests.paths import ROOT

BLOCKS = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "activity.md").read_text(), re.DOTALL)


def test_the_room_is_one_line() -> None:
    written: dict[str, Any] = {"INSTALLED_APPS": []}
    exec(BLOCKS[0], written)
    assert written["INSTALLED_APPS"] == ["spa_auth.audit"]


@pytest.mark.django_db(transaction=True)
def test_what_is_sent_to_a_siem_is_one_line(
    client: ApiClient, alice: User, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "siem")
    written: dict[str, Any] = {}
    exec(BLOCKS[1], written)
    body = {"login": "alice", "password": PASSWORD}
    try:
        client.send("POST", "/api/login/", body, headers={"User-Agent": "curl/8\r\n\x1b[2J"})
    finally:
        signals.recorded.disconnect(written["forward"])
    (line,) = [record.getMessage() for record in caplog.records if record.name == "siem"]
    assert len(line.splitlines()) == 1
    told = json.loads(line)
    assert (told["kind"], told["user"]) == ("sign_in", str(alice.pk))
    assert told["userAgent"] == "curl/8\ufffd\ufffd\ufffd[2J"


def test_an_event_of_the_projects_own_is_listed(
    signed_in: ApiClient, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed_in.get("/api/activity/")
    monkeypatch.setattr(events, "_declared", [*events._declared])
    written: dict[str, Any] = {"__name__": "shop"}
    exec(BLOCKS[2], written)
    events.emit(written["InvoicePaid"](user_id=alice.pk, number=7))
    signed_in.contract = False
    entries = signed_in.get("/api/activity/").json()["entries"]
    assert [entry["kind"] for entry in entries] == ["invoice_paid", "sign_in"]
