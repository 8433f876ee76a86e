import pytest

from spa_auth.core.recipients import RecipientRefused, recipient


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "not one plain"),
        ("alice", "not one plain"),
        ("@example.com", "no name or no domain"),
        ("alice@", "no name or no domain"),
        ("alice@localhost", "no name or no domain"),
        ("alice@exa..mple.com", "no name or no domain"),
        ("alice@xn--a\u00e9.com", "no name or no domain"),
        ("alice@xn--99999999999.com", "no name or no domain"),
        ("alice@example.com\r\nBcc: eve@example.com", "control"),
        ("alice@example.com\u2028", "control"),
        (" alice@example.com", "white space"),
        ("alice@example.com,eve@example.com", "not one plain"),
        ("alice@example.com;eve@example.com", "not one plain"),
        ("alice@eve@example.com", "not one plain"),
        ("Alice<alice@example.com>", "not one plain"),
        ("alice(eve)@example.com", "not one plain"),
        ('"alice"@example.com', "not one plain"),
        ("alice\uff0ceve@example.com", "not one plain"),
        (f"{'a' * 65}@example.com", "too long"),
        ("\u00e9" * 33 + "@example.com", "too long"),
        (f"a@{'.'.join(['b' * 60] * 5)}.com", "too long"),
        ("\u0430lice@example.com", "scripts"),
        ("alice@ex\u0430mple.com", "scripts"),
        ("alice@xn--exmple-4nf.com", "scripts"),
        ("\u5c71\u0430@example.com", "scripts"),
    ],
)
def test_what_is_not_one_honest_address_is_refused(text: str, reason: str) -> None:
    with pytest.raises(RecipientRefused, match=reason):
        recipient(text)


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("Alice@EXAMPLE.com", "alice@example.com"),
        ("o'neil+tag_1@mail.example.com", "o'neil+tag_1@mail.example.com"),
        ("andr\u00e9@b\u00fccher.example", "andr\u00e9@xn--bcher-kva.example"),
        ("\u0438\u0432\u0430\u043d@example.com", "\u0438\u0432\u0430\u043d@example.com"),
        # Kanji, hiragana and katakana with its long vowel; Hangul with a Latin letter.
        ("\u5c71\u306e\u30b3\u30fc@example.com", "\u5c71\u306e\u30b3\u30fc@example.com"),
        ("\uae40a@example.com", "\uae40a@example.com"),
    ],
)
def test_an_honest_address_is_canonical(text: str, canonical: str) -> None:
    assert recipient(text) == canonical
