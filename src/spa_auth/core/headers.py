"""Headers of what Django serves beside the API: the app's page and its hashed files. Pure."""

from collections.abc import MutableMapping

YEAR = 365 * 24 * 60 * 60

# No inline script or style, nothing from elsewhere, in no frame (ASVS 3.4.3, 3.4.6).
CONTENT_SECURITY_POLICY = (
    "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)

PAGE_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Cross-Origin-Resource-Policy": "same-origin",
    # What a page of ours may ask the browser for: passkeys and codes, nothing else.
    "Permissions-Policy": "publickey-credentials-get=(self), publickey-credentials-create=(self), "
    "otp-credentials=(self), camera=(), microphone=(), geolocation=()",
    # WhiteNoise answers before Django's middleware for it is asked.
    "X-Frame-Options": "DENY",
}

# JSON that somebody opens as a page may do nothing, and no browser or proxy may keep it.
API_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
}


def add_headers(headers: MutableMapping[str, str], path: str, url: str) -> None:
    """Add to what WhiteNoise sends: a year for hashed files, our policy for pages."""
    if url.startswith("/assets/"):
        headers["Cache-Control"] = f"max-age={YEAR}, public, immutable"
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
    if path.endswith(".html"):  # wsgiref's Headers has no update()
        for name, value in PAGE_HEADERS.items():
            headers[name] = value
