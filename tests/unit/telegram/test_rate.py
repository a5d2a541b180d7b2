"""Rates, on a clock that the test moves."""

from bisect import bisect_left

import pytest

from bot.telegram import rate
from bot.telegram.rate import Rates


class HandClock:
    """Seconds that pass when told to."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        """Return the time."""
        return self.seconds


@pytest.fixture
def clock() -> HandClock:
    """Return a clock that stands still."""
    return HandClock()


def calls_made(rates: Rates, clock: HandClock, *, seconds: float) -> list[float]:
    """Call whenever it is allowed, each time to another chat; return when."""
    made: list[float] = []
    end = clock.seconds + seconds
    while clock.seconds < end:
        for _ in range(rates.available()):
            rates.spend(len(made), "sendMessage")
            made.append(clock.seconds)
        clock.seconds += max(rates.seconds_until_available(), 0.001)
    return made


@pytest.mark.parametrize("per_second", [30.0, 7.5, 1.0, 0.5, 900.0])
def test_no_second_ever_holds_more_calls_than_allowed(clock: HandClock, per_second: float) -> None:
    """However one begins and however long one rested, a window of a second (or of one call) never overflows."""
    rates = Rates(per_second, clock=clock)
    window = max(1.0, int(per_second)) / per_second
    made = calls_made(rates, clock, seconds=6)
    clock.seconds += 10
    made += calls_made(rates, clock, seconds=6)
    for start in set(made):
        within = bisect_left(made, start + window - 1e-6) - bisect_left(made, start)
        assert within <= max(1, int(per_second))
    assert len(made) >= 2 * 6 * per_second * 0.8


def test_a_new_relay_begins_slowly_and_a_rested_one_may_burst(clock: HandClock) -> None:
    """The first second is spread evenly, because the last relay may just have used it up."""
    rates = Rates(30, clock=clock)
    assert rates.available() == 1
    rates.spend(1, "sendMessage")
    assert rates.available() == 0
    assert rates.seconds_until_available() == pytest.approx(1 / 30)
    clock.seconds += 0.5
    assert rates.available() == 15
    clock.seconds += 60
    assert rates.available() == 30
    assert rates.seconds_until_available() == 0


def test_one_chat_gets_a_burst_and_then_one_a_second(clock: HandClock) -> None:
    """A chat that had its burst rests by itself; other chats do not, and calls that send nothing do not count."""
    rates = Rates(1000, clock=clock)
    clock.seconds += 10
    for _ in range(50):
        rates.spend(7, "editMessageReplyMarkup")
    for _ in range(rate.CHAT_BURST):
        assert rates.resting_chats() == set()
        rates.spend(7, "sendMessage")
    rates.spend(8, "sendMessage")
    assert rates.resting_chats() == {7}
    assert rates.seconds_until_rested() == pytest.approx(1 / rate.CHAT_PER_SECOND)
    clock.seconds += 1 / rate.CHAT_PER_SECOND
    assert rates.resting_chats() == set()
    assert rates.seconds_until_rested() is None


def test_a_rest_silences_a_chat_or_everybody(clock: HandClock) -> None:
    """While a chat rests, only that chat does; while the bot rests, nothing may be called at all."""
    rates = Rates(30, clock=clock)
    clock.seconds += 10
    rates.rest(7, 5)
    rates.rest(7, 2)
    assert (rates.resting_chats(), rates.available()) == ({7}, 30)
    rates.rest(None, 20)
    assert rates.available() == 0
    assert rates.seconds_until_available() == pytest.approx(20)
    clock.seconds += 5
    assert rates.resting_chats() == set()
    clock.seconds += 15
    assert rates.available() == 30


def test_two_chats_told_to_wait_at_once_mean_the_bot(clock: HandClock) -> None:
    """The first is taken for the chat's own, however often it is told; one of another chat meanwhile is the bot's."""
    rates = Rates(30, clock=clock)
    clock.seconds += 10
    for chat_id in (7, 8):
        rates.spend(chat_id, "sendMessage")
    assert [rates.slow_down(7, 5), rates.slow_down(7, 5)] == ["chat", "chat"]
    assert (rates.resting_chats(), rates.available() > 0) == ({7}, True)
    assert rates.slow_down(8, 5) == "bot"
    assert rates.available() == 0


def test_long_after_another_a_wait_is_the_chats_own_again(clock: HandClock) -> None:
    """What was said of one chat proves nothing once its time is over."""
    rates = Rates(30, clock=clock)
    assert rates.slow_down(7, 5) == "chat"
    clock.seconds += 6
    assert rates.slow_down(8, 5) == "chat"


def test_chats_that_were_written_to_in_a_hurry_silence_nobody_else(clock: HandClock) -> None:
    """Two flooding chats, or two groups, told to wait at once have each hit their own limit."""
    rates = Rates(30, clock=clock)
    clock.seconds += 10
    for chat_id in (7, 8):
        for _ in range(3):
            rates.spend(chat_id, "sendMessage")
            clock.seconds += 0.2
    assert [rates.slow_down(chat_id, 5) for chat_id in (7, 8, -100, -200)] == ["chat"] * 4
    assert rates.resting_chats() == {7, 8, -100, -200}
    assert rates.available() > 0


def bulk_sent(rates: Rates, clock: HandClock, *, seconds: float) -> list[float]:
    """Send in bulk whenever that is allowed, each time to another chat; return when."""
    made: list[float] = []
    end = clock.seconds + seconds
    while clock.seconds < end:
        for _ in range(rates.available(bulk=True)):
            rates.spend(len(made), "sendMessage", bulk=True)
            made.append(clock.seconds)
        clock.seconds += max(rates.seconds_until_available(bulk=True), 0.001)
    return made


@pytest.mark.parametrize("per_second", [2.0, 30.0, 1000.0])
def test_in_the_middle_of_a_burst_an_answer_leaves_at_once(clock: HandClock, per_second: float) -> None:
    """However long reminders have been leaving as fast as they may, a place is free for something else, always."""
    rates = Rates(per_second, clock=clock)
    for _ in range(200):
        bulk_sent(rates, clock, seconds=0.05)
        assert rates.available() >= 1
    rates.spend(-1, "sendMessage")
    assert rates.seconds_until_available() <= 1 / rates.bulk_per_second


@pytest.mark.parametrize("per_second", [30.0, 1000.0])
def test_reminders_leave_evenly_and_nearly_as_fast_as_allowed(clock: HandClock, per_second: float) -> None:
    """Nothing is gulped, little is lost: 29 of 30 a second, or as many in proportion."""
    rates = Rates(per_second, clock=clock)
    clock.seconds += 10
    made = bulk_sent(rates, clock, seconds=20)
    assert len(made) == pytest.approx(20 * rates.bulk_per_second, rel=0.02)
    assert rates.bulk_per_second >= per_second * 0.96
    tenths = [bisect_left(made, start + 0.1) - place for place, start in enumerate(made)]
    assert max(tenths) <= 0.2 * per_second + 1


def test_a_bot_with_one_call_a_second_still_reminds(clock: HandClock) -> None:
    """Where there is nothing to reserve, nothing is."""
    rates = Rates(1, clock=clock)
    assert len(bulk_sent(rates, clock, seconds=10.5)) in {10, 11}


def test_who_takes_over_begins_anew(clock: HandClock) -> None:
    """A relay that stood by for long does not know what the last one has just sent: it begins slowly."""
    rates = Rates(30, clock=clock)
    clock.seconds += 100
    assert rates.available() == 30
    rates.begin()
    assert (rates.available(), rates.available(bulk=True)) == (1, 0)
    clock.seconds += 0.5
    assert rates.available() <= 16


def test_memory_does_not_grow_with_the_people_written_to(clock: HandClock) -> None:
    """Chats whose burst is whole again are forgotten."""
    rates = Rates(1e6, clock=clock)
    for chat_id in range(50_000):
        rates.spend(chat_id, "sendMessage")
        clock.seconds += 0.01
    assert len(rates._full_at) <= 2_000  # noqa: SLF001 - what is kept is not to be seen otherwise
