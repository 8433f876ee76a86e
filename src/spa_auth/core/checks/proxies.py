"""What the proxies in front say: scheme, host and the client's address."""

from collections.abc import Iterator

import django
from django.conf import settings
from django.core.checks import Error, Warning  # noqa: A004

from spa_auth.core.deployment import CrossOrigin, Deployment
from spa_auth.core.rule import Found, deployment_rule, follows
from spa_auth.core.settings import core

_HEADER = 'SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")'
# CVE-2026-3902 of 7 April 2026, fixed in (docs.djangoproject.com/en/dev/releases/security/):
_HEADERS_FIXED = {(5, 2): (5, 2, 13), (6, 0): (6, 0, 4)}


@deployment_rule("R35", Error, hint="SECURE_PROXY_SSL_HEADER = None")
def forged_https(deployment: Deployment) -> Iterator[Found]:
    """Without a proxy that overwrites the header, any client says that it came over https."""
    written = settings.SECURE_PROXY_SSL_HEADER
    if not written:
        return
    name = type(deployment).__name__
    if not deployment.proxies:
        yield Found(
            f"SECURE_PROXY_SSL_HEADER is {written!r}, but the deployment has no proxy: any client "
            "can claim https.",
            f"Take it out, or write {name}(..., proxies=1).",
        )
    if not written[0].startswith("HTTP_"):
        yield Found(
            f"SECURE_PROXY_SSL_HEADER names {written[0]!r}, which Django never finds.",
            _HEADER,
        )


@deployment_rule("R36", Error, hint=_HEADER)
def https_unknown(deployment: Deployment) -> Iterator[Found]:
    """Behind a proxy that ends TLS, Django takes every request for http.

    Every form is then refused, redirects to https go in a circle, and HSTS is never sent.
    """
    if deployment.secure and deployment.proxies and not settings.SECURE_PROXY_SSL_HEADER:
        yield Found(
            "SECURE_PROXY_SSL_HEADER is not set: Django takes what the proxy passes on for http.",
            follows(deployment, "SECURE_PROXY_SSL_HEADER"),
        )


@deployment_rule("R37", Warning, hint="USE_X_FORWARDED_HOST = False", sometimes=Error)
def host_from_a_header(deployment: Deployment) -> Iterator[Found]:
    """A client's `X-Forwarded-Host` becomes the host in links, unless the proxy overwrites it."""
    if settings.USE_X_FORWARDED_HOST:
        loose = any(host == "*" or host.startswith(".") for host in settings.ALLOWED_HOSTS)
        yield Found(
            "USE_X_FORWARDED_HOST is True: a client chooses the host in the links of your views.",
            follows(deployment, "USE_X_FORWARDED_HOST"),
            Error if loose else None,
        )


@deployment_rule("R38", Warning, hint="SECURE_SSL_REDIRECT = False")
def redirect_hides_cleartext(deployment: Deployment) -> Iterator[Found]:
    """An API that redirects to https hides that a program sends in clear (ASVS 4.1.2)."""
    if isinstance(deployment, CrossOrigin) and settings.SECURE_SSL_REDIRECT:
        yield Found(
            "SECURE_SSL_REDIRECT is True on a host that serves no pages: a program that sends "
            "passwords in clear never notices.",
            "SECURE_SSL_REDIRECT = False, and port 80 closed.",
        )


@deployment_rule("R53", Error, hint="DjangoServed(..., proxies=1), and no TRUSTED_PROXIES")
def proxies_miscounted(deployment: Deployment) -> Iterator[Found]:
    """Counted too high, clients choose their address and escape limits; too low, all share one."""
    written = core.trusted_proxies
    if written is not None and written != deployment.proxies:
        name = type(deployment).__name__
        yield Found(
            f"SPA_AUTH['TRUSTED_PROXIES'] is {written}, the deployment's proxies are "
            f"{deployment.proxies}.",
            f"Take TRUSTED_PROXIES out, and write {name}(..., proxies={written}).",
        )


@deployment_rule("R77", Error, hint='pip install --upgrade "django>=5.2.13"', deploy=True)
def underscored_headers(deployment: Deployment) -> Iterator[Found]:
    """Under ASGI older Djangos take `X_Forwarded_Proto` for `X-Forwarded-Proto` (CVE-2026-3902).

    A proxy overwrites the one and passes the other on.
    """
    fixed = _HEADERS_FIXED.get(django.VERSION[:2])
    if deployment.proxies and fixed and django.VERSION[:3] < fixed:
        yield Found(
            f"Django {'.'.join(map(str, django.VERSION[:3]))} lets a client past the proxy's "
            "X-Forwarded headers, if it runs under ASGI.",
            f'pip install --upgrade "django>={".".join(map(str, fixed))}"',
        )
