"""Headers of every page: HSTS, referrer, content security, frames."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.conf import settings
from django.core.checks import Error, Warning  # noqa: A004

from spa_auth.core.deployment import Deployment, DjangoServed
from spa_auth.core.headers import YEAR
from spa_auth.core.rule import Found, deployment_rule, follows

from .middleware import places

FRAMES = "django.middleware.clickjacking.XFrameOptionsMiddleware"
_CSP = "django.middleware.csp.ContentSecurityPolicyMiddleware"
_REFERRER = 'SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"'
_LEAKS = ("unsafe-url", "no-referrer-when-downgrade")


@deployment_rule("R39", Warning, hint=f"SECURE_HSTS_SECONDS = {YEAR}", deploy=True)
def https_forgotten(deployment: Deployment) -> Iterator[Found]:
    """HSTS for a year, subdomains included: no first request goes out in clear (ASVS 3.4.1)."""
    if not deployment.secure:
        return
    if settings.SECURE_HSTS_SECONDS < YEAR:
        yield Found(
            f"SECURE_HSTS_SECONDS is {settings.SECURE_HSTS_SECONDS}, less than a year.",
            follows(deployment, "SECURE_HSTS_SECONDS"),
        )
    if not settings.SECURE_HSTS_INCLUDE_SUBDOMAINS:
        yield Found(
            "SECURE_HSTS_INCLUDE_SUBDOMAINS is False: a sibling host on http can plant cookies.",
            follows(deployment, "SECURE_HSTS_INCLUDE_SUBDOMAINS"),
        )


@deployment_rule("R57", Error, hint=_REFERRER, sometimes=Warning)
def referrer(deployment: Deployment) -> Iterator[Found]:
    """`no-referrer` makes browsers send `Origin: null` with forms, the admin's too.

    Without a policy, and with `unsafe-url`, the whole address goes to other sites, tokens included.
    """
    written = settings.SECURE_REFERRER_POLICY
    # Browsers take the last one of a list that they know.
    policies = [*_words(written)]
    if policies[-1:] == ["no-referrer"]:
        yield Found(
            f"SECURE_REFERRER_POLICY is {written!r}: forms come with `Origin: null`, refused.",
            follows(deployment, "SECURE_REFERRER_POLICY"),
        )
    elif not policies or policies[-1] in _LEAKS:
        yield Found(
            f"SECURE_REFERRER_POLICY is {written!r}: addresses with tokens go to other sites.",
            follows(deployment, "SECURE_REFERRER_POLICY"),
            Warning,
        )


@deployment_rule(
    "R59",
    Warning,
    hint="Give your policy frame-ancestors, object-src and base-uri.",
    deploy=True,
)
def content_policy(deployment: Deployment) -> Iterator[Found]:
    """What injected script may do is bounded by a policy (ASVS 3.4.3, 3.4.6).

    The front end's page and our answers have one; a policy of yours must not be weaker.
    """
    if isinstance(deployment, DjangoServed):
        name = "WHITENOISE_ADD_HEADERS_FUNCTION"
        if getattr(settings, name, None) != deployment.settings()[name]:
            yield Found(
                f"{name} is not ours: WhiteNoise serves the front end's page without a policy.",
                follows(deployment, name),
            )
    policy = getattr(settings, "SECURE_CSP", None)
    if policy and not places("ContentSecurityPolicyMiddleware"):
        yield Found("SECURE_CSP is set, but nothing sends it.", f'Add "{_CSP}" to MIDDLEWARE.')
    # django-csp, for Djangos that have no SECURE_CSP.
    policy = policy or getattr(settings, "CONTENT_SECURITY_POLICY", {}).get("DIRECTIVES")
    if policy and (missing := _missing(policy)):
        yield Found(
            f"The content security policy has no {', '.join(missing)}.",
            'Add "frame-ancestors", "object-src" and "base-uri", each ["\'none\'"].',
        )


@deployment_rule("R60", Warning, hint='X_FRAME_OPTIONS = "DENY"', deploy=True)
def frames(deployment: Deployment) -> Iterator[Found]:
    """In a frame of somebody else's page, people click what they do not see."""
    if settings.X_FRAME_OPTIONS.upper() != "DENY":
        yield Found(
            f"X_FRAME_OPTIONS is {settings.X_FRAME_OPTIONS!r}.",
            follows(deployment, "X_FRAME_OPTIONS"),
        )
    if not places("XFrameOptionsMiddleware"):
        yield Found(
            "XFrameOptionsMiddleware is not installed: any page may frame yours.",
            f'Add "{FRAMES}" to MIDDLEWARE.',
        )


def _words(policy: str | Iterable[str] | None) -> list[str]:
    words = policy.split(",") if isinstance(policy, str) else policy or ()
    return [word.strip().lower() for word in words if word.strip()]


def _missing(policy: Mapping[str, Any]) -> list[str]:
    # Only object-src falls back to default-src.
    needed = {
        "frame-ancestors": policy.get("frame-ancestors"),
        "object-src": policy.get("object-src") or policy.get("default-src"),
        "base-uri": policy.get("base-uri"),
    }
    return [name for name, value in needed.items() if not value]
