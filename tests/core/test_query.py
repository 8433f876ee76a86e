"""Query strings: one value each, or no answer."""

from typing import Annotated

import pytest
from django.http import QueryDict
from pydantic import Field, StringConstraints

from spa_auth.core.errors import BadRequest
from spa_auth.core.query import Query, parse_query


class Asked(Query):
    first_page: Annotated[str, StringConstraints(pattern="^[a-z]+$")] = Field("", description="x")


@pytest.mark.parametrize(
    "sent",
    ["firstPage=1", "firstPage=", "firstPage=a&firstPage=a", "firstPage=a%00", "firstPage=a%0a"],
)
def test_what_is_not_valid_or_comes_twice_is_refused(sent: str) -> None:
    with pytest.raises(BadRequest):
        parse_query(QueryDict(sent), Asked)


def test_what_is_not_declared_is_not_read() -> None:
    assert parse_query(QueryDict("first_page=1&_=7&_=8"), Asked).first_page == ""
    assert parse_query(QueryDict("firstPage=abc"), Asked).first_page == "abc"
