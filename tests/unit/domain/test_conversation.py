"""The conversation under any sequence of events: always legal, and a running session is never lost.

The machine lets anything happen at any time, with buttons that are right, old or made up, and checks each transition
against rules that know nothing of how a move works. That each step is one the table lists is checked by `step` itself.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from bot.domain import effects as do
from bot.domain.chat import Chat, ScreeningToken, State
from bot.domain.conversation import step
from bot.domain.events import (
    ButtonUnknown,
    Command,
    CommandGiven,
    ConsentGiven,
    DayCorrected,
    DaySkipped,
    DayToldDone,
    EasierChosen,
    EraseConfirmed,
    EraseDeclined,
    Event,
    FollowUpChosen,
    Greeted,
    HoldReleased,
    HowToAsked,
    LanguageChosen,
    Later,
    LaterAsked,
    Media,
    MediaReceived,
    MorningTold,
    NextChosen,
    NotYetSpoken,
    Outcome,
    PauseAsked,
    PauseEnded,
    PicturesChosen,
    Preference,
    PreferenceChosen,
    PreferencesAsked,
    Rated,
    RatingUnreadable,
    RemindedOnce,
    Rhythm,
    RhythmChosen,
    RoutineStarted,
    SafetyRaised,
    ScreeningAnswered,
    ScreeningUnreadable,
    Snoozed,
    StaffConsentAnswered,
    StepAnswered,
    TextUnknown,
    TimeProposed,
    TimesNamed,
    TimesSet,
    TimeUnreadable,
    Token,
    WeeklyChosen,
    WishTold,
    ZoneAmbiguous,
    ZoneNamed,
    ZoneSet,
    ZoneUnreadable,
)
from bot.domain.hindsight import DayKept, Ratings
from bot.domain.levels import Change, Morning, Referral, Standing, Wish
from bot.domain.plan import Dose, Prescription, Routine
from bot.domain.safety import Finding, Flag, Tier
from bot.domain.schedule import ReminderTimes
from bot.domain.screening import Page, Question, Questionnaire, Release
from bot.domain.times import Half, TypedTime, When
from bot.domain.transition import Transition, token_of
from tests.unit.domain.conversation_rules import (
    check_consent,
    check_legal,
    check_plan,
    check_safety,
    check_schedule,
    check_screening,
    check_stale,
    is_grave,
    may_close,
)

NOW = datetime(2026, 3, 7, 12, 0, tzinfo=UTC)
NEWCOMER = Chat(chat_id=1, language="en")
ZONES = ("Europe/London", "America/New_York", "Australia/Lord_Howe", "Pacific/Kiritimati", "Asia/Kathmandu")

Answer = StepAnswered | Rated | EasierChosen | NextChosen


def routine_of(*names: str) -> Routine:
    """Make a routine of these exercises."""
    dose = Dose(repetitions=6, hold_breaths=None, hold_seconds=5, sides=False)
    return Routine(
        "lower-back", "settle", tuple(Prescription(name, dose, replace(dose, repetitions=3)) for name in names)
    )


ROUTINE = replace(
    routine_of("heels", "rolls", "abdominals"),
    standing=Standing(0, 0, Change.STEADY, referral=Referral.NO_GAIN),
    minimum=routine_of("tilt").prescriptions[0],
    screening=Questionnaire(
        (
            Page(
                "first",
                (
                    Question("S1", Finding(Tier.EMERGENCY, Flag.CAUDA_EQUINA, "S1", ()), is_weekly=True),
                    Question("S4", Finding(Tier.URGENT, Flag.FALL_INJURY, "S4", ())),
                ),
            ),
            Page("pain", (Question("S9", Finding(Tier.URGENT, Flag.SEVERE_PAIN, "S9", ())),), asks_rating=True),
            Page("leave", (Question("S12", Finding(Tier.REFERRAL, Flag.NONE, "S12", ()), Release.NEVER),)),
            Page("last", (Question("S14", Finding(Tier.EMERGENCY, Flag.SUICIDE, "S14", ())),)),
        )
    ),
)

FINDINGS = st.builds(
    Finding,
    tier=st.sampled_from([Tier.REFERRAL, Tier.URGENT, Tier.EMERGENCY]),
    flag=st.sampled_from(Flag),
    rule_id=st.just("X1"),
    evidence=st.just(()),
)
SCREENING_ANSWERS = st.none() | st.integers(0, 10)
NOTHING_WRONG = (None, 2, None, None)  # an answer to each page
MADE_UP_TOKENS = st.builds(Token, session=st.integers(0, 3), step=st.integers(0, 4), easier=st.booleans())
DAYS = st.none() | st.dates(min_value=date(2026, 3, 6), max_value=date(2026, 3, 20))
ADVANCES = st.one_of(
    st.integers(0, 30), st.integers(0, 3600), st.sampled_from([86_400, 90_000, 10 * 86_400]), st.integers(0, 10**6)
).map(lambda seconds: timedelta(seconds=seconds))


def answers_with(tokens: st.SearchStrategy[Token | None]) -> st.SearchStrategy[Answer]:
    """Draw an answer to one of a session's questions."""
    return st.one_of(
        st.builds(StepAnswered, outcome=st.sampled_from(Outcome), token=tokens),
        st.builds(Rated, rating=st.integers(0, 10), token=tokens),
        tokens.map(EasierChosen),
        tokens.map(NextChosen),
    )


TYPED_ANSWERS = answers_with(st.none())
TYPED_TIMES = st.builds(
    TypedTime, time=st.times().map(lambda typed: typed.replace(second=0, microsecond=0)), half=st.sampled_from(Half)
)
WHENS = st.builds(
    When,
    times=st.lists(TYPED_TIMES, max_size=3).map(tuple),
    weekdays=st.frozensets(st.integers(1, 7)),
    minutes=st.none() | st.integers(1, 120),
    days=st.none() | st.integers(0, 30),
)
RATINGS = st.builds(Ratings, *[st.none() | st.integers(0, 10)] * 3)
KEPT = st.builds(
    DayKept, on=DAYS.filter(bool), is_done=st.booleans(), ratings=RATINGS, finished_at=st.sampled_from([None, NOW])
)
CORRECTED = st.builds(
    lambda kept, done, ratings: DayCorrected(kept.on, done=done, ratings=ratings, kept=kept),
    KEPT,
    st.none() | st.booleans(),
    RATINGS,
)
ANYTHING_BUT_ERASING: st.SearchStrategy[Event] = st.one_of(
    answers_with(MADE_UP_TOKENS),
    (st.none() | MADE_UP_TOKENS).map(HowToAsked),
    st.sampled_from(Command).map(CommandGiven),
    st.sampled_from(ZONES).map(ZoneNamed),
    st.integers(0, 1439).map(lambda minute: TimesNamed(ReminderTimes((time(minute // 60, minute % 60),)))),
    st.sampled_from(ZONES).map(ZoneSet),
    st.integers(0, 1439).map(lambda minute: TimesSet(ReminderTimes((time(minute // 60, minute % 60),)))),
    st.builds(TimeProposed, when=WHENS),
    st.builds(RemindedOnce, typed=TYPED_TIMES, days=st.none() | st.integers(0, 30)),
    st.builds(
        ScreeningAnswered,
        answer=SCREENING_ANSWERS,
        token=st.none() | st.builds(ScreeningToken, begun=st.integers(0, 3), page=st.integers(0, 4)),
    ),
    st.builds(Snoozed, minutes=st.integers(1, 120), local_date=DAYS),
    DAYS.map(DaySkipped),
    DAYS.map(DayToldDone),
    CORRECTED,
    st.builds(PauseAsked, when=WHENS),
    st.just(PauseEnded()),
    st.sampled_from([None, 30, 60, 120]).map(FollowUpChosen),
    st.builds(RhythmChosen, rhythm=st.sampled_from(Rhythm), local_date=DAYS.filter(bool)),
    st.builds(LaterAsked, asked=st.sampled_from(Later), local_date=DAYS.filter(bool)),
    st.builds(MorningTold, morning=st.sampled_from(Morning), local_date=DAYS),
    st.builds(WishTold, wish=st.none() | st.sampled_from(Wish), local_date=DAYS),
    FINDINGS.map(SafetyRaised),
    st.sampled_from(Media).map(MediaReceived),
    st.builds(TextUnknown, is_command=st.booleans(), is_edit=st.booleans()),
    st.sampled_from(
        [
            Greeted("Ada"),
            ConsentGiven(),
            ZoneAmbiguous((("Europe/London", "London"), ("America/Toronto", "London, Ontario"))),
            ZoneUnreadable(),
            TimeUnreadable(),
            RoutineStarted(),
            RoutineStarted(minimum=True),
            RatingUnreadable(),
            ScreeningUnreadable(),
            HoldReleased(),
            HoldReleased(cleared=True),
            NotYetSpoken(),
            StaffConsentAnswered(agrees=True),
            StaffConsentAnswered(agrees=False),
            PicturesChosen(wanted=True),
            LanguageChosen("xx"),
            PicturesChosen(wanted=False),
            PreferencesAsked(),
            *(PreferenceChosen(preference, wanted) for preference in Preference for wanted in (True, False)),
            *map(WeeklyChosen, (None, 1, 7)),
            EraseDeclined(),
            ButtonUnknown(),
        ]
    ),
)


class AnyConversation(RuleBasedStateMachine):
    """One chat to which anything happens; what was recorded is kept beside it as a reader of the database would."""

    def __init__(self) -> None:
        super().__init__()
        self.chat = NEWCOMER
        self.now = NOW
        self.open_session: int | None = None
        self.answered: set[tuple[int, int]] = set()

    @rule(event=ANYTHING_BUT_ERASING | TYPED_ANSWERS, advance=ADVANCES)
    def anything_happens(self, event: Event, advance: timedelta) -> None:
        """Let any event happen, any time later."""
        self.now += advance
        self.happen(event)

    @rule(ago=ADVANCES)
    def erasing_is_confirmed(self, ago: timedelta) -> None:
        """Press the erase button of some time ago."""
        self.happen(EraseConfirmed(self.now - ago))

    @precondition(lambda self: self.chat.session is not None)
    @rule(answer=TYPED_ANSWERS, by_button=st.booleans())
    def the_session_goes_on(self, answer: Answer, by_button: bool) -> None:  # noqa: FBT001 - Hypothesis passes it
        """Answer in time, so that sessions get somewhere."""
        self.happen(replace(answer, token=token_of(self.chat)) if by_button else answer)

    @precondition(lambda self: self.chat.screening is not None)
    @rule(answer=SCREENING_ANSWERS, by_button=st.booleans())
    def the_screening_goes_on(self, answer: int | None, by_button: bool) -> None:  # noqa: FBT001 - Hypothesis passes it
        """Answer the page that is asked."""
        assert self.chat.screening is not None
        self.happen(ScreeningAnswered(answer, self.chat.screening.token if by_button else None))

    @rule(finding=FINDINGS, event=ANYTHING_BUT_ERASING)
    def something_serious_is_said(self, finding: Finding, event: Event) -> None:
        """Say something serious and try to go on all the same; nothing but having spoken to someone ends the hold."""
        for one in (SafetyRaised(finding), event, RoutineStarted()):
            self.happen(one)
        assert self.chat.session is None or isinstance(event, HoldReleased) or not is_grave(finding)

    @rule(event=ANYTHING_BUT_ERASING, zone=st.sampled_from(ZONES))
    def settings_are_changed(self, event: Event, zone: str) -> None:
        """Change zone and time, with something else in between; a session that was running comes back."""
        for one in (
            CommandGiven(Command.TIMEZONE),
            ZoneNamed(zone),
            CommandGiven(Command.TIME),
            event,
            TimesNamed(ReminderTimes((time(9),))),
        ):
            self.happen(one)

    @precondition(lambda self: self.chat.session is None)
    @rule(zone=st.sampled_from(ZONES), has_spoken=st.booleans())
    def a_willing_person_starts(self, zone: str, has_spoken: bool) -> None:  # noqa: FBT001 - Hypothesis passes it
        """Answer whatever stands between a person and the first exercise, a hold only by somebody who has spoken.

        Only a hold that never ends keeps from it who has spoken and has nothing of what is asked.
        """
        for event in (Greeted("Ada"), ConsentGiven(), ZoneNamed(zone), TimesNamed(ReminderTimes((time(7, 30),)))):
            self.happen(event)
        if has_spoken:
            self.happen(HoldReleased(cleared=True))
        self.now += timedelta(hours=4)  # so that a screening that was left starts anew
        self.happen(RoutineStarted())
        for _ in NOTHING_WRONG if self.chat.session is None else ():
            if self.chat.screening is not None:
                answer = None if self.chat.screening.is_weekly else NOTHING_WRONG[self.chat.screening.page]
                self.happen(ScreeningAnswered(answer))
        assert (self.chat.session is None) is (self.chat.hold is not None)
        assert self.chat.hold is None or not has_spoken or self.chat.hold.release is Release.NEVER

    def happen(self, event: Event) -> None:
        """Take one step and check it."""
        before = self.chat
        transition = step(before, event, self.now, ROUTINE)
        self.chat = transition.chat
        check_legal(self.chat)
        check_plan(before, event, transition)
        check_consent(before, transition)
        check_safety(before, event, transition)
        check_schedule(before, transition)
        self.check_records(before, event, transition)
        self.check_progress(before, transition.chat)
        check_stale(before, event, transition)
        check_screening(before, event, transition)

    def check_records(self, before: Chat, event: Event, transition: Transition) -> None:
        """See that a session is opened once and closed once, by what may close it; answers are of the open step."""
        for effect in transition.effects:
            match effect:
                case do.OpenSession(session=session):
                    assert self.open_session is None
                    assert self.chat.hold is None
                    assert session.number == before.sessions_started + 1
                    self.open_session = session.number
                case do.CloseSession(session=number, status=status):
                    assert number == self.open_session
                    assert may_close(before, event, status, self.now), (event, status)
                    self.open_session = None
                case do.RecordAnswer():
                    assert before.session is not None
                    assert (effect.session, effect.step, effect.easier) == token_of(before)
                    self.answered.add((effect.session, effect.step))
                case do.RecordRating(session=number):
                    assert before.session is not None
                    assert (number, before.session.phase) == (before.session.number, State.RATING_BACK)
                case do.Erase():
                    self.open_session, self.answered = None, set()
                case _:
                    pass
        running = self.chat.session
        is_open = running is not None and running.phase is not State.RATING_BACK
        assert self.open_session == (self.chat.sessions_started if is_open else None)

    def check_progress(self, before: Chat, after: Chat) -> None:
        """See that steps go forward one at a time, none without its answer, and what was prescribed stays."""
        old, new = before.session, after.session
        if old is None or new is None or old.number != new.number:
            return
        assert new.prescriptions == old.prescriptions
        assert new.started_at == old.started_at
        assert new.step - old.step in {0, 1}
        is_left = new.step > old.step or (new.phase is State.RATING_BACK and old.phase is not State.RATING_BACK)
        if is_left:
            assert (old.number, old.step) in self.answered


TestAnyConversation = AnyConversation.TestCase
TestAnyConversation.settings = settings(max_examples=100, stateful_step_count=50, deadline=None, derandomize=True)
