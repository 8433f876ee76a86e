"""The store behind `request.session`: Django's interface, rows without keys, no resurrection."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from asgiref.sync import sync_to_async
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.sessions.backends.base import CreateError, SessionBase
from django.db import router
from django.utils import timezone

from spa_auth.core import limits, links, outbox, secrets, upkeep
from spa_auth.core.errors import SessionStoreUnavailable
from spa_auth.core.faults import DATABASE_FAULTS

from . import adoption, cleaning, rows, rules, writing
from .models import Session
from .statement import Row, statement

_KEY_LENGTH = 43


@dataclass(frozen=True)
class Client:
    """Who is using the session, as its list will show it."""

    address: str | None = None
    user_agent: str = ""


class SessionStore(SessionBase):
    """A session in the database, found by the SHA-256 of its key.

    `user` is the user that was read with it, None where nobody is signed in or users cannot be
    joined: check before use, see `sessions.users`.
    """

    def __init__(self, session_key: str | None = None) -> None:
        # Asked only when a row is written: most requests need no address.
        self.client: Callable[[], Client] = Client
        self._row: Session | Row | None = None
        self.user: AbstractBaseUser | None = None
        # Whether the database failed: whatever else happened then, the answer is 503.
        self.unavailable = False
        # Whether the key came in another cookie, so that ours must be sent.
        self.moved = False
        self._unsaved = False
        self._modified = False
        # Whether the key came from outside and nobody has looked yet if there is such a session.
        self._unverified = session_key is not None
        super().__init__(None if session_key is None else secrets.HiddenText(session_key))

    @property
    def row(self) -> Session | None:
        """What the database holds, None for a session that is not stored yet."""
        if isinstance(self._row, Row):
            self._row = self._row.session()
        return self._row

    @property
    def public_id(self) -> str | None:
        """The session's id in lists, None while it is not stored; asks the database nothing."""
        return self._row.public_id if self._row else None

    @property
    def modified(self) -> bool:
        """Whether the session changed in this request, so that the cookie must be sent."""
        return self._modified

    @modified.setter
    def modified(self, value: bool) -> None:
        self._modified = value
        self._unsaved = self._unsaved or value

    def load(self) -> dict[str, Any]:
        """Read the session; a key that is unknown, malformed or expired gives an empty one."""
        key = self.session_key
        # No other length was ever given out: garbage costs no query.
        if key is None or (len(key) != _KEY_LENGTH and not adoption.may_hold(key)):
            return self._forget_key()
        now = timezone.now()
        with self.store_faults():
            found = self._fetch(key, now) or self._adopt(key, now)
        if found is None:
            return self._forget_key()
        self._row, self.user = found, found.user()
        self._modified = self._modified or self.moved
        if now - found.last_seen_at >= rules.SEEN_EVERY:
            self._see(now)
        self._unverified = False
        return rows.decode(found)

    def exists(self, session_key: str) -> bool:
        """Tell whether there is a row for this key, live or not."""
        with self.store_faults():
            return writing.stored().filter(key_digest=secrets.digest(session_key)).exists()

    def create(self) -> None:
        """Give the session a new key and store it; a row under its own key stays."""
        if self._is_stored():
            self._row = None
        self._session_key = secrets.new_key()
        self._unverified = False
        self.save(must_create=True)
        self._modified = True

    def save(self, must_create: bool = False) -> None:
        """Store what changed; nothing at all if nothing did.

        Raises UpdateError if the row has gone: a session that was revoked while the request ran
        stays revoked. Raises CreateError if it must be created and is there already.
        """
        data = self._data(no_load=must_create)
        if self._session_key is None:
            return self.create()
        if must_create and (
            self._is_stored() or (self._unverified and self.exists(self._session_key))
        ):
            raise CreateError
        # Also a value that changed inside, which sets no flag, is saved when somebody asks for it.
        if self.row is not None and not self._unsaved and self.row.data == rows.encode(data):
            return None
        fresh = self._build(data)
        with self.store_faults():
            writing.write(self.row, fresh)
        self._row = fresh
        self._unsaved = self._unverified = False
        return None

    def delete(self, session_key: str | None = None) -> None:
        """Delete the row of this key, or of the session itself. Unknown keys are no error."""
        if session_key is None and self._row is not None:
            # The row stays in mind: a later save finds it gone instead of storing it anew.
            row_digest = self._row.key_digest
        elif key := session_key or self.session_key:
            row_digest = secrets.digest(key)
        else:
            return
        with self.store_faults():
            statement(router.db_for_write(Session)).end(row_digest)

    def flush(self) -> None:
        """End the session: its data, its row and its key."""
        self._data()
        self.clear()
        self.delete()
        self._forget_key()

    def cycle_key(self) -> None:
        """Give the session a new key. The old one ends when the new one is stored."""
        self._data()
        self._session_key = secrets.new_key()
        self.modified = True

    def renew_auth_hash(self, auth_hash: str) -> None:
        """Store what this stored session is signed in with under the present `SECRET_KEY`.

        The key stays: a page that sends six requests at once would lose five of them to a new one.
        """
        self._session_cache: dict[str, Any] = {**self._data(), HASH_SESSION_KEY: auth_hash}
        writing.note(cast("Session", self.row), data=rows.encode(self._session_cache))

    @contextmanager
    def store_faults(self) -> Iterator[None]:
        """Tell "the store is down" apart from "nobody is signed in": the cookie must survive.

        Raises SessionStoreUnavailable.
        """
        try:
            yield
        except DATABASE_FAULTS as error:
            self.unavailable = True
            raise SessionStoreUnavailable from error

    # SessionBase composes these two from smaller asynchronous steps; ours are one step each.
    async def aflush(self) -> None:
        """End the session."""
        await sync_to_async(self.flush)()

    async def acycle_key(self) -> None:
        """Give the session a new key."""
        await sync_to_async(self.cycle_key)()

    def get_expiry_date(self, **kwargs: Any) -> datetime:
        """Return the absolute limit: the end that nothing postpones."""
        data = self._data()
        stored = self.row if not self._unsaved else None
        return (stored or self._build(data)).expires_at

    def get_expiry_age(self, **kwargs: Any) -> int:
        """Return for how many seconds the cookie is worth keeping: until the absolute limit."""
        return max(0, round((self.get_expiry_date() - timezone.now()).total_seconds()))

    def get_expire_at_browser_close(self) -> bool:
        """Tell whether the cookie ends with the browser."""
        return rows.expiry_of(self._data()) == 0

    async def aget_expiry_date(self, **kwargs: Any) -> datetime:
        """Return the absolute limit."""
        return await sync_to_async(self.get_expiry_date)()

    async def aget_expiry_age(self, **kwargs: Any) -> int:
        """Return the seconds until the absolute limit."""
        return await sync_to_async(self.get_expiry_age)()

    async def aget_expire_at_browser_close(self) -> bool:
        """Tell whether the cookie ends with the browser."""
        return await sync_to_async(self.get_expire_at_browser_close)()

    @classmethod
    def clear_expired(cls) -> None:
        """Delete expired sessions, counters that say nothing any more, old links and old mails.

        Then the rooms do their chores: accounts go whose time has come.
        """
        cleaning.clear_expired()
        limits.clear_expired()
        links.clear_expired()
        outbox.clear_old()
        upkeep.do_chores()

    def _data(self, *, no_load: bool = False) -> dict[str, Any]:
        data: dict[str, Any] = self._get_session(no_load)  # type: ignore[attr-defined]
        if self._unverified and not no_load:
            # clear() put data in place unread: no foreign key is adopted, no old row left behind.
            self.load()
        return data

    def _is_stored(self) -> bool:
        return self._row is not None and self._row.key_digest == secrets.digest(
            str(self._session_key)
        )

    def _fetch(self, key: str, now: datetime) -> Row | None:
        return statement(router.db_for_write(Session)).fetch(secrets.digest(key), now)

    def _adopt(self, key: str, now: datetime) -> Row | None:
        if not adoption.may_hold(key):
            return None
        client = self.client()
        adoption.adopt(key, address=client.address, user_agent=client.user_agent)
        return self._fetch(key, now)

    def _forget_key(self) -> dict[str, Any]:
        self._session_key = None
        self._unverified = False
        self._row = None
        return {}

    def _see(self, now: datetime) -> None:
        row = cast("Session", self.row)
        idle_expires_at = rules.idle_expiry(
            now=now, idle=rows.lifetime_of(rows.decode(row), now).idle, expires_at=row.expires_at
        )
        writing.note(row, last_seen_at=now, idle_expires_at=idle_expires_at)

    def _build(self, data: dict[str, Any]) -> Session:
        """Make the row as it should be now, from what it was and what the session holds."""
        now = timezone.now()
        lifetime = rows.lifetime_of(data, now)
        user_id = rows.user_id_of(data)
        client = self.client()
        row = Session(
            key_digest=secrets.digest(str(self._session_key)),
            public_id=secrets.new_public_id(),
            user_id=user_id,
            created_at=now,
            last_seen_at=now,
            authenticated_at=now if user_id is not None else None,
            expires_at=now + lifetime.absolute,
            address=client.address,
            user_agent=client.user_agent[:512],
            data=rows.encode(data),
        )
        if self.row is not None and rows.same_sign_in(self.row, row):
            # A new key or new data is no new session: nothing extends the absolute limit.
            row.public_id = self.row.public_id
            row.created_at = self.row.created_at
            row.authenticated_at = self.row.authenticated_at
            row.expires_at = min(self.row.expires_at, row.expires_at)
        row.idle_expires_at = rules.idle_expiry(
            now=now, idle=lifetime.idle, expires_at=row.expires_at
        )
        return row
