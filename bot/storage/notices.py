"""Notices between processes: PostgreSQL tells all listeners what a commit brought, at the moment it is visible.

A notice only says "look": it carries nothing, so one that is lost or comes twice does no harm. Nobody depends on it,
for whoever is woken by one also looks by itself now and then. A listener has a connection of its own, which it opens
anew for as long as it takes; whatever it missed meanwhile, it makes up for by giving every notice once.
"""

import asyncio
from collections.abc import Callable
from typing import Any

import structlog
from sqlalchemy import Connection, Dialect, Engine

from bot.storage import engines, faults
from bot.usecases.ports import Notice

log = structlog.get_logger()

HEARTBEAT_SECONDS = 20.0
SHORTEST_PAUSE_SECONDS = 0.1
LONGEST_PAUSE_SECONDS = 5.0

_CHANNELS = {notice: f"lumbar_{notice}" for notice in Notice}
_NOTICES = {channel: notice for notice, channel in _CHANNELS.items()}


def notify(connection: Connection, notice: Notice) -> None:
    """Tell every listening process as soon as this transaction is committed; several in one transaction are one."""
    connection.exec_driver_sql(f"NOTIFY {_CHANNELS[notice]}")


async def listen(engine: Engine, on_notice: Callable[[Notice], None], stop: asyncio.Event) -> None:
    """Call `on_notice` for every notice, and for each of them after every new connection, until `stop`."""
    stopping = asyncio.ensure_future(stop.wait())
    failures = 0
    try:
        while not stop.is_set():
            listening = asyncio.ensure_future(_listen_once(engine, on_notice))
            try:
                await asyncio.wait({listening, stopping}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                listening.cancel()
                await asyncio.wait({listening})
            if not listening.cancelled():
                failures = 1 if listening.result() else failures + 1
                pause = min(SHORTEST_PAUSE_SECONDS * 2.0**failures, LONGEST_PAUSE_SECONDS)
                log.warning("listener_pauses", retry_in_seconds=pause)
                await asyncio.wait({stopping}, timeout=pause)
    finally:
        stopping.cancel()


async def _listen_once(engine: Engine, on_notice: Callable[[Notice], None]) -> bool:
    """Listen until the connection fails, which a heartbeat finds out at the latest; tell whether there was one."""
    import psycopg  # noqa: PLC0415 - only where there is a PostgreSQL: it is not loaded for a bot on SQLite

    is_connected = False
    try:
        async with await psycopg.AsyncConnection.connect(**_arguments(engine), autocommit=True) as connection:
            for channel in _NOTICES:
                await connection.execute(f"LISTEN {channel}")
            is_connected = True
            for notice in Notice:
                on_notice(notice)
            while True:
                async for told in connection.notifies(timeout=HEARTBEAT_SECONDS):
                    on_notice(_NOTICES[told.channel])
                await connection.execute("SELECT 1")
    except psycopg.Error as error:
        log.warning("listener_failed", reason=str(faults.explained(engine.url, error)))
    return is_connected


def _arguments(engine: Engine) -> dict[str, Any]:
    """Return what psycopg needs to connect as the engine does."""
    dialect: Dialect = engine.dialect
    _, arguments = dialect.create_connect_args(engine.url)
    return {**engines.libpq_arguments(engine.url), **arguments}
