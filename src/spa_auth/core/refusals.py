"""What a view raises, as an answer: one format for every adapter."""

from django.core.exceptions import PermissionDenied
from django.db import connections
from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseNotAllowed

from .errors import ApiError, Forbidden, MethodNotAllowed, NotFound

# What a view may raise to refuse; anything else is a fault, and Django's to report.
REFUSALS = (ApiError, Http404, PermissionDenied)


def refusal_of(error: Exception) -> ApiError:
    """Return the refusal that one of `REFUSALS` stands for. Django's texts are not for people."""
    if isinstance(error, ApiError):
        return error
    return NotFound() if isinstance(error, Http404) else Forbidden()


def refuse(error: Exception) -> HttpResponse:
    """Answer what one of `REFUSALS` stands for, and undo what the view wrote before it raised."""
    for connection in connections.all(initialized_only=True):
        # Django's own wrapper for ATOMIC_REQUESTS sees an answer, not an exception.
        if connection.settings_dict["ATOMIC_REQUESTS"] and connection.in_atomic_block:
            connection.set_rollback(True)
    return refusal_of(error).response()


def as_problem(response: HttpResponseBase) -> HttpResponseBase:
    """Return a 405 of Django's, which is empty, as a problem document; others as they are."""
    if isinstance(response, HttpResponseNotAllowed):
        return MethodNotAllowed(headers={"Allow": response["Allow"]}).response()
    return response
