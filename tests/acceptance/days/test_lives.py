"""Ninety days of two lives between Madrid and New York, day by day against tables that were worked out by hand.

A table in `lives/` says of each day what the person does, when the bot writes to them unasked, and how score, streak
and freezes stand when the day is over; the README there says how it was reckoned. Here the days are lived over the
chat, and what came of them is written in the same words. Instants in a table are UTC and clocks are offsets, so nothing
here knows a time zone's rules but the bot.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import pytest

from bot.domain.journal import Overview, overview_of
from bot.storage.unit_of_work import Database, Transaction
from tests.acceptance.person import Message, Person, text_of
from tests.acceptance.reminded import REMINDER, Place, came_at, place

if TYPE_CHECKING:
    from tests.acceptance.bot_at_work import BotAtWork

TABLES = Path(__file__).parent / "lives"
YEAR = 2026
DAY_IS_OVER = 28  # four in the morning: three, and an hour for a night in which the clocks change
CHECK_IN = "I have kept your routine on hold"
TYPED = {
    "screening": ["none"],
    "screening_pain": ["1"],
    "exercising": ["done"] * 4,  # in one breath, as many as a routine has exercises
    "rating_back": ["2"],
}
PATIENCE_SECONDS = 30
SEEN = """
    SELECT (SELECT coalesce(max(update_id), 0) FROM inbox) AS handled,
        (SELECT min(next_due_at) FROM reminder WHERE chat_id = ?) AS due_at,
        (SELECT count(*) FROM outbox WHERE status IN ('queued', 'sending')) AS waiting,
        (SELECT state FROM chat WHERE chat_id = ?) AS state
"""

T = TypeVar("T")


class Deed(NamedTuple):
    """Something the person does, or that happens to the bot, at an instant."""

    at: datetime
    verb: str
    words: tuple[str, ...]


class Standing(NamedTuple):
    """How a day ended, in the words of a table; reminders are those that came until then."""

    day: str
    was: str
    score: str
    streak: str
    freezes: str
    reminders: str


@dataclass(frozen=True, slots=True)
class DayLived:
    """One line of a table."""

    begins_at: datetime
    ends_at: datetime
    deeds: tuple[Deed, ...]
    expected: Standing


def table(name: str) -> list[DayLived]:
    """Read a table of `lives/`."""
    lines = (TABLES / f"{name}.txt").read_text("utf-8").splitlines()
    _head, *rows = [line for line in lines if line and not line.startswith("#")]
    return [_day(*(cell.strip() for cell in row.split("|"))) for row in rows]


def _day(day: str, clock: str, was: str, score: str, streak: str, freezes: str, reminders: str, lived: str) -> DayLived:  # noqa: PLR0917 - the columns
    midnight = datetime.fromisoformat(f"{YEAR}-{day[:5]}").replace(tzinfo=UTC)
    midnight -= timedelta(hours=int(clock.rpartition(" ")[2]))
    deeds = []
    for deed in filter(None, (part.strip() for part in lived.split(";"))):
        at, verb, *words = deed.split(maxsplit=2)
        hours, minutes = map(int, at.split(":"))
        said = tuple(words[0].split(" / ")) if words else ()
        deeds.append(Deed(midnight + timedelta(hours=hours, minutes=minutes), verb, said))
    expected = Standing(day, was, score, streak, freezes, reminders)
    return DayLived(midnight, midnight + timedelta(hours=DAY_IS_OVER), tuple(deeds), expected)


class WatchedDatabase(Database):
    """A database that tells the loop of every commit."""

    def __init__(self, url: str, loop: asyncio.AbstractEventLoop, committed: asyncio.Event) -> None:
        super().__init__(url)
        self._loop, self._committed = loop, committed

    def run_here(self, work: Callable[[Transaction], T]) -> T:
        """Run `work`, and tell when it is committed."""
        result = super().run_here(work)
        self._loop.call_soon_threadsafe(self._committed.set)
        return result


class Seen(NamedTuple):
    """What the database says: the latest update handled, when the person's next reminder is due, letters on their way.

    `state` is what the conversation waits for, None before there is one.
    """

    handled: int
    due_at: str | None
    waiting: int
    state: str | None


class Life:
    """One person and the bot, from deed to deed; every instant at which something is due is visited on the way."""

    def __init__(self, here: Place, person: Person) -> None:
        self.here, self.person = here, person
        self.misread: list[str] = []
        self._running = AsyncExitStack()
        self._bot: BotAtWork | None = None
        self._committed = asyncio.Event()

    async def starts(self) -> None:
        """Start the bot, and let it do what is due."""
        loop = asyncio.get_running_loop()
        opened = self.here.bot(lambda url: WatchedDatabase(url, loop, self._committed))
        self._bot = await self._running.enter_async_context(opened)
        await self._settled()

    async def stops(self) -> None:
        """Stop the bot."""
        if self._bot is not None:
            self._bot.assert_nothing_failed()
        self._bot = None
        await self._running.aclose()

    async def until(self, at: datetime) -> None:
        """Live up to an instant."""
        while self._bot is not None and (due := _instant(self._seen().due_at)) is not None and due < at:
            await self._move_to(due)
        await self._move_to(at)

    async def do(self, deed: Deed, expected: Standing) -> None:
        """Do it when its time has come."""
        await self.until(deed.at)
        match deed.verb, deed.words:
            case "bot", ("stops",):
                await self.stops()
            case "bot", ("starts",):
                await self.starts()
            case "says", words:
                for word in words:
                    await self._say(word)
            case "taps", labels:
                for label in labels:
                    await self._tap(label)
            case "routine", ():
                await self._do_routine()
            case "reads", ():
                await self._say("/progress")
                self.misread += misread(text_of(await self.person.last_message()), expected)
            case _:
                raise AssertionError(f"no such deed: {deed}")

    def overview(self, database: Database, at: datetime) -> Overview:
        """Reckon what /progress would show at an instant, from what is stored."""

        def look(tx: Transaction) -> Overview:
            stored = tx.load_chat(self.person.id)
            assert stored is not None
            return overview_of(tx.journal(self.person.id), stored.chat, at)

        return database.run_here(look)

    async def _do_routine(self) -> None:
        """Begin, and answer whatever is asked until nothing is."""
        await self._say("/routine")
        while (state := self._seen().state) in TYPED:
            await self._say(*TYPED[state])

    async def _say(self, *texts: str) -> None:
        before = self._seen().handled
        for text in texts:
            await self.person.say(text)
        await self._settled(after=before + len(texts) - 1)

    async def _tap(self, label: str) -> None:
        before = self._seen().handled
        await self.person.press(label)
        await self._settled(after=before)

    async def _move_to(self, at: datetime) -> None:
        if self._bot is None:
            self.here.clock.move_to(at)
            return
        self._bot.move_to(at)
        await self._settled()

    async def _settled(self, *, after: int = -1) -> None:
        """Wait until the update after that one is handled, nothing is due any more, and everything is sent."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while True:
                self._committed.clear()
                seen = self._seen()
                due = _instant(seen.due_at)
                if seen.handled > after and not seen.waiting and (due is None or due > self.here.clock.now()):
                    return
                await self._committed.wait()

    def _seen(self) -> Seen:
        assert self._bot is not None, "the bot is down"
        return Seen(**self._bot.query(SEEN, self.person.id, self.person.id)[0])


def _instant(stored: str | None) -> datetime | None:
    return None if stored is None else datetime.fromisoformat(stored).replace(tzinfo=UTC)


def misread(text: str, expected: Standing) -> list[str]:
    """Return what the person should read of score, streak and freezes, and does not."""
    parts = (
        f"Steadiness: {round(100 * float(expected.score))} of 100",
        f"Days in a row: {expected.streak}.",
        f"still have {expected.freezes} this month",
    )
    return [f"{expected.day}: {part}" for part in parts if part not in text]


def unasked(messages: list[Message]) -> Iterator[tuple[datetime, str]]:
    """Yield when reminders and check-ins came, and how a table writes it."""
    for message in messages:
        for text, kind in ((REMINDER, ""), (CHECK_IN, " check-in")):
            if message["from"]["is_bot"] and text in text_of(message):
                at = came_at(message)
                yield at, f"{at:%m-%d %H:%M}{kind}"


def standing(day: DayLived, overview: Overview) -> Standing:
    """Write what came of a day, its reminders left out."""
    (was,) = (shown.mark.value for shown in overview.days if f"{shown.on:%m-%d %a}" == day.expected.day)
    streak = overview.streak
    return Standing(day.expected.day, was, f"{overview.score:.4f}", str(streak.days), str(streak.freezes_left), "")


@pytest.fixture
async def life(tmp_path: Path, days: list[DayLived]) -> AsyncIterator[Life]:
    """Return somebody's life on its first morning."""
    begins_at = days[0].begins_at + timedelta(hours=6)
    async with place(tmp_path, begins_at) as here, await here.person() as person:
        life = Life(here, person)
        await life.starts()
        yield life
        await life.stops()


@pytest.fixture
def days(request: pytest.FixtureRequest) -> list[DayLived]:
    """Return the table that a test is about."""
    return table(request.param)


@pytest.mark.parametrize("days", ["madrid", "new_york"], indirect=True)
async def test_ninety_days_as_worked_out_by_hand(life: Life, days: list[DayLived]) -> None:
    """Every reminder comes at its minute and no other comes; every day counts, and every evening stands, as written."""
    lived = []
    with closing(Database(f"sqlite:///{life.here.database}")) as database:
        for day in days:
            for deed in day.deeds:
                await life.do(deed, day.expected)
            await life.until(day.ends_at)
            lived.append(standing(day, life.overview(database, day.ends_at)))
    came = list(unasked(await life.person.messages()))
    for number, day in enumerate(days):
        begins_at = days[number - 1].ends_at if number else day.begins_at
        reminders = ", ".join(written for at, written in came if begins_at <= at < day.ends_at)
        lived[number] = lived[number]._replace(reminders=reminders)
    assert [day for day in zip(lived, (day.expected for day in days), strict=True) if day[0] != day[1]] == []
    assert life.misread == []
