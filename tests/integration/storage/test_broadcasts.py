"""Broadcasts on both engines: who gets one, when, in what portions, and that nobody gets it twice."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select

from bot.domain.broadcast import Broadcast, BroadcastStatus
from bot.domain.chat import Hold
from bot.domain.effects import OpenSession
from bot.domain.safety import Flag, Tier
from bot.domain.staff import Segment
from bot.presentation.messages import Priority
from bot.storage import tables as t
from bot.storage.unit_of_work import Database, Transaction
from bot.usecases import broadcasts, outbox
from bot.usecases.delivery import Unknown
from bot.usecases.knowledge import Knowledge
from bot.usecases.ports import Status, StoredChat
from tests.integration.storage.samples import SESSION, letter, sent, stored

NOON = datetime(2026, 5, 7, 16, 0, tzinfo=UTC)  # in New York, where the samples live
STAFF_CHAT = -5
HOLD = Hold(Tier.URGENT, Flag.NEURO, "U1", NOON)
DRAFT = Broadcast(0, "The clinic is closed.", Segment(), BroadcastStatus.DRAFT, NOON, "en")


@pytest.fixture(scope="module")
def clinic(knowledge: Knowledge) -> Knowledge:
    """Return what the bot of a clinic with a staff chat knows."""
    return replace(knowledge, staff_chat_id=STAFF_CHAT)


def begin(
    database: Database, *people: StoredChat, segment: Segment | None = None, confirmed_at: datetime = NOON
) -> int:
    """Store people who agreed an hour before noon, and a broadcast that was confirmed; return its number."""

    def write(tx: Transaction) -> int:
        for person in people:
            tx.save_chat(person, NOON)
        going = replace(
            DRAFT,
            segment=segment or Segment(),
            status=BroadcastStatus.SENDING,
            confirmed_at=confirmed_at,
            next_at=confirmed_at,
            shown_at=confirmed_at,
        )
        return tx.write_broadcast(going)

    return database.run_here(write)


def person(chat_id: int, **changes: Any) -> StoredChat:
    """Return somebody who is set up and agreed before noon."""
    return stored(chat_id, **{"consented_at": NOON - timedelta(hours=1), **changes})


def expand(database: Database, knowledge: Knowledge, now: datetime = NOON) -> None:
    """Go on with the broadcast for as long as it says there is more to do at once."""
    while database.run_here(partial(broadcasts.expand, now=now, knowledge=knowledge)):
        pass


def letters(database: Database) -> list[dict[str, Any]]:
    """Return the letters of broadcasts, by chat."""
    with database.engine.connect() as connection:
        fits = t.outbox.c.priority == int(Priority.BROADCAST)
        rows = connection.execute(select(t.outbox).where(fits).order_by(t.outbox.c.chat_id)).mappings()
        return [dict(row) for row in rows]


def reached(database: Database) -> list[int]:
    """Return who has a letter."""
    return [row["chat_id"] for row in letters(database)]


def load(database: Database, number: int) -> Broadcast:
    """Return the broadcast as it is stored."""
    found = database.run_here(lambda tx: tx.load_broadcast(number))
    assert found is not None
    return found


def test_only_who_may_be_written_to_is(database: Database, clinic: Knowledge) -> None:
    """Nobody who has not agreed or not set up, is blocked, paused or held, or agreed only afterwards."""
    begin(
        database,
        person(1),
        person(2, consented_at=None),
        person(3, zone=None),
        person(4, reminder_times=None),
        replace(person(5), blocked_at=NOON),
        person(6, paused_at=NOON),
        person(7, hold=HOLD),
        person(8, consented_at=NOON + timedelta(minutes=1)),
        person(9, language="es"),
    )
    expand(database, clinic)
    found = {row["chat_id"]: row["payload"]["text"] for row in letters(database)}
    assert set(found) == {1, 9}
    assert all("The clinic is closed." in text for text in found.values())


@pytest.mark.parametrize(
    ("segment", "expected"),
    [
        (Segment(language="es"), [2]),
        (Segment(active=True), [3]),
        (Segment(level="build"), [4]),
        (Segment(level="settle"), [1, 2, 3]),
        (Segment(language="en", active=True), [3]),
    ],
    ids=str,
)
def test_a_segment_narrows_it(database: Database, clinic: Knowledge, segment: Segment, expected: list[int]) -> None:
    """By language, by a routine finished lately, and by the level of the latest session, the first one without any."""
    number = begin(
        database,
        person(1, finished_at=NOON - timedelta(days=15)),
        person(2, language="es"),
        person(3, finished_at=NOON - timedelta(days=13)),
        person(4),
        segment=segment,
    )
    for count, level in enumerate(("settle", "build"), 1):
        opening = OpenSession(replace(SESSION, number=count), level)
        database.run_here(partial(Transaction.open_session, chat_id=4, opening=opening, local_date=NOON.date()))
    expand(database, clinic)
    assert reached(database) == expected
    assert database.run_here(lambda tx: tx.count_recipients(segment, "settle", NOON)) == len(expected)
    assert load(database, number).queued == len(expected)


def test_whoever_sleeps_gets_it_in_the_morning(database: Database, clinic: Knowledge) -> None:
    """Noon in New York is one at night in Tokyo: that letter leaves after seven there, and ends in the evening."""
    number = begin(database, person(1), person(2, zone="Asia/Tokyo"))
    expand(database, clinic)
    assert reached(database) == [1]
    for hours in (1, 5):
        expand(database, clinic, NOON + timedelta(hours=hours - 0.5))
    assert reached(database) == [1]
    morning = NOON + timedelta(hours=6, minutes=15)
    expand(database, clinic, morning)
    assert reached(database) == [1, 2]
    assert [row["expires_at"] for row in letters(database)] == [
        datetime(2026, 5, 8, 2, 0, tzinfo=UTC),
        datetime(2026, 5, 8, 13, 0, tzinfo=UTC),
    ]
    assert load(database, number).status is BroadcastStatus.SENDING


def test_it_leaves_in_portions_and_ends_when_all_have_left(
    database: Database, clinic: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No transaction takes more than a portion, no more than a few portions wait, and the end is told."""
    monkeypatch.setattr(broadcasts, "AT_ONCE", 3)
    monkeypatch.setattr(broadcasts, "MOST_WAITING", 6)
    number = begin(database, *(person(chat_id) for chat_id in range(1, 11)))
    step = partial(broadcasts.expand, now=NOON, knowledge=clinic)
    assert database.run_here(step)
    assert reached(database) == [1, 2, 3]
    expand(database, clinic)
    assert reached(database) == [1, 2, 3, 4, 5, 6]
    later = NOON
    for _ in range(5):
        database.run_here(deliver_all)
        later += timedelta(seconds=2)
        expand(database, clinic, later)
    assert reached(database) == list(range(1, 11))
    over = load(database, number)
    assert (over.status, over.queued) == (BroadcastStatus.SENT, 10)
    assert database.run_here(lambda tx: tx.delivered(number)).sent == 10


def deliver_all(tx: Transaction) -> None:
    """Settle every letter as sent."""
    taken = tx.take_letters(NOON + timedelta(minutes=1), 100, ())
    tx.settle([sent(one) for one in taken], NOON)


def test_a_death_in_between_repeats_nobody(database: Database, clinic: Knowledge) -> None:
    """What was not committed is done again, what was is not, also where the place it stood at was lost."""
    number = begin(database, person(1), person(2))

    def dies(tx: Transaction) -> None:
        broadcasts.expand(tx, now=NOON, knowledge=clinic)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        database.run_here(dies)
    assert reached(database) == []
    expand(database, clinic)
    database.run_here(deliver_all)
    lost = replace(load(database, number), after_chat_id=None, next_at=NOON)
    database.run_here(lambda tx: tx.save_broadcast(lost))
    expand(database, clinic)
    assert reached(database) == [1, 2]


def test_a_letter_of_unknown_fate_is_not_sent_again(database: Database, clinic: Knowledge) -> None:
    """Neither after a lost answer nor after the relay that was sending it died; a reminder is."""
    begin(database, person(1), person(2))
    expand(database, clinic)
    database.run_here(lambda tx: tx.queue([letter("r1:20260507", 3, Priority.REMINDER)]))
    first, second, reminder = database.run_here(lambda tx: sorted(tx.take_letters(NOON, 10, ()), key=by_chat))
    lost = [outbox.judge(one, Unknown("lost", was_answered=True), now=NOON, jitter=0) for one in (first, reminder)]
    assert [one.status for one in lost] == [Status.UNKNOWN, Status.QUEUED]
    database.run_here(lambda tx: tx.settle(lost[:1], NOON))
    database.run_here(partial(outbox.take_over, settlements=[], holder="new", now=NOON, force=True))
    assert [row["status"] for row in letters(database)] == ["unknown", "unknown"]
    assert database.run_here(lambda tx: tx.status_of(reminder.key)) is Status.QUEUED
    assert second.chat_id == 2


def by_chat(one: Any) -> int:
    """Return whose letter it is."""
    chat_id: int = one.chat_id
    return chat_id


def test_a_cancelled_one_stops_at_once(database: Database, clinic: Knowledge) -> None:
    """What waits is cancelled; what is on its way is not tried again, and nobody else is written to."""
    number = begin(database, person(1), person(2))
    expand(database, clinic)
    database.run_here(lambda tx: tx.take_letters(NOON, 1, ()))
    database.run_here(lambda tx: tx.cancel_broadcast(number))
    cancelled = replace(load(database, number), status=BroadcastStatus.CANCELLED)
    database.run_here(lambda tx: tx.save_broadcast(cancelled))
    assert [row["status"] for row in letters(database)] == ["sending", "cancelled"]
    database.run_here(lambda tx: tx.save_chat(person(3), NOON))
    expand(database, clinic, NOON + timedelta(hours=1))
    assert reached(database) == [1, 2]


def test_one_that_is_two_days_old_is_given_up(database: Database, clinic: Knowledge) -> None:
    """A bot that was down for long sends nothing of it any more: the first letters' keys may be forgotten."""
    number = begin(database, person(1))
    expand(database, clinic, NOON + timedelta(days=2, minutes=1))
    assert reached(database) == []
    assert load(database, number).status is BroadcastStatus.CANCELLED


def test_pausing_withdraws_it_and_no_reminder(database: Database, clinic: Knowledge) -> None:
    """Of what waits for somebody who does not want to hear from the bot, the broadcast goes."""
    begin(database, person(1))
    expand(database, clinic)
    database.run_here(lambda tx: tx.queue([letter("r1:20260507", 1, Priority.REMINDER), letter("u1:0", 1)]))
    database.run_here(lambda tx: tx.withdraw_messages(1, spared=Priority.REMINDER))
    assert [row["status"] for row in letters(database)] == ["cancelled"]
    for key in ("r1:20260507", "u1:0"):
        assert database.run_here(partial(Transaction.status_of, key=key)) is Status.QUEUED
