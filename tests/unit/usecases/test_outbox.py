"""What becomes of a letter after each kind of answer."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.usecases.delivery import (
    Blocked,
    GaveUp,
    NotReady,
    RetryAfter,
    SendResult,
    Sent,
    TokenRejected,
    Unknown,
    Unreachable,
)
from bot.usecases.outbox import FREE_TRIES, LONGEST_BACKOFF_SECONDS, MOST_DOUBTS, judge
from bot.usecases.ports import Status, TakenLetter

NOW = datetime(2026, 5, 7, 11, 30, tzinfo=UTC)


def taken(*, attempts: int = 1, doubts: int = 0) -> TakenLetter:
    """Return a letter in flight."""
    return TakenLetter(
        id=1,
        key="u1:0",
        chat_id=7,
        method="sendMessage",
        payload={},
        attempts=attempts,
        doubts=doubts,
        forget=False,
        expires_at=None,
    )


@pytest.mark.parametrize(
    ("result", "status"),
    [
        (Sent(42), Status.SENT),
        (Sent(None, note="message is not modified"), Status.SENT),
        (NotReady("being drawn"), Status.QUEUED),
        (RetryAfter(5), Status.QUEUED),
        (Unreachable("refused"), Status.QUEUED),
        (TokenRejected("Unauthorized"), Status.QUEUED),
        (Unknown("lost"), Status.QUEUED),
        (Blocked("blocked by the user"), Status.CANCELLED),
        (GaveUp("can't parse entities"), Status.GAVE_UP),
    ],
    ids=lambda value: type(value).__name__ if not isinstance(value, Status) else value.value,
)
def test_each_answer_has_its_consequence(result: SendResult, status: Status) -> None:
    """Sent, blocked and refused letters are over; the others are queued again."""
    settlement = judge(taken(), result, now=NOW, jitter=0)
    assert settlement.status is status
    assert settlement.message_id == (42 if result == Sent(42) else None)


def test_a_lost_answer_is_tried_again_at_once_and_then_ever_later() -> None:
    """Two broken connections, or two deaths of the bot, in a row lose nothing; what never works ends some time."""
    lost = Unknown("lost")
    settlements = [
        judge(taken(attempts=doubts + 1, doubts=doubts), lost, now=NOW, jitter=1) for doubts in range(MOST_DOUBTS + 1)
    ]
    *again, last = settlements
    assert [(one.status, one.doubts) for one in again] == [
        (Status.QUEUED, number) for number in range(1, len(again) + 1)
    ]
    pauses = [(one.not_before - NOW).total_seconds() for one in again]
    assert pauses == [0, 4, 8, 16, 32, *[LONGEST_BACKOFF_SECONDS] * 7]
    assert last.status is Status.UNKNOWN


def test_answers_that_tell_nothing_are_waited_out_for_a_while() -> None:
    """A proxy in trouble costs no letter by answering twice; in the end it is doubted like a lost answer."""
    garbage = Unknown("HTTP 504", was_answered=True)
    for attempts in range(1, FREE_TRIES + 1):
        again = judge(taken(attempts=attempts), garbage, now=NOW, jitter=1)
        assert (again.status, again.doubts) == (Status.QUEUED, 0)
        assert again.not_before == NOW + timedelta(seconds=min(2**attempts, LONGEST_BACKOFF_SECONDS))
    doubted = judge(taken(attempts=FREE_TRIES + 1), garbage, now=NOW, jitter=1)
    assert (doubted.status, doubted.doubts) == (Status.QUEUED, 1)
    assert judge(taken(attempts=30, doubts=MOST_DOUBTS), garbage, now=NOW, jitter=1).status is Status.UNKNOWN


def test_doubts_outlive_retries_of_other_kinds() -> None:
    """A letter that may have arrived once is not forgotten to be doubtful by a flood limit or an outage."""
    for result in (RetryAfter(5), Unreachable("refused")):
        assert judge(taken(doubts=1), result, now=NOW, jitter=0).doubts == 1


def test_telegrams_wait_is_kept_to() -> None:
    """A flood limit's seconds are what the letter waits."""
    assert judge(taken(), RetryAfter(5), now=NOW, jitter=1).not_before == NOW + timedelta(seconds=5)


@pytest.mark.parametrize(("attempts", "longest"), [(1, 2), (2, 4), (5, 32), (6, LONGEST_BACKOFF_SECONDS), (30_000, 60)])
def test_outages_are_waited_out_longer_and_longer(attempts: int, longest: int) -> None:
    """The pause doubles up to a minute, and is spread over its second half."""
    pauses = [
        (judge(taken(attempts=attempts), Unreachable("refused"), now=NOW, jitter=jitter).not_before - NOW)
        for jitter in (0, 1)
    ]
    assert pauses == [timedelta(seconds=longest / 2), timedelta(seconds=longest)]
