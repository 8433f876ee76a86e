import pytest
from django.test import override_settings

from spa_auth.core import project_types
from spa_auth.core.body import Answer
from spa_auth.core.fields import UnsupportedField
from spa_auth.core.project_types import add_type, declaration
from spa_auth.core.state import user_model

STOCK = """\
/** Written by `manage.py spa_auth_types`: this project's fields. Do not edit. */
import "django-spa-auth";

declare module "django-spa-auth" {
  interface Register {
    user: {
      id: string;
      username: string | null;
      email: string | null;
      emailVerified: boolean;
      firstName: string;
      lastName: string;
    };
    signup: {
      email: string;
      password: string;
      username: string;
    };
    profile: {
      firstName: string;
      lastName: string;
    };
    profileChange: {
      firstName?: string;
      lastName?: string;
    };
  }
}
"""


class Team(Answer):
    team_name: str


@override_settings(SPA_AUTH={"USER_FIELDS": ["nickname"]})
def test_a_field_that_is_not_there_has_no_type() -> None:
    with pytest.raises(UnsupportedField, match="no field 'nickname'"):
        declaration()


def test_a_stock_project_has_the_stock_fields() -> None:
    assert declaration() == STOCK


@override_settings(
    AUTH_USER_MODEL="people.EmailUser",
    SPA_AUTH={"USER_FIELDS": ["is_active"], "PROFILE_FIELDS": ["born"]},
)
def test_a_project_has_the_fields_of_its_own_model() -> None:
    text = declaration()
    assert "      lastName: string;\n      isActive: boolean;\n    };\n" in text
    assert "    profile: {\n      born: string | null;\n    };\n" in text
    assert "    profileChange: {\n      born?: string | null;\n    };\n" in text


@override_settings(SPA_AUTH={"PROFILE_FIELDS": []})
def test_a_profile_without_fields_is_empty() -> None:
    assert "    profileChange: Record<string, never>;\n" in declaration()


def test_a_room_adds_what_it_answers_with(monkeypatch: pytest.MonkeyPatch) -> None:
    """And one that is not installed adds nothing, see test_rooms.py."""
    monkeypatch.setattr(project_types, "_models", {"user": user_model})
    add_type("team", lambda: Team)
    assert declaration().endswith(
        "      lastName: string;\n    };\n    team: {\n      teamName: string;\n    };\n  }\n}\n"
    )
