import datetime
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from time_machine import TimeMachineFixture

from spa_auth.core import links
from spa_auth.core.errors import (
    ApiError,
    CodeInvalid,
    LinkExpired,
    LinkForeign,
    LinkInvalid,
    LinkUsed,
)
from spa_auth.core.links import Issued, Purpose, consume, issue, prove_code, prove_link
from spa_auth.core.models import Secret
from tests.attacks.stage import at_once

VERIFY = Purpose(name="test.verify", lifetime=datetime.timedelta(minutes=30))
RESET = Purpose(
    name="test.reset",
    lifetime=datetime.timedelta(minutes=30),
    bound_to=links.address_password_and_sign_in,
)
UNDO = Purpose(
    name="test.undo",
    lifetime=datetime.timedelta(days=7),
    bound_to=lambda user: str(user.pk),
    replaces=False,
)
START = 1_800_000_000.0

pytestmark = pytest.mark.django_db


@pytest.fixture
def mailed(alice: User) -> Issued:
    return issue(VERIFY, alice, address=alice.email)


def other_than(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}"


def use_link(token: str) -> User | type[ApiError]:
    return outcome(lambda: consume(prove_link(VERIFY, token)))


def use_code(user: User, code: str) -> User | type[ApiError]:
    return outcome(lambda: consume(prove_code(VERIFY, code, owner=user)))


def outcome(act: Callable[[], Any]) -> Any:
    try:
        return act()
    except ApiError as refusal:
        return type(refusal)


@pytest.mark.parametrize("form", ["", "{}=", " {}", "{}\x00", "{}{}"])
def test_a_token_that_is_not_exact_is_none(mailed: Issued, form: str) -> None:
    with pytest.raises(LinkInvalid):
        prove_link(VERIFY, form.format(mailed.token, mailed.token))


def test_a_token_is_whole_and_keeps_its_case(mailed: Issued) -> None:
    assert use_link(mailed.token[:-1]) is LinkInvalid
    assert use_link(mailed.token.swapcase()) is LinkInvalid


def test_a_link_is_for_one_purpose(alice: User, mailed: Issued) -> None:
    with pytest.raises(LinkInvalid):
        prove_link(RESET, mailed.token)
    with pytest.raises(CodeInvalid):
        prove_code(RESET, mailed.code, owner=alice)


def test_a_link_of_somebody_else_is_not_spent(alice: User, bob: User, mailed: Issued) -> None:
    with pytest.raises(LinkForeign):
        prove_link(VERIFY, mailed.token, owner=bob)
    with pytest.raises(CodeInvalid):
        prove_code(VERIFY, mailed.code, owner=bob)
    assert consume(prove_link(VERIFY, mailed.token, owner=alice)) == alice


def test_a_link_ends_on_the_second(alice: User, time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(START, tick=False)
    mailed = issue(VERIFY, alice, address=alice.email)
    time_machine.shift(1799)
    proven = prove_link(VERIFY, mailed.token)
    time_machine.shift(1)
    assert use_link(mailed.token) is LinkExpired
    assert use_code(alice, mailed.code) is CodeInvalid
    with pytest.raises(LinkUsed):
        consume(proven)


def test_a_link_works_once_and_its_code_goes_with_it(alice: User, mailed: Issued) -> None:
    assert use_link(mailed.token) == alice
    assert use_link(mailed.token) is LinkUsed
    assert use_code(alice, mailed.code) is CodeInvalid


def test_a_code_works_once_and_its_link_goes_with_it(alice: User, mailed: Issued) -> None:
    assert use_code(alice, mailed.code) == alice
    assert use_code(alice, mailed.code) is CodeInvalid
    assert use_link(mailed.token) is LinkUsed


def test_who_proves_a_link_learns_where_it_was_sent(alice: User) -> None:
    mailed = issue(VERIFY, alice, address="New@EXAMPLE.com")
    assert prove_link(VERIFY, mailed.token).address == "new@example.com"
    assert prove_code(VERIFY, mailed.code, owner=alice).address == "new@example.com"


def test_what_fails_gives_the_link_back(alice: User, mailed: Issued) -> None:
    with transaction.atomic():
        consume(prove_link(VERIFY, mailed.token))
        transaction.set_rollback(True)
    assert use_link(mailed.token) == alice


def test_a_newer_mail_ends_the_earlier_one_of_its_purpose(alice: User, bob: User) -> None:
    first, other = (issue(purpose, alice, address=alice.email) for purpose in (VERIFY, RESET))
    of_bob = issue(VERIFY, bob, address=bob.email)
    second = issue(VERIFY, alice, address=alice.email)
    assert use_link(first.token) is LinkExpired
    assert use_code(alice, first.code) is CodeInvalid
    assert consume(prove_link(RESET, other.token)) == alice
    assert use_link(of_bob.token) == bob
    assert use_code(alice, second.code) == alice


@pytest.mark.parametrize("purpose", [VERIFY, RESET])
@pytest.mark.parametrize("changed", [{"password": "!new"}, {"email": "other@example.com"}])
def test_a_new_password_or_address_ends_a_link(
    alice: User, purpose: Purpose, changed: dict[str, str]
) -> None:
    mailed = issue(purpose, alice, address=alice.email)
    early = prove_link(purpose, mailed.token), prove_code(purpose, mailed.code, owner=alice)
    User.objects.update(**changed)
    assert [outcome(lambda proven=proven: consume(proven)) for proven in early] == [
        LinkExpired,
        CodeInvalid,
    ]
    assert outcome(lambda: prove_link(purpose, mailed.token)) is LinkExpired
    assert outcome(lambda: prove_code(purpose, mailed.code, owner=alice)) is CodeInvalid


def test_a_sign_in_ends_a_link_that_resets_and_no_other(alice: User, mailed: Issued) -> None:
    reset = issue(RESET, alice, address=alice.email)
    User.objects.update(last_login=timezone.now())
    assert outcome(lambda: prove_link(RESET, reset.token)) is LinkExpired
    assert use_link(mailed.token) == alice


def test_a_user_who_is_gone_gets_no_link_and_has_none(alice: User, mailed: Issued) -> None:
    proven = prove_link(VERIFY, mailed.token)
    User.objects.filter(pk=alice.pk).delete()
    with pytest.raises(ValueError, match="gone"):
        issue(VERIFY, alice, address="alice@example.com")
    assert outcome(lambda: consume(proven)) is LinkUsed
    assert use_link(mailed.token) is LinkInvalid


def test_five_codes_are_tried_and_the_link_goes_on(alice: User, mailed: Issued) -> None:
    for _ in range(links.TRIES):
        assert use_code(alice, other_than(mailed.code)) is CodeInvalid
    assert use_code(alice, mailed.code) is CodeInvalid
    assert use_link(mailed.token) == alice


def test_the_fifth_code_may_be_the_right_one(alice: User, mailed: Issued) -> None:
    for _ in range(links.TRIES - 1):
        assert use_code(alice, other_than(mailed.code)) is CodeInvalid
    assert use_code(alice, mailed.code) == alice


def test_a_code_costs_the_same_statements_for_nobody(alice: User, mailed: Issued) -> None:
    def statements(owner: User | str) -> list[str]:
        with CaptureQueriesContext(connection) as queries:
            assert outcome(lambda: prove_code(VERIFY, "x", owner=owner)) is CodeInvalid
        return [query["sql"].split()[0] for query in queries]

    assert statements("nobody@example.com") == statements(alice.email) == statements(alice)
    assert "UPDATE" in statements("nobody@example.com")


def test_a_code_is_found_by_the_address_it_was_sent_to(alice: User, mailed: Issued) -> None:
    def use(address: str) -> User | type[ApiError]:
        return outcome(lambda: consume(prove_code(VERIFY, mailed.code, owner=address)))

    assert use("bob@example.com") is CodeInvalid
    assert use(" ALICE@example.com") == alice


def test_a_copy_of_the_table_holds_no_link_and_no_code(mailed: Issued) -> None:
    assert re.fullmatch(r"[\w-]{43}", mailed.token)
    assert re.fullmatch(r"\d{6}", mailed.code)
    (row,) = Secret.objects.values()
    stored = str({name: value for name, value in row.items() if not name.endswith("_at")})
    assert mailed.token not in stored
    assert mailed.code not in re.findall(r"\d+", stored)
    assert mailed.token not in repr(mailed)
    assert mailed.code not in repr(mailed)
    assert str(Secret.objects.get()) == f"test.verify {row['id']}"


@pytest.mark.django_db(transaction=True)
def test_a_try_inside_a_transaction_is_refused(alice: User) -> None:
    with transaction.atomic(), pytest.raises(RuntimeError):
        prove_code(VERIFY, "123456", owner=alice)


@pytest.mark.django_db(transaction=True)
def test_of_twenty_that_use_a_link_at_once_one_does(alice: User, mailed: Issued) -> None:
    outcomes = at_once(*[lambda: use_link(mailed.token)] * 20)
    assert outcomes.count(alice) == 1
    assert outcomes.count(LinkUsed) == 19


@pytest.mark.django_db(transaction=True)
def test_of_twenty_that_use_a_code_at_once_one_does(alice: User, mailed: Issued) -> None:
    outcomes = at_once(*[lambda: use_code(alice, mailed.code)] * 20)
    assert outcomes.count(alice) == 1
    assert outcomes.count(CodeInvalid) == 19


@pytest.mark.django_db(transaction=True)
def test_of_link_and_code_at_once_one_is_used(alice: User, mailed: Issued) -> None:
    both = [lambda: use_link(mailed.token), lambda: use_code(alice, mailed.code)]
    assert at_once(*both * 10).count(alice) == 1


@pytest.mark.django_db(transaction=True)
def test_twenty_guesses_at_once_are_five_tries(alice: User, mailed: Issued) -> None:
    at_once(*[lambda: use_code(alice, other_than(mailed.code))] * 20)
    assert Secret.objects.get().tries == links.TRIES
    assert use_code(alice, mailed.code) is CodeInvalid


@pytest.mark.django_db(transaction=True)
def test_of_links_that_are_made_at_once_one_lives(alice: User) -> None:
    made = at_once(*[lambda: issue(VERIFY, alice, address=alice.email)] * 8)
    outcomes = [outcome(lambda token=one.token: prove_link(VERIFY, token)) for one in made]
    assert outcomes.count(LinkExpired) == 7


def test_old_links_go_with_old_sessions(alice: User, time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(START, tick=False)
    issue(RESET, alice, address=alice.email)
    time_machine.shift(datetime.timedelta(days=1, seconds=1))
    issue(VERIFY, alice, address=alice.email)
    call_command("clearsessions")
    assert Secret.objects.count() == 2
    time_machine.shift(datetime.timedelta(minutes=30))
    call_command("clearsessions")
    assert [row.purpose for row in Secret.objects.all()] == ["test.verify"]


def test_a_link_that_replaces_none_leaves_the_earlier_ones(alice: User) -> None:
    first, second = (issue(UNDO, alice, address=alice.email) for _ in range(2))
    User.objects.update(password="!new", email="other@example.com", last_login=timezone.now())
    assert consume(prove_link(UNDO, first.token)) == alice
    assert consume(prove_link(UNDO, second.token)) == alice


def test_every_link_of_a_user_can_be_ended_at_once(alice: User, bob: User, mailed: Issued) -> None:
    undo, of_bob = (issue(UNDO, whose, address=whose.email) for whose in (alice, bob))
    used = issue(RESET, alice, address=alice.email)
    consume(prove_link(RESET, used.token))
    links.end_all(alice)
    assert use_link(mailed.token) is LinkExpired
    assert use_code(alice, mailed.code) is CodeInvalid
    assert outcome(lambda: prove_link(UNDO, undo.token)) is LinkExpired
    assert outcome(lambda: prove_link(RESET, used.token)) is LinkUsed
    assert consume(prove_link(UNDO, of_bob.token)) == bob


def spend_for_nobody(proven: links.Proven) -> str:
    links.spend(proven)
    return proven.address


@pytest.mark.parametrize("way", ["link", "code"])
def test_a_newcomer_has_a_link_and_no_account(way: str) -> None:
    mailed = issue(VERIFY, None, address="New@EXAMPLE.com")

    def proven() -> links.Proven:
        if way == "link":
            return prove_link(VERIFY, mailed.token)
        return prove_code(VERIFY, mailed.code, owner="new@example.com")

    twice = proven(), proven()
    assert Secret.objects.get().user is None
    assert spend_for_nobody(twice[0]) == "new@example.com"
    taken = LinkUsed if way == "link" else CodeInvalid
    assert outcome(lambda: spend_for_nobody(twice[1])) is taken
    assert outcome(proven) is taken


def test_a_link_of_nobody_signs_nobody_in(alice: User) -> None:
    """A newcomer's link, used for what a user's is for: also where they have an account by now."""
    mailed = issue(VERIFY, None, address=alice.email)
    assert outcome(lambda: consume(prove_link(VERIFY, mailed.token))) is LinkInvalid
    with pytest.raises(LinkForeign):
        prove_link(VERIFY, mailed.token, owner=alice)
    with pytest.raises(CodeInvalid):
        prove_code(VERIFY, mailed.code, owner=alice)
    assert Secret.objects.get().used_at is None


def test_a_newer_mail_ends_that_of_the_same_newcomer_alone(alice: User) -> None:
    first = issue(VERIFY, None, address="new@example.com")
    other = issue(VERIFY, None, address="other@example.com")
    of_alice = issue(VERIFY, alice, address="new@example.com")
    second = issue(VERIFY, None, address="NEW@example.com")
    assert outcome(lambda: prove_link(VERIFY, first.token)) is LinkExpired
    assert use_link(of_alice.token) == alice
    for mailed, address in ((other, "other@example.com"), (second, "new@example.com")):
        assert spend_for_nobody(prove_link(VERIFY, mailed.token)) == address


def test_a_link_or_else_a_code_proves(alice: User, mailed: Issued) -> None:
    assert links.prove(VERIFY, token=mailed.token, code=None, owner=alice).user == alice
    assert links.prove(VERIFY, token=mailed.token, code=None, owner="").user == alice
    assert links.prove(VERIFY, token=None, code=mailed.code, owner=alice.email).user == alice
    with pytest.raises(CodeInvalid):
        links.prove(VERIFY, token=None, code=None, owner=alice)
