import pytest
from django.contrib.auth.models import User

from spa_auth.core import events
from spa_auth.social.models import Identity
from tests.conftest import ApiClient
from tests.social.provider import Provider
from tests.social.stage import identity

PATH = "/admin/spa_auth_social/identity/"


@pytest.fixture
def admin(client: ApiClient, alice: User, provider: Provider) -> ApiClient:
    User.objects.filter(pk=alice.pk).update(is_staff=True, is_superuser=True)
    client.sign_in()
    return client


def test_operators_find_connections(admin: ApiClient, bob: User) -> None:
    row = identity(bob)
    for query in ("bob", "bob@example.com", "somebody"):
        assert "somebody@example.com" in admin.get(f"{PATH}?q={query}").content.decode()
    assert "somebody@example.com" not in admin.get(f"{PATH}?q=alice").content.decode()
    page = admin.get(f"{PATH}{row.pk}/change/").content.decode()
    assert row.subject in page
    assert row.key not in page
    assert admin.get(f"{PATH}add/").status_code == 403
    assert str(row) == f"oidc {row.public_id}"


@pytest.mark.parametrize("many", [True, False])
def test_operators_take_them_away(
    admin: ApiClient, bob: User, reported: list[events.Event], many: bool
) -> None:
    row = identity(bob)
    path = PATH if many else f"{PATH}{row.pk}/delete/"
    chosen = {"action": "delete_selected", "_selected_action": row.pk} if many else {}
    token = admin.get("/api/csrf/").json()["csrfToken"]
    sent = {"post": "yes", "csrfmiddlewaretoken": token} | chosen
    assert admin.post(path, sent).status_code == 302
    assert Identity.objects.count() == 0
    assert reported[-1] == events.SocialDisconnected(user_id=bob.pk, provider="oidc", by="operator")
