"""What the clinic's side stores, on both engines: requests, codes, invitations, counts, and what is trimmed."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest
from sqlalchemy import select

from bot.domain.chat import Hold
from bot.domain.crowd import Crowd, Deliveries, PersonCounted, Standing
from bot.domain.dues import DayNote
from bot.domain.effects import OpenSession, SessionStatus
from bot.domain.events import StaffCodeRenewed, StaffConsentAnswered
from bot.domain.safety import Finding, Flag, Tier
from bot.domain.staff import Invitation
from bot.presentation.messages import Outgoing, Priority
from bot.storage import tables as t
from bot.storage.unit_of_work import Database, Transaction
from bot.usecases import clinic, inbox
from bot.usecases.clinic_ports import StaffAction, StaffRequest
from bot.usecases.incoming import FromApp, Incoming
from bot.usecases.ports import Addressee, Status
from tests.integration.storage.samples import MINUTE, NOW, SESSION, letter, sent, stored
from tests.knowledge import the_knowledge

TODAY = date(2026, 5, 7)
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
REQUEST = StaffRequest(7, 99, "/stats", None, "en", NOW)
CODE = "BCDFGHJKMN"


def test_a_request_is_answered_once(database: Database) -> None:
    """It waits in the order it came, and whoever ends it second is told so."""

    def ask(tx: Transaction) -> None:
        for request in (replace(REQUEST, update_id=8), REQUEST, REQUEST):
            tx.keep_request(request)

    database.run_here(ask)
    assert database.run_here(lambda tx: tx.next_request()) == REQUEST
    assert database.run_here(lambda tx: [tx.end_request(7), tx.end_request(7)]) == [True, False]
    assert database.run_here(lambda tx: tx.next_request()) == replace(REQUEST, update_id=8)


def test_a_code_belongs_to_one_person(database: Database) -> None:
    """Somebody else's is not given twice, and a forgotten one finds nobody."""

    def work(tx: Transaction) -> list[object]:
        for chat_id in (1, 2):
            tx.save_chat(stored(chat_id), NOW)
        given = [tx.set_staff_code(1, "BCDFGHJK"), tx.set_staff_code(2, "BCDFGHJK"), tx.set_staff_code(1, "MNPQRSTV")]
        found = [tx.staff_code(1), tx.staff_code(2), tx.chat_with_code("BCDFGHJK")]
        tx.drop_staff_code(1)
        return [*given, *found, tx.chat_with_code("BCDFGHJK")]

    assert database.run_here(work) == [True, False, False, "BCDFGHJK", None, 1, None]


@pytest.mark.parametrize(
    ("event", "left"),
    [
        (StaffConsentAnswered(agrees=False), {("staff1xone", True), ("staff11xthree", False)}),
        (StaffCodeRenewed(), {("staff1xone", False), ("staff1xtwo", False), ("staff11xthree", False)}),
    ],
    ids=["taken back", "a new code"],
)
def test_who_takes_the_consent_back_is_told_of_no_more(
    database: Database, event: StaffConsentAnswered | StaffCodeRenewed, left: set[tuple[str, bool]]
) -> None:
    """What waits for the staff chat goes, what is in flight is not tried again; a new code withdraws nothing."""

    def work(tx: Transaction) -> None:
        tx.save_chat(stored(1, staff_consent=True), NOW)
        tx.queue([letter("staff1xone", -5)])
        tx.take_letters(NOW, 1, ())
        tx.queue([letter("staff1xtwo", -5), letter("staff11xthree", -5)])
        incoming = Incoming(-1, 1, FromApp(event))
        inbox.handle(tx, incoming, now=NOW, knowledge=replace(the_knowledge(), staff_chat_id=-5))

    database.run_here(work)
    with database.engine.connect() as connection:
        letters = connection.execute(select(t.outbox).where(t.outbox.c.chat_id == -5)).mappings().all()
    assert {(one["dedupe_key"], one["expires_at"] == t.BEFORE_ALL_TIME) for one in letters} == left


@pytest.mark.parametrize(
    ("uses", "later", "expected"),
    [
        (1, timedelta(), [True, False, False]),
        (2, timedelta(), [True, True, False]),
        (None, timedelta(), [True, True, True]),
        (None, 14 * DAY, [False, False, False]),
        (None, 14 * DAY - MINUTE, [True, True, True]),
    ],
    ids=str,
)
def test_an_invitation_serves_so_many_for_so_long(
    database: Database, uses: int | None, later: timedelta, expected: list[bool]
) -> None:
    """Once or more often, until its end; a code that is none opens nothing."""
    made = Invitation(language="es", programme="lower-back", uses=uses)

    def work(tx: Transaction) -> list[bool]:
        assert tx.write_invitation(CODE, made, NOW)
        assert not tx.write_invitation(CODE, made, NOW)
        assert tx.accept_invitation("BCDFGHJKMX", NOW) is None
        return [tx.accept_invitation(CODE, NOW + later) is not None for _ in range(3)]

    assert database.run_here(work) == expected


def test_a_withdrawn_invitation_opens_nothing(database: Database) -> None:
    """What it brought is as it was made; withdrawn a second time it is gone already."""
    made = Invitation(language="es", programme="lower-back", uses=None)

    def work(tx: Transaction) -> list[object]:
        tx.write_invitation(CODE, made, NOW)
        found = tx.accept_invitation(CODE, NOW)
        ended = [tx.withdraw_invitation(CODE, NOW), tx.withdraw_invitation(CODE, NOW)]
        return [found, *ended, tx.accept_invitation(CODE, NOW)]

    found, *rest = database.run_here(work)
    assert isinstance(found, Invitation)
    assert (found.language, found.programme) == ("es", "lower-back")
    assert rest == [True, False, None]


def write_person(tx: Transaction) -> None:
    """Store somebody with due days, days done, a day by their own word, a missed reminder, and findings."""
    tx.save_chat(stored(1, finished_at=NOW - DAY), NOW)
    notes = [(1, "daily", "sent"), (2, "daily", "sent"), (3, "daily", "not_wanted"), (4, "daily", "missed")]
    notes += [(2, "own_word", "done"), (1, "own_word", "done"), (40, "daily", "sent"), (40, "own_word", "done")]
    tx.note_days([DayNote(1, TODAY - back * DAY, kind, outcome) for back, kind, outcome in notes], NOW)
    for number, back in enumerate((1, 1, 40), 1):
        tx.open_session(1, OpenSession(replace(SESSION, number=number), "settle"), TODAY - back * DAY)
        tx.close_session(1, number, SessionStatus.FINISHED, NOW)
    for tier, back in ((Tier.REFERRAL, 1), (Tier.URGENT, 2), (Tier.EMERGENCY, 40)):
        tx.record_finding(1, Finding(tier, Flag.NEURO, "U1", ()), NOW - back * DAY)


def test_people_are_counted_by_days_and_gravest_finding(database: Database) -> None:
    """Four weeks count; a day is done once, by a session or the person's own word; who has not agreed is nobody."""

    def work(tx: Transaction) -> list[PersonCounted]:
        write_person(tx)
        tx.save_chat(stored(2, consented_at=None), NOW)
        tx.save_chat(replace(stored(3, paused_at=NOW), blocked_at=NOW), NOW)
        tx.save_chat(stored(4, hold=Hold(Tier.URGENT, Flag.NEURO, "U1", NOW)), NOW)
        return [*tx.count_people(None, NOW, 2), *tx.count_people(3, NOW, 2)]

    first, left, held = database.run_here(work)
    assert first == PersonCounted(1, NOW, NOW - DAY, False, False, due=3, done=2, missed=1, tier="urgent")
    assert (left.chat_id, left.is_resting, left.has_left) == (3, True, True)
    assert (held.chat_id, held.is_resting, held.has_left, held.due, held.tier) == (4, True, False, 0, None)


def test_a_crowd_is_gone_through_in_portions(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Portion after portion, everybody is counted once."""
    monkeypatch.setattr(clinic, "PEOPLE_AT_ONCE", 2)
    for chat_id in range(1, 6):
        database.run_here(partial(Transaction.save_chat, stored=stored(chat_id), now=NOW))
    crowd, after, portions = Crowd(), None, 0
    while portions == 0 or after is not None:
        after = database.run_here(partial(clinic.count_people, crowd=crowd, after_chat_id=after, now=NOW))
        portions += 1
    assert (crowd.people, crowd.standings[Standing.NEW], portions) == (5, 5, 3)


def test_letters_of_a_day_are_counted_by_what_became_of_them(database: Database) -> None:
    """Reminders by how late they came, from the time at which they were due."""
    reminder = Outgoing("sendMessage", {"text": "It is time."}, Priority.REMINDER)

    def work(tx: Transaction) -> Deliveries:
        lateness = enumerate((0, 9, 11, 59, 61, 299, 301), 1)
        to = [Addressee(f"r{number}", number, None, NOW - timedelta(seconds=late)) for number, late in lateness]
        tx.queue_alike(reminder, to, NOW)
        tx.queue([letter("reply", 20), letter("gone", 21), letter("refused", 22), letter("never tried", 23)])
        taken = {one.key: one for one in tx.take_letters(NOW, 100, ())}
        endings = {"gone": Status.GAVE_UP, "refused": Status.CANCELLED}
        tx.settle([replace(sent(one), status=endings.get(key, Status.SENT)) for key, one in taken.items()], NOW)
        return tx.count_deliveries(NOW - DAY)

    counted = database.run_here(work)
    assert counted == Deliveries(9, 1, 1, within_10_seconds=2, within_a_minute=2, within_5_minutes=2, late=1)
    assert database.run_here(lambda tx: tx.count_deliveries(NOW + MINUTE)) == Deliveries()


def test_what_is_old_is_trimmed(database: Database) -> None:
    """The log of two years, the rest of three months, and today's requests stay."""

    def write(tx: Transaction) -> None:
        for number, hours in enumerate((23, 25)):
            tx.keep_request(replace(REQUEST, update_id=number, asked_at=NOW - hours * HOUR))
        for days in (clinic.ACTION_DAYS - 1, clinic.ACTION_DAYS + 1):
            tx.log_action(StaffAction(NOW - days * DAY, 99, "stats"))
        for days in (clinic.INVITATION_DAYS - 1, clinic.INVITATION_DAYS + 1):
            tx.write_invitation(f"BCDFG{days:05}", Invitation(days=1), NOW - (days + 1) * DAY)

    database.run_here(write)
    assert database.run_here(lambda tx: clinic.trim(tx, now=NOW)) == 3
    assert database.run_here(lambda tx: tx.next_request()) == replace(REQUEST, update_id=0, asked_at=NOW - 23 * HOUR)
