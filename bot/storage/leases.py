"""Statements about leases: which process may do what only one may.

A lease has a holder, an end, and a token that grows with every change of holder. The row is locked from the first look
at it to the end of the transaction, so what a holder writes together with a renewal is written while it holds.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, update
from sqlalchemy.dialects.postgresql import insert

from bot.storage import tables as t

_LEASE = select(t.lease, func.now().label("server_now")).where(t.lease.c.name == bindparam("of")).with_for_update()
_OPEN_LEASE = insert(t.lease).on_conflict_do_nothing()
_RENEW_LEASE = (
    update(t.lease)
    .where(t.lease.c.name == bindparam("of"))
    .values(holder=bindparam("by"), token=bindparam("nr"), expires_at=bindparam("until"))
)
_RELEASE_LEASE = (
    update(t.lease)
    .where(t.lease.c.name == bindparam("of"), t.lease.c.holder == bindparam("by"))
    .values(expires_at=t.BEFORE_ALL_TIME)
)


class LeaseStatements:
    """The part of a transaction that concerns leases."""

    connection: Connection
    is_embedded: bool

    def hold_lease(
        self, name: str, holder: str, now: datetime, expires_at: datetime, *, force: bool = False
    ) -> int | None:
        """Take or renew a lease; return its fencing token, None while somebody else holds it.

        The token grows with every change of holder, so that one who was paused finds a higher one and stands back.
        """
        lease = self._lease(name)
        token: int = lease.token
        now, expires_at = self._by_the_same_clock(lease, now, expires_at)
        if lease.holder != holder:
            if lease.expires_at > now and not force:
                return None
            token += 1
            self._write_lease(name, holder, token, expires_at)
        else:
            self._prolong(lease, now, expires_at)
        return token

    def renew_lease(self, name: str, holder: str, token: int, now: datetime, expires_at: datetime) -> bool:
        """Renew a lease that nobody else has held since it got this token; False, and nothing changed, otherwise.

        It is locked until the transaction ends: whoever takes it over does so after that.
        """
        lease = self._lease(name)
        if (lease.holder, lease.token) != (holder, token):
            return False
        self._prolong(lease, *self._by_the_same_clock(lease, now, expires_at))
        return True

    def _lease(self, name: str) -> Any:
        """Lock a lease's row and return it; one that nobody ever held has run out long ago."""
        lease = self.connection.execute(_LEASE, {"of": name}).first()
        if lease is None:
            nobodys = {"name": name, "holder": "", "token": 0, "expires_at": t.BEFORE_ALL_TIME}
            self.connection.execute(_OPEN_LEASE, nobodys)
            lease = self.connection.execute(_LEASE, {"of": name}).one()
        return lease

    def _by_the_same_clock(self, lease: Any, now: datetime, expires_at: datetime) -> tuple[datetime, datetime]:
        """Go by PostgreSQL's clock: those of the machines around it differ. SQLite has one machine, and its clock."""
        if self.is_embedded:
            return now, expires_at
        return lease.server_now, lease.server_now + (expires_at - now)

    def _prolong(self, lease: Any, now: datetime, expires_at: datetime) -> None:
        """Write a new end, unless more than half the time is left: an idle relay costs no disk write a second.

        More than all of it is left only where the clock was turned back.
        """
        left = lease.expires_at - now
        if not (expires_at - now) / 2 < left <= expires_at - now:
            self._write_lease(lease.name, lease.holder, lease.token, expires_at)

    def _write_lease(self, name: str, holder: str, token: int, expires_at: datetime) -> None:
        self.connection.execute(_RENEW_LEASE, {"of": name, "by": holder, "nr": token, "until": expires_at})

    def release_lease(self, name: str, holder: str) -> None:
        """Give up a lease, so that the next holder need not wait for its end; somebody else's stays as it is."""
        self.connection.execute(_RELEASE_LEASE, {"of": name, "by": holder})
