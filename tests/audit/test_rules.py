"""Ages, as people write them."""

from datetime import timedelta

import pytest

from spa_auth.audit.rules import age_of


@pytest.mark.parametrize(
    "text", ["", "d", "90", "0d", "-1d", "1.5d", "90h", " 90d", "90d\n", "999999d", "\u0669d"]
)
def test_what_is_no_number_of_days_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no number of days"):
        age_of(text)


def test_days_are_read() -> None:
    assert age_of("90d") == timedelta(days=90)
