"""What tests/secrets.py finds, and what it lets pass."""

import logging
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from django.db import connections

from spa_auth.core.secrets import HiddenText, new_code, new_key
from spa_auth.sessions.models import Session
from tests.attacks.stage import at_once
from tests.conftest import PASSWORD, ApiClient
from tests.secrets import Watch, check

logger = logging.getLogger("any.library")


class Detailed(Exception):
    def __init__(self, detail: str) -> None:
        super().__init__(f"refused: {detail}")


def in_a_message(secret: str) -> None:
    logger.debug("the answer to %s is %r", {"who": secret}, 42)


def in_what_is_attached(secret: str) -> None:
    logger.info("it happened", extra={"answer": [secret]})


def in_a_traceback(secret: str) -> None:
    try:
        raise Detailed(secret)
    except Detailed:
        logger.exception("it failed")


def in_a_cause(secret: str) -> None:
    try:
        try:
            raise Detailed(secret)
        except Detailed as error:
            raise RuntimeError from error
    except RuntimeError:
        logger.exception("it failed")


def in_a_row(secret: str) -> None:
    User.objects.create(username="carol", last_name=secret)


def in_many_rows(secret: str) -> None:
    User.objects.bulk_create([User(username="bob"), User(username="carol", last_name=secret)])


def in_a_changed_row(secret: str) -> None:
    Session.objects.update(data=f'{{"seen":"{secret} "}}')


def in_named_values(secret: str) -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "UPDATE auth_user SET last_name = %(name)s", {"name": secret.encode().decode()}
        )


WAYS: dict[Callable[[str], None], str] = {
    in_a_message: "the log any.library",
    in_what_is_attached: "what is attached to the log any.library",
    in_a_traceback: "the log any.library",
    in_a_cause: "the log any.library",
    in_a_row: "what was written to auth_user",
    in_many_rows: "what was written to auth_user",
    in_a_changed_row: "what was written to spa_auth_sessions_session",
    in_named_values: "what was written to auth_user",
}


@pytest.mark.parametrize("leave", WAYS)
@pytest.mark.parametrize(("make", "kind"), [(new_key, "key or typed secret"), (new_code, "code")])
@pytest.mark.django_db
def test_a_secret_that_is_left_behind_is_found(
    watch: Watch, make: Callable[[], str], kind: str, leave: Callable[[str], None]
) -> None:
    secret = str(make())
    leave(secret)
    assert f"{kind} in {WAYS[leave]}" in watch.leaks()
    assert secret not in "".join(watch.leaks())
    with pytest.raises(pytest.fail.Exception, match=f"{kind} in"):
        check(watch)
    watch.forget()


class Unshown:
    def __repr__(self) -> str:
        raise RuntimeError


def test_a_variable_of_a_frame_is_found_unless_it_is_hidden(watch: Watch) -> None:
    def log(secret: object) -> None:
        try:
            # Of the standard library's frames, because those of tests do not count.
            logging.Formatter(secret, style="?")
        except ValueError:
            logger.exception("it failed")

    log(new_key())
    log(Unshown())
    assert watch.leaks() == []
    log(str(new_key()))
    assert watch.leaks() == ["key or typed secret in the variable fmt of Formatter.__init__"]
    watch.forget()


@pytest.mark.django_db
def test_what_a_client_sends_and_is_sent_is_known(
    client: ApiClient, alice: User, watch: Watch
) -> None:
    client.sign_in()
    client.send("POST", "/api/logout/", b"[]")
    assert {"password", "CSRF token", "cookie sessionid", "cookie csrftoken"} <= {
        *watch.secrets.values()
    }
    assert watch.secrets[PASSWORD] == "password"
    logger.debug("Set-Cookie: %s", client.cookies["csrftoken"])
    assert watch.leaks() == ["cookie csrftoken in the log any.library"]
    watch.forget()


@pytest.mark.django_db(transaction=True)
def test_what_a_thread_writes_is_found(watch: Watch) -> None:
    secret = str(new_key())
    at_once(lambda: in_a_row(secret))
    assert watch.leaks() == ["key or typed secret in what was written to auth_user"]
    watch.forget()


@pytest.mark.django_db
def test_what_is_no_leak_passes(watch: Watch) -> None:
    HiddenText("wrong")
    code = str(HiddenText("123456"))
    logger.debug("wrong: 0x%s, 5.%s and 9%s; datetime.time(1, 2, 3, %s)", *[code] * 4)
    logger.debug("hidden: %r", [new_key(), new_code()])
    User.objects.create(username="carol", last_name="wrong")
    SessionStore(str(new_key()).replace("_", "-")[:32]).save(must_create=True)
    assert watch.leaks() == []


@pytest.mark.leaves_secrets("to see that it may")
def test_a_test_that_is_let_off_passes(watch: Watch) -> None:
    logger.debug("%s", new_key())
    assert watch.leaks() == ["key or typed secret in the log any.library"]


def test_the_levels_of_loggers_stay_what_they_are(caplog: pytest.LogCaptureFixture) -> None:
    logger.debug("quiet")
    logger.warning("loud")
    assert [record.getMessage() for record in caplog.records] == ["loud"]
