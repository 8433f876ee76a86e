"""Headers of what Django serves beside the API: the app's page and its hashed files. Pure."""

from collections.abc import MutableMapping

YEAR = 365 * 24 * 60 * 60

# No inline script or style, nothing from elsewhere, in no frame (ASVS 3.4.3, 3.4.6).
CONTENT_SECURITY_POLICY = (
    "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)

PAGE_HEADERS = {"Cache-Control": "no-store", "Content-Security-Policy": CONTENT_SECURITY_POLICY}


def add_headers(headers: MutableMapping[str, str], path: str, url: str) -> None:
    """Add to what WhiteNoise sends: a year for hashed files, our policy for pages."""
    if url.startswith("/assets/"):
        headers["Cache-Control"] = f"max-age={YEAR}, public, immutable"
    if path.endswith(".html"):  # wsgiref's Headers has no update()
        for name, value in PAGE_HEADERS.items():
            headers[name] = value
