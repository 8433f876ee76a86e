import pytest

from spa_auth.core.cookies import ambiguous_names

NAMES = ("__Host-sessionid", "__Host-csrftoken")


@pytest.mark.parametrize(
    "header",
    [
        b"",
        b"__Host-sessionid=a",
        b"a=1; __Host-sessionid=a; __Host-csrftoken=b",
        b"other=1; other=2; __Host-sessionid=a",
        b" \t__Host-sessionid\t=a",
        b"\xe2\x80\x80other=1; __Host-sessionid=a",
        b"__host-sessionid=b; __Host-sessionid=a",
        b"nothing; =; __Host-sessionid=a",
    ],
)
def test_an_honest_header_is_let_alone(header: bytes) -> None:
    assert ambiguous_names(header, NAMES) == set()


@pytest.mark.parametrize(
    "header",
    [
        b"__Host-sessionid=a; __Host-sessionid=b",
        b"__Host-sessionid=a; x=1;__Host-sessionid=a",
        b"\xe2\x80\x80__Host-sessionid=evil",
        b"__Host-sessionid=a; \xe2\x80\x80__Host-sessionid=evil",
        b"__Host-sessionid\xc2\xa0=evil",
        b"\xe3\x80\x80__Host-sessionid=evil",
        b"\xc2\x85__Host-sessionid=evil",
        b"\xe1\x9a\x80__Host-sessionid=evil",
        b"\xa0__Host-sessionid=evil",
        b"\x85__Host-sessionid=evil",
        b"\x0b__Host-sessionid=evil",
        b"\x1c__Host-sessionid=evil",
    ],
)
def test_a_duplicate_or_a_look_alike_is_found(header: bytes) -> None:
    found = ambiguous_names(header, NAMES)
    assert found == {"__Host-sessionid"}
