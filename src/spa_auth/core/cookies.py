r"""The cookie guard: find our cookie names in disguise or twice in a raw `Cookie` header.

Django strips Unicode white space from cookie names and lets the last of two win, so a sibling
host can plant `\u2000__Host-sessionid` and have it read as `__Host-sessionid`, which browsers
would never let it set. RFC 6265bis allows only SP and HTAB around a name. This module is pure.
"""

from collections.abc import Collection


def ambiguous_names(header: bytes, names: Collection[str]) -> set[str]:
    """Return those of `names` that the header carries twice, or that something pretends to be."""
    exact: dict[str, int] = {}
    ambiguous: set[str] = set()
    for chunk in header.split(b";"):
        raw, _, _ = chunk.partition(b"=")
        name = raw.strip(b" \t")
        for reading in _readings(name):
            if reading not in names:
                continue
            if name != reading.encode():
                ambiguous.add(reading)
            exact[reading] = exact.get(reading, 0) + 1
            if exact[reading] > 1:
                ambiguous.add(reading)
    return ambiguous


def _readings(name: bytes) -> set[str]:
    """Return the names that Django may see: WSGI decodes UTF-8, ASGI Latin-1; both then strip."""
    return {name.decode("utf-8", "replace").strip(), name.decode("latin-1").strip()}
