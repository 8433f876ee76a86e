"""What a person recognises a session by: the browser and the system that its user agent names."""

from functools import lru_cache
from typing import Literal

from .body import Answer

try:
    import ua_parser
except ImportError:  # pragma: no cover - the extra is installed wherever tests run
    AVAILABLE = False
else:
    AVAILABLE = True

Kind = Literal["desktop", "mobile", "tablet", "other"]

_MOBILE = ("iOS", "Android", "Windows Phone", "KaiOS")
_DESKTOP = ("Windows", "Mac OS X", "Linux", "Ubuntu", "Fedora", "Debian", "Chrome OS", "FreeBSD")


class Device(Answer):
    """A device in words; null where its user agent does not say."""

    kind: Kind
    browser: str | None
    system: str | None


@lru_cache(maxsize=1024)
def describe(user_agent: str) -> Device:
    """Read a `User-Agent` header. It is what the client claims: a hint for people, no proof."""
    if not AVAILABLE:
        return Device(kind="other", browser=None, system=None)
    found = ua_parser.parse(user_agent)
    browser = _named(found.user_agent)
    system = _named(found.os)
    family = found.os.family if found.os else ""
    tablet = bool(found.device and ("iPad" in found.device.family or "Tablet" in user_agent))
    return Device(kind=_kind(family, tablet=tablet), browser=browser, system=system)


def in_words(user_agent: str) -> str:
    """Name the device in one line, for lists of an operator's."""
    device = describe(user_agent)
    return ", ".join(part for part in (device.browser, device.system) if part) or "?"


def _kind(system: str, *, tablet: bool) -> Kind:
    if tablet:
        return "tablet"
    if system in _MOBILE:
        return "mobile"
    return "desktop" if system in _DESKTOP else "other"


def _named(part: object) -> str | None:
    family = getattr(part, "family", None)
    major = getattr(part, "major", None)
    return f"{family} {major}" if family and major else family
