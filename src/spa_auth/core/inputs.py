"""What people type and paste: the types of body fields that several rooms read."""

from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from .body import SECRET
from .recipients import LONGEST, RecipientRefused, recipient

# Long enough for every passphrase, short enough to hash.
MAX_PASSWORD = 1024


def _address(text: str) -> str:
    try:
        return recipient(text)
    except RecipientRefused as error:
        raise PydanticCustomError("address", "no address for mail") from error


# A refusal says nothing about accounts: it is decided by the text alone.
Address = Annotated[
    str,
    StringConstraints(min_length=1, max_length=LONGEST),
    AfterValidator(_address),
    Field(description="An e-mail address that mail can go to."),
]
Password = Annotated[str, StringConstraints(min_length=1, max_length=MAX_PASSWORD), SECRET]
Token = Annotated[
    str,
    StringConstraints(min_length=1, max_length=128),
    SECRET,
    Field(description="What follows `#token=` in the link of a mail."),
]
Code = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9]{6}$"),
    SECRET,
    Field(description="The six digits of a mail."),
]
