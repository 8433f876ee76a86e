"""A96 to A107b: what a provider, a stranger or a page on the way can do to a sign-in there.

The provider is a real one over HTTP, with a switch for each fault. Whatever happens is a typed
refusal: nobody is signed in, and nothing is connected.
"""

import time
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
from django.contrib.auth.models import User
from django.test import override_settings
from pytest_django import Settings
from time_machine import TimeMachineFixture

from spa_auth.core.deployment import CrossOrigin
from spa_auth.social import flow, transport
from spa_auth.social.models import Flow, Identity
from spa_auth.social.openid import documents
from tests.answers import outcome
from tests.attacks.test_secrets import fail, reports_of
from tests.conftest import PASSWORD, ApiClient
from tests.secrets import Watch
from tests.social.provider import SECRET, Account, Provider
from tests.social.serving import SLOW
from tests.social.stage import assert_nothing_happened, come_back, leave, visit

pytestmark = pytest.mark.django_db

REFUSED = (400, "social.refused")
MISMATCH = (400, "social.state_mismatch")
UNAVAILABLE = (503, "social.provider_unavailable")


def asked_for(url: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(url).query, strict_parsing=True))


def test_a96_a_state_is_needed(client: ApiClient, provider: Provider) -> None:
    """A96: missing, empty, made up, or that of nobody's visit."""
    way = leave(client)
    back = provider.agree(way["authorizationUrl"])
    for state in (None, "", "x", back["state"][:-1], back["state"] + "0"):
        assert outcome(come_back(client, "oidc", back, state=state)) == MISMATCH
    assert User.objects.count() == 0
    assert provider.exchanged == []
    assert come_back(client, "oidc", back).status_code == 200


def test_a96_a_state_works_once(client: ApiClient, provider: Provider) -> None:
    """A96: also after a refusal, whatever the reason was."""
    way = leave(client)
    back = provider.agree(way["authorizationUrl"])
    assert come_back(client, "oidc", back).status_code == 200
    assert outcome(come_back(client, "oidc", back)) == MISMATCH
    other = ApiClient()
    way = leave(other)
    back = provider.agree(way["authorizationUrl"])
    assert outcome(come_back(other, "oidc", back, code="wrong")) == REFUSED
    assert outcome(come_back(other, "oidc", back)) == MISMATCH


def test_a96_a_state_is_of_one_browser(client: ApiClient, provider: Provider) -> None:
    """A96, A100: an attacker's own code and state open nothing in the browser of somebody else."""
    back = provider.agree(leave(client)["authorizationUrl"])
    victim = ApiClient()
    assert outcome(come_back(victim, "oidc", back)) == MISMATCH
    # Also where they are on the way there themselves.
    leave(victim)
    assert outcome(come_back(victim, "oidc", back)) == MISMATCH
    assert victim.get("/api/session/").json()["status"] == "anonymous"
    # It was not the stranger's to spend.
    assert come_back(client, "oidc", back).status_code == 200


def test_a96_a_state_is_of_one_provider(client: ApiClient, provider: Provider) -> None:
    """A96, A99: what was begun with one is not finished with another."""
    back = provider.agree(leave(client, "github")["authorizationUrl"])
    assert outcome(come_back(client, "oidc", back)) == MISMATCH
    assert provider.exchanged == []
    assert_nothing_happened(client)


def test_a96_a_state_lasts_ten_minutes(
    client: ApiClient, provider: Provider, time_machine: TimeMachineFixture
) -> None:
    """A96."""
    time_machine.move_to(time.time(), tick=False)
    back = provider.agree(leave(client)["authorizationUrl"])
    time_machine.shift(timedelta(minutes=10))
    assert outcome(come_back(client, "oidc", back)) == MISMATCH
    assert_nothing_happened(client)


def test_a96_a_sign_out_and_a_sign_in_end_what_was_begun(
    client: ApiClient, alice: User, provider: Provider
) -> None:
    """A96."""
    back = provider.agree(leave(client)["authorizationUrl"])
    assert client.sign_in().status_code == 200
    assert outcome(come_back(client, "oidc", back)) == MISMATCH
    back = provider.agree(leave(client)["authorizationUrl"])
    assert client.send("POST", "/api/logout/", {}).status_code == 200
    assert outcome(come_back(client, "oidc", back)) == MISMATCH
    assert Identity.objects.count() == 0


def test_a96_who_is_slower_by_a_moment_is_late(
    client: ApiClient, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A96: another request has spent the state between the look and the deed."""
    back = provider.agree(leave(client)["authorizationUrl"])

    def compare(*_: str) -> bool:
        return bool(Flow.objects.all().delete())

    monkeypatch.setattr(flow, "constant_time_compare", compare)
    assert outcome(come_back(client, "oidc", back)) == MISMATCH
    assert_nothing_happened(client)


@pytest.mark.parametrize("name", ["oidc", "github", "facebook"])
def test_a98_pkce_is_sent_and_bound_to_the_visit(
    client: ApiClient, provider: Provider, name: str
) -> None:
    """A98: S256, another one each time; the provider of the tests demands it."""
    first, second = leave(client, name), leave(client, name)
    challenges = [asked_for(way["authorizationUrl"])["code_challenge"] for way in (first, second)]
    assert len(set(challenges)) == 2
    # A code that belongs to another challenge is worth nothing.
    back = provider.agree(first["authorizationUrl"])
    assert outcome(come_back(client, name, back, state=second["state"])) == REFUSED
    assert all(len(form["code_verifier"]) >= 43 for form in provider.exchanged)
    assert_nothing_happened(client, flows=1)


def test_a98_nothing_of_it_is_stored(client: ApiClient, provider: Provider, watch: Watch) -> None:
    """A98, G11: neither state nor verifier nor nonce is in a table; they are made from the state.

    tests/secrets.py holds this over what is written meanwhile.
    """
    way = leave(client)
    asked = asked_for(way["authorizationUrl"])
    watch.learn(way["state"], "state")
    watch.learn(asked["nonce"], "nonce")
    back = provider.agree(way["authorizationUrl"])
    assert come_back(client, "oidc", back).status_code == 200
    watch.learn(provider.exchanged[0]["code_verifier"], "code verifier")


def test_a99_each_provider_sends_back_to_its_own_page(
    client: ApiClient, provider: Provider
) -> None:
    """A99 (RFC 9700, section 4.4.2)."""
    pages = {asked_for(leave(client, name)["authorizationUrl"])["redirect_uri"] for name in NAMES}
    assert pages == {f"http://localhost:8000/auth/{name}/callback" for name in NAMES}


NAMES = ("oidc", "github", "facebook")


@pytest.mark.parametrize("iss", ["https://evil.example", "", "SLASH"])
def test_a99_the_issuer_beside_a_code_is_the_one_that_was_asked(
    client: ApiClient, provider: Provider, iss: str
) -> None:
    """A99 (RFC 9207): before the code goes anywhere."""
    named = f"{provider.issuer}/" if iss == "SLASH" else iss
    assert outcome(visit(client, provider, iss=named)) == REFUSED
    assert provider.exchanged == []
    assert_nothing_happened(client)


def test_a99_an_issuer_that_is_promised_must_come(client: ApiClient, provider: Provider) -> None:
    """A99 (RFC 9207, section 2.4)."""
    provider.promises_iss = True
    assert outcome(visit(client, provider)) == REFUSED
    assert provider.exchanged == []
    assert visit(client, provider, iss=provider.issuer).status_code == 200


def test_a100_a_swapped_code_signs_nobody_in(client: ApiClient, provider: Provider) -> None:
    """A100: the attacker's code with the state of the victim."""
    attackers = provider.agree(leave(ApiClient())["authorizationUrl"])
    assert outcome(visit(client, provider, code=attackers["code"])) == REFUSED
    assert_nothing_happened(client, flows=1)


TOKENS = [
    "wrong nonce",
    "no nonce",
    "wrong issuer",
    "issuer with a slash",
    "wrong audience",
    "audiences without azp",
    "azp of another",
    "expired",
    "too old",
    "no exp",
    "future iat",
    "future nbf",
    "iat is no number",
    "missing subject",
    "empty subject",
    "subject is a number",
    "long subject",
    "wrong at_hash",
    "alg none",
    "HS256 with the public key",
    "HS256 with the client secret",
    "unknown kid",
    "foreign key",
    "jku",
    "changed",
    "encrypted",
    "not a token",
    "no id_token",
    "no access_token",
    "another person's userinfo",
    "nobody's userinfo",
]


@pytest.mark.parametrize("fault", TOKENS)
def test_a97_a101_an_id_token_that_does_not_hold(
    client: ApiClient, provider: Provider, fault: str
) -> None:
    """A97, A101, A105."""
    provider.fault = fault
    assert outcome(visit(client, provider)) == REFUSED
    assert "/evil-jwks" not in provider.asked
    assert_nothing_happened(client)


def test_a97_an_id_token_works_for_one_visit(client: ApiClient, provider: Provider) -> None:
    """A97: that of an earlier one has another nonce."""
    way, other = leave(client), leave(client)
    known = asked_for(way["authorizationUrl"])["nonce"]
    back = provider.agree(other["authorizationUrl"])
    provider.codes[back["code"]].nonce = known
    assert outcome(come_back(client, "oidc", back)) == REFUSED
    assert_nothing_happened(client, flows=1)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ("500", UNAVAILABLE),
        ("429", UNAVAILABLE),
        ("302", UNAVAILABLE),
        ("HTML", UNAVAILABLE),
        ("deep", UNAVAILABLE),
        ("huge", UNAVAILABLE),
        ("compressed", UNAVAILABLE),
        ("hung up", UNAVAILABLE),
        ("list", REFUSED),
        ("null", REFUSED),
    ],
)
def test_a106_a107b_a_provider_that_fails(
    client: ApiClient, provider: Provider, name: str, fault: str, expected: tuple[int, str]
) -> None:
    """A106, A107b: at the token endpoint, and where it tells who somebody is."""
    for where in ("/token", {"github": "/user"}.get(name, "/me")):
        provider.fault = f"{fault} at {where}"
        answer = visit(client, provider, name)
        assert outcome(answer) == expected
        assert ("Retry-After" in answer.headers) == (expected == UNAVAILABLE)
    assert "/elsewhere" not in provider.asked
    assert_nothing_happened(client)


@pytest.mark.parametrize("where", ["/token", "/me", "/jwks", "/openid-configuration"])
@pytest.mark.parametrize("fault", ["slow", "dripping", "dripping headers"])
def test_a106_a_slow_answer_is_cut(
    client: ApiClient,
    provider: Provider,
    monkeypatch: pytest.MonkeyPatch,
    fault: str,
    where: str,
) -> None:
    """A106: also where a byte comes now and then, which keeps every timeout of a socket away."""
    back = provider.agree(leave(client)["authorizationUrl"])
    documents.clear()
    monkeypatch.setattr(transport, "TIMEOUT", 0.4)
    provider.fault = f"{fault} at {where}"
    began = time.monotonic()
    assert outcome(come_back(client, "oidc", back)) == UNAVAILABLE
    assert time.monotonic() - began < SLOW
    assert_nothing_happened(client)


def test_a106_all_answers_together_are_bounded(
    client: ApiClient, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A106."""
    back = provider.agree(leave(client)["authorizationUrl"])
    monkeypatch.setattr(transport, "ALTOGETHER", 0.0)
    assert outcome(come_back(client, "oidc", back)) == UNAVAILABLE
    assert provider.exchanged == []


@pytest.mark.parametrize("name", NAMES)
def test_a106_a_provider_that_is_down(client: ApiClient, provider: Provider, name: str) -> None:
    """A106."""
    back = provider.agree(leave(client, name)["authorizationUrl"])
    documents.clear()
    nowhere = {
        "SOCIAL_AUTH_OIDC_OIDC_ENDPOINT": "http://127.0.0.1:9/oidc",
        "SOCIAL_AUTH_GITHUB_ACCESS_TOKEN_URL": "http://127.0.0.1:9/token",
        "SOCIAL_AUTH_FACEBOOK_ACCESS_TOKEN_URL": "http://127.0.0.1:9/token",
    }
    with override_settings(**nowhere):
        assert outcome(come_back(client, name, back)) == UNAVAILABLE
        if name == "oidc":
            begun = client.send("POST", "/api/social/oidc/begin/", {})
            assert outcome(begun) == UNAVAILABLE
    assert_nothing_happened(client)


@pytest.mark.parametrize(
    "fault", ["discovery of another", "page that is a script", "list at /openid-configuration"]
)
def test_a106_a_document_of_somebody_else_is_not_believed(
    client: ApiClient, provider: Provider, fault: str
) -> None:
    """A106 (ASVS 10.5.3): nor kept, so that the next visit is not lost."""
    provider.fault = fault
    assert outcome(client.send("POST", "/api/social/oidc/begin/", {})) == REFUSED
    assert_nothing_happened(client)
    if "page" not in fault:
        provider.fault = ""
        assert visit(client, provider).status_code == 200


def test_a106_a_document_sends_us_nowhere_next_door(client: ApiClient, provider: Provider) -> None:
    """A106: SSRF by discovery."""
    provider.fault = "token endpoint next door"
    assert outcome(visit(client, provider)) == REFUSED
    assert_nothing_happened(client)


def test_a106_the_surroundings_choose_no_proxy_and_no_password(
    client: ApiClient, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A106."""
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert visit(client, provider).status_code == 200


@pytest.mark.parametrize("verified", [None, False, "true", 1, "yes", [True], {}])
def test_a102_an_address_that_is_not_verified_opens_nothing(
    client: ApiClient, alice: User, provider: Provider, verified: Any
) -> None:
    """A102: the story of alice's address, which somebody else has set at a provider."""
    provider.account = Account(email=alice.email, verified=verified)
    with override_settings(SPA_AUTH={"VERIFY_EMAIL": True}):
        assert outcome(visit(client, provider)) == (400, "social.email_unverified")
    assert client.get("/api/session/").json()["status"] == "anonymous"
    assert Identity.objects.count() == 0
    alice.refresh_from_db()
    assert alice.check_password(PASSWORD)


@pytest.mark.parametrize("name", ["facebook", "github"])
def test_a102_nor_does_one_of_plain_oauth(
    client: ApiClient, alice: User, provider: Provider, name: str
) -> None:
    """A102: Facebook does not say; GitHub says no."""
    provider.account = Account(email=alice.email, verified=False)
    assert outcome(visit(client, provider, name)) == (400, "social.email_unverified")
    assert Identity.objects.count() == 0


def test_a102_a_verified_address_proves_no_other_claim(
    client: ApiClient, alice: User, provider: Provider, settings: Settings
) -> None:
    """A102: a project reads addresses from a claim that everybody there sets for themselves."""
    settings.SOCIAL_AUTH_OIDC_EMAIL_KEY = "preferred_username"
    provider.account = Account(email="mallory@evil.example", username=alice.email)
    with override_settings(SPA_AUTH={"VERIFY_EMAIL": True}):
        assert outcome(visit(client, provider)) == (400, "social.email_unverified")
    assert Identity.objects.count() == 0


def test_a102_who_somebody_is_does_not_change_with_their_names(
    client: ApiClient, provider: Provider
) -> None:
    """A102: a subject is neither an address nor a user name, both of which are given out again."""
    assert visit(client, provider).status_code == 200
    ada = User.objects.get()
    # Ada has other names by now, and somebody else has hers.
    provider.account = Account(subject="ada-at-the-provider", email="new@example.com", username="n")
    assert visit(ApiClient(), provider).json()["user"]["id"] == str(ada.pk)
    provider.account = Account(subject="somebody-else")
    assert outcome(visit(ApiClient(), provider)) == (409, "social.account_exists")


def test_a102_a_subject_is_compared_letter_by_letter(client: ApiClient, provider: Provider) -> None:
    """A102: some databases would not."""
    assert visit(client, provider).status_code == 200
    for subject in ("ADA-AT-THE-PROVIDER", "ada-at-the-provider ", "\u00e1da-at-the-provider"):
        provider.account = Account(subject=subject)
        assert outcome(visit(ApiClient(), provider)) == (409, "social.account_exists")


@pytest.mark.parametrize(
    "page", ["https://evil.example", "//evil.example", "javascript:alert(1)", "http://localhost:1"]
)
def test_a104_nobody_is_led_elsewhere(client: ApiClient, provider: Provider, page: str) -> None:
    """A104: where people come back to is in no parameter, and the state is not to be made up."""
    key = "k" * 43
    for state in (page, f"{key}.{'0' * 32}", f"{key}.{page}"):
        sent = {"state": state, "next": page, "redirect_uri": page, "code": "x"}
        answer = client.get("/api/social/oidc/callback/", sent)
        assert answer.status_code == 303
        target = urlsplit(answer["Location"])
        assert f"{target.scheme}://{target.netloc}" == "http://localhost:8000"
        assert target.path == "/auth/oidc/callback"
    body = {"remember": True, "redirectUri": page}
    assert client.send("POST", "/api/social/oidc/begin/", body).status_code == 400
    way = client.send("POST", "/api/social/oidc/begin/", {}, headers={"Origin": page})
    assert way.status_code == 403


def test_a104_a_state_leads_back_to_the_front_end_it_was_made_for(
    client: ApiClient, provider: Provider
) -> None:
    """A104: without a cookie, by what the state says of itself."""
    origins = ["http://localhost:5173", "http://localhost:5174"]
    several = CrossOrigin(origins, api="http://localhost:8000")
    with override_settings(SPA_AUTH_DEPLOYMENT=several, SPA_AUTH={"SOCIAL_RETURN": "callback"}):
        for origin in origins:
            way = client.send("POST", "/api/social/oidc/begin/", {}, headers={"Origin": origin})
            asked = asked_for(way.json()["authorizationUrl"])
            back = "http://localhost:8000/api/social/oidc/callback/"
            assert asked["redirect_uri"] == back
            sent = {"state": asked["state"], "code": "x"}
            led = ApiClient().get("/api/social/oidc/callback/", sent)["Location"]
            assert led.startswith(f"{origin}/auth/oidc/callback#")
            # For another provider it is none of ours.
            other = ApiClient().get("/api/social/github/callback/", sent)["Location"]
            assert other.startswith(f"{origins[0]}/auth/github/callback#")
            assert parse_qs(urlsplit(led).fragment) == {"state": [asked["state"]], "code": ["x"]}


def test_a105_no_token_is_taken_from_a_browser(client: ApiClient, provider: Provider) -> None:
    """A105: another client's tokens are no proof of anything."""
    back = provider.agree(leave(client)["authorizationUrl"])
    for name in ("id_token", "access_token", "idToken", "accessToken"):
        answer = come_back(client, "oidc", {"state": back["state"]}, **{name: "x"})
        assert outcome(answer) == (400, "invalid_body")
    assert_nothing_happened(client, flows=1)


def test_a107_what_a_victim_is_given_connects_nothing(
    client: ApiClient, alice: User, bob: User, provider: Provider
) -> None:
    """A107: the attacker, signed in as bob, begins to connect; alice opens what came back."""
    assert client.sign_in("bob").status_code == 200
    back = provider.agree(leave(client, "oidc", "connect")["authorizationUrl"])
    victim = ApiClient()
    assert victim.sign_in("alice").status_code == 200
    assert outcome(come_back(victim, "oidc", back)) == MISMATCH
    # Nor is bob's account connected by a sign-in of the victim, on the same machine.
    client.send("POST", "/api/logout/", {})
    client.sign_in("alice")
    assert outcome(come_back(client, "oidc", back)) == MISMATCH
    assert Identity.objects.count() == 0


def test_a107_what_one_person_has_begun_no_other_finishes(
    client: ApiClient, alice: User, bob: User, provider: Provider
) -> None:
    """A107: even if the session were the same."""
    client.sign_in()
    back = provider.agree(leave(client, "oidc", "connect")["authorizationUrl"])
    Flow.objects.update(user=bob)
    assert outcome(come_back(client, "oidc", back)) == MISMATCH
    assert Identity.objects.count() == 0


def test_a107_connecting_needs_a_fresh_proof_and_the_token(
    client: ApiClient, alice: User, provider: Provider, time_machine: TimeMachineFixture
) -> None:
    """A107, A40."""
    time_machine.move_to(time.time(), tick=False)
    assert outcome(client.send("POST", "/api/social/oidc/connect/", {}))[0] == 401
    client.sign_in()
    forged = {"X-CSRFToken": ""}
    refused = client.send("POST", "/api/social/oidc/connect/", {}, headers=forged)
    assert outcome(refused) == (403, "csrf_failed")
    back = provider.agree(leave(client, "oidc", "connect")["authorizationUrl"])
    refused = client.send("POST", "/api/social/oidc/finish/", back, headers=forged)
    assert outcome(refused) == (403, "csrf_failed")
    # The client sends it again with a new token.
    assert come_back(client, "oidc", back).status_code == 200
    time_machine.shift(timedelta(minutes=16))
    refused = client.send("POST", "/api/social/oidc/connect/", {})
    assert outcome(refused) == (403, "reauthentication_required")
    assert "social" in refused.json()["ways"]


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        ("access_denied", (400, "social.cancelled")),
        ("user_cancelled_login", (400, "social.cancelled")),
        ("server_error", UNAVAILABLE),
        ("temporarily_unavailable", UNAVAILABLE),
        ("redirect_uri_mismatch", UNAVAILABLE),
        ("invalid_scope", REFUSED),
        ("<script>", REFUSED),
    ],
)
def test_a107b_an_error_of_the_provider(
    client: ApiClient,
    provider: Provider,
    caplog: pytest.LogCaptureFixture,
    error: str,
    expected: tuple[int, str],
) -> None:
    """A107b: it is taken from nobody who was not sent there, and nothing of it is shown.

    In the log it is, where whoever runs the site may have to put something right.
    """
    way = leave(client)
    sent = {"error": error, "errorDescription": "<b>tell this to people</b>", "state": way["state"]}
    assert outcome(come_back(ApiClient(), "oidc", sent)) == MISMATCH
    answer = come_back(client, "oidc", sent)
    assert outcome(answer) == expected
    assert "tell this" not in answer.content.decode() + caplog.text
    assert (f", {error!r}" in caplog.text) == (expected[1] != "social.cancelled")
    assert provider.exchanged == []
    assert_nothing_happened(client)


FACEBOOKS = {"message": "Error validating client secret.", "type": "OAuthException"}


@pytest.mark.parametrize(
    ("name", "status", "error", "expected", "logged"),
    [
        ("github", 200, "incorrect_client_credentials", UNAVAILABLE, "'incorrect_client_cred"),
        ("github", 200, "redirect_uri_mismatch", UNAVAILABLE, "'redirect_uri_mismatch'"),
        ("github", 200, "bad_verification_code", REFUSED, "'bad_verification_code'"),
        ("facebook", 400, FACEBOOKS | {"code": 1}, UNAVAILABLE, "'1'"),
        ("facebook", 400, FACEBOOKS | {"code": 100}, REFUSED, "'100'"),
        ("oidc", 400, "a\nsign-in with\u2028" + "x" * 99, REFUSED, "'a\\nsign-in with\\u2028x"),
    ],
)
def test_a107b_the_log_says_what_the_provider_calls_it(
    client: ApiClient,
    provider: Provider,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    name: str,
    status: int,
    error: Any,
    expected: tuple[int, str],
    logged: str,
) -> None:
    """A107b: on one line; what the project has to put right is not the person's fault."""
    monkeypatch.setattr(provider, "exchange", lambda *_: (status, {"error": error}))
    assert outcome(visit(client, provider, name)) == expected
    (line,) = [each for each in caplog.messages if each.startswith("sign-in with")]
    assert logged in line
    assert "x" * 60 not in line
    assert "client secret" not in line


@pytest.mark.parametrize("name", NAMES)
def test_a107b_a_wrong_secret_lets_nobody_in(
    client: ApiClient, provider: Provider, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    """A107b: whoever runs the site reads why."""
    key = f"SOCIAL_AUTH_{name.upper()}_SECRET"
    with override_settings(**{key: "an-old-secret-of-the-tests"}):
        assert outcome(visit(client, provider, name)) == UNAVAILABLE
    assert f"sign-in with {name}" in caplog.text
    assert_nothing_happened(client)


@pytest.mark.parametrize("name", NAMES)
def test_a119_a_visit_leaves_no_secret_behind(
    client: ApiClient, provider: Provider, watch: Watch, name: str
) -> None:
    """A119, G10: codes, tokens, the client's secret; in no answer either."""
    watch.learn(SECRET, "of a provider")
    answers = [visit(client, provider, name)]
    for fault in ("500", "wrong nonce", "list at /me", "302"):
        provider.fault = fault
        answers.append(visit(ApiClient(), provider, name))
    for token in provider.secrets:
        watch.learn(token, "of a provider")
    for form in provider.exchanged:
        watch.learn(form["code"], "of a provider")
        watch.learn(form["code_verifier"], "of a provider")
    assert provider.secrets
    shown = [("an answer", answer.content.decode()) for answer in answers]
    assert [found for found in watch.found_in(shown) if "of a provider" in found] == []


def broken(response: Any, **kwargs: Any) -> None:
    """A project's own step."""
    raise KeyError("groups")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "place", ["spa_auth.social.linking.events.emit", "spa_auth.social.tokens._cipher", ""]
)
def test_a119_a_visit_that_breaks_shows_no_token(
    client: ApiClient,
    provider: Provider,
    watch: Watch,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    place: str,
) -> None:
    """A119: in a step of the project, and once it is known who it is."""
    steps = [] if place else [f"{__name__}.broken"]
    changed = {"SOCIAL_STEPS": steps, "SOCIAL_KEEP_TOKENS": [name], "SOCIAL_TRUST_EMAIL": NAMES}
    way = leave(client, name)
    if place:
        monkeypatch.setattr(place, fail)
    client.raise_request_exception = False
    with override_settings(SPA_AUTH=changed):
        answer = come_back(client, name, provider.agree(way["authorizationUrl"]))
    assert answer.status_code == 500
    for token in provider.secrets:
        watch.learn(token, "of a provider")
    found = reports_of(watch)
    assert any("<h1>KeyError" in text or "<h1>RuntimeError" in text for _, text in found)
    assert watch.found_in(found) == []
