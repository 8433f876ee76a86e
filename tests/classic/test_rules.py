"""How the header of RFC 7617 is read."""

import base64

import pytest

from spa_auth.classic.rules import read_basic


def header(content: bytes, scheme: str = "Basic") -> str:
    return f"{scheme} {base64.b64encode(content).decode()}"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        # The two examples of RFC 7617, sections 2 and 2.1.
        ("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==", ("Aladdin", "open sesame")),
        ("Basic dGVzdDoxMjPCow==", ("test", "123£")),
        (header(b"test:123\xa3"), ("test", "123£")),
        (header(b"alice:a:b:c"), ("alice", "a:b:c")),
        (header(b":"), ("", "")),
        (header(b"alice:x", "BASIC"), ("alice", "x")),
        (header(b"alice:x", "Bearer"), None),
        (header(b"alice"), None),
        ("Basic", None),
        ("Basic YWxpY2U6eA", None),
        ("Basic YWxp*2U6eA==", None),
        ("Basic ä", None),
        ("", None),
    ],
)
def test_a_name_and_a_password_are_read(written: str, expected: tuple[str, str] | None) -> None:
    assert read_basic(written) == expected
