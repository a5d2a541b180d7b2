"""Hindsight: what may be corrected of a day, and that everything reckoned from days follows exactly."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import effects as do
from bot.domain.chat import Chat, Hold, Screening, Session, State
from bot.domain.conversation import step
from bot.domain.effects import SessionStatus
from bot.domain.events import DayCorrected, Event
from bot.domain.hindsight import Correction, DayKept, Offer, Ratings, offer_of, rated_anew, refusal_of
from bot.domain.history import PastSession, ToldDay, history_of
from bot.domain.journal import Journal, Run, days_kept, overview_of, with_corrections
from bot.domain.keys import Note, Text
from bot.domain.levels import Extent
from bot.domain.plan import Dose, Prescription, Routine
from bot.domain.safety import Flag, Tier
from bot.domain.schedule import ReminderTimes
from bot.domain.transition import Transition

NOW = datetime(2026, 5, 20, 16, tzinfo=UTC)  # a Wednesday, noon in New York
TODAY = date(2026, 5, 20)
TUESDAY = date(2026, 5, 19)
DAY = timedelta(days=1)
CHAT = Chat(
    1,
    "en",
    State.IDLE,
    consented_at=NOW - 60 * DAY,
    zone="America/New_York",
    reminder_times=ReminderTimes((time(7, 30),)),
)
STEP = Prescription("bridge", Dose(5, 1, None, False), Dose(3, 1, None, False))
ROUTINE = Routine("lower-back", "settle", (STEP,))
HELD = replace(CHAT, hold=Hold(Tier.URGENT, Flag.NEURO, "U1", NOW - DAY))
RATED = DayKept(TUESDAY, is_done=True, ratings=Ratings(3, None, 2))


def running(*, began: datetime, phase: State = State.EXERCISING) -> Chat:
    """Return the chat in a session that began at an instant."""
    return replace(CHAT, state=phase, session=Session(1, began, (STEP,), phase=phase), sessions_started=1)


@pytest.mark.parametrize(
    ("chat", "event", "kept", "why"),
    [
        (CHAT, DayCorrected(TUESDAY, done=True), {}, None),
        (CHAT, DayCorrected(TODAY, done=True), {}, None),
        (CHAT, DayCorrected(TODAY - 13 * DAY, done=True), {}, None),
        (CHAT, DayCorrected(TODAY - 14 * DAY, done=True), {}, Note.DAY_TOO_LONG_AGO),
        (replace(CHAT, consented_at=NOW - DAY), DayCorrected(TUESDAY, done=True), {}, None),
        (replace(CHAT, consented_at=NOW - DAY), DayCorrected(TUESDAY - DAY, done=True), {}, Note.DAY_TOO_LONG_AGO),
        (CHAT, DayCorrected(TODAY + DAY, done=True), {}, Note.DAY_AHEAD),
        (HELD, DayCorrected(TUESDAY, done=True), {}, Note.DAY_HELD),
        (replace(CHAT, zone=None), DayCorrected(TUESDAY, done=True), {}, Note.OLD_BUTTON),
        (replace(CHAT, paused_at=NOW), DayCorrected(TUESDAY, done=True), {}, None),
        (CHAT, DayCorrected(TUESDAY, done=True), {"is_covered": True}, Note.DAY_COVERED),
        (CHAT, DayCorrected(TUESDAY, done=False), {"is_covered": True, "is_done": True}, None),
        (running(began=NOW), DayCorrected(TODAY, done=True), {}, Note.DAY_OPEN),
        (running(began=NOW), DayCorrected(TUESDAY, done=True), {}, None),
        (running(began=NOW, phase=State.RATING_BACK), DayCorrected(TODAY, done=False), {}, Note.DAY_OPEN),
        (running(began=NOW - DAY), DayCorrected(TUESDAY, done=True), {}, Note.DAY_OPEN),
        (running(began=NOW - DAY, phase=State.RATING_BACK), DayCorrected(TUESDAY, done=False), {"is_done": True}, None),
        (replace(CHAT, screening=Screening(NOW)), DayCorrected(TODAY, done=True), {}, Note.DAY_OPEN),
        (CHAT, DayCorrected(TODAY, ratings=Ratings(3)), {"ratings": Ratings(4)}, Note.DAY_NOT_OVER),
        (CHAT, DayCorrected(TUESDAY, ratings=Ratings(3)), {"ratings": Ratings(4)}, None),
        (CHAT, DayCorrected(TUESDAY, ratings=Ratings(0, 3)), {"ratings": Ratings(0)}, Note.DAY_UNRATED),
    ],
)
def test_what_is_not_corrected_has_its_reason(
    chat: Chat, event: DayCorrected, kept: dict[str, Any], why: Note | None
) -> None:
    """Only days in reach, that are over where it is about pain, and no day of a pause or of a session that is open."""
    given_day = DayKept(event.local_date, **kept)
    assert refusal_of(chat, event, given_day, NOW) is why
    after = step(chat, replace(event, kept=given_day), NOW, ROUTINE)
    has_records = any(isinstance(effect, do.RecordDayDone | do.RecordCorrection) for effect in after.effects)
    assert has_records is (why is None)
    assert why is None or (after.chat == chat and do.Notify(why) in after.effects)


def test_after_midnight_the_evening_is_still_today() -> None:
    """A day ends at 3 am, for corrections too: the ratings of this evening wait until tomorrow."""
    night = datetime(2026, 5, 21, 5, 30, tzinfo=UTC)
    kept = DayKept(TODAY, ratings=Ratings(3))
    assert refusal_of(CHAT, DayCorrected(TODAY, ratings=Ratings(4)), kept, night) is Note.DAY_NOT_OVER
    assert refusal_of(CHAT, DayCorrected(TODAY + DAY, done=True), DayKept(TODAY + DAY), night) is Note.DAY_AHEAD


def test_the_page_offers_what_is_not_refused() -> None:
    """The other of done and not done, ratings where there are some, and the reason where nothing can be said."""
    assert offer_of(CHAT, DayKept(TUESDAY), NOW) == Offer(done=True)
    assert offer_of(CHAT, RATED, NOW) == Offer(done=False, pain=True)
    assert offer_of(CHAT, replace(RATED, on=TODAY), NOW) == Offer(done=False)
    assert offer_of(CHAT, DayKept(TUESDAY, is_covered=True), NOW) == Offer(refused=Note.DAY_COVERED)
    assert offer_of(HELD, RATED, NOW) == Offer(refused=Note.DAY_HELD)


def corrected(before: int | None = None, after: int | None = None, *, kept: DayKept = RATED) -> Transition:
    """Correct the ratings of Tuesday."""
    return step(CHAT, DayCorrected(TUESDAY, ratings=Ratings(before, None, after), kept=kept), NOW, ROUTINE)


@pytest.mark.parametrize(
    ("rating", "tier"), [(5, None), (6, Tier.REFERRAL), (7, Tier.REFERRAL), (8, Tier.URGENT), (10, Tier.URGENT)]
)
def test_a_raised_rating_is_answered_like_one_told_at_the_time(rating: int, tier: Tier | None) -> None:
    """6-7 is referred, 8-10 holds: by the same findings, before anything else is said."""
    after = corrected(after=rating)
    findings = [one.finding for one in after.effects if isinstance(one, do.RecordFinding)]
    assert [finding.tier for finding in findings] == ([] if tier is None else [tier])
    assert (after.chat.hold is not None) is (tier is Tier.URGENT)
    said = [one for one in after.effects if isinstance(one, do.Refer | do.TellCorrected)]
    assert isinstance(said[0], do.Refer) is (tier is not None)
    assert said[-1] == do.TellCorrected(TUESDAY, ratings=Ratings(3, None, rating))


def test_a_lowered_rating_takes_back_no_care() -> None:
    """No finding anew, and the plan is told to stay careful where it was a flare; the same value changes nothing."""
    flare = replace(RATED, ratings=Ratings(8, None, 7))
    assert [type(one) for one in corrected(7, kept=flare).effects] == [do.RecordCorrection, do.TellCorrected]
    lowered = corrected(1, 2, kept=flare).effects
    assert lowered[0] == do.RecordCorrection(Correction(TUESDAY, Ratings(1, None, 2), gravest=8))
    assert lowered[1] == do.TellCorrected(TUESDAY, ratings=Ratings(1, None, 2), stays_careful=True)
    assert corrected(3, 2).effects == (do.Notify(Note.ALREADY_NOTED),)


def test_a_session_that_runs_goes_on_beside_a_strong_pain_of_another_day() -> None:
    """A 7 of yesterday is referred; only from 8 on today's exercises end as well."""
    chat = running(began=NOW)
    event = DayCorrected(TUESDAY, ratings=Ratings(7), kept=RATED)
    assert step(chat, event, NOW, ROUTINE).chat.session == chat.session
    assert step(chat, replace(event, ratings=Ratings(8)), NOW, ROUTINE).chat.session is None


def test_saying_how_the_back_was_ends_the_question_about_it() -> None:
    """The rating left open yesterday is not asked any more once it was corrected; other corrections leave it open."""
    chat = running(began=NOW - DAY, phase=State.RATING_BACK)
    for ratings, state in ((Ratings(after=1), State.IDLE), (Ratings(before=1), State.RATING_BACK)):
        after = step(chat, DayCorrected(TUESDAY, ratings=ratings, kept=RATED), NOW, ROUTINE)
        assert after.chat.state is state


def test_today_is_told_done_as_in_the_chat() -> None:
    """Nothing more is due of it."""
    effects = step(CHAT, DayCorrected(TODAY, done=True, kept=DayKept(TODAY)), NOW, ROUTINE).effects
    assert effects == (do.RecordDayDone(TODAY), do.Reschedule(after_today=True), do.Say(Text.TODAY_NOTED))


def test_today_is_told_done_before_a_time_was_chosen() -> None:
    """What the page offers is taken; the question for the time stays open."""
    chat = replace(CHAT, state=State.ASKING_TIME, reminder_times=None)
    event = DayCorrected(TODAY, done=True, kept=DayKept(TODAY))
    assert step(chat, event, NOW, ROUTINE) == Transition(
        chat, (do.RecordDayDone(TODAY), do.TellCorrected(TODAY, done=True))
    )


def test_the_screening_is_reckoned_from_a_session_that_counts() -> None:
    """Taken back, the latest finished session is an earlier one; told again, it is that one again."""
    kept = DayKept(TUESDAY, is_done=True, finished_at=NOW - DAY, finished_elsewhere=NOW - 9 * DAY)
    chat = replace(CHAT, finished_at=NOW - DAY)
    event: Event = DayCorrected(TUESDAY, done=False, kept=kept)
    taken = step(chat, event, NOW, ROUTINE).chat
    assert taken.finished_at == NOW - 9 * DAY
    told = DayCorrected(TUESDAY, done=True, kept=replace(kept, is_done=False))
    assert step(taken, told, NOW, ROUTINE).chat == chat


@pytest.mark.parametrize(
    ("rated", "ratings", "expected"),
    [
        ([(3, 4)], Ratings(9, None, None), [(3, 4)]),
        ([(3, 4)], Ratings(None, 1, 2), [(1, 2)]),
        ([(3, None), (6, 4), (None, 2)], Ratings(None, 5, 1), [(3, None), (5, 4), (None, 1)]),
        ([(3, 2), (6, None)], Ratings(None, 2, 1), [(2, 1), (2, None)]),
        ([(None, None)], Ratings(None, 5, 5), [(None, None)]),
        ([], Ratings(None, 5, 5), []),
    ],
)
def test_of_several_sessions_the_ratings_of_the_day_are_corrected(
    rated: list[tuple[int | None, int | None]],
    ratings: Ratings,
    expected: list[tuple[int | None, int | None]],
) -> None:
    """The highest during them, and the last after them; a session that told nothing still tells nothing."""
    assert list(rated_anew(rated, Correction(TUESDAY, ratings, gravest=9))) == expected


def test_what_is_told_after_a_correction_stands() -> None:
    """Whoever moves west lives a day on that was over and corrected: its pain is no slip, and a flare weighs."""
    slip = Correction(TUESDAY, Ratings(1, 1, 1), gravest=3)
    sessions = [PastSession(TUESDAY, None, tried=4, peak=peak, rating=after) for peak, after in ((3, 2), (8, 7))]
    assert rated_anew([(one.peak, one.rating) for one in sessions], slip) == ((1, 1), (8, 7))
    (day,) = history_of(sessions, [], [ToldDay(TUESDAY, pain=3, corrected=slip)])
    assert day.peak == 8
    (day,) = history_of(sessions[:1], [], [ToldDay(TUESDAY, pain=6, corrected=slip)])
    assert day.peak == 6
    journal = Journal(pains=((TUESDAY, 6),))
    assert with_corrections(journal, [slip]) == journal


RATING = st.none() | st.integers(0, 10)
ONE_RUN = st.builds(
    lambda days, peak, rating, status: Run(
        TODAY - days * DAY, NOW - days * DAY, NOW - days * DAY, status, rating, peak
    ),
    st.integers(1, 12),
    RATING,
    RATING,
    st.sampled_from([*SessionStatus, None]),
)
JOURNALS = st.builds(
    lambda runs, due, pains: Journal(
        runs=tuple(sorted(runs, key=lambda run: run.on)),
        due=tuple(TODAY - days * DAY for days in due),
        pains=tuple((TODAY - days * DAY, pain) for days, pain in sorted(pains.items(), reverse=True)),
    ),
    st.lists(ONE_RUN, max_size=8),
    st.frozensets(st.integers(0, 12)),
    st.dictionaries(st.integers(1, 12), st.integers(0, 10), max_size=8),
)


def after_words(journal: Journal, corrections: list[Correction], done: bool | None, on: date) -> Journal:  # noqa: FBT001 - the word itself
    """Return the journal as storage gives it, after ratings were corrected and a word was said about a day."""
    told = (*journal.told, on) if done else journal.told
    runs = tuple(replace(run, is_taken_back=done is False and run.on == on) for run in journal.runs)
    latest = {one.on: one for one in corrections}
    return with_corrections(replace(journal, runs=runs, told=told), latest.values())


@given(journal=JOURNALS, days=st.integers(1, 12), ratings=st.builds(Ratings, *[st.integers(0, 10)] * 3))
def test_correcting_and_correcting_back_restores_everything_that_is_shown(
    journal: Journal, days: int, ratings: Ratings
) -> None:
    """Marks, pain, score, streak, minutes and counts, whatever the days were."""
    on = TODAY - days * DAY
    before = overview_of(journal, CHAT, NOW)
    (kept,) = days_kept(journal, CHAT, (on,), NOW)
    new = Ratings(*(None if old is None else to for old, to in _pairs(kept.ratings, ratings)))
    there = after_words(journal, [Correction(on, new, 10)], not kept.is_done, on)
    (changed,) = days_kept(there, CHAT, (on,), NOW)
    assert (changed.is_done, changed.ratings) == (not kept.is_done, new)
    back = after_words(journal, [Correction(on, kept.ratings, 10)], kept.is_done or None, on)
    assert overview_of(back, CHAT, NOW) == before


def _pairs(old: Ratings, new: Ratings) -> list[tuple[int | None, int | None]]:
    return [(old.before, new.before), (old.during, new.during), (old.after, new.after)]


@given(peak=st.integers(0, 10), to=st.integers(0, 10), before=st.integers(0, 10))
def test_a_corrected_rating_weighs_like_one_told_at_the_time(peak: int, to: int, before: int) -> None:
    """In the plan as in the record, but a flare that was told stays one."""
    session = PastSession(TUESDAY, SessionStatus.FINISHED, tried=4, peak=peak)
    correction = Correction(TUESDAY, Ratings(during=to), gravest=max(peak, to, before))
    (day,) = history_of([session], [], [ToldDay(TUESDAY, pain=before, corrected=correction)])
    (told_so,) = history_of([replace(session, peak=to)], [], [ToldDay(TUESDAY, pain=before)])
    assert day == (told_so if peak <= 5 else replace(told_so, peak=max(peak, to, before)))


def test_a_session_taken_back_leaves_its_pain_and_nothing_else() -> None:
    """It is no session, unless another of that day counts."""
    session = PastSession(TUESDAY, SessionStatus.FINISHED, tried=4, peak=7)
    (taken,) = history_of([replace(session, is_taken_back=True)], [], [])
    assert (taken.session, taken.peak) == (Extent.TAKEN_BACK, 7)
    (both,) = history_of([replace(session, is_taken_back=True), session], [], [])
    assert both.session is Extent.COMPLETE


def test_a_stopped_session_stays_one_whatever_is_said_of_its_day() -> None:
    """It ends a run of good sessions: told done without the bot, and then not, it would not otherwise."""
    stopped = PastSession(TUESDAY, SessionStatus.STOPPED, tried=2, peak=2)
    assert history_of([replace(stopped, is_taken_back=True)], [], []) == history_of([stopped], [], [])
