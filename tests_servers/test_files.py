"""The files of deploy/: what they promise, and that the tests run what the images run."""

import os
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

import stack
from console import ROOT
from environment import PYTHON, VENV
from serve import BACKEND
from stack import DEPLOY, KINDS

RUNTIME = ("api", "api-with-pages", "proxy", "web")
DEPLOYMENTS = tuple(KINDS)


@dataclass(frozen=True)
class Stage:
    """One stage of the Dockerfile, with what it has from the one that it begins with."""

    image: str
    lines: tuple[str, ...]

    def last(self, instruction: str) -> str:
        found = [line for line in self.lines if line.startswith(f"{instruction} ")]
        return found[-1].removeprefix(f"{instruction} ") if found else ""


def stages() -> dict[str, Stage]:
    text = re.sub(r"\\\n\s*", "", (DEPLOY / "Dockerfile").read_text())
    found: dict[str, Stage] = {}
    for block in re.split(r"^(?=FROM )", text, flags=re.MULTILINE)[1:]:
        first, *lines = [line for line in block.splitlines() if line and line[0] != "#"]
        _, base, _, name = first.split()
        before = found.get(base, Stage(base, ()))
        found[name] = Stage(before.image, (*before.lines, *lines))
    return found


def pinned(image: str) -> bool:
    """Tell whether a tag names a release and not whatever is newest."""
    name, _, tag = image.partition(":")
    return bool(name and re.fullmatch(r"\d+(\.\d+)*-[\w.-]+", tag))


def example(name: str) -> dict[str, str]:
    """Return the variables of a deployment's .env.example."""
    lines = (DEPLOY / name / ".env.example").read_text().splitlines()
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#"))
    return {key: value for key, _, value in pairs}


def composed(name: str) -> dict[str, Any]:
    """Return what Compose makes of a deployment's files, and of a filled in .env."""
    variables = {key: value or "0123456789abcdef" * 4 for key, value in example(name).items()}
    merged: dict[str, Any] = {}
    for file in variables["COMPOSE_FILE"].split(":"):
        content = yaml.safe_load((DEPLOY / file).read_text())
        merged = merge(merged, {k: v for k, v in content.items() if not k.startswith("x-")})
    filled: dict[str, Any] = fill(merged, variables)
    return filled


def merge(one: Any, other: Any) -> Any:
    if isinstance(one, dict) and isinstance(other, dict):
        both = {key: merge(one[key], other[key]) for key in one.keys() & other.keys()}
        return {**one, **other, **both}
    return other


def fill(value: Any, variables: dict[str, str]) -> Any:
    """Replace ${NAME:?} and ${NAME:-default}; a KeyError is a variable that nobody is told of."""
    if isinstance(value, dict):
        return {key: fill(item, variables) for key, item in value.items()}
    if isinstance(value, list):
        return [fill(item, variables) for item in value]
    if not isinstance(value, str):
        return value

    def look_up(match: re.Match[str]) -> str:
        name, operator, default = match.groups()
        assert operator in {":?", ":-"}, f"{match[0]} may be empty"
        return variables.get(name, default) if operator == ":-" else variables[name]

    return re.sub(r"\$\{(\w+)(:[?-])?([^}]*)\}", look_up, value)


def test_base_images_are_pinned() -> None:
    found = stages()
    assert set(RUNTIME) <= set(found)
    for name, stage in found.items():
        assert pinned(stage.image), f"{name}: {stage.image}"


@pytest.mark.parametrize("name", RUNTIME)
def test_an_image_runs_as_nobody_special_and_says_how_it_is(name: str) -> None:
    stage = stages()[name]
    assert re.fullmatch(r"[1-9]\d*", stage.last("USER"))
    assert " CMD [" in stage.last("HEALTHCHECK")
    assert stage.last("CMD").startswith("[")
    # Nothing is installed or written after the last change of the user to root.
    after = stage.lines[[line.startswith("USER ") for line in stage.lines].index(True) :]
    assert not any(line.startswith("RUN ") for line in after)


def test_no_secret_goes_into_an_image() -> None:
    text = (DEPLOY / "Dockerfile").read_text()
    assert not re.search(r"^(ARG|ENV).*(SECRET|PASSWORD|KEY|TOKEN)", text, re.MULTILINE)
    assert "ADD " not in text
    ignored = (DEPLOY / "Dockerfile.dockerignore").read_text().splitlines()
    allowed = [line[1:] for line in ignored if line.startswith("!")]
    assert next(line for line in ignored if not line.startswith("#")) == "*"
    assert "**/.env" in ignored[ignored.index(f"!{allowed[-1]}") :]
    assert not {".", "deploy", ".git", "requirements"} & set(allowed)


def test_what_is_copied_into_an_image_exists() -> None:
    for stage in stages().values():
        for line in stage.lines:
            if not line.startswith("COPY ") or "--from" in line or line == "COPY . .":
                continue
            *sources, _ = line.split()[1:]
            for source in sources:
                sites = {kind.site for kind in KINDS.values()} if "$SITE" in source else {""}
                for site in sites:
                    assert list(ROOT.glob(source.replace("$SITE", site))), source


@pytest.mark.parametrize("name", DEPLOYMENTS)
def test_every_container_is_locked_up(name: str) -> None:
    services = composed(name)["services"]
    assert set(services) == {"database", "migrate", "api", "web"}
    for service, content in services.items():
        assert content["read_only"] is True, service
        assert content["cap_drop"] == ["ALL"], service
        assert content["security_opt"] == ["no-new-privileges:true"], service
        assert "cap_add" not in content, service
        assert "privileged" not in content, service
        assert content["restart"] in {"unless-stopped", "on-failure:3"}, service
    assert [service for service, content in services.items() if "ports" in content] == ["web"]


@pytest.mark.parametrize("name", DEPLOYMENTS)
def test_everything_that_compose_names_exists(name: str) -> None:
    project = composed(name)
    found = stages()
    for service, content in project["services"].items():
        if "build" in content:
            build = content["build"]
            stage = found[build["target"]]
            assert (DEPLOY / build["context"] / build["dockerfile"]).samefile(DEPLOY / "Dockerfile")
            assert content.get("healthcheck") or stage.last("HEALTHCHECK"), service
        else:
            assert pinned(content["image"]), service
            assert content["user"] not in {"", "root", "0"}, service
            assert content["healthcheck"]["test"], service
        for volume in content.get("volumes", []):
            assert volume.partition(":")[0] in project["volumes"], volume
        assert set(content["networks"]) <= set(project["networks"])
        assert set(content.get("secrets", [])) <= set(project["secrets"])
        assert set(content.get("depends_on", {})) <= set(project["services"])
    assert project["networks"]["inside"] == {"internal": True}
    assert project["services"]["database"]["networks"] == ["inside"]


@pytest.mark.parametrize("name", DEPLOYMENTS)
def test_the_examples_hold_no_secret(name: str) -> None:
    variables = example(name)
    assert variables["POSTGRES_PASSWORD"] == variables["SECRET_KEY"] == ""
    assert variables["COMPOSE_FILE"].split(":") == ["compose.yaml", f"{name}/compose.yaml"]


@pytest.mark.parametrize("name", DEPLOYMENTS)
def test_the_containers_are_what_the_tests_attack(name: str, tmp_path: Path) -> None:
    services = composed(name)["services"]
    kind = KINDS[name]
    assert services["web"]["build"]["args"]["SITE"] == kind.site
    for service in ("migrate", "api"):
        assert services[service]["environment"]["DEPLOYMENT"] == kind.setting
    own = (DEPLOY / kind.site).glob("*.template")
    text = "".join(path.read_text() for path in [*(DEPLOY / "nginx").glob("*.template"), *own])
    needed = set(re.findall(r"\$\{(\w+)\}", text))
    assert needed == set(services["web"]["environment"])
    stack.write_nginx(
        tmp_path / "nginx",
        [DEPLOY / "nginx", DEPLOY / kind.site],
        services["web"]["environment"],
    )
    written = "".join(path.read_text() for path in (tmp_path / "nginx").iterdir())
    assert not re.findall(r"\$\{\w+\}|\$[A-Z]", written)
    if kind.api_host != stack.APP_HOST:
        api_host = example(name)["API_HOST"]
        assert f"server_name {api_host};" in written
        assert f"connect-src 'self' https://{api_host};" in written


@pytest.mark.parametrize("name", DEPLOYMENTS)
def test_the_linter_finds_nothing(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "nginx"
    environment = composed(name)["services"]["web"]["environment"]
    stack.write_nginx(folder, [DEPLOY / "nginx", DEPLOY / KINDS[name].site], environment)
    # `$host` would lose the port, and with it every origin that is not on 443; the name is compared
    # by nginx, which has a server for it, and by Django. `try_files` costs a look at the disk.
    skips = "host_spoofing,try_files_is_evil_too"
    linted = subprocess.run(
        [VENV / "bin" / "gixy", "--skips", skips, "nginx.conf"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert linted.returncode == 0, linted.stdout


def test_django_finds_no_fault_with_what_compose_tells_it(pages: Path) -> None:
    def check(name: str) -> tuple[int, str]:
        done = subprocess.run(
            [PYTHON, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
            cwd=BACKEND,
            env={
                **os.environ,
                **composed(name)["services"]["api"]["environment"],
                "EXAMPLE_BUILD": str(pages),
            },
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stderr

    with ThreadPoolExecutor(2) as pool:
        # The two that say most; the stacks of the other tests run with the same settings.
        for code, complaint in pool.map(check, ("django-served", "cross-site")):
            assert code == 0, complaint
