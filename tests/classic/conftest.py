"""These tests hold where the room is installed: see tests/test_classic.py, which runs them."""

from functools import lru_cache
from typing import Any

import pytest
from django.apps import apps

import tests.contract
from spa_auth.core.openapi import document
from tests.classic.clients import Page

if not apps.is_installed("spa_auth.classic"):
    collect_ignore_glob = ["test_*.py"]


@lru_cache(maxsize=1)
def declared() -> dict[str, Any]:
    """The contract with this room, which is not the committed one."""
    return document(version="")


@pytest.fixture(autouse=True)
def this_contract(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tests.contract, "contract", declared)


@pytest.fixture
def page() -> Page:
    return Page()
