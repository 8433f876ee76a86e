"""How long an entry is kept, as people write it. This module is pure."""

import re
from datetime import timedelta
from typing import Final

# A thousand years, so that no date comes out before the first.
_MOST_DAYS: Final = 365_000


def age_of(text: str) -> timedelta:
    """Read "90d": a whole number of days, at least one. Raises ValueError."""
    found = re.fullmatch(r"([0-9]{1,6})d", text)
    if found is None or not 1 <= int(found[1]) <= _MOST_DAYS:
        raise ValueError(f"{text!r} is no number of days, such as 90d.")
    return timedelta(days=int(found[1]))
