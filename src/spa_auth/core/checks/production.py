"""What is right on a developer's machine and wrong on the Internet."""

from collections.abc import Iterator

from django.conf import settings
from django.core.checks import Error, Warning  # noqa: A004
from django.core.exceptions import ImproperlyConfigured

from spa_auth.core.deployment import Deployment
from spa_auth.core.rule import Found, deployment_rule, follows, rule

_MEGABYTES = 1024 * 1024


@rule("R01", Error, hint='SECRET_KEY = os.environ["SECRET_KEY"]', deploy=True)
def secret_key() -> Iterator[Found]:
    """Who knows the key forges links and counters: 50 random characters, in no other place."""
    try:
        key = str(settings.SECRET_KEY)
    except ImproperlyConfigured:
        key = ""
    if key.startswith("django-insecure-"):
        yield Found("SECRET_KEY is the one that startproject wrote into the file.")
    if len(key) < 50:
        yield Found(f"SECRET_KEY has {len(key)} characters.")
    if key in settings.SECRET_KEY_FALLBACKS:
        yield Found(
            "SECRET_KEY is also in SECRET_KEY_FALLBACKS: it was never changed.",
            "Make a new SECRET_KEY, and keep the old one in SECRET_KEY_FALLBACKS for a while.",
        )


@deployment_rule("R02", Error, hint="DEBUG = False", deploy=True)
def debugging(deployment: Deployment) -> Iterator[Found]:
    """The debug page shows source, settings and what was typed to whoever causes an error."""
    if settings.DEBUG:
        yield Found("DEBUG is True.")
    if any(name.partition(".")[0] == "debug_toolbar" for name in settings.INSTALLED_APPS):
        yield Found(
            "django-debug-toolbar is in INSTALLED_APPS.", "Add it where DEBUG is True only."
        )


@deployment_rule("R03", Error, hint='ALLOWED_HOSTS = ["app.example.com"]', deploy=True)
def any_host(deployment: Deployment) -> Iterator[Found]:
    """With `*` a client chooses the host in the links that the project's views build."""
    if "*" in settings.ALLOWED_HOSTS:
        yield Found("ALLOWED_HOSTS has '*'.", follows(deployment, "ALLOWED_HOSTS"))


@deployment_rule("R04", Warning, hint='ALLOWED_HOSTS = ["app.example.com"]', deploy=True)
def any_subdomain(deployment: Deployment) -> Iterator[Found]:
    """A leading dot trusts every subdomain, the forgotten ones too."""
    for host in settings.ALLOWED_HOSTS:
        if host.startswith("."):
            yield Found(f"ALLOWED_HOSTS has {host!r}.", follows(deployment, "ALLOWED_HOSTS"))


@deployment_rule("R64", Warning, hint="DATA_UPLOAD_MAX_MEMORY_SIZE = 2621440", deploy=True)
def large_bodies(deployment: Deployment) -> Iterator[Found]:
    """2.4 MB of JSON take twenty times as much memory; our own endpoints read 64 KB at most."""
    limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    if limit is None or limit > 2.5 * _MEGABYTES:
        yield Found(f"DATA_UPLOAD_MAX_MEMORY_SIZE is {limit}: a few large bodies fill the memory.")


@deployment_rule(
    "R68",
    Error,
    hint='DjangoServed(["https://app.example.com"], ...).configure(globals())',
    deploy=True,
)
def front_end_at_home(deployment: Deployment) -> Iterator[Found]:
    """Links and redirects lead to the deployment's first origin, never to the `Host` of a request.

    It also decides whether cookies are `Secure`.
    """
    if not deployment.secure:
        yield Found(
            f"The deployment's first origin is {deployment.origins[0]!r}: links lead people to "
            "their own machine, and cookies travel in clear."
        )
