"""Signing in with a provider, for the first time and again."""

from collections.abc import Sequence
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import override_settings
from django.utils import timezone
from social_core.exceptions import AuthPolicyError
from time_machine import TimeMachineFixture

from spa_auth.audit.models import Entry
from spa_auth.core import events
from spa_auth.sessions.models import Session
from spa_auth.social.models import Flow, Identity
from tests.answers import outcome
from tests.attacks.stage import browser, key_of, row_of, who_is
from tests.conftest import ApiClient, finish
from tests.letters import delivered
from tests.social.provider import Account, Provider
from tests.social.stage import (
    assert_nothing_happened,
    come_back,
    leave,
    visit,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["oidc", "github"])
def test_a_newcomer_has_an_account(client: ApiClient, provider: Provider, name: str) -> None:
    answer = visit(client, provider, name)
    state = answer.json()
    assert state["status"] == "authenticated"
    assert state["session"]["proofs"] == ["social"]
    assert (state["user"]["email"], state["user"]["emailVerified"]) == ("ada@example.com", True)
    user = User.objects.get()
    assert (user.username, user.has_usable_password()) == ("ada", False)
    assert Flow.objects.count() == 0
    # And again, as the same person.
    again = ApiClient()
    assert visit(again, provider, name).json()["user"]["id"] == str(user.pk)
    assert (User.objects.count(), Identity.objects.count()) == (1, 1)


def test_a_newcomer_has_the_names_of_the_provider(client: ApiClient, provider: Provider) -> None:
    user = visit(client, provider).json()["user"]
    assert (user["firstName"], user["lastName"]) == ("Ada", "Lovelace")


def test_facebook_needs_a_declared_trust(client: ApiClient, provider: Provider) -> None:
    assert outcome(visit(client, provider, "facebook")) == (400, "social.email_unverified")
    with override_settings(SPA_AUTH={"SOCIAL_TRUST_EMAIL": ["facebook"]}):
        assert visit(client, provider, "facebook").json()["user"]["email"] == "ada@example.com"


def test_trust_does_not_believe_a_no(client: ApiClient, provider: Provider) -> None:
    provider.account = Account(verified=False)
    with override_settings(SPA_AUTH={"SOCIAL_TRUST_EMAIL": ["oidc", "github"]}):
        for name in ("oidc", "github"):
            expected = (400, "social.email_unverified")
            assert outcome(visit(client, provider, name)) == expected


@pytest.mark.parametrize("email", [None, "", "no address", "root@localhost", 7])
def test_a_newcomer_needs_an_address(client: ApiClient, provider: Provider, email: Any) -> None:
    provider.account = Account(email=email)
    assert outcome(visit(client, provider)) == (400, "social.email_unverified")
    assert_nothing_happened(client)


def test_github_without_a_primary_address(client: ApiClient, provider: Provider) -> None:
    provider.account = Account(email=None)
    assert outcome(visit(client, provider, "github")) == (400, "social.email_unverified")


@pytest.mark.parametrize("verified", [True, False])
def test_where_sign_up_is_closed_nobody_new_comes_in(
    client: ApiClient, provider: Provider, verified: bool
) -> None:
    provider.account = Account(verified=verified)
    with override_settings(SPA_AUTH={"SIGN_UP": False}):
        assert outcome(visit(client, provider)) == (403, "social.sign_up_closed")
    assert_nothing_happened(client)
    assert provider.exchanged


def test_a_known_identity_needs_neither_address_nor_sign_up(
    client: ApiClient, provider: Provider
) -> None:
    visit(client, provider)
    provider.account = Account(email=None)
    with override_settings(SPA_AUTH={"SIGN_UP": False}):
        assert visit(ApiClient(), provider).status_code == 200


def test_what_it_is_called_there_is_kept_up_to_date(
    client: ApiClient, provider: Provider, time_machine: TimeMachineFixture
) -> None:
    visit(client, provider)
    provider.account = Account(email="new@example.com")
    visit(client, provider)
    identity = Identity.objects.get()
    assert identity.address == "new@example.com"
    assert identity.last_used_at > identity.created_at
    provider.account = Account(email=None)
    visit(client, provider)
    assert Identity.objects.get().address == "ada"
    assert User.objects.get().email == "ada@example.com"


def test_a_second_factor_is_asked_for(
    client: ApiClient,
    provider: Provider,
    factors: dict[str, Sequence[str]],
    second_step: None,
) -> None:
    """G8: as after a password."""
    visit(client, provider)
    factors["ada"] = ["totp"]
    other = ApiClient()
    answer = visit(other, provider).json()
    assert (answer["status"], answer["next"]) == ("pending", ["totp"])
    assert other.get("/api/whoami/").status_code == 401
    assert finish(other).json()["session"]["proofs"] == ["social", "totp"]


def test_a_demand_is_made(client: ApiClient, alice: User, provider: Provider) -> None:
    """An identity that was connected with an account whose address nobody has proved."""
    client.sign_in()
    assert visit(client, provider, act="connect").status_code == 200
    with override_settings(SPA_AUTH={"VERIFY_EMAIL": True}):
        answer = visit(ApiClient(), provider).json()
    assert (answer["status"], answer["next"]) == ("pending", ["email"])


def test_an_inactive_person_stays_out(
    client: ApiClient, provider: Provider, reported: list[events.Event]
) -> None:
    """It is written down, once, though what had begun is undone."""
    visit(client, provider)
    User.objects.update(is_active=False)
    other = ApiClient()
    way = leave(other)
    reported.clear()
    back = provider.agree(way["authorizationUrl"])
    assert outcome(come_back(other, "oidc", back)) == (400, "invalid_credentials")
    assert other.get("/api/session/").json()["status"] == "anonymous"
    assert [type(event) for event in reported] == [events.SignInRefused]
    assert refusal() == ("sign_in", str(User.objects.get().pk), "social")


def refusal() -> tuple[str, str, str]:
    entry = Entry.objects.get(outcome="refused")
    return entry.kind, entry.user_id, entry.details["method"]


def test_a_person_who_becomes_inactive_on_the_way_proves_nothing(
    client: ApiClient,
    provider: Provider,
    reported: list[events.Event],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    visit(client, provider)
    back = provider.agree(leave(client)["authorizationUrl"])
    reported.clear()
    deactivate = lambda *_: User.objects.update(is_active=False)  # noqa: E731
    monkeypatch.setattr("spa_auth.social.steps.run", deactivate)
    assert outcome(come_back(client, "oidc", back)) == (400, "invalid_credentials")
    assert [type(event) for event in reported] == [events.ReauthenticationRefused]
    assert refusal() == ("reauthentication", str(User.objects.get().pk), "social")


def test_a_session_that_ends_on_the_way_is_not_renewed(
    client: ApiClient, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A07: it has been read, and ends while the provider is asked."""
    visit(client, provider)
    back = provider.agree(leave(client)["authorizationUrl"])
    monkeypatch.setattr("spa_auth.social.steps.run", lambda *_: Session.objects.all().delete())
    assert outcome(come_back(client, "oidc", back)) == (401, "not_authenticated")
    assert client.get("/api/session/").json()["status"] == "anonymous"


def test_a_newcomer_whom_the_project_lets_in_later_is_nobody_yet(
    client: ApiClient, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its accounts begin inactive: nothing is made, and no account is named."""
    monkeypatch.setattr(User._meta.get_field("is_active"), "default", False)
    assert outcome(visit(client, provider)) == (400, "invalid_credentials")
    assert_nothing_happened(client)
    assert refusal() == ("sign_in", "", "social")


def test_remember_is_kept_on_the_way(client: ApiClient, provider: Provider) -> None:
    answer = visit(client, provider, body={"remember": False})
    assert answer.cookies["sessionid"]["max-age"] == ""
    answer = visit(ApiClient(), provider)
    assert answer.cookies["sessionid"]["max-age"] != ""


def test_the_session_of_before_is_another_one(client: ApiClient, provider: Provider) -> None:
    """A02: what the project kept there stays, what is ours does not."""
    client.get("/cart/?add=book")
    way = leave(client)
    before = key_of(client)
    come_back(client, "oidc", provider.agree(way["authorizationUrl"]))
    assert key_of(client) != before
    assert who_is(before) is None
    assert client.get("/cart/").json() == {"cart": ["book"]}
    assert "_spa_auth_social" not in str(row_of(client).data)


def test_somebody_else_who_is_signed_in_gives_way(
    client: ApiClient, alice: User, provider: Provider
) -> None:
    visit(client, provider)
    other = browser()
    assert visit(other, provider).json()["user"]["username"] == "ada"


def test_two_visits_of_one_browser_do_not_end_each_other(
    client: ApiClient, provider: Provider
) -> None:
    """Two tabs; the first sign-in ends the other one."""
    ways = [leave(client), leave(client, "github")]
    backs = [provider.agree(way["authorizationUrl"]) for way in ways]
    assert come_back(client, "github", backs[1]).status_code == 200
    assert outcome(come_back(client, "oidc", backs[0])) == (400, "social.state_mismatch")


def test_a_way_is_not_a_sign_in(client: ApiClient, provider: Provider) -> None:
    way = leave(client)
    assert set(way) == {"authorizationUrl", "state"}
    assert way["authorizationUrl"].startswith(f"{provider.issuer}/authorize?")
    assert client.get("/api/session/").json()["status"] == "anonymous"


def test_an_unknown_provider_is_not_found(client: ApiClient, provider: Provider) -> None:
    for name in ("nothing", "google-oauth2", "%2e%2e"):
        for path, body in (("begin", {}), ("finish", {"state": "x", "code": "x"})):
            answer = client.send("POST", f"/api/social/{name}/{path}/", body)
            assert outcome(answer) == (404, "not_found")
        assert client.get(f"/api/social/{name}/callback/").status_code == 404


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"code": "x", "error": "x"},
        {"code": ""},
        {"error": ""},
        {"code": "x" * 4097},
        {"iss": ""},
    ],
)
def test_what_comes_back_is_a_code_or_an_error(
    client: ApiClient, provider: Provider, sent: dict[str, str]
) -> None:
    answer = client.send("POST", "/api/social/oidc/finish/", {"state": "x"} | sent)
    assert outcome(answer) == (400, "invalid_body")


def test_signing_in_again_is_a_fresh_proof(
    client: ApiClient, provider: Provider, time_machine: TimeMachineFixture
) -> None:
    now = timezone.now()
    time_machine.move_to(now, tick=False)
    visit(client, provider)
    session = client.get("/api/session/").json()["session"]["id"]
    time_machine.shift(16 * 60)
    refused = client.send("POST", "/api/account/export/", {})
    assert outcome(refused) == (403, "reauthentication_required")
    assert refused.json()["ways"] == ["email", "social"]
    state = visit(client, provider).json()
    assert state["session"]["id"] == session
    assert state["session"]["proofs"] == ["social"]
    assert client.send("POST", "/api/account/export/", {}).status_code == 200


def test_what_happens_is_reported(
    client: ApiClient, provider: Provider, reported: list[events.Event]
) -> None:
    visit(client, provider)
    names = [type(event).__name__ for event in reported]
    assert names == ["SocialSignInBegun", "SignedUp", "SocialConnected", "SignedIn"]
    reported.clear()
    visit(ApiClient(), provider, code="wrong")
    assert [type(event).__name__ for event in reported] == ["SocialSignInBegun", "SignInRefused"]


def test_a_sign_in_on_another_device_is_told(client: ApiClient, provider: Provider) -> None:
    visit(client, provider)
    assert delivered() == []
    visit(ApiClient(), provider)
    (letter,) = delivered()
    assert (letter.to, letter.subject) == ("ada@example.com", "New sign-in to your account")


def test_visits_without_a_return_are_forgotten(
    client: ApiClient, provider: Provider, time_machine: TimeMachineFixture
) -> None:
    time_machine.move_to(timezone.now(), tick=False)
    leave(client)
    call_command("clearsessions")
    assert Flow.objects.count() == 1
    time_machine.shift(11 * 60)
    leave(client)
    call_command("clearsessions")
    assert str(Flow.objects.get()) == "oidc"


def only_members(details: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
    """A project's own step."""
    assert (kwargs["is_new"], kwargs["user"]) == (True, None)
    assert kwargs["response"]["sub"] == kwargs["uid"] == "ada-at-the-provider"
    return {"details": details | {"username": "member"}}


def quiet(*args: Any, **kwargs: Any) -> None:
    """Say nothing about somebody."""


def nobody(backend: Any, *args: Any, **kwargs: Any) -> None:
    raise AuthPolicyError(backend, code="membership_required")


STEPS = "tests.social.test_sign_in"


def test_a_step_of_the_project_may_change_what_is_made(
    client: ApiClient, provider: Provider
) -> None:
    with override_settings(SPA_AUTH={"SOCIAL_STEPS": [f"{STEPS}.quiet", f"{STEPS}.only_members"]}):
        assert visit(client, provider).json()["user"]["username"] == "member"


def test_a_step_of_the_project_may_refuse(client: ApiClient, provider: Provider) -> None:
    with override_settings(SPA_AUTH={"SOCIAL_STEPS": [f"{STEPS}.nobody"]}):
        assert outcome(visit(client, provider)) == (400, "social.refused")
    assert_nothing_happened(client)


def test_a_list_of_addresses_counts_verified_ones(client: ApiClient, provider: Provider) -> None:
    """As Python Social Auth's own settings have it."""
    with override_settings(SOCIAL_AUTH_WHITELISTED_DOMAINS=["example.com"]):
        provider.account = Account(verified=False)
        assert outcome(visit(client, provider)) == (400, "social.refused")
        provider.account = Account(email="ada@evil.example")
        assert outcome(visit(client, provider)) == (400, "social.refused")
        provider.account = Account()
        assert visit(client, provider).status_code == 200


def test_while_it_is_developed_a_refusal_says_why(client: ApiClient, provider: Provider) -> None:
    provider.fault = "wrong nonce"
    with override_settings(DEBUG=True):
        answer = visit(client, provider)
    assert answer.json()["debug"] == {"reason": "nonce_mismatch token_validation"}
    assert "debug" not in visit(client, provider).json()


@pytest.mark.parametrize("name", ["oidc", "github"])
def test_without_pkce_where_a_provider_fails_with_it(
    client: ApiClient, provider: Provider, name: str
) -> None:
    key = f"SOCIAL_AUTH_{name.upper()}_USE_PKCE"
    with override_settings(**{key: False}):
        assert "code_challenge" not in leave(client, name)["authorizationUrl"]
    assert visit(client, provider, name).status_code == 200


def test_keys_are_asked_for_once(client: ApiClient, provider: Provider) -> None:
    visit(client, provider)
    visit(ApiClient(), provider)
    assert provider.asked.count("/oidc/jwks") == 1
    assert provider.asked.count("/oidc/.well-known/openid-configuration") == 1
