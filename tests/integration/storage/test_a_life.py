"""Two weeks of a life in Madrid and New York, against a table that was worked out by hand.

The days go through the same use cases as everybody's: reminders are claimed when they are due, routines finished,
reminders paused and resumed, yesterday is put right, and the person flies to New York. Clocks change on 29 March.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest

from bot.domain.adherence import day_of
from bot.domain.effects import OpenSession, SessionStatus
from bot.domain.journal import counted_days_of, overview_of
from bot.storage.unit_of_work import Database, Transaction
from bot.usecases import inbox, reminders
from bot.usecases.incoming import Incoming, Pressed, Said
from bot.usecases.knowledge import Knowledge
from tests.integration.storage.samples import SESSION, stored

ADA = 7
MADRID, NEW_YORK = "Europe/Madrid", "America/New_York"
GRACE = timedelta(hours=2)


class Life:
    """One person's days; times are those on the clocks of the place where they are."""

    def __init__(self, database: Database, knowledge: Knowledge) -> None:
        self.database, self.knowledge = database, knowledge
        self.zone = MADRID
        self.done = 0
        self.updates = 0
        now = self.at("03-19 12:00")
        chat = stored(ADA, zone=MADRID, consented_at=now)

        def set_up(tx: Transaction) -> None:
            tx.save_chat(chat, now)
            reminders.reschedule(tx, chat.chat, now=now)

        self.run(set_up)

    def at(self, moment: str) -> datetime:
        """Return a moment of 2026."""
        return datetime.fromisoformat(f"2026-{moment}").replace(tzinfo=ZoneInfo(self.zone)).astimezone(UTC)

    def run(self, work: Callable[[Transaction], object]) -> object:
        """Run a transaction."""
        return self.database.run_here(work)

    def remind(self, *days: str) -> None:
        """Let the reminders of these days come, at half past seven."""
        for day in days:
            at = partial(reminders.claim_due, limit=9, grace=GRACE, knowledge=self.knowledge)
            self.run(partial(at, now=self.at(f"{day} 07:30")))

    def exercise(self, *moments: str) -> None:
        """Do the whole routine."""
        for moment in moments:
            self.done += 1
            self.run(partial(self._finish, now=self.at(moment)))

    def say(self, content: Said | Pressed, moment: str) -> None:
        """Write to the bot, or press a button."""
        self.updates += 1
        incoming = Incoming(self.updates, ADA, content)
        self.run(lambda tx: inbox.handle(tx, incoming, now=self.at(moment), knowledge=self.knowledge))

    def fly(self, zone: str, moment: str) -> None:
        """Be in another zone from a moment on (told by the clocks of the place that is left)."""
        now = self.at(moment)
        self.zone = zone

        def work(tx: Transaction) -> None:
            loaded = tx.load_chat(ADA)
            assert loaded is not None
            tx.save_chat(replace(loaded, chat=replace(loaded.chat, zone=zone)), now)
            reminders.reschedule(tx, replace(loaded.chat, zone=zone), now=now)

        self.run(work)

    def standing(self, moment: str) -> tuple[str, int, int, float]:
        """Return the counted days (x done, - left out), streak, freezes left, and the score."""
        now = self.at(moment)
        journal = self.database.run_here(lambda tx: tx.journal(ADA))
        loaded = self.database.run_here(lambda tx: tx.load_chat(ADA))
        assert loaded is not None
        counted = counted_days_of(journal, loaded.chat, day_of(now, self.zone), zone=self.zone)
        overview = overview_of(journal, loaded.chat, now)
        days = "".join("x" if day.done else "-" for day in counted)
        return days, overview.streak.days, overview.streak.freezes_left, round(overview.score, 5)

    def _finish(self, tx: Transaction, now: datetime) -> None:
        loaded = tx.load_chat(ADA)
        assert loaded is not None
        session = replace(SESSION, number=self.done, started_at=now)
        tx.open_session(ADA, OpenSession(session, "settle"), day_of(now, self.zone))
        tx.close_session(ADA, self.done, SessionStatus.FINISHED, now + timedelta(minutes=9))
        reminders.reschedule(tx, loaded.chat, now=now, after_today=True)


@pytest.fixture
def life(database: Database, knowledge: Knowledge) -> Life:
    """Return the life of somebody who was set up on 19 March, a Thursday, with a reminder at 7:30."""
    return Life(database, knowledge)


def test_every_day_counts_as_worked_out_by_hand(life: Life) -> None:
    """A day done adds 0.0519225 of what is missing to the score, a day left out takes as much of what there is."""
    life.remind("03-20", "03-21", "03-22", "03-23")
    life.exercise("03-20 20:00", "03-21 20:00")
    assert life.standing("03-23 12:00") == ("xx-", 2, 1, 0.0959)

    life.exercise("03-24 00:30")  # still the 23rd's
    life.remind("03-24")  # and the 24th's comes as ever
    life.exercise("03-24 20:00")
    life.remind("03-25")
    assert life.standing("03-25 12:00") == ("xx-xx", 4, 1, 0.18735)

    life.say(Said("/pause"), "03-25 12:00")
    life.remind("03-26", "03-27", "03-28")
    assert life.standing("03-28 11:00") == ("xx-xx", 4, 1, 0.18735)
    life.say(Said("/resume"), "03-28 12:00")

    life.remind("03-29")
    life.exercise("03-29 20:00")
    life.remind("03-30", "03-31", "04-01")
    assert life.standing("04-01 11:00") == ("xx-xxx--", 0, 2, 0.20632)  # a third day left out in March

    life.say(Pressed("did:2026-03-31", "q", 1), "04-01 12:00")
    life.remind("04-02")
    life.fly(NEW_YORK, "04-02 12:00")
    life.remind("04-02")  # half past seven for the second time that day: no second reminder
    life.exercise("04-02 20:00")
    life.remind("04-03")
    life.exercise("04-03 20:00")
    life.remind("04-04")
    assert life.standing("04-04 12:00") == ("xx-xxx-x-xx", 8, 1, 0.32122)

    sent = life.database.run_here(lambda tx: tx.everything_about(ADA))["outbox"]
    reminded = 6 + 4 + 3  # from 20 to 25 March, from 29 March to 1 April, from 2 to 4 April
    answered = 3  # paused, resumed, noted
    assert sum(letter["method"] == "sendMessage" for letter in sent) == reminded + answered
