"""What people type and paste: body fields, and whole bodies, that several rooms read."""

from typing import Annotated, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from .body import SECRET, Body
from .identifiers import subject_of
from .recipients import LONGEST, RecipientRefused, recipient
from .secrets import digest

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


class OwnProof(Body):
    """The token of a link, or the code of the same mail, of who is known by the session."""

    token: Token | None = None
    code: Code | None = None

    @model_validator(mode="after")
    def one_proof(self) -> Self:
        """Refuse none and both."""
        if (self.token is None) == (self.code is None):
            raise PydanticCustomError("one_proof", "one proof")
        return self


class MailedProof(Body):
    """The token of a link, or the code of the same mail with the address that it was sent to."""

    token: Token | None = None
    email: Address | None = None
    code: Code | None = None

    @model_validator(mode="after")
    def one_proof(self) -> Self:
        """Refuse none, both and halves."""
        parts = (self.token is not None, self.email is not None, self.code is not None)
        if parts not in {(True, False, False), (False, True, True)}:
            raise PydanticCustomError("one_proof", "one proof")
        return self

    @property
    def subject(self) -> str:
        """Return what limits count by: the account of a code, each link by itself."""
        if self.email:
            return subject_of("email", self.email)
        # An error report shows what limits count by.
        return f"link:{digest(self.token or '')}"
