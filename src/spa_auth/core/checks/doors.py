"""Ways in beside ours: whoever takes them meets no limit, no second factor and no record."""

import re
from collections.abc import Iterator

from django.conf import settings
from django.contrib.auth.backends import (
    AllowAllUsersModelBackend,
    AllowAllUsersRemoteUserBackend,
    RemoteUserBackend,
)
from django.core.checks import Error, Warning  # noqa: A004
from django.utils.module_loading import import_string

from spa_auth.core import login
from spa_auth.core.deployment import Deployment
from spa_auth.core.rule import Found, deployment_rule

from .middleware import places
from .routes import View, layers, name_of, names, routes

# Views that sign in or give a token, by the dotted names of what they are made of: what counts is
# the package and the class, because packages move their modules.
_TOKENS = re.compile(
    r"rest_framework\.authtoken\..*\.ObtainAuthToken"
    r"|(?:rest_framework_simplejwt|ninja_jwt)\..*\.Token(?:Obtain|Refresh)\w+(?:\.\w+_token)?"
    r"|knox\..*\.LoginView"
    r"|dj_rest_auth\..*\.(?:LoginView|RegisterView|MFAVerifyView)"
    r"|djoser\..*\.(?:TokenCreateView|ProviderAuthView|LoginView)"
    r"|allauth\..*\.(?:LoginView|ConfirmLoginCodeView|LoginWebAuthnView|\w*Signup\w*View)"
    r"|allauth\.socialaccount\.providers\..+|allauth\..*\.ProviderTokenView"
    r"|rest_social_auth\..*\.BaseSocialAuthView"
    r"|social_django\.views\.complete"
)
# Views of the same packages, and Django's own, that change passwords and addresses.
_CHANGES = re.compile(
    r"django\.contrib\.auth\.views\.Password(?:Change|Reset|ResetConfirm)View"
    r"|dj_rest_auth\..*\.Password(?:Change|ResetConfirm)View"
    r"|djoser\..*\.UserViewSet"
    r"|allauth\.account\..*\.(?:Password(?:Change|Set|ResetFromKey)View|EmailView)"
    r"|allauth\.headless\..*\.(?:ChangePasswordView|ResetPasswordView|ManageEmailView)"
)
_FORM = "django.contrib.auth.views.LoginView"
_RESET = "django.contrib.auth.views.PasswordResetConfirmView"
_ADMIN = "django.contrib.admin.sites.AdminSite"


@deployment_rule(
    "R42", Error, hint="Take the URL out: our sign-in takes its place.", sometimes=Warning
)
def token_for_a_password(deployment: Deployment) -> Iterator[Found]:
    """Another package's sign-in view knows nothing of our limits and second factors.

    Nor do its views that change a password or an address, or those of Django, know of our mails,
    records and proofs.
    """
    told: set[str] = set()
    for route in routes():
        found = names(route.view)
        if doors := sorted(filter(_TOKENS.fullmatch, found)):
            yield Found(f"{route.path} leads to {doors[0]}, a way in past our limits and factors.")
        elif changes := sorted(set(filter(_CHANGES.fullmatch, found)) - told):
            told.update(changes)  # one view has many routes
            yield Found(
                f"{route.path} leads to {changes[0]}, which changes an account past our records.",
                "Take the URL out: our endpoints take its place.",
                Warning,
            )


@deployment_rule("R43", Error, hint="Take the URL out: the front end has the sign-in page.")
def form_of_djangos(deployment: Deployment) -> Iterator[Found]:
    """Django's sign-in form (`django.contrib.auth.urls`, `rest_framework.urls`) has no limits.

    Nor has its page for a new password with `post_reset_login`, which signs in who has set one.
    """
    for route in routes():
        found = names(route.view)
        if _FORM in found:
            yield Found(f"{route.path} is Django's sign-in form, past our limits and factors.")
        elif _RESET in found and _signs_in(route.view):
            yield Found(
                f"{route.path} signs in whoever resets a password, past our limits and factors.",
                "Take post_reset_login out.",
            )


@deployment_rule(
    "R44",
    Warning,
    hint='INSTALLED_APPS: "spa_auth.core.apps.AdminConfig" instead of "django.contrib.admin"',
    sometimes=Error,
)
def admin_with_a_form(deployment: Deployment) -> Iterator[Found]:
    """The admin's own form signs in without our limits; an error where rooms ask for more."""
    for route in routes():
        # The URL of the form is bound to the site, whose class may have replaced it, as ours does.
        if getattr(route.view, "__name__", "") == "login" and _form_of(route.view) == _ADMIN:
            yield Found(
                f"{route.path} is the admin's own sign-in form.",
                severity=Error if login.asks_for_more() else None,
            )


@deployment_rule(
    "R45",
    Error,
    hint='AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]',
    sometimes=Warning,
)
def backends(deployment: Deployment) -> Iterator[Found]:
    """A backend that lets deactivated people in, that believes a header, or that has its own door.

    `ModelBackend` is right: our sign-in asks the project's backends.
    """
    for path in settings.AUTHENTICATION_BACKENDS:
        backend = _backend(path)
        if issubclass(backend, (AllowAllUsersModelBackend, AllowAllUsersRemoteUserBackend)):
            yield Found(f"AUTHENTICATION_BACKENDS has {path!r}: deactivated people sign in.")
        elif issubclass(backend, RemoteUserBackend):
            believed = bool(places("RemoteUserMiddleware"))
            yield Found(
                f"AUTHENTICATION_BACKENDS has {path!r}, which believes what a header says.",
                "Take it out, with RemoteUserMiddleware.",
                None if believed else Warning,
            )
        elif path.startswith("allauth."):
            yield Found(
                f"AUTHENTICATION_BACKENDS has {path!r}, whose package limits by other keys.",
                "Take it out.",
                Warning,
            )


def _signs_in(view: View) -> bool:
    """Tell whether a class of views is told to, where it is mounted or by itself."""
    told = "post_reset_login"
    return any(
        getattr(layer, "view_initkwargs", {}).get(told)
        or getattr(getattr(layer, "view_class", None), told, False)
        for layer in layers(view)
    )


def _form_of(view: View) -> str:
    """Return the class that defines the method which a view is; empty for other views."""
    owner = type(getattr(view, "__self__", None))
    return next((name_of(base) for base in owner.__mro__ if "login" in vars(base)), "")


def _backend(path: str) -> type:
    try:
        backend: type = import_string(path)
    except ImportError:  # Django says so when somebody signs in
        return object
    return backend
