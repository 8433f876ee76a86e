"""What the checks find is what a project has written, not what makes other tests easy."""

import pytest


@pytest.fixture(autouse=True)
def anybody_may_sign_up() -> None:
    """Only where `SPA_AUTH` says so."""


@pytest.fixture(autouse=True)
def unverified_people_sign_in() -> None:
    """Only where `SPA_AUTH` says so."""
