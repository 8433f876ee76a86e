"""The language of our answers, where the project has no middleware that chooses one."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers


def project_chooses() -> bool:
    """Tell whether the project has `LocaleMiddleware`, or one of its own that ends so, or no i18n.

    One of another name has the last word if it stands below ours.
    """
    named = any(name.endswith("LocaleMiddleware") for name in settings.MIDDLEWARE)
    return named or not settings.USE_I18N


@contextmanager
def spoken(request: HttpRequest) -> Iterator[None]:
    """Speak the language of a request until it is answered: of `LANGUAGES`, by `Accept-Language`.

    Otherwise `LANGUAGE_CODE`. The cookie of `LANGUAGE_COOKIE_NAME` does not count: who has no
    `LocaleMiddleware` never set it, and the client asks for the language of the page.
    """
    asked = HttpRequest()
    asked.META["HTTP_ACCEPT_LANGUAGE"] = request.META.get("HTTP_ACCEPT_LANGUAGE", "")
    with translation.override(translation.get_language_from_request(asked)):
        yield


def name_language(response: HttpResponseBase) -> None:
    """Say in which language an answer is, and that it depends on what was asked for."""
    patch_vary_headers(response, ("Accept-Language",))
    response.setdefault("Content-Language", translation.get_language() or settings.LANGUAGE_CODE)
