"""Connected accounts: their list, connecting, disconnecting, and what else becomes of them."""

import pytest
from django.contrib.auth.models import User
from django.test import override_settings

from spa_auth.audit.models import Entry
from spa_auth.core import fresh
from spa_auth.sessions.models import Session
from spa_auth.social.models import Identity
from tests.answers import outcome
from tests.attacks.stage import browser, key_of, who_is
from tests.conftest import ApiClient
from tests.email.stage import prove
from tests.letters import delivered
from tests.social.provider import Account, Provider
from tests.social.stage import come_back, identity, leave, visit

pytestmark = pytest.mark.django_db


def connections(client: ApiClient) -> list[dict[str, str]]:
    found: list[dict[str, str]] = client.get("/api/social/").json()["connections"]
    return found


def test_the_providers_are_listed_for_everybody(client: ApiClient, provider: Provider) -> None:
    said = client.get("/api/social/").json()
    expected = [
        {"id": "oidc", "name": "OpenID Connect", "icon": "openid"},
        {"id": "github", "name": "GitHub", "icon": "github"},
        {"id": "facebook", "name": "Facebook", "icon": "facebook"},
    ]
    assert said == {"providers": expected, "connections": []}
    assert client.get("/api/config/").json()["social"] == {"providers": expected}


def test_a_provider_may_have_another_name(client: ApiClient, provider: Provider) -> None:
    with override_settings(SOCIAL_AUTH_OIDC_TITLE="Example"):
        assert client.get("/api/config/").json()["social"]["providers"][0]["name"] == "Example"


def test_a_person_connects_an_account(client: ApiClient, alice: User, provider: Provider) -> None:
    client.sign_in()
    session, key = client.get("/api/session/").json()["session"]["id"], key_of(client)
    answer = visit(client, provider, act="connect")
    assert answer.json()["session"]["id"] == session
    assert who_is(key) is None
    (connection,) = connections(client)
    assert {key: connection[key] for key in ("provider", "name", "address")} == {
        "provider": "oidc",
        "name": "OpenID Connect",
        "address": "ada@example.com",
    }
    (letter,) = delivered()
    assert (letter.to, letter.subject) == (
        "alice@example.com",
        "An account was connected with yours",
    )
    alice.refresh_from_db()
    assert alice.email == "alice@example.com"
    assert visit(ApiClient(), provider).json()["user"]["id"] == str(alice.pk)


def test_it_needs_no_verified_address(client: ApiClient, alice: User, provider: Provider) -> None:
    provider.account = Account(verified=False)
    client.sign_in()
    assert visit(client, provider, "facebook", act="connect").status_code == 200
    assert connections(client)[0]["provider"] == "facebook"


def test_two_accounts_of_one_provider_may_be_connected(
    client: ApiClient, alice: User, provider: Provider
) -> None:
    client.sign_in()
    for subject in ("one", "two"):
        provider.account = Account(subject=subject)
        assert visit(client, provider, act="connect").status_code == 200
    assert len(connections(client)) == 2


def test_one_account_is_connected_once(
    client: ApiClient, alice: User, bob: User, provider: Provider
) -> None:
    """Neither with another person, nor again."""
    client.sign_in()
    assert visit(client, provider, act="connect").status_code == 200
    delivered()
    expected = (409, "social.already_connected")
    assert outcome(visit(client, provider, act="connect")) == expected
    assert outcome(visit(browser("bob"), provider, act="connect")) == expected
    assert Identity.objects.get().user == alice
    assert delivered() == []


def test_a_session_that_ends_on_the_way_connects_nothing(
    client: ApiClient, alice: User, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A07: it has been read, and ends while the provider is asked."""
    client.sign_in()
    back = provider.agree(leave(client, "oidc", "connect")["authorizationUrl"])
    monkeypatch.setattr("spa_auth.social.steps.run", lambda *_: Session.objects.all().delete())
    assert outcome(come_back(client, "oidc", back)) == (401, "not_authenticated")
    assert Identity.objects.count() == 0


def test_a_person_who_is_deleted_on_the_way_connects_nothing(
    client: ApiClient, alice: User, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.sign_in()
    back = provider.agree(leave(client, "oidc", "connect")["authorizationUrl"])
    monkeypatch.setattr("spa_auth.social.steps.run", lambda *_: User.objects.all().delete())
    assert outcome(come_back(client, "oidc", back)) == (401, "not_authenticated")


def test_a_person_disconnects_an_account(
    client: ApiClient, alice: User, provider: Provider
) -> None:
    """Whoever came by it is signed out, but for who does it."""
    identity(alice)
    client.sign_in()
    other = browser()
    (connection,) = connections(client)
    answer = client.send("DELETE", f"/api/social/connections/{connection['id']}/")
    assert (answer.status_code, answer.json()) == (200, {"connections": []})
    assert who_is(key_of(other)) is None
    assert who_is(key_of(client)) == "alice"
    assert Identity.objects.count() == 0
    letters = [letter.subject for letter in delivered()]
    assert "An account was disconnected from yours" in letters


def test_a_connection_of_somebody_else_is_not_found(
    client: ApiClient, alice: User, bob: User, provider: Provider
) -> None:
    theirs = identity(bob)
    client.sign_in()
    for name in (theirs.public_id, "0" * 32, "x", theirs.public_id.upper()):
        answer = client.send("DELETE", f"/api/social/connections/{name}/")
        assert outcome(answer) == (404, "not_found")
    assert Identity.objects.count() == 1


def test_the_last_way_in_stays(client: ApiClient, provider: Provider) -> None:
    visit(client, provider)
    user = User.objects.get()
    (connection,) = connections(client)
    path = f"/api/social/connections/{connection['id']}/"
    # By mail there would be another one.
    user.email = "another@example.com"
    user.save()
    assert outcome(client.send("DELETE", path)) == (409, "social.last_way")
    assert len(connections(client)) == 1
    assert delivered() == []
    identity(user, provider="gone")
    assert outcome(client.send("DELETE", path)) == (409, "social.last_way")
    prove_again(user)
    assert client.send("DELETE", path).status_code == 200


def prove_again(user: User) -> None:
    user.email = "ada@example.com"
    user.save()


def test_a_provider_that_is_gone_is_no_way_and_is_listed(
    client: ApiClient, alice: User, provider: Provider
) -> None:
    identity(alice, provider="gone")
    client.sign_in()
    assert connections(client)[0]["name"] == "gone"
    assert fresh.ways_of(alice) == ["password"]
    identity(alice, subject="another")
    assert fresh.ways_of(alice) == ["password", "social"]


def test_disconnecting_needs_a_session(client: ApiClient, alice: User, provider: Provider) -> None:
    row = identity(alice)
    answer = client.send("DELETE", f"/api/social/connections/{row.public_id}/")
    assert outcome(answer) == (401, "not_authenticated")


def test_a_person_who_is_deleted_meanwhile_disconnects_nothing(
    client: ApiClient, alice: User, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = identity(alice)
    client.sign_in()
    monkeypatch.setattr("spa_auth.social.linking.lock_user", lambda _: None)
    answer = client.send("DELETE", f"/api/social/connections/{row.public_id}/")
    assert outcome(answer) == (401, "not_authenticated")


def test_the_copy_of_what_is_held_has_them_without_tokens(
    client: ApiClient, alice: User, provider: Provider
) -> None:
    client.sign_in()
    with override_settings(SPA_AUTH={"SOCIAL_KEEP_TOKENS": ["oidc"]}):
        visit(client, provider, act="connect")
    copy = client.send("POST", "/api/account/export/", {}).json()
    (held,) = copy["sections"]["connections"]
    assert (held["issuer"], held["subject"]) == (provider.issuer, "ada-at-the-provider")
    assert set(held) == {"provider", "issuer", "subject", "address", "createdAt", "lastUsedAt"}


def test_they_go_with_the_account(client: ApiClient, alice: User, provider: Provider) -> None:
    identity(alice)
    client.sign_in()
    leave(client, "oidc", "connect")
    assert client.send("POST", "/api/account/delete/", {}).status_code == 200
    assert Identity.objects.count() == 0


def test_it_is_written_down(client: ApiClient, alice: User, provider: Provider) -> None:
    client.sign_in()
    Entry.objects.all().delete()
    visit(client, provider, act="connect")
    (connection,) = connections(client)
    client.send("DELETE", f"/api/social/connections/{connection['id']}/")
    entries = [(entry.kind, entry.outcome) for entry in Entry.objects.order_by("id")]
    assert entries == [
        ("social_connect", "pending"),
        ("social_connect", "done"),
        ("social_disconnect", "done"),
    ]
    assert Entry.objects.last().details["provider"] == "oidc"  # type: ignore[union-attr]


def test_a_person_without_mail_connects_all_the_same(
    client: ApiClient, alice: User, provider: Provider
) -> None:
    User.objects.update(email="")
    client.sign_in()
    assert visit(client, provider, act="connect").status_code == 200
    assert delivered() == []


def test_the_first_that_connects_has_it(
    client: ApiClient, alice: User, bob: User, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both have seen that it is nobody's: the database decides."""
    prove(alice)
    client.sign_in()
    monkeypatch.setattr("spa_auth.social.linking._find", lambda _: None)
    assert visit(client, provider, act="connect").status_code == 200
    answer = visit(browser("bob"), provider, act="connect")
    assert outcome(answer) == (409, "social.already_connected")
    assert Identity.objects.get().user == alice
