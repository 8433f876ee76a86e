"""Work that is skipped while nothing that it depends on has changed."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from console import ROOT

STAMPS = ROOT / ".cache" / "stamps"
# Made from the sources, or by tools that write wherever they run.
NOT_SOURCES = frozenset({"node_modules", "dist", "coverage", "__pycache__"})


def fingerprint(*inputs: str | Path) -> str:
    """Digest texts, and the names and contents of files and of whole folders.

    Content, not dates: a fresh checkout or a switched branch gives every file a new date.
    """
    digest = hashlib.sha256()
    for item in inputs:
        if isinstance(item, str):
            digest.update(f"text {len(item)} {item}\n".encode())
            continue
        for file in _files(item):
            content = hashlib.sha256(file.read_bytes()).hexdigest()
            digest.update(f"file {file.relative_to(ROOT)} {content}\n".encode())
    return digest.hexdigest()


def once(name: str, keys: Iterable[str], product: Path, work: Callable[[], None]) -> None:
    """Do ``work`` and note the first key, unless any of the keys is noted and the product exists.

    The other keys name larger jobs that include this one.
    """
    key, *larger = keys
    stamp = STAMPS / name
    if product.exists() and stamp.is_file() and stamp.read_text() in (key, *larger):
        return
    # Before the work: half-done work must not look done.
    stamp.unlink(missing_ok=True)
    work()
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(key)


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
    elif path.is_dir():
        for child in sorted(path.iterdir()):
            if child.name not in NOT_SOURCES and not child.is_symlink():
                yield from _files(child)
