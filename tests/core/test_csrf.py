from collections import Counter

from django.http import HttpResponse
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.test import RequestFactory

from spa_auth.core.csrf import renew_token, token_of


def post(secret: str, token: str) -> int:
    request = RequestFactory().post("/", headers={"X-CSRFToken": token})
    request.COOKIES["csrftoken"] = secret
    middleware = CsrfViewMiddleware(lambda _: HttpResponse())
    middleware.process_request(request)
    refusal = middleware.process_view(request, lambda _: HttpResponse(), (), {})
    return refusal.status_code if refusal else 204


def test_django_takes_our_token_with_our_secret() -> None:
    request = RequestFactory().get("/")
    token = token_of(request)
    assert post(request.META["CSRF_COOKIE"], token) == 204
    assert post(request.META["CSRF_COOKIE"], token.swapcase()) == 403


def test_we_mask_the_secret_of_djangos() -> None:
    request = RequestFactory().get("/")
    get_token(request)
    secret = request.META["CSRF_COOKIE"]
    request.META["CSRF_COOKIE_NEEDS_UPDATE"] = False
    assert post(secret, token_of(request)) == 204
    assert request.META["CSRF_COOKIE"] == secret
    assert request.META["CSRF_COOKIE_NEEDS_UPDATE"] is True


def test_no_two_tokens_are_alike_and_a_new_secret_ends_the_old_ones() -> None:
    request = RequestFactory().get("/")
    tokens = {token_of(request) for _ in range(50)}
    assert len(tokens) == 50
    renew_token(request)
    assert {post(request.META["CSRF_COOKIE"], token) for token in tokens} == {403}


def test_a_token_is_64_letters_and_digits() -> None:
    token = token_of(RequestFactory().get("/"))
    assert len(token) == 64
    assert token.isascii()
    assert token.isalnum()


def test_every_character_is_as_likely_as_any_other() -> None:
    request = RequestFactory().get("/")
    counted = Counter("".join(token_of(request)[:32] for _ in range(4000)))
    assert len(counted) == 62
    # 128,000 characters: 2065 of each, and six standard deviations (45) are never left by chance.
    assert all(abs(number - 2065) < 270 for number in counted.values())
