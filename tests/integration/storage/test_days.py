"""A person's days on both engines: what the plan is made from, read as it was recorded, and nobody else's."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from bot.domain.effects import OpenSession, RecordAnswer, SessionStatus
from bot.domain.events import Command, CommandGiven, Outcome, RoutineStarted, Snoozed
from bot.domain.hindsight import Correction, Ratings
from bot.domain.history import PastSession, ToldDay
from bot.domain.journal import PainShown, done_days, pain_by_day
from bot.domain.levels import Change, Extent, Morning, Wish
from bot.domain.plan import Routine
from bot.domain.safety import Finding, Flag, Tier
from bot.storage.tables import metadata
from bot.storage.unit_of_work import Database, Transaction
from bot.usecases import routines
from bot.usecases.knowledge import Knowledge
from tests.integration.storage.samples import NOW, SESSION, TEN, stored
from tests.integration.storage.test_query_plans import recorded

TODAY = date(2026, 5, 7)
DAY = timedelta(days=1)
EVENING = NOW.replace(hour=2)  # 22:00 of the day before in New York
GRAVE = Finding(tier=Tier.URGENT, flag=Flag.NEURO, rule_id="U1", evidence=())


def session(
    tx: Transaction,
    number: int,
    day: date,
    *answers: tuple[Outcome, int | None],
    chat_id: int = 1,
    is_minimum: bool = False,
) -> None:
    """Record a session with an answer to each of its steps."""
    tx.open_session(chat_id, OpenSession(replace(SESSION, number=number, is_minimum=is_minimum), "base"), day)
    for step, (outcome, rating) in enumerate(answers):
        answer = RecordAnswer(number, step, easier=False, exercise_id="bridge", dose=TEN, outcome=outcome)
        tx.record_answer(chat_id, answer, NOW, day)
        tx.record_answer(chat_id, replace(answer, rating=rating), NOW, day)


def test_sessions_come_with_what_their_answers_add_up_to(database: Database) -> None:
    """Tried, left out and the worst rating, the one of the back included; oldest first, and only one's own."""

    def work(tx: Transaction) -> None:
        for chat_id in (1, 2):
            tx.save_chat(stored(chat_id), NOW)
        session(tx, 1, TODAY - 2 * DAY, (Outcome.DONE, None), (Outcome.PAIN, 4), (Outcome.SKIPPED, None))
        tx.close_session(1, 1, SessionStatus.FINISHED, NOW)
        tx.rate_session(1, 1, 5)
        session(tx, 2, TODAY - DAY, (Outcome.PAIN, None), (Outcome.STOPPED, None), is_minimum=True)
        tx.close_session(1, 2, SessionStatus.STOPPED, NOW)
        session(tx, 3, TODAY)
        session(tx, 1, TODAY, (Outcome.PAIN, 9), chat_id=2)

    database.run_here(work)
    assert database.run_here(lambda tx: tx.past_sessions(1)) == [
        PastSession(TODAY - 2 * DAY, SessionStatus.FINISHED, tried=2, left_out=1, peak=4, rating=5),
        PastSession(TODAY - DAY, SessionStatus.STOPPED, is_minimum=True, tried=1, left_out=1),
        PastSession(TODAY, None),
    ]
    with database.engine.connect() as connection:
        rows = connection.execute(metadata.tables["session"].select().order_by("chat_id", "number")).mappings()
        assert [(row["level"], row["is_minimum"]) for row in rows][:2] == [("base", False), ("base", True)]


def test_what_is_said_of_a_day_is_kept_side_by_side(database: Database) -> None:
    """A later word replaces an earlier one of its kind and no other; a wish can be taken back, a strong pain not."""

    def work(tx: Transaction) -> None:
        tx.save_chat(stored(1), NOW)
        tx.tell_wish(1, TODAY, Wish.HARDER)
        tx.tell_morning(1, TODAY, Morning.WORSE)
        tx.tell_morning(1, TODAY, Morning.SAME)
        tx.tell_morning(1, TODAY - DAY, Morning.BETTER)
        for rating in (4, 9, 1):
            tx.tell_pain(1, TODAY - DAY, rating)
        tx.tell_wish(1, TODAY - DAY, Wish.EASIER)
        tx.tell_wish(1, TODAY - DAY, None)

    database.run_here(work)
    told = [ToldDay(TODAY - DAY, Morning.BETTER, pain=9), ToldDay(TODAY, Morning.SAME, Wish.HARDER)]
    assert database.run_here(lambda tx: tx.told_days(1)) == told


def planned(tx: Transaction, knowledge: Knowledge) -> Routine:
    """Return today's routine of the first chat."""
    return routines.of_today(tx, stored(1).chat, RoutineStarted(), now=NOW, knowledge=knowledge)


def test_the_plan_follows_from_what_is_on_record(database: Database, knowledge: Knowledge) -> None:
    """Three good sessions and a morning no worse bring more; without the morning they do not."""

    def work(tx: Transaction) -> None:
        tx.save_chat(stored(1), NOW)
        for number in (1, 2, 3):
            session(tx, number, TODAY - number * DAY, (Outcome.DONE, None))
            tx.close_session(1, number, SessionStatus.FINISHED, NOW)

    database.run_here(work)
    routine = database.run_here(lambda tx: planned(tx, knowledge))
    assert (routine.level, routine.standing and routine.standing.change) == ("settle", Change.STEADY)
    database.run_here(lambda tx: tx.tell_morning(1, TODAY, Morning.SAME))
    routine = database.run_here(lambda tx: planned(tx, knowledge))
    assert routine.standing is not None
    assert (routine.standing.change, routine.standing.growth) == (Change.MORE_REPETITIONS, 1)


def test_a_finding_counts_on_the_persons_own_date(database: Database, knowledge: Knowledge) -> None:
    """What was said late in the evening is yesterday's, whatever the date in Greenwich."""

    def work(tx: Transaction) -> None:
        tx.save_chat(stored(1), NOW)
        tx.record_finding(1, GRAVE, EVENING)

    database.run_here(work)
    standing = database.run_here(lambda tx: planned(tx, knowledge)).standing
    assert standing is not None
    assert (standing.level, standing.change) == (0, Change.AFTER_FINDING)


def test_ordinary_updates_look_nothing_up(database: Database, knowledge: Knowledge) -> None:
    """Today's routine is asked for only where a session may begin, with three statements."""
    chat = stored(1).chat
    database.run_here(lambda tx: tx.save_chat(stored(1), NOW))
    for event, count in ((Snoozed(30), 0), (CommandGiven(Command.PROGRESS), 0), (RoutineStarted(), 3)):
        with database.engine.connect() as connection, recorded(connection) as statements:
            routines.of_today(Transaction(connection), chat, event, now=NOW, knowledge=knowledge)
            assert len(statements) == count


def test_a_correction_stands_beside_what_was_told(database: Database) -> None:
    """The latest of each rating counts, the gravest ever told is kept, and the copy has both; nobody else's change."""
    later = Correction(TODAY, Ratings(None, 4, 6), gravest=6)

    def work(tx: Transaction) -> None:
        for chat_id in (1, 2):
            tx.save_chat(stored(chat_id), NOW)
            tx.tell_pain(chat_id, TODAY, 5)
            session(tx, 1, TODAY, (Outcome.PAIN, 8), chat_id=chat_id)
            tx.rate_session(chat_id, 1, 3)
        tx.correct_ratings(1, Correction(TODAY, Ratings(1, 2, None), gravest=8), NOW)
        tx.correct_ratings(1, later, NOW)

    database.run_here(work)
    (told,), (untouched,) = database.run_here(lambda tx: (tx.told_days(1), tx.told_days(2)))
    assert told.corrected == Correction(TODAY, Ratings(1, 4, 6), gravest=8)
    assert (told.pain, untouched) == (5, ToldDay(TODAY, pain=5))
    assert pain_by_day(database.run_here(lambda tx: tx.journal(1))) == (PainShown(TODAY, 1, 4, 6),)
    assert pain_by_day(database.run_here(lambda tx: tx.journal(2))) == (PainShown(TODAY, 5, 8, 3),)
    (row,) = database.run_here(lambda tx: tx.everything_about(1))["day"]
    assert (row["pain"], row["corrected_before"], row["corrected_at"]) == (5, 1, NOW.isoformat())


def test_a_day_taken_back_counts_nowhere_until_it_is_done_again(database: Database) -> None:
    """Neither in the journal nor in the plan nor in the clinic's counts; a session finished later counts again."""

    def work(tx: Transaction) -> None:
        tx.save_chat(stored(1), NOW)
        session(tx, 1, TODAY, (Outcome.DONE, None))
        tx.close_session(1, 1, SessionStatus.FINISHED, NOW)
        tx.tell_done(1, TODAY - DAY, NOW, done=True)

    def counted(tx: Transaction) -> tuple[int, int, int]:
        extents = [one.extent for one in tx.past_sessions(1) if one.extent is not Extent.TAKEN_BACK]
        (person,) = tx.count_people(None, NOW, 10)
        return len(done_days(tx.journal(1))), len(extents), person.done

    database.run_here(work)
    assert database.run_here(counted) == (2, 1, 2)
    database.run_here(lambda tx: tx.tell_done(1, TODAY, NOW, done=False))
    database.run_here(lambda tx: tx.tell_done(1, TODAY - DAY, NOW, done=False))
    assert database.run_here(counted) == (0, 0, 0)

    def again(tx: Transaction) -> None:
        session(tx, 2, TODAY, (Outcome.DONE, None))
        tx.close_session(1, 2, SessionStatus.FINISHED, NOW + timedelta(seconds=1))

    database.run_here(again)
    assert database.run_here(counted) == (1, 1, 1)
    database.run_here(lambda tx: tx.tell_done(1, TODAY, NOW, done=True))
    assert database.run_here(counted) == (1, 2, 1)


def test_the_plan_follows_a_correction(database: Database, knowledge: Knowledge) -> None:
    """A 7 said afterwards is the flare it was, and stays one when it is lowered again; a session taken back is none."""

    def work(tx: Transaction) -> None:
        tx.save_chat(stored(1), NOW)
        session(tx, 1, TODAY - 3 * DAY, (Outcome.PAIN, 2))
        tx.close_session(1, 1, SessionStatus.FINISHED, NOW)

    def change(tx: Transaction) -> tuple[int, Change]:
        standing = planned(tx, knowledge).standing
        assert standing is not None
        return standing.level, standing.change

    database.run_here(work)
    assert database.run_here(change) == (1, Change.STEADY)
    for rating in (7, 2):
        correction = Correction(TODAY - 3 * DAY, Ratings(during=rating), gravest=7)
        database.run_here(partial(Transaction.correct_ratings, chat_id=1, correction=correction, now=NOW))
        assert database.run_here(change) == (0, Change.AFTER_FLARE)


def test_absence_is_reckoned_without_a_session_that_was_taken_back(database: Database, knowledge: Knowledge) -> None:
    """What was not done does not make up for a week away."""

    def work(tx: Transaction) -> None:
        tx.save_chat(stored(1), NOW)
        for number, days in ((1, 9), (2, 2)):
            session(tx, number, TODAY - days * DAY, (Outcome.DONE, None))
            tx.close_session(1, number, SessionStatus.FINISHED, NOW)

    def days_away(tx: Transaction) -> int | None:
        standing = planned(tx, knowledge).standing
        return None if standing is None else standing.days

    database.run_here(work)
    assert database.run_here(days_away) is None
    database.run_here(lambda tx: tx.tell_done(1, TODAY - 2 * DAY, NOW, done=False))
    assert database.run_here(days_away) == 9
