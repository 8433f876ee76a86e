"""Where a provider sends people that it does not send to the front end's page itself.

Apple posts a form, which no page can read. And a project may register one address for all of its
front ends. It reads no cookie, asks nothing and changes nothing: the page does, by `finish/`.
"""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.csrf import csrf_exempt

from spa_auth.core.errors import ApiError, MethodNotAllowed

from . import returns
from .providers import get_provider

# What is passed on, each up to so many characters; what is longer nobody sent who is a provider.
PASSED_ON = {
    "code": 4096,
    "state": 128,
    "error": 200,
    "error_description": 1000,
    "iss": 500,
}
_FORM = "application/x-www-form-urlencoded"


@login_not_required
@csrf_exempt
@transaction.non_atomic_requests
def lead_back(request: HttpRequest, provider: str) -> HttpResponse:
    """Lead to the page of the front end, with what the provider sent in the fragment.

    No server sees a fragment, and no `Referer` has it (RFC 9110, section 4.2.5).
    """
    try:
        return _led(request, provider)
    except ApiError as error:
        return error.response()


def _led(request: HttpRequest, name: str) -> HttpResponse:
    if request.method not in {"GET", "POST"}:
        raise MethodNotAllowed(headers={"Allow": "GET, POST"})
    provider = get_provider(name)
    sent = _sent(request)
    given = {key: [str(each) for each in sent.getlist(key)] for key in PASSED_ON}
    # Of what comes twice nobody knows which one counts (CWE-235).
    passed_on = {
        key: values[0]
        for key, values in given.items()
        if len(values) == 1 and len(values[0]) <= PASSED_ON[key]
    }
    page = returns.page_for(provider, passed_on.get("state", ""))
    headers = {
        "Location": f"{page}#{urlencode(passed_on)}",
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
    }
    return HttpResponse(status=303, headers=headers)


def _sent(request: HttpRequest) -> QueryDict:
    if request.method == "GET":
        return request.GET
    return request.POST if request.content_type == _FORM else QueryDict()
