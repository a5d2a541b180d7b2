"""The verdict on a storm: sound records pass, and each promise has a record that breaks it and is found out."""

from collections.abc import Sequence

import pytest

from tests.chaos.record import (
    REFERRAL,
    REMINDER,
    AnswerLost,
    Confirmed,
    Due,
    Event,
    Exported,
    Heard,
    Said,
    Struck,
    Tried,
)
from tests.chaos.verdict import MOST_OVERTAKING, judge

ADA, BO = 1, 2


def came(*whats: str, person: int = ADA) -> list[Heard | Tried]:
    """Return messages that arrived and were answered."""
    return [event for what in whats for event in (Heard(person, what), Tried(person, what))]


START = Said(ADA, 1, ("hello", "how?"))
DONE = Said(ADA, 2, ("thanks",))
WHOLE: list[Event] = [START, *came("hello", "how?"), DONE, *came("thanks")]
EMERGENCY: list[Said | Confirmed] = [Said(ADA, 3, (REFERRAL,), is_emergency=True), Confirmed(frozenset({3}))]
CROWD = range(10, 11 + MOST_OVERTAKING)
OTHERS_DUE: list[Event] = [Due(person) for person in CROWD]
OTHERS: list[Event] = [event for person in CROWD for event in came(REMINDER, person=person)]

SOUND: dict[str, Sequence[Event]] = {
    "a conversation": WHOLE,
    "a repeat for a kill": [START, *came("hello"), Struck("kills"), *came("hello", "how?")],
    "a repeat for a lost answer": [START, Heard(ADA, "hello"), AnswerLost(ADA), *came("hello", "how?")],
    "a reminder a day": [Due(ADA), *came(REMINDER), Due(ADA), *came(REMINDER)],
    "a reminder that came again after a kill": [Due(ADA), *came(REMINDER), Struck("kills"), *came(REMINDER)],
    "a reminder that was withdrawn": [Due(ADA, surely=False), *EMERGENCY, *came(REFERRAL)],
    "a reminder before the referral": [Due(ADA, surely=False), *came(REMINDER), *EMERGENCY, *came(REFERRAL)],
    "others after the referral": [*OTHERS_DUE, *EMERGENCY, *came(REFERRAL), *OTHERS],
    "others before it is acknowledged": [*OTHERS_DUE, *EMERGENCY[:1], *OTHERS, *EMERGENCY[1:], *came(REFERRAL)],
    "one's own record": [Exported(ADA, ("0 done",), ("0 done",))],
}
BROKEN: dict[str, Sequence[Event]] = {
    "an answer without effect": [START, *came("hello", "how?"), DONE],
    "an answer that took effect twice": [*WHOLE, *came("how?", "thanks")],
    "answers out of order": [START, DONE, *came("how?", "hello", "thanks")],
    "a repeat for nothing": [START, *came("hello", "hello", "how?")],
    "two repeats for one kill": [START, *came("hello"), Struck("kills"), *came("hello", "hello", "how?")],
    "a repeat for somebody else's lost answer": [AnswerLost(BO), START, *came("hello", "hello", "how?")],
    "a message nobody waits for": [*WHOLE, *came("oops")],
    "a reminder that did not come": [Due(ADA), *came(REMINDER), Due(ADA)],
    "a reminder that came twice": [Due(ADA), *came(REMINDER, REMINDER)],
    "a reminder for who paused or blocked": came(REMINDER),
    "one that was tried only": [Tried(ADA, REMINDER)],
    "a reminder behind the referral": [Due(ADA, surely=False), *EMERGENCY, *came(REFERRAL, REMINDER)],
    "a referral that did not come": [Due(ADA, surely=False), *EMERGENCY],
    "a referral behind the reminders of others": [*OTHERS_DUE, *EMERGENCY, *OTHERS, *came(REFERRAL)],
    "an answer missing from the record": [Exported(ADA, ("0 done",), ("0 done", "1 done"))],
}


@pytest.mark.parametrize("record", SOUND.values(), ids=SOUND)
def test_what_is_promised_passes(record: Sequence[Event]) -> None:
    """Nothing is found where nothing is wrong."""
    assert judge(record).broken == ()


@pytest.mark.parametrize("record", BROKEN.values(), ids=BROKEN)
def test_what_breaks_a_promise_is_found(record: Sequence[Event]) -> None:
    """One thing is wrong, and one thing is found."""
    assert len(judge(record).broken) == 1


def test_everything_is_counted() -> None:
    """Kills, repeats and losses are told as numbers."""
    record = [*SOUND["a repeat for a kill"], DONE, Due(BO), Due(ADA), *came(REMINDER)]
    counts = judge(record).counts
    assert counts["kills"] == counts["repeats"] == counts["reminders arrived"] == 1
    assert counts["people"] == counts["reminders due"] == counts["lost"] == counts["updates"] == 2
