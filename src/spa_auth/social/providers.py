"""Which providers the project offers: from the names in its settings to guarded backends."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from inspect import getmembers, isclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string
from social_core import backends as psa
from social_core.backends.base import BaseAuth
from social_core.backends.oauth import BaseOAuth2
from social_core.backends.open_id_connect import OpenIdConnectAuth

from spa_auth.core.errors import NotFound

from . import backends
from .guard import Guarded
from .openid import OpenIdConnect
from .settings import social
from .strategy import Strategy

_OURS: Mapping[str, type[Guarded]] = {
    "github": backends.GitHub,
    "google": backends.Google,
    "facebook": backends.Facebook,
    "microsoft": backends.Microsoft,
    "apple": backends.Apple,
    "oidc": OpenIdConnect,
}


class Unknown(ImproperlyConfigured):
    """A name in the settings is no backend, or none that can be used."""


@dataclass(frozen=True, kw_only=True)
class Provider:
    """One provider: `id` is in paths and rows, `icon` is the name of a picture."""

    id: str
    backend: type[Guarded]

    @property
    def name(self) -> str:
        """What people call it: `SOCIAL_AUTH_<BACKEND>_TITLE`, or what the backend says."""
        backend = self.backend(Strategy())
        return str(backend.setting("TITLE") or self.backend.title or self.id)

    @property
    def icon(self) -> str:
        """Return the name of the picture: ours, "openid", or what the backend calls it."""
        if self.id in _OURS and self.id != "oidc":
            return self.id
        if issubclass(self.backend, OpenIdConnect) or not self.backend.icon:
            return "openid"
        return str(self.backend.icon).partition(".")[0]

    def visit(self, strategy: Strategy) -> Guarded:
        """Return the backend for one visit."""
        return self.backend(strategy, redirect_uri=strategy.redirect_uri)


def all_providers() -> Sequence[Provider]:
    """Return the project's providers in its order. Raises Unknown."""
    return list(_providers(tuple(social.social)).values())


def get_provider(id: str) -> Provider:  # noqa: A002 - as in the contract
    """Return the provider of this id. Raises NotFound."""
    found = _providers(tuple(social.social)).get(id)
    if found is None:
        raise NotFound
    return found


def resolve(name: str) -> Provider:
    """Return the provider that a setting names. Raises Unknown."""
    if name in _OURS:
        return Provider(id=name, backend=_OURS[name])
    found = _imported(name) if "." in name else _of_psa(name)
    if not issubclass(found, BaseOAuth2):
        raise Unknown(f"{name!r} does not speak OAuth 2.")
    if found.ASSOCIATION_ONLY:
        # Access to an account there is no proof of who somebody is.
        raise Unknown(f"{name!r} only connects accounts (ASSOCIATION_ONLY), and signs nobody in.")
    return Provider(id=found.name, backend=guarded(found))


@lru_cache(maxsize=8)
def _providers(names: tuple[str, ...]) -> Mapping[str, Provider]:
    found = [resolve(name) for name in names]
    return {provider.id: provider for provider in found}


def guarded(backend: type[Any]) -> type[Guarded]:
    """Return a backend's class with the guard before it; one of ours has it already."""
    if issubclass(backend, Guarded):
        return backend
    guard = OpenIdConnect if issubclass(backend, OpenIdConnectAuth) else Guarded
    return type(f"Guarded{backend.__name__}", (guard, backend), {"NEEDS": Guarded.NEEDS})


def _imported(path: str) -> type[Any]:
    try:
        found = import_string(path)
    except ImportError as error:
        raise Unknown(f"{path!r} cannot be imported: {error}") from None
    if not isclass(found) or not issubclass(found, BaseAuth):
        raise Unknown(f"{path!r} is no backend of Python Social Auth.")
    return found


def _of_psa(name: str) -> type[Any]:
    """Find a backend by its name, in the modules whose text has it: the others are not loaded."""
    modules = sorted(Path(psa.__path__[0]).glob("*.py"))
    likely = [each.stem for each in modules if f'name = "{name}"' in each.read_text("utf-8")]
    found = [each for module in likely for each in _backends_in(module) if each.name == name]
    if not found:
        raise Unknown(f"{name!r} is no backend of Python Social Auth.")
    return found[0]


def _backends_in(module: str) -> list[type[Any]]:
    try:
        loaded = import_module(f"{psa.__name__}.{module}")
    except ImportError as error:
        raise Unknown(f"{module!r} needs what is not installed: {error}") from None
    classes = [found for _, found in getmembers(loaded, isclass) if issubclass(found, BaseAuth)]
    return [found for found in classes if found.__module__ == loaded.__name__]
