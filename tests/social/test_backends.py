"""The providers with a short name, each by the rules of its own; and any other backend."""

from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.contrib.auth.models import User
from django.test import override_settings
from pytest_django import Settings
from social_core.backends.github import GithubOAuth2
from time_machine import TimeMachineFixture

from spa_auth.social import openid
from spa_auth.social.guard import Guarded
from spa_auth.social.models import Identity
from spa_auth.social.openid import Documents, OpenIdConnect
from spa_auth.social.providers import Unknown, all_providers, guarded, resolve
from spa_auth.social.strategy import Strategy
from tests.answers import outcome
from tests.conftest import ApiClient
from tests.social.provider import CLIENT, SECRET, Account, Provider
from tests.social.stage import SOCIAL, come_back, leave, visit

pytestmark = pytest.mark.django_db

TENANT, OTHER = "11111111-2222-3333-4444-555555555555", "66666666-7777-8888-9999-000000000000"
UNVERIFIED, REFUSED = (400, "social.email_unverified"), (400, "social.refused")


class Second(OpenIdConnect):
    """A project's second provider of OpenID Connect."""

    name = "second"
    title = "Second"


class Connecting(OpenIdConnect):
    """What a project only connects with an account."""

    ASSOCIATION_ONLY = True


@pytest.fixture
def big(provider: Provider, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Provider:
    """Google, Microsoft and Apple, as far as they speak OpenID Connect."""
    names = ("google", "microsoft", "apple", f"{__name__}.Second")
    monkeypatch.setattr(SOCIAL, "default", names)
    for prefix in ("GOOGLE_OAUTH2", "MICROSOFT_GRAPH", "APPLE_ID", "SECOND"):
        setattr(settings, f"SOCIAL_AUTH_{prefix}_KEY", CLIENT)
        setattr(settings, f"SOCIAL_AUTH_{prefix}_SECRET", SECRET)
        setattr(settings, f"SOCIAL_AUTH_{prefix}_OIDC_ENDPOINT", provider.issuer)
    settings.SOCIAL_AUTH_MICROSOFT_GRAPH_AUTHORITY = provider.url
    return provider


@pytest.mark.parametrize(
    ("verified", "expected"),
    [(True, (200, "authenticated")), ("true", UNVERIFIED), (False, UNVERIFIED), (None, UNVERIFIED)],
)
def test_google_says_true(
    client: ApiClient, big: Provider, verified: Any, expected: tuple[int, str]
) -> None:
    big.extra = {"email": "ada@gmail.com", "email_verified": verified}
    assert outcome(visit(client, big, "google")) == expected
    # The token says all: nothing else is asked.
    assert "/oidc/me" not in big.asked


@pytest.mark.parametrize(
    ("owned", "expected"),
    [
        (True, (200, "authenticated")),
        ("1", (200, "authenticated")),
        ("true", (200, "authenticated")),
        (False, UNVERIFIED),
        ("0", UNVERIFIED),
        (None, UNVERIFIED),
    ],
)
def test_microsoft_verifies_the_domains_of_tenants_alone(
    client: ApiClient, big: Provider, owned: Any, expected: tuple[int, str]
) -> None:
    """nOAuth: whoever runs a tenant writes any address into it."""
    big.extra = microsofts(TENANT) | {"email_verified": True, "xms_edov": owned}
    assert outcome(visit(client, big, "microsoft")) == expected


def microsofts(tenant: str) -> dict[str, Any]:
    return {"iss": f"ISSUER/{tenant}/v2.0", "tid": tenant, "email": "ada@contoso.example"}


@pytest.fixture(autouse=True)
def names_the_issuer(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    claims = Provider.claims

    def with_issuer(self: Provider, *given: Any) -> dict[str, Any]:
        found = claims(self, *given)
        return found | {"iss": found.get("iss", "").replace("ISSUER", provider.url)}

    monkeypatch.setattr(Provider, "claims", with_issuer)


def test_each_tenant_of_microsoft_is_an_issuer(client: ApiClient, big: Provider) -> None:
    """The same subject in two tenants is two people."""
    for number, tenant in enumerate((TENANT, OTHER)):
        big.extra = microsofts(tenant) | {"xms_edov": True, "email": f"{number}@example.com"}
        assert visit(ApiClient(), big, "microsoft").status_code == 200
    issuers = sorted(Identity.objects.values_list("issuer", flat=True))
    assert issuers == [f"{big.url}/{tenant}/v2.0" for tenant in (TENANT, OTHER)]


@pytest.mark.parametrize(
    "changed",
    [
        {"tid": OTHER},
        {"tid": None},
        {"tid": "common"},
        {"tid": "../evil"},
        {"iss": "https://evil.example/v2.0"},
        {"iss": f"ISSUER/{OTHER}/v2.0"},
    ],
)
def test_a_token_of_microsoft_is_of_the_tenant_it_names(
    client: ApiClient, big: Provider, changed: dict[str, Any]
) -> None:
    big.extra = microsofts(TENANT) | {"xms_edov": True} | changed
    assert outcome(visit(client, big, "microsoft")) == REFUSED


@pytest.mark.parametrize(
    ("tenant", "issuer", "expected"),
    [
        ("common", "AUTHORITY/{tenantid}/v2.0", True),
        ("contoso.example", f"AUTHORITY/{TENANT}/v2.0", True),
        (TENANT, f"AUTHORITY/{TENANT}/v2.0", True),
        (TENANT, f"AUTHORITY/{OTHER}/v2.0", False),
        (TENANT, "AUTHORITY/{tenantid}/v2.0", False),
        ("common", f"https://evil.example/{TENANT}/v2.0", False),
        ("common", "AUTHORITY/evil/v2.0", False),
        ("common", 7, False),
    ],
)
def test_a_document_of_microsoft_is_of_the_tenant(
    big: Provider, settings: Settings, tenant: str, issuer: Any, expected: bool
) -> None:
    settings.SOCIAL_AUTH_MICROSOFT_GRAPH_TENANT_ID = tenant
    said = issuer.replace("AUTHORITY", big.url) if isinstance(issuer, str) else issuer
    assert resolve("microsoft").backend(Strategy()).is_issuer(said) is expected  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("verified", "expected"),
    [("true", (200, "authenticated")), (True, (200, "authenticated")), ("false", UNVERIFIED)],
)
def test_apple_posts_a_form_and_writes_true_as_text(
    client: ApiClient, big: Provider, settings: Settings, verified: Any, expected: tuple[int, str]
) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    formats = (serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    settings.SOCIAL_AUTH_APPLE_ID_SECRET = key.private_bytes(
        serialization.Encoding.PEM, *formats
    ).decode()
    settings.SOCIAL_AUTH_APPLE_ID_CLIENT = CLIENT
    settings.SOCIAL_AUTH_APPLE_ID_TEAM = "TEAM"
    settings.SOCIAL_AUTH_APPLE_ID_KEY = "KEY"

    def is_secret(secret: str) -> bool:
        assert jwt.get_unverified_header(secret)["kid"] == "KEY"
        claims = jwt.decode(secret, key.public_key(), ["ES256"], audience=big.issuer)
        return (claims["iss"], claims["sub"]) == ("TEAM", CLIENT)

    big.is_secret = is_secret
    big.extra = {"email": "x@privaterelay.appleid.com", "email_verified": verified}
    way = leave(client, "apple")
    assert "response_mode=form_post" in way["authorizationUrl"]
    assert "%2Fapi%2Fsocial%2Fapple%2Fcallback%2F" in way["authorizationUrl"]
    assert outcome(come_back(client, "apple", big.agree(way["authorizationUrl"]))) == expected


def test_a_project_may_have_several_of_openid_connect(client: ApiClient, big: Provider) -> None:
    assert visit(client, big, "second").status_code == 200
    assert [provider.id for provider in all_providers()][-1] == "second"
    assert User.objects.count() == 1


def test_the_six_have_pictures(big: Provider, settings: Settings) -> None:
    icons = {provider.id: provider.icon for provider in all_providers()}
    assert icons == {
        "google": "google",
        "microsoft": "microsoft",
        "apple": "apple",
        "second": "openid",
    }
    assert resolve("gitlab").icon == "gitlab"
    assert resolve("keycloak").icon in {"keycloak", "openid"}


@pytest.mark.parametrize("name", ["gitlab", "google-oauth2", "okta-openidconnect", "auth0"])
def test_any_backend_of_python_social_auth_has_its_name(name: str) -> None:
    provider = resolve(name)
    assert provider.id == name
    assert issubclass(provider.backend, Guarded)


def test_a_backend_is_found_by_its_path_too() -> None:
    provider = resolve("social_core.backends.github.GithubOAuth2")
    assert issubclass(provider.backend, GithubOAuth2)
    assert guarded(provider.backend) is provider.backend


def test_openid_connect_is_guarded_as_such() -> None:
    backend = resolve("okta-openidconnect").backend
    assert issubclass(backend, OpenIdConnect)
    assert backend.NEEDS == ("KEY", "SECRET")


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("nothing", "no backend"),
        ("nothing.at.all", "imported"),
        ("django.contrib.auth.models.User", "no backend"),
        ("spa_auth.social.guard.address_of", "no backend"),
        ("trello", "OAuth 2"),
        ("mixcloud", "signs nobody in"),
        (f"{__name__}.Connecting", "signs nobody in"),
        ("saml", "not installed|OAuth 2"),
    ],
)
def test_what_cannot_be_used_is_named(name: str, why: str) -> None:
    with pytest.raises(Unknown, match=why):
        resolve(name)


def test_who_somebody_is_at_plain_oauth_depends_on_the_provider(
    client: ApiClient, provider: Provider
) -> None:
    """An installation of one's own is not github.com."""
    visit(client, provider, "github")
    assert Identity.objects.get().issuer == f"{provider.url}#github"
    assert resolve("github").backend.ISSUER == "https://github.com"
    with override_settings():
        del settings.SOCIAL_AUTH_GITHUB_AUTHORIZATION_URL
        assert resolve("github").backend(Strategy()).issuer({}) == "https://github.com"


# No database stores the first one, and PostgreSQL not the second either.
ODD = ["\ud800x", "a\x00b", "a\u202eb"]


@pytest.mark.parametrize("subject", ODD)
@pytest.mark.parametrize("act", ["begin", "connect"])
def test_nor_is_an_odd_text_a_subject_of_openid_connect(
    client: ApiClient, alice: User, provider: Provider, subject: str, act: str
) -> None:
    client.sign_in()
    provider.account = Account(subject=subject)
    assert outcome(visit(client, provider, act=act)) == REFUSED
    assert Identity.objects.count() == 0


@pytest.mark.parametrize("name", ODD)
def test_odd_signs_in_a_name_are_left_out(client: ApiClient, provider: Provider, name: str) -> None:
    provider.account = Account(username=name, first_name=name)
    assert visit(client, provider).json()["user"]["firstName"] == ""
    # Without an address, the name is what the account is called there.
    provider.account = Account(username=name, email=None)
    assert visit(ApiClient(), provider).status_code == 200
    assert Identity.objects.get().address in {"x", "ab"}


@pytest.mark.parametrize("subject", [None, "", " ", "x" * 256, True, 1.5, ["x"], *ODD])
def test_a_subject_is_a_text_or_a_number(
    client: ApiClient, provider: Provider, monkeypatch: pytest.MonkeyPatch, subject: Any
) -> None:
    monkeypatch.setattr(GithubOAuth2, "get_user_id", lambda *_: subject)
    assert outcome(visit(client, provider, "github")) == REFUSED


def test_a_subject_that_changes_is_refused(
    client: ApiClient, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(GithubOAuth2, "ID_KEY", "login")
    answer = visit(client, provider, "github")
    assert outcome(answer) == (503, "social.provider_unavailable")


def test_a_way_that_no_browser_takes_is_none(client: ApiClient, provider: Provider) -> None:
    with override_settings(SOCIAL_AUTH_GITHUB_SCOPE=["x" * 9000]):
        answer = client.send("POST", "/api/social/github/begin/", {})
    assert outcome(answer) == (503, "social.provider_unavailable")


def test_without_a_verifier_no_code_is_exchanged(
    client: ApiClient, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A backend that hides the code from the guard is refused, whatever the provider says."""
    monkeypatch.setattr(Guarded, "_send_verifier", lambda *_: None)
    with override_settings(SOCIAL_AUTH_OIDC_USE_PKCE=True):
        assert outcome(visit(client, provider)) == REFUSED


def test_a_provider_without_userinfo(
    client: ApiClient, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    discovery = Provider.discovery
    without = {"userinfo_endpoint": None}
    monkeypatch.setattr(Provider, "discovery", lambda self: discovery(self) | without)
    provider.extra = {"email": "ada@example.com", "email_verified": True}
    assert visit(client, provider).json()["user"]["email"] == "ada@example.com"


SHOWN, PROVED = {"email": "shown@example.com"}, {"email": "a@example.com", "email_verified": True}


@pytest.mark.parametrize(
    ("answers", "claims", "told"),
    [
        ({"a": 1, "b": 1}, {"b": 2, "c": 2}, {"a": 1, "b": 1, "c": 2}),
        (SHOWN, PROVED, SHOWN),
        (PROVED, SHOWN, PROVED),
        ({"email_verified": True}, SHOWN, SHOWN),
        ({}, PROVED, PROVED),
    ],
)
def test_what_is_told_is_of_the_token_and_of_the_answers(
    answers: dict[str, Any], claims: dict[str, Any], told: dict[str, Any]
) -> None:
    """Of an address only what the same place says: the other may have proved another one."""
    backend = OpenIdConnect(Strategy())
    backend.id_token = claims
    assert backend.told(answers) == told


def test_an_endpoint_is_needed(client: ApiClient, provider: Provider) -> None:
    with override_settings(SOCIAL_AUTH_OIDC_OIDC_ENDPOINT=""):
        answer = client.send("POST", "/api/social/oidc/begin/", {})
    assert outcome(answer) == (503, "social.provider_unavailable")


@pytest.mark.parametrize("algorithms", [["RS256", "HS256"], ["none", "RS256"]])
def test_no_setting_lets_shared_keys_in(
    client: ApiClient, provider: Provider, algorithms: list[str]
) -> None:
    with override_settings(SOCIAL_AUTH_OIDC_JWT_ALGORITHMS=algorithms):
        for fault in ("alg none", "HS256 with the public key", "HS256 with the client secret"):
            provider.fault = fault
            assert outcome(visit(ApiClient(), provider)) == REFUSED
        provider.fault = ""
        assert visit(client, provider).status_code == 200


@pytest.mark.parametrize(
    "changed", [{"use": "enc"}, {"alg": "RS512"}, {"kty": "oct", "k": "c2VjcmV0"}, {"n": "!"}]
)
def test_a_key_for_something_else_signs_nothing(
    client: ApiClient, provider: Provider, monkeypatch: pytest.MonkeyPatch, changed: Any
) -> None:
    answer = Provider.answer

    def changed_answer(self: Provider, path: str, *given: Any) -> tuple[int, Any]:
        status, said = answer(self, path, *given)
        if path.endswith("/jwks"):
            said = {"keys": [said["keys"][0] | changed]}
        return status, said

    monkeypatch.setattr(Provider, "answer", changed_answer)
    assert outcome(visit(client, provider)) == REFUSED


def test_a_new_key_is_looked_for_but_not_again_and_again(
    client: ApiClient, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit(client, provider)
    provider.fault = "unknown kid"
    for _ in range(3):
        assert outcome(visit(ApiClient(), provider)) == REFUSED
    assert provider.asked.count("/oidc/jwks") == 1
    monkeypatch.setattr(openid, "ASKED_AGAIN_AFTER", 0)
    assert outcome(visit(ApiClient(), provider)) == REFUSED
    assert provider.asked.count("/oidc/jwks") == 2


@pytest.mark.parametrize("claim", ["iat", "nbf"])
def test_the_clock_of_a_provider_may_be_fast_by_seconds(
    provider: Provider, time_machine: TimeMachineFixture, claim: str
) -> None:
    now = 1_800_000_000
    time_machine.move_to(now, tick=False)
    for ahead, expected in ((9, (200, "authenticated")), (11, REFUSED)):
        provider.extra = {claim: now + ahead}
        assert outcome(visit(ApiClient(), provider)) == expected


def test_documents_are_bounded_and_grow_old() -> None:
    kept = Documents()
    for number in range(openid.MOST_KEPT + 5):
        assert kept.get(str(number), lambda: "old") == "old"
    assert len(kept._kept) == openid.MOST_KEPT
    last = str(openid.MOST_KEPT + 4)
    assert kept.get(last, lambda: "new") == "old"
    assert kept.get(last, lambda: "new", newer_than=0) == "new"


def test_whatever_breaks_in_a_backend_is_a_refusal(
    client: ApiClient, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise TypeError(SECRET)

    monkeypatch.setattr(GithubOAuth2, "get_user_details", broken)
    assert outcome(visit(client, provider, "github")) == REFUSED


def test_a_no_may_come_late(client: ApiClient, provider: Provider) -> None:
    provider.fault = "no"
    assert outcome(visit(client, provider)) == (400, "social.cancelled")


def test_github_says_nothing_odd_about_addresses(
    client: ApiClient, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    about = Provider.about
    odd = {"/github/api/user/emails": ["ada@example.com", {"email": "x@example.com"}]}
    monkeypatch.setattr(Provider, "about", lambda self, account: about(self, account) | odd)
    assert outcome(visit(client, provider, "github")) == UNVERIFIED
