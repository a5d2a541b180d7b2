"""What the bot remembers about one chat, as a value.

A `Chat` is everything the conversation needs to decide its next move: loaded from one row, changed by
`conversation.step`, saved again. It holds no message text and no name. What only the shell needs (which message
carries the live buttons, whether the person blocked the bot) stays in storage.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple, Protocol

from bot.domain.plan import Prescription, Variant
from bot.domain.proposals import ProposedTimes
from bot.domain.safety import Flag, Tier
from bot.domain.schedule import ReminderTimes
from bot.domain.screening import Release


class State(StrEnum):
    """Where the conversation stands: which answer it waits for."""

    NEW = "new"
    ASKING_CONSENT = "asking_consent"
    ASKING_ZONE = "asking_zone"
    ASKING_TIME = "asking_time"
    IDLE = "idle"
    SCREENING = "screening"
    SCREENING_PAIN = "screening_pain"
    EXERCISING = "exercising"
    RATING_PAIN = "rating_pain"
    OFFERING_EASIER = "offering_easier"
    OFFERING_CLINIC = "offering_clinic"
    RATING_BACK = "rating_back"
    RATING_DAY = "rating_day"


class ScreeningToken(NamedTuple):
    """Which page a screening's button belongs to: when that screening began, in seconds since 1970, and the page."""

    begun: int
    page: int


SESSION_STATES = frozenset(
    {State.EXERCISING, State.RATING_PAIN, State.OFFERING_EASIER, State.OFFERING_CLINIC, State.RATING_BACK}
)
SCREENING_STATES = frozenset({State.SCREENING, State.SCREENING_PAIN})
SETTING_STATES = frozenset({State.ASKING_ZONE, State.ASKING_TIME})
SUNDAY = 7


@dataclass(frozen=True, slots=True)
class Screening:
    """The questions before a routine, under way: which page is asked, counted from 0, in which of the two states.

    `for_minimum`: what follows them is the minimum of a bad day.
    """

    started_at: datetime
    page: int = 0
    is_weekly: bool = False
    for_minimum: bool = False
    phase: State = State.SCREENING

    @property
    def token(self) -> ScreeningToken:
        """What the buttons of the present page carry."""
        return ScreeningToken(int(self.started_at.timestamp()), self.page)

    @property
    def asks_rating(self) -> bool:
        """Whether the present page asks for a rating."""
        return self.phase is State.SCREENING_PAIN


# A finding of the tier "referral" holds the programme when it is one of these: the clinic's page sends an injury or a
# fall to the clinic first (tier rules, R1).
INJURIES = frozenset({Flag.FALL_INJURY, Flag.FRACTURE})


@dataclass(frozen=True, slots=True)
class Session:
    """One run through the routine: which step it is at and what its present question is.

    `number` counts the chat's sessions from 1; `step` indexes `prescriptions` from 0; `phase` is the session state
    to return to when a setting was asked in between; a `gentle` one shows every exercise in its easier variant;
    `is_minimum` is the one exercise of a bad day. The prescriptions are kept with the session, so that an edit of the
    content never changes a routine somebody is in the middle of.
    """

    number: int
    started_at: datetime
    prescriptions: tuple[Prescription, ...]
    step: int = 0
    easier: bool = False
    phase: State = State.EXERCISING
    gentle: bool = False
    is_minimum: bool = False

    @property
    def prescription(self) -> Prescription:
        """The exercise and doses of the present step."""
        return self.prescriptions[self.step]

    @property
    def as_shown(self) -> Prescription:
        """The present step as the person gets it: in its easier way and with its smaller dose where it hurts."""
        asked = self.prescription
        return replace(asked, dose=asked.easier_dose, variant=Variant.EASIER) if self.easier else asked

    @property
    def is_last_step(self) -> bool:
        """Whether no exercise follows the present one."""
        return self.step + 1 == len(self.prescriptions)


@dataclass(frozen=True, slots=True)
class Hold:
    """The programme is held for safety since `since` (UTC), until the person says what `release` names."""

    tier: Tier
    flag: Flag
    rule_id: str
    since: datetime
    release: Release = Release.SPOKEN

    @property
    def is_followed_up(self) -> bool:
        """Whether to ask, from the next day on, if the person has spoken to someone: urgent, emergency, or injured."""
        return self.tier >= Tier.URGENT or self.flag in INJURIES


@dataclass(frozen=True, slots=True)
class LastAnswer:
    """The typed answer that an edit may still correct: its message, and where the chat stood before it.

    `is_referred`: it led to a finding. The other fields are those of `Chat` that an answer to a question changes.
    """

    message_id: int
    state: State
    session: Session | None = None
    screening: Screening | None = None
    proposed: ProposedTimes | None = None
    zone: str | None = None
    gentle: bool = False
    referred_at: datetime | None = None
    screened_at: datetime | None = None
    checked_at: datetime | None = None
    finished_at: datetime | None = None
    is_referred: bool = False


class Remindable(Protocol):
    """What decides when somebody is reminded; a `Chat` has it, and so has a row that was read for that alone."""

    @property
    def consented_at(self) -> datetime | None: ...  # noqa: D102 - as of a Chat
    @property
    def zone(self) -> str | None: ...  # noqa: D102
    @property
    def reminder_times(self) -> ReminderTimes | None: ...  # noqa: D102
    @property
    def paused_at(self) -> datetime | None: ...  # noqa: D102
    @property
    def paused_until(self) -> date | None: ...  # noqa: D102
    @property
    def hold(self) -> Hold | None: ...  # noqa: D102


def is_set_up(who: Remindable) -> bool:
    """Whether consent, zone and reminder times are all known."""
    return who.consented_at is not None and who.zone is not None and who.reminder_times is not None


def will_be_reminded(who: Remindable) -> bool:
    """Whether a daily reminder is due at some time: wanted now, or from the day on which the pause is to end."""
    is_pause_open = who.paused_at is not None and who.paused_until is None
    return is_set_up(who) and who.hold is None and not is_pause_open


def wants_reminders(who: Remindable) -> bool:
    """Whether a daily reminder may be sent at all: set up, not paused by the person, not held for safety."""
    return is_set_up(who) and who.paused_at is None and who.hold is None


@dataclass(frozen=True, slots=True)
class Chat:
    """One person's conversation. Instants are UTC; `reminder_times` are wall-clock times in `zone` (an IANA name).

    `proposed` times were typed and shown, and wait for a yes; the next event takes or drops them. `at_reminder`: what
    was said last belongs to a reminder that is still open; the next event answers it or drops it. A pause ends by
    itself on the local date `paused_until`, the first with reminders again. `follow_up_minutes`: so long after
    a reminder they are asked once more, None: never.

    `gentle`: sessions are easier until one is finished. `referred_at` is the latest finding of the tier "referral",
    `screened_at` the latest full screening that was passed, `checked_at` the latest screening or weekly check,
    `finished_at` the latest finished session, `plan_referred_at` when the plan last sent the person to the clinic.
    `staff_consent`: whether urgent findings may be posted to the clinic's staff chat; None until answered. `text_only`:
    exercises come without pictures. `weekly_day` (ISO, Monday is 1) is when the weekly summary comes, None: never;
    `wants_streak`: days in a row are counted; `wants_dark`: pictures of progress are drawn light on dark. `invitation`
    is the code of the link they came by, `programme` the one it brought, None: the usual. `last_answer` is the one that
    an edit may still correct.
    """

    chat_id: int
    language: str
    state: State = State.NEW
    entered_at: datetime | None = None
    consented_at: datetime | None = None
    zone: str | None = None
    reminder_times: ReminderTimes | None = None
    proposed: ProposedTimes | None = None
    at_reminder: bool = False
    paused_at: datetime | None = None
    paused_until: date | None = None
    follow_up_minutes: int | None = None
    hold: Hold | None = None
    session: Session | None = None
    sessions_started: int = 0
    gentle: bool = False
    referred_at: datetime | None = None
    screening: Screening | None = None
    screened_at: datetime | None = None
    checked_at: datetime | None = None
    finished_at: datetime | None = None
    plan_referred_at: datetime | None = None
    staff_consent: bool | None = None
    text_only: bool = False
    weekly_day: int | None = SUNDAY
    wants_streak: bool = False
    wants_dark: bool = False
    invitation: str | None = None
    programme: str | None = None
    last_answer: LastAnswer | None = None

    @property
    def is_set_up(self) -> bool:
        """Whether consent, zone and reminder times are all known."""
        return is_set_up(self)

    @property
    def wants_reminders(self) -> bool:
        """Whether a daily reminder may be sent at all: set up, not paused by the person, not held for safety."""
        return wants_reminders(self)

    @property
    def resting_state(self) -> State:
        """The state to fall back to once a question about settings is answered or dropped."""
        if self.session is not None:
            return self.session.phase
        if self.screening is not None:
            return self.screening.phase
        if self.consented_at is None:
            return State.ASKING_CONSENT
        if self.zone is None:
            return State.ASKING_ZONE
        return State.IDLE if self.reminder_times is not None else State.ASKING_TIME
