"""Buttons: every event comes back as it was, in 64 bytes, and nothing else is taken for one."""

from datetime import UTC, date, datetime, time
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.buttons import MOST_BYTES, ButtonEvent, decode, encode
from bot.domain.events import (
    ButtonUnknown,
    ConsentGiven,
    DaySkipped,
    DayToldDone,
    EasierChosen,
    EraseConfirmed,
    EraseDeclined,
    FollowUpChosen,
    HoldReleased,
    HowToAsked,
    LanguageChosen,
    Later,
    LaterAsked,
    MorningTold,
    NextChosen,
    Outcome,
    PauseAsked,
    PicturesChosen,
    Preference,
    PreferenceChosen,
    PreferencesAsked,
    Rated,
    Rhythm,
    RhythmChosen,
    RoutineStarted,
    Snoozed,
    StepAnswered,
    TimesNamed,
    Token,
    WeeklyChosen,
    WishTold,
    ZoneNamed,
)
from bot.domain.levels import Morning, Wish
from bot.domain.schedule import ReminderTimes
from bot.domain.times import When

DAYS = st.none() | st.dates()
TOKENS = st.none() | st.builds(Token, session=st.integers(0, 10**6), step=st.integers(0, 1000), easier=st.booleans())
CLOCKS = st.builds(time, hour=st.integers(0, 23), minute=st.integers(0, 59))
TIMES = st.builds(
    ReminderTimes,
    st.sets(CLOCKS, min_size=1, max_size=3).map(lambda clocks: tuple(sorted(clocks))),
    st.frozensets(st.integers(1, 7), min_size=1),
)
INSTANTS = st.datetimes(
    min_value=datetime(1970, 1, 1),  # noqa: DTZ001 - Hypothesis wants naive bounds and adds the zone itself
    timezones=st.just(UTC),
).map(lambda instant: instant.replace(microsecond=0))
EVENTS: st.SearchStrategy[ButtonEvent] = st.one_of(
    st.just(ConsentGiven()),
    st.sampled_from(sorted(available_timezones())).map(ZoneNamed),
    st.builds(TimesNamed, TIMES),
    st.builds(RoutineStarted, minimum=st.booleans()),
    st.builds(MorningTold, morning=st.sampled_from(Morning), local_date=DAYS),
    st.builds(LaterAsked, asked=st.sampled_from(Later), local_date=st.dates()),
    st.builds(WishTold, wish=st.none() | st.sampled_from(Wish), local_date=DAYS),
    st.builds(Snoozed, minutes=st.integers(1, 1440), local_date=DAYS),
    DAYS.map(DaySkipped),
    st.sampled_from([None, 30, 60, 120]).map(FollowUpChosen),
    st.builds(RhythmChosen, rhythm=st.sampled_from(Rhythm), local_date=st.dates()),
    st.integers(1, 365).map(lambda days: PauseAsked(When(days=days, until=True))),
    st.builds(StepAnswered, outcome=st.sampled_from(Outcome), token=TOKENS),
    st.builds(Rated, rating=st.integers(0, 10), token=TOKENS),
    TOKENS.map(EasierChosen),
    TOKENS.map(NextChosen),
    TOKENS.map(HowToAsked),
    st.booleans().map(PicturesChosen),
    st.sampled_from(("en", "es", "pt-br")).map(LanguageChosen),
    DAYS.map(DayToldDone),
    st.just(PreferencesAsked()),
    st.builds(PreferenceChosen, preference=st.sampled_from(Preference), wanted=st.booleans()),
    (st.none() | st.integers(1, 7)).map(WeeklyChosen),
    st.just(HoldReleased()),
    INSTANTS.map(EraseConfirmed),
    st.just(EraseDeclined()),
)


@given(EVENTS)
def test_every_event_comes_back_as_it_was(event: ButtonEvent) -> None:
    """What a button carries is the event itself."""
    assert decode(encode(event)) == event


@given(EVENTS)
def test_every_event_fits_a_button(event: ButtonEvent) -> None:
    """Telegram takes 1 to 64 bytes."""
    assert 1 <= len(encode(event).encode()) <= MOST_BYTES


@given(st.text())
def test_any_text_is_read_without_an_error(data: str) -> None:
    """Data that no version of ours wrote is unknown, or spelled exactly as we would."""
    event = decode(data)
    assert isinstance(event, ButtonUnknown) or encode(event) == data


@given(EVENTS, st.text(min_size=1, max_size=3), st.integers(0, 64))
def test_a_damaged_spelling_never_raises(event: ButtonEvent, noise: str, at: int) -> None:
    """Characters put anywhere into real data give another event's own spelling or none."""
    spelled = encode(event)
    damaged = spelled[:at] + noise + spelled[at:]
    result = decode(damaged)
    assert isinstance(result, ButtonUnknown) or encode(result) == damaged


@pytest.mark.parametrize(
    "data",
    [
        "",
        "consent:now",
        "zone:Atlantis/Poseidonis",
        "zone:europe/../../etc/passwd",
        "zone:/etc/passwd",
        "zone:America",
        "zone:a\0b",
        "time:730",
        "time:2460",
        "time:07:30",
        "snooze:0",
        "snooze:1441",
        "snooze:soon",
        "skip:20260131",
        "skip:2026-02-30",
        "skip:2026-01-31:again",
        "step:finished:1.0.0",
        "step:done:1.0",
        "step:done:1.0.2",
        "step:done:-1.0.0",
        "rate:11:1.0.0",
        "rate:-1:1.0.0",
        "rate:07:1.0.0",
        "rate:٧:1.0.0",
        "rate: 7:1.0.0",
        "did:yesterday",
        "prefer:streak:2",
        "prefer:chocolate:1",
        "weekly:8",
        "weekly:-1",
        "erase:now",
        "erase:99999999999999999999",
        "\ud800",
        "consent" * 10,
    ],
)
def test_what_no_button_of_ours_carries_is_unknown(data: str) -> None:
    """Malformed, out of range, another spelling of the same, or another bot's."""
    assert decode(data) == ButtonUnknown()


@pytest.mark.parametrize(
    ("event", "data"),
    [
        (TimesNamed(ReminderTimes((time(7, 30),))), "times:07:30/1234567"),
        (ZoneNamed("America/New_York"), "zone:America/New_York"),
        (Snoozed(30, date(2026, 3, 8)), "snooze:30:2026-03-08"),
        (DaySkipped(), "skip"),
        (RoutineStarted(), "start"),
        (RoutineStarted(minimum=True), "badday"),
        (MorningTold(Morning.WORSE, date(2026, 3, 8)), "morning:worse:2026-03-08"),
        (WishTold(Wish.EASIER, date(2026, 3, 8)), "wish:easier:2026-03-08"),
        (WishTold(None, date(2026, 3, 8)), "wish:right:2026-03-08"),
        (StepAnswered(Outcome.DONE, Token(12, 3, easier=True)), "step:done:12.3.1"),
        (Rated(7, Token(12, 3)), "rate:7:12.3.0"),
        (DayToldDone(date(2026, 3, 8)), "did:2026-03-08"),
        (PreferenceChosen(Preference.DARK, wanted=True), "prefer:dark:1"),
        (WeeklyChosen(7), "weekly:7"),
        (WeeklyChosen(None), "weekly:0"),
        (EraseConfirmed(datetime(2026, 3, 8, 12, 0, 5, 900_000, tzinfo=UTC)), "erase:1772971205"),
    ],
)
def test_spellings_stay_what_they_are(event: ButtonEvent, data: str) -> None:
    """Buttons live in old messages: a changed spelling would kill them."""
    assert encode(event) == data
