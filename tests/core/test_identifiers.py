import pytest
from hypothesis import given
from hypothesis import strategies as st

from spa_auth.core.identifiers import canonical_email, canonical_username, is_email


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("Alice@Example.COM", "alice@example.com"),
        (" alice@example.com ", "alice@example.com"),
        ("\uff41lice@example.com", "alice@example.com"),
        ("alice@B\u00fccher.example", "alice@xn--bcher-kva.example"),
        ("alice@example.com.", "alice@example.com"),
        ("no-at-sign", "no-at-sign"),
        ("alice@" + "a" * 70 + ".example", "alice@" + "a" * 70 + ".example"),
        ("a@b..c", "a@b..c"),
    ],
)
def test_spellings_of_one_address_are_one(typed: str, canonical: str) -> None:
    assert canonical_email(typed) == canonical


@given(st.text())
def test_no_text_breaks_the_canonical_form(text: str) -> None:
    canonical_email(text)


def test_an_at_sign_makes_an_identifier_an_address() -> None:
    assert is_email("a@b")
    assert not is_email("alice")


def test_a_user_name_is_compared_as_django_stores_it() -> None:
    assert canonical_username(" \ufb01ona ") == "fiona"
