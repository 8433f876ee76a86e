from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from spa_auth.core.project_types import declaration


def run(*options: str | Path) -> str:
    out = StringIO()
    call_command("spa_auth_types", *map(str, options), stdout=out)
    return out.getvalue()


def refusal(*options: str | Path) -> str:
    """Return what the command says when it fails; it then exits with 1."""
    with pytest.raises(CommandError) as caught:
        run(*options)
    assert caught.value.returncode == 1
    return str(caught.value)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "web" / "src" / "spa-auth.d.ts"


@pytest.fixture
def current(target: Path) -> Path:
    run("--output", target)
    return target


def test_there_is_nothing_to_check_without_a_file() -> None:
    assert refusal("--check") == "--check needs --output FILE: the file to look at."


@override_settings(SPA_AUTH={"USER_FIELDS": ["nickname"]})
def test_a_field_that_is_not_there_is_named_and_nothing_is_written(target: Path) -> None:
    assert refusal("--output", target) == "In SPA_AUTH: auth.User has no field 'nickname'."
    assert not target.exists()


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    message = f"{tmp_path} cannot be read: Is a directory."
    assert refusal("--output", tmp_path) == refusal("--check", "--output", tmp_path) == message


def test_where_a_folder_cannot_be_made_nothing_can_be_written(tmp_path: Path) -> None:
    blocked = tmp_path / "web"
    blocked.touch()
    target = blocked / "spa-auth.d.ts"
    assert refusal("--output", target) == f"{target} cannot be written: {blocked}: File exists."


def test_a_missing_file_is_not_current(target: Path) -> None:
    message = f"{target} is missing. Run manage.py spa_auth_types --output {target}"
    assert refusal("--check", "--output", target) == message
    assert not target.exists()


def test_a_stale_file_is_shown_where_it_differs_and_left_alone(current: Path) -> None:
    with override_settings(SPA_AUTH={"USER_FIELDS": ["is_staff"]}):
        message = refusal("--check", "--output", current)
    said, *difference = message.splitlines()
    assert said.startswith(f"{current} does not match the settings and models. Run manage.py ")
    assert difference == [
        "--- written",
        "+++ current",
        "@@ -12,0 +13 @@",
        "+      isStaff: boolean;",
    ]
    assert current.read_text() == declaration()


def test_a_file_that_is_no_text_is_not_current(current: Path) -> None:
    current.write_bytes(b"\xff")
    assert "does not match" in refusal("--check", "--output", current)


def test_a_current_file_passes_whatever_its_line_endings(current: Path) -> None:
    current.write_bytes(declaration().replace("\n", "\r\n").encode())
    assert run("--check", "--output", current) == f"{current} is unchanged.\n"


def test_the_types_are_printed_where_no_file_is_named() -> None:
    assert run() == declaration()


def test_a_file_is_written_with_its_folders_and_only_if_it_changes(target: Path) -> None:
    assert run("--output", target) == f"Wrote {target}.\n"
    assert target.read_bytes() == declaration().encode()
    before = target.stat().st_mtime_ns
    assert run("--output", target) == f"{target} is unchanged.\n"
    assert target.stat().st_mtime_ns == before
    with override_settings(SPA_AUTH={"USER_FIELDS": ["is_staff"]}):
        assert run("--output", target) == f"Wrote {target}.\n"
        assert target.read_text() == declaration()
