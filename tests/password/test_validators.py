import hashlib
import logging
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    get_password_validators,
    validate_password,
)
from django.core.exceptions import ImproperlyConfigured, ValidationError

from spa_auth.password.validators import ASVS, BREACHED, BreachedPasswordValidator

STOLEN = "correct horse of everybody"
DIGEST = hashlib.sha1(STOLEN.encode()).hexdigest().upper()


class Service(HTTPServer):
    """A service of breached passwords that says what a test wants."""

    answer = b""
    status = 200
    pause = 0.0

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[tuple[str, str | None]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/range/"


class Handler(BaseHTTPRequestHandler):
    server: Service

    def do_GET(self) -> None:
        self.server.asked.append((self.path, self.headers["Add-Padding"]))
        time.sleep(self.server.pause)
        self.send_response(self.server.status)
        self.end_headers()
        self.wfile.write(self.server.answer)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def service() -> Iterator[Service]:
    with Service() as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def known(suffix: str, times: int = 3) -> bytes:
    return f"{'0' * 35}:7\r\n{suffix}:{times}\r\n".encode()


def is_refused(service: Service, password: str = STOLEN) -> bool:
    try:
        BreachedPasswordValidator(service.url, timeout=0.5).validate(password)
    except ValidationError as refusal:
        return refusal.code == "password_breached"
    return False


def test_a_stolen_password_is_refused_and_five_digits_are_all_that_leaves(
    service: Service,
) -> None:
    service.answer = known(DIGEST[5:])
    assert is_refused(service)
    assert not is_refused(service, "correct horse of nobody")
    assert service.asked[0] == (f"/range/{DIGEST[:5]}", "true")
    assert all(len(path) == len("/range/12345") for path, _ in service.asked)


def test_what_only_pads_the_answer_is_not_stolen(service: Service) -> None:
    service.answer = known(DIGEST[5:], times=0)
    assert not is_refused(service)


@pytest.mark.parametrize("answer", [b"", b"<html>", b"a:b:c\r\n", b"\xff\xfe"])
def test_an_answer_that_is_none_lets_the_password_pass(service: Service, answer: bytes) -> None:
    service.answer = answer
    assert not is_refused(service)


def test_a_service_that_is_away_lets_the_password_pass_and_is_logged(
    service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    service.status = 503
    with caplog.at_level(logging.WARNING):
        assert not is_refused(service)
    assert "breached passwords: HTTPError, not asked" in caplog.text
    assert DIGEST[:5] not in caplog.text


def test_a_service_that_is_slow_lets_the_password_pass(service: Service) -> None:
    service.pause = 1
    service.answer = known(DIGEST[5:])
    assert not is_refused(service)


@pytest.mark.parametrize("url", ["http://example.com/range/", "file:///etc/", ""])
def test_a_service_in_clear_is_refused_at_start(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="not https"):
        BreachedPasswordValidator(url)


def test_the_presets_are_validators_of_django() -> None:
    validators = get_password_validators([*ASVS, BREACHED])
    assert [type(each).__name__ for each in validators] == [
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "UserAttributeSimilarityValidator",
        "BreachedPasswordValidator",
    ]
    assert "breaches" in validators[-1].get_help_text()


@pytest.mark.parametrize(
    ("password", "accepted"),
    [("seven77", False), ("password", False), ("alice-ab", False), ("ab cd ef", True)],
)
def test_eight_characters_that_nobody_knows_are_enough(password: str, accepted: bool) -> None:
    validators = get_password_validators(ASVS)
    alice = User(username="alice", email="alice@example.com")
    try:
        validate_password(password, alice, validators)
    except ValidationError:
        assert not accepted
    else:
        assert accepted


def test_the_list_of_common_passwords_is_long_enough_for_the_shortest() -> None:
    """ASVS 6.2.4: at least 3000 of those that the rules would accept."""
    common = CommonPasswordValidator().passwords
    assert sum(len(password) >= 8 for password in common) >= 3000
