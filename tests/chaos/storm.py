"""The storm: a crowd and a bot between whom everything goes wrong, from a seed, until everybody is answered.

Three acts. The people set the bot up and do the routine; then come days on each of which all their reminders are due
at the same minute, some people having paused or blocked the bot, and on the last one some are in an emergency in the
middle of it; at the end everybody asks for their record. Throughout, the sandbox fails at random and brings updates
twice and out of order, and after each of so many messages, drawn from the seed, a process is killed, PostgreSQL is
restarted, or the process that holds the relay's lease is stopped until it is another's.

Nothing is timed: the driver follows the sandbox's record and acts on what it reads there. When nothing at all happens
for `SILENCE_SECONDS`, longer than the bot ever waits by itself, it is over, and the verdict tells who still waits.
"""

import asyncio
import os
import signal
import socket
from collections import Counter
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import cycle
from random import Random
from typing import Any

import psycopg

from bot.processes import Command
from bot.sandbox.bot_api import ANSWER_LOST
from bot.sandbox.clock import SandboxClock
from bot.sandbox.faults import FaultKind, Weather
from bot.sandbox.server import Sandbox
from tests.acceptance.killable import CONTEXT, TOKEN
from tests.chaos.crowd import Crowd, name_of
from tests.chaos.fleet import Fleet, Place
from tests.chaos.record import EXPORT, REFERRAL, AnswerLost, Confirmed, Due, Event, Struck, Tried
from tests.chaos.verdict import Verdict, judge
from tests.postgres import PostgresServer

SILENCE_SECONDS = 100
_TOLD_FROM = 0.02  # what the first few messages take says nothing about the rest
_DAWN = datetime(2026, 5, 6, 9, 0, tzinfo=UTC)  # 05:00 in New York; no clock changes near
_REMINDED_AT = datetime(2026, 5, 6, 11, 30, tzinfo=UTC)

Tell = Callable[[float, float], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """How bad it gets. `weather` is the share of calls that meet each fault, `twice` of updates that come again."""

    seed: int
    people: int
    kills: int
    days: int = 2
    restarts: int = 0
    stops: int = 0
    twice: float = 0.02
    weather: dict[FaultKind, float] = field(
        default_factory=lambda: {
            "too_many_requests": 0.005,
            "server_error": 0.01,
            "bad_gateway": 0.01,
            "drop_before": 0.01,
            "drop_after": 0.01,
            "stall_before": 0.0005,
            "stall_after": 0.0005,
        }
    )


@dataclass(frozen=True, slots=True)
class Aftermath:
    """What a storm left: the verdict, and how much of everything there was."""

    verdict: Verdict
    counts: dict[str, int]


class Storm:
    """One run of a plan against a database; `server` is the PostgreSQL it lies on, None for SQLite."""

    def __init__(self, plan: Plan, database_url: str, server: PostgresServer | None = None) -> None:
        self._plan = plan
        self._url = database_url
        self._server = server
        self._random = Random(plan.seed)  # noqa: S311 - a seed's dice
        self._record: list[Event] = []
        self._offset = CONTEXT.Value("d", 0.0)
        clock = SandboxClock(_DAWN)
        self._offset.value = clock.offset.total_seconds()
        clock.subscribe(lambda: setattr(self._offset, "value", clock.offset.total_seconds()))
        self._sandbox = Sandbox(token=TOKEN, clock=clock)
        self._sandbox.faults.weather = Weather(Random(self._random.random()), plan.weather)  # noqa: S311 - a seed's dice
        self._sandbox.updates.deliveries.random = Random(self._random.random())  # noqa: S311 - a seed's dice
        self._sandbox.updates.deliveries.twice = plan.twice
        self._crowd = Crowd(self._sandbox, plan.people, self._random, self._record)
        self._seen = 0
        self._arrived = 0
        self._is_over = False
        self._counts: Counter[str] = Counter()
        self._blows = self._drawn_blows()
        self._fleet: Fleet | None = None

    async def run(self, tell: Tell = lambda _done, _total: None) -> Aftermath:
        """Let it blow; raises what ends a process by itself."""
        with socket.socket() as holder:
            holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            holder.bind(("127.0.0.1", 0))
            port = holder.getsockname()[1] if self._server else None
            async with self._sandbox.serve() as address:
                self._fleet = Fleet(Place(address, self._url, port, self._offset))
                commands = {"run": Command.RUN} if self._server is None else _TOWN
                async with self._fleet.at_sea(commands):
                    await self._acts(tell)
        verdict = judge(self._record)
        struck = {**self._sandbox.faults.struck, **self._sandbox.updates.deliveries.struck}
        starts = self._fleet.starts
        return Aftermath(verdict, {**verdict.counts, **self._counts, **struck, "processes started": starts})

    async def _acts(self, tell: Tell) -> None:
        people = list(self._crowd.people.values())
        self._crowd.begin()
        await self._until(lambda: self._crowd.is_silent, tell)
        for number, person in enumerate(people):
            if number % 10 == 1:
                person.is_reminded = False
                self._crowd.say(person, "/pause", "paused")
            elif number % 10 == 2:
                self._crowd.block(person)
        await self._until(lambda: self._crowd.is_silent and not self._sandbox.updates.pending_count, tell)
        reminded = [person for person in people if person.is_reminded]
        for day in range(1, self._plan.days + 1):
            in_need = reminded[3::10] if day == self._plan.days else []
            for person in reminded:
                self._record.append(Due(person.id, surely=person not in in_need))
            self._sandbox.clock.move_to(_REMINDED_AT + timedelta(days=day))
            already = self._arrived
            await self._until(lambda: self._arrived > already + len(reminded) // 4, tell)  # noqa: B023 - awaited here
            for person in in_need:
                self._crowd.say(person, "I have chest pain", REFERRAL, is_emergency=True)
            sure = [person for person in reminded if person not in in_need]
            await self._until(lambda: self._crowd.is_silent and all(one.reminders >= day for one in sure), tell)  # noqa: B023 - awaited here
        blocked = {one.id for one in self._sandbox.world.people.values() if one.blocked}
        for person in people:
            if person.id not in blocked:
                self._crowd.say(person, "/export", EXPORT)
        await self._until(lambda: self._crowd.is_silent, tell)

    async def _until(self, is_reached: Callable[[], bool], tell: Tell) -> None:
        """Follow the record until something is reached, or nothing happens any more."""
        while not is_reached() and not self._is_over:
            entries = await self._sandbox.world.journal.wait(self._seen, timeout_seconds=SILENCE_SECONDS)
            if not entries:
                self._is_over = True
            for entry in entries:
                self._seen = entry["seq"]
                self._note(entry)
            while self._blows and self._blows[-1][0] <= self._arrived:
                await self._blows.pop()[1]()
            if self._arrived > self._expected * _TOLD_FROM:
                tell(self._arrived, self._expected)

    def _note(self, entry: dict[str, Any]) -> None:
        """Write an entry of the sandbox's journal into the record."""
        match entry:
            case {"kind": "message", "message": {"from": {"is_bot": True}} as message}:
                self._arrived += 1
                self._crowd.hears(message)
            case {"kind": "confirmed", "update_ids": ids}:
                self._record.append(Confirmed(frozenset(ids)))
            case {"kind": "call", "chat_id": chat_id, "call": {"method": method} as call} if method.startswith("send"):
                self._record.append(Tried(chat_id, name_of(call["arguments"])))
                if call.get("description") == ANSWER_LOST:
                    self._record.append(AnswerLost(chat_id))
            case _:
                pass

    @property
    def _expected(self) -> int:
        """About how many messages there will be."""
        return max(self._arrived, self._crowd_awaits + self._plan.people * (self._plan.days + 1))

    def _drawn_blows(self) -> list[tuple[int, Callable[[], Coroutine[Any, Any, None]]]]:
        """Draw after how many messages each blow falls; the last comes first."""
        self._crowd_awaits = self._crowd.awaited
        most = int((self._crowd_awaits + 0.7 * self._plan.people * self._plan.days) * 0.95)
        blows: list[Callable[[], Coroutine[Any, Any, None]]] = [self._kill] * self._plan.kills
        blows += [self._restart] * self._plan.restarts + [self._stop] * self._plan.stops
        self._random.shuffle(blows)
        at = sorted(self._random.sample(range(1, most), len(blows)), reverse=True)
        return list(zip(at, blows, strict=True))

    async def _kill(self) -> None:
        """Kill a process; where none runs just now, the next one that does."""
        assert self._fleet is not None
        while not self._fleet.kill_one(self._random):
            await self._sandbox.world.journal.wait(self._sandbox.world.journal.seq, timeout_seconds=0.05)
        self._record.append(Struck("kills"))

    async def _restart(self) -> None:
        """Restart PostgreSQL, in order or as a crash."""
        assert self._server is not None
        await asyncio.to_thread(self._random.choice((self._server.restart, self._server.crash)))
        self._counts["restarts of PostgreSQL"] += 1

    async def _stop(self) -> None:
        """Stop the worker that holds the relay's lease until the lease is another's, then let it go on."""
        assert self._fleet is not None
        for name in cycle(self._random.sample(_WORKERS, len(_WORKERS))):
            before = await self._lease()
            stopped = self._fleet.stop(name)
            if stopped is None:  # it is being started
                await self._sandbox.world.journal.wait(self._sandbox.world.journal.seq, timeout_seconds=0.05)
                continue
            try:
                async with asyncio.timeout(SILENCE_SECONDS):
                    is_anothers = await self._has_changed_hands(before)
            finally:
                os.kill(stopped, signal.SIGCONT)
            if is_anothers:
                self._record.append(Struck("stops past the lease"))
                return

    async def _has_changed_hands(self, before: tuple[int, datetime]) -> bool:
        """Wait until the lease is another's; False once it is clear that whoever holds it goes on renewing it."""
        renewals: set[datetime] = set()
        while (lease := await self._lease())[0] == before[0]:
            renewals.add(lease[1])
            if len(renewals) == _RENEWALS_OF_ONE_AT_WORK:
                return False
            await self._sandbox.world.journal.wait(self._sandbox.world.journal.seq, timeout_seconds=0.2)
        return True

    async def _lease(self) -> tuple[int, datetime]:
        """Read who may send, as a number that grows, and until when."""
        dsn = self._url.replace("+psycopg", "")

        def read() -> tuple[int, datetime]:
            with psycopg.connect(dsn) as connection:
                row = connection.execute("SELECT token, expires_at FROM lease WHERE name = 'relay'").fetchone()
            assert row is not None
            return row[0], row[1]

        return await asyncio.to_thread(read)


_RENEWALS_OF_ONE_AT_WORK = 4
_WORKERS = ("worker 1", "worker 2")
_TOWN = {"web": Command.WEB, **dict.fromkeys(_WORKERS, Command.WORKER)}
