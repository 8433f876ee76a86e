"""A28 to A33: what a form of another page can send, and content types that are nearly right."""

import json
from collections.abc import Callable
from urllib.parse import quote

import pytest

from stack import Stack

from .browser import PASSWORD, SESSION, Browser
from .raw import Answer, api_door

SignedIn = Callable[..., Browser]
EVIL = "https://evil.test"
CREDENTIALS = json.dumps({"login": "mallory", "password": PASSWORD}).encode()
BOUNDARY = "x"
FORM = f"login=mallory&password={PASSWORD}".encode()
PART = (
    b'--x\r\nContent-Disposition: form-data; name="login"\r\n\r\nmallory\r\n'
    b'--x\r\nContent-Disposition: form-data; name="password"\r\n\r\n' + PASSWORD.encode() + b"\r\n"
    b'--x\r\nContent-Disposition: form-data; name="_content"; filename="a.json"\r\n'
    b"Content-Type: application/json\r\n\r\n" + CREDENTIALS + b"\r\n--x--\r\n"
)
# What an HTML form writes for one field: its name, "=", its value.
TEXT = b'{"login":"mallory","password":"' + PASSWORD.encode() + b'","x":"="}\r\n'

BODIES = {
    "form": ("application/x-www-form-urlencoded", FORM),
    "json in a key of a form": (
        "application/x-www-form-urlencoded",
        quote(CREDENTIALS.decode()).encode() + b"=",
    ),
    "overloading": (
        "application/x-www-form-urlencoded",
        b"_method=POST&_content_type=application/json&_content=" + quote(CREDENTIALS).encode(),
    ),
    "multipart": (f"multipart/form-data; boundary={BOUNDARY}", PART),
    "json as plain text": ("text/plain", TEXT),
    "plain text that is json": ("text/plain", CREDENTIALS),
    "an empty form": ("application/x-www-form-urlencoded", b""),
    "several types": ("application/json, text/plain", CREDENTIALS),
    "a type in a parameter": ("text/plain; a=application/json", CREDENTIALS),
    "x-json": ("application/x-json", CREDENTIALS),
    "merge patch": ("application/merge-patch+json", CREDENTIALS),
    "utf-16": ("application/json; charset=utf-16", CREDENTIALS.decode().encode("utf-16")),
    "utf-7": ("application/json; charset=utf-7", CREDENTIALS),
    "two charsets": ("application/json; charset=utf-8; charset=utf-7", CREDENTIALS),
    "no type": (None, CREDENTIALS),
}


def post(where: Stack, path: str, type_: str | None, body: bytes, origin: str) -> Answer:
    site = "cross-site" if origin == EVIL else "same-site"
    headers = [("Origin", origin), ("Sec-Fetch-Site", site)]
    if type_ is not None:
        headers.append(("Content-Type", type_))
    return api_door(where).ask("POST", path, headers, body)


@pytest.mark.parametrize("name", BODIES)
def test_no_form_signs_anyone_in(served: Stack, name: str) -> None:
    type_, body = BODIES[name]
    for origin, status in ((EVIL, 403), (served.app, 415)):
        answer = post(served, "/api/login/", type_, body, origin)
        assert answer.status == status, (origin, answer.body)
        assert answer.all("Set-Cookie") == []


@pytest.mark.parametrize("name", BODIES)
def test_no_form_signs_anyone_in_across_origins(crossing: Stack, name: str) -> None:
    type_, body = BODIES[name]
    answer = post(crossing, "/api/login/", type_, body, EVIL)
    assert answer.status == 403
    assert answer.all("Set-Cookie") == []


def test_a_foreign_page_signs_nobody_in_even_with_the_right_type(deployed: Stack) -> None:
    for origin in (EVIL, "null", "https://evil.example.localhost"):
        headers = [("Content-Type", "application/json"), ("Origin", origin)]
        answer = api_door(deployed).ask("POST", "/api/login/", headers, CREDENTIALS)
        assert (answer.status, answer.code) == (403, "origin_refused")
        assert SESSION not in answer.cookies


@pytest.mark.parametrize(
    "type_",
    ["APPLICATION/JSON", "application/json;charset=UTF-8", 'application/json; charset="utf-8"'],
)
def test_the_right_type_in_any_spelling_is_read(served: Stack, type_: str) -> None:
    answer = post(served, "/api/login/", type_, b"{}", served.app)
    assert (answer.status, answer.code) == (400, "invalid_body")


def test_no_page_signs_anyone_out(served: Stack, signed_in: SignedIn) -> None:
    alice = signed_in(served)
    foreign = [("Origin", EVIL), ("Sec-Fetch-Site", "cross-site"), ("Cookie", alice.cookie)]
    door = api_door(served)
    # As an image does, as a form does, as a script does.
    assert door.ask("GET", "/api/logout/", foreign).status == 405
    form = [*foreign, ("Content-Type", "application/x-www-form-urlencoded")]
    assert door.ask("POST", "/api/logout/", form).status == 403
    script = [*foreign, ("Content-Type", "application/json")]
    assert door.ask("POST", "/api/logout/", script, b"{}").status == 403
    assert alice.who() == "alice"


def test_the_projects_own_views_read_no_forms_of_strangers(
    served: Stack, signed_in: SignedIn
) -> None:
    alice = signed_in(served)
    before = alice.ask("GET", "/api/notes/").json()
    for type_, body in BODIES.values():
        headers = [("Origin", EVIL), ("Sec-Fetch-Site", "cross-site"), ("Cookie", alice.cookie)]
        if type_ is not None:
            headers.append(("Content-Type", type_))
        assert api_door(served).ask("POST", "/api/notes/", headers, body).status == 403
    assert alice.ask("GET", "/api/notes/").json() == before


def test_a_body_that_is_too_large_is_refused_by_whoever_sees_it_first(served: Stack) -> None:
    origin = [("Origin", served.app), ("Content-Type", "application/json")]
    ours = api_door(served).ask("POST", "/api/login/", origin, b" " * 70_000)
    assert (ours.status, ours.code) == (413, "body_too_large")
    claimed = [*origin, ("Content-Length", str(2 * 1024 * 1024))]
    assert api_door(served).ask("POST", "/api/login/", claimed, b"{").status == 413
