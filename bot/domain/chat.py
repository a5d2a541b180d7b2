"""What the bot remembers about one chat, as a value.

A `Chat` is everything the conversation needs to decide its next move: loaded from one row, changed by
`conversation.step`, saved again. It holds no message text and no name. What only the shell needs (which message
carries the live buttons, whether the person blocked the bot) stays in storage.
"""

from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum

from bot.domain.plan import Prescription
from bot.domain.safety import Flag, Tier


class State(StrEnum):
    """Where the conversation stands: which answer it waits for."""

    NEW = "new"
    ASKING_CONSENT = "asking_consent"
    ASKING_ZONE = "asking_zone"
    ASKING_TIME = "asking_time"
    IDLE = "idle"
    EXERCISING = "exercising"
    RATING_PAIN = "rating_pain"
    OFFERING_EASIER = "offering_easier"
    OFFERING_CLINIC = "offering_clinic"
    RATING_BACK = "rating_back"


SESSION_STATES = frozenset(
    {State.EXERCISING, State.RATING_PAIN, State.OFFERING_EASIER, State.OFFERING_CLINIC, State.RATING_BACK}
)
SETTING_STATES = frozenset({State.ASKING_ZONE, State.ASKING_TIME})


@dataclass(frozen=True, slots=True)
class Session:
    """One run through the routine: which step it is at and what its present question is.

    `number` counts the chat's sessions from 1; `step` indexes `prescriptions` from 0; `phase` is the session state
    to return to when a setting was asked in between. The prescriptions are kept with the session, so that an edit of
    the content never changes a routine somebody is in the middle of.
    """

    number: int
    started_at: datetime
    prescriptions: tuple[Prescription, ...]
    step: int = 0
    easier: bool = False
    phase: State = State.EXERCISING

    @property
    def prescription(self) -> Prescription:
        """The exercise and doses of the present step."""
        return self.prescriptions[self.step]

    @property
    def is_last_step(self) -> bool:
        """Whether no exercise follows the present one."""
        return self.step + 1 == len(self.prescriptions)


@dataclass(frozen=True, slots=True)
class Hold:
    """The programme is held for safety since `since` (UTC), until the person says they have spoken to someone."""

    tier: Tier
    flag: Flag
    rule_id: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Chat:
    """One person's conversation. Instants are UTC; `reminder_time` is wall-clock time in `zone` (an IANA name)."""

    chat_id: int
    language: str
    state: State = State.NEW
    entered_at: datetime | None = None
    consented_at: datetime | None = None
    zone: str | None = None
    reminder_time: time | None = None
    paused_at: datetime | None = None
    hold: Hold | None = None
    session: Session | None = None
    sessions_started: int = 0

    @property
    def is_set_up(self) -> bool:
        """Whether consent, zone and reminder time are all known."""
        return self.consented_at is not None and self.zone is not None and self.reminder_time is not None

    @property
    def wants_reminders(self) -> bool:
        """Whether a daily reminder may be sent at all: set up, not paused by the person, not held for safety."""
        return self.is_set_up and self.paused_at is None and self.hold is None

    @property
    def resting_state(self) -> State:
        """The state to fall back to once a question about settings is answered or dropped."""
        if self.session is not None:
            return self.session.phase
        if self.consented_at is None:
            return State.ASKING_CONSENT
        if self.zone is None:
            return State.ASKING_ZONE
        return State.IDLE if self.reminder_time is not None else State.ASKING_TIME
