"""Days of a crowd, lived in virtual time: claims, sends, trims, and what comes of it.

A tick claims what is due half a second late, the bot's average; ticks that would find nothing are passed over, and so
is the relay's idling. Telegram's answers come up to a second late, as many at once as keep nobody waiting, because
every answer costs the relay a transaction, and transactions are most of the real time. Lateness is counted at the
moment the gateway is called, and against the schedule itself, not against anything the planner stored: a reminder that
came early or twice would show.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial
from math import ceil, inf
from pathlib import Path
from typing import Any, TypeVar

from bot.domain.chat import Chat, State
from bot.domain.dues import DAILY, NewDue
from bot.domain.schedule import next_due
from bot.processes import Work
from bot.simulation.people import Person
from bot.simulation.virtual_time import VirtualClock, VirtualTimeLoop
from bot.storage import migrations
from bot.storage.unit_of_work import Database, Transaction
from bot.telegram.rate import Rates
from bot.telegram.relay import Relay
from bot.usecases.delivery import SendResult, Sent
from bot.usecases.knowledge import Knowledge
from bot.usecases.ports import StoredChat

T = TypeVar("T")

START = datetime(2026, 3, 2, tzinfo=UTC)  # a Monday; New York's clocks go forward on the Sunday

_BEFORE = START - timedelta(minutes=1)  # when everybody had set up the bot
_TICK_SECONDS = 0.5
_RATE_OF_SEVERAL_A_STEP = 30
_IN_FLIGHT = 100  # calls without an answer that cost nobody anything: about half of the relay's workers
_TRIM_SECONDS = 6 * 60 * 60
_DAY_SECONDS = 24 * 60 * 60
_AFTERMATH_SECONDS = 60
_PEOPLE_AT_ONCE = 500
_HALF_DAY = timedelta(hours=12)


@dataclass(slots=True)
class Outcome:
    """What came of some days: how many reminders fell due and were sent, how late, and how large the database is.

    What fell due and was not sent was past its grace period. `late` counts reminders by lateness in tenths of a second,
    `minutes` by the instant they were due.
    """

    due: int = 0
    sent: int = 0
    early: int = 0
    twice: int = 0
    late: Counter[int] = field(default_factory=Counter)
    minutes: Counter[datetime] = field(default_factory=Counter)
    database_bytes: int = 0

    def lateness_seconds(self, share: float) -> float:
        """Return the lateness that this share of the reminders sent does not exceed; 0 where none was sent."""
        wanted, seen = ceil(share * self.sent), 0
        for tenths in sorted(self.late):
            seen += self.late[tenths]
            if seen >= wanted:
                return tenths / 10
        return 0.0

    def sent_within(self, seconds: float) -> int:
        """Return how many reminders were at most so late."""
        return sum(count for tenths, count in self.late.items() if tenths <= seconds * 10)


@dataclass(frozen=True, slots=True)
class Rules:
    """What the operator decides: messages a second, how late a reminder may be, and what the texts say."""

    per_second: float
    grace: timedelta
    knowledge: Knowledge


def live(people: Sequence[Person], *, days: int, rules: Rules, path: Path, tell: Callable[[int], None]) -> Outcome:
    """Let people live so many days from START, with their rows in a new SQLite file at `path`.

    `tell` is called with numbers of people stored, and of reminders claimed.
    """
    database = _InlineDatabase(path)
    try:
        migrations.apply(database.engine)
        _settle(database, people, tuple(rules.knowledge.languages), tell)
        with asyncio.Runner(loop_factory=partial(VirtualTimeLoop, _step_seconds(rules))) as runner:
            world = _World(people, database, rules, tell, runner.get_loop())
            runner.run(world.live(days * _DAY_SECONDS))
    finally:
        database.close()
    world.outcome.database_bytes = path.stat().st_size
    return world.outcome


def _step_seconds(rules: Rules) -> float:
    """Return how finely time is looked at: at low rates reminders leave one by one, each at its moment."""
    return 1 / 16 if rules.per_second >= _RATE_OF_SEVERAL_A_STEP else 1 / 256


def _settle(
    database: Database, people: Sequence[Person], languages: Sequence[str], tell: Callable[[int], None]
) -> None:
    """Store people who have been through everything the bot asks at first, and when their first reminder is due."""

    def settle(tx: Transaction, some: Sequence[Person]) -> None:
        for person in some:
            chat = Chat(
                chat_id=person.chat_id,
                language=languages[person.language % len(languages)],
                state=State.IDLE,
                consented_at=_BEFORE,
                zone=person.daily.zone,
                reminder_times=person.daily.times,
            )
            tx.save_chat(StoredChat(chat), _BEFORE)
        firsts = ((person.chat_id, next_due(person.daily, _BEFORE).due_at) for person in some)
        tx.set_many_due([NewDue(chat_id, DAILY, due_at) for chat_id, due_at in firsts])

    for first in range(0, len(people), _PEOPLE_AT_ONCE):
        some = people[first : first + _PEOPLE_AT_ONCE]
        database.run_here(partial(settle, some=some))
        tell(len(some))


class _InlineDatabase(Database):
    """A new SQLite file whose transactions run in the event loop's thread: virtual time would run on while it waits.

    Nothing waits for the disk either: that would be most of the real time, and this file need not outlive its process.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(f"sqlite:///{path}")
        with closing(self.engine.raw_connection()) as connection:
            connection.cursor().execute("PRAGMA synchronous=OFF")

    async def run(self, work: Callable[[Transaction], T]) -> T:
        """Run `work` in one transaction."""
        return self.run_here(work)


class _World:
    """The bot's parts in virtual time."""

    def __init__(
        self,
        people: Sequence[Person],
        database: Database,
        rules: Rules,
        tell: Callable[[int], None],
        loop: asyncio.AbstractEventLoop,
    ) -> None:
        self.outcome = Outcome()
        self._people = people
        self._reminded_on: list[date | None] = [None] * len(people)
        self._database = database
        self._tell = tell
        self._loop = loop
        self._clock = VirtualClock(loop, START)
        self._relay = Relay(
            run=database.run,
            send=self._send,
            clock=self._clock,
            per_second=rules.per_second,
            alone=True,
            rates=Rates(rules.per_second, clock=loop.time),
            seconds=loop.time,
        )
        self._work = Work(
            database,
            rules.knowledge,
            self._clock,
            grace=rules.grace,
            wake_relay=self._relay.wake,
            ticked=lambda: None,
        )
        self._answers_every = min(1.0, _IN_FLIGHT / rules.per_second)
        self._grace_seconds = rules.grace.total_seconds()
        self._all_sent = asyncio.Event()
        self._sent_or_late_at = 0.0
        self._trim_at = 0.0

    async def live(self, seconds: float) -> None:
        """Claim whatever falls due within `seconds`, and let all of it be sent or become too late."""
        while (tick := self._next_tick()) < seconds:
            await self._send_until(tick)
            await self._claim()
            await self._trim()
        await self._send_until(max(seconds, self._sent_or_late_at))

    def _next_tick(self) -> float:
        due_at = self._database.run_here(lambda tx: tx.next_due_of_all())
        return inf if due_at is None else (due_at - START).total_seconds() + _TICK_SECONDS

    async def _send_until(self, seconds: float) -> None:
        """Let the relay run until then; once nothing is left to send, time passes without it."""
        stop = asyncio.Event()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._relay.run(stop))
            with suppress(TimeoutError):
                async with asyncio.timeout_at(min(seconds, self._sent_or_late_at)):
                    await self._all_sent.wait()
            stop.set()
        await asyncio.sleep(seconds - self._loop.time())

    async def _claim(self) -> None:
        waiting = 0 if self.outcome.sent == self.outcome.due else self._waiting()
        await self._work.claim_reminders()
        claimed = self._waiting() - waiting
        self.outcome.due += claimed
        self._tell(claimed)
        self._all_sent.clear()
        self._sent_or_late_at = self._loop.time() + self._grace_seconds + _AFTERMATH_SECONDS

    def _waiting(self) -> int:
        return sum(self._database.run_here(lambda tx: tx.waiting_letters()).values())

    async def _trim(self) -> None:
        if self._loop.time() >= self._trim_at:
            await self._work.trim()
            self._trim_at = self._loop.time() + _TRIM_SECONDS

    async def _send(self, method: str, payload: Mapping[str, Any]) -> SendResult:
        """Note how late this reminder is, by the schedule alone, and answer together with others."""
        del method
        outcome, now = self.outcome, self._clock.now()
        number = payload["chat_id"] - 1
        occurrence = next_due(self._people[number].daily, now - _HALF_DAY)
        outcome.sent += 1
        outcome.early += occurrence.due_at > now
        outcome.twice += occurrence.local_date == self._reminded_on[number]
        self._reminded_on[number] = occurrence.local_date
        outcome.minutes[occurrence.due_at] += 1
        outcome.late[round((now - occurrence.due_at).total_seconds() * 10)] += 1
        if outcome.sent == outcome.due:
            self._all_sent.set()
        await asyncio.sleep(self._answers_every - self._loop.time() % self._answers_every)
        return Sent(outcome.sent)
