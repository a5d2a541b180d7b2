"""What the tests of messages share: a person with a session, every effect, and reading what was rendered."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from html.parser import HTMLParser
from pathlib import Path
from types import MappingProxyType
from typing import Any

from bot.catalog import Catalog
from bot.domain import effects as do
from bot.domain.adherence import Standstill, Stop
from bot.domain.buttons import decode
from bot.domain.chat import Chat, Hold, Screening, Session, State
from bot.domain.effects import SessionStatus
from bot.domain.events import (
    Event,
    Outcome,
    Token,
)
from bot.domain.hindsight import Ratings
from bot.domain.journal import Journal, Noticed, Run, Tally, overview_of
from bot.domain.keys import Opening, Text
from bot.domain.levels import Change, Referral, Standing
from bot.domain.missing import Smaller
from bot.domain.plan import Variant
from bot.domain.praise import Occasion, Praise
from bot.domain.progress import FinishedSession, progress_of
from bot.domain.proposals import ProposedTimes
from bot.domain.report import report_of
from bot.domain.safety import Finding, Flag, Tier
from bot.domain.schedule import EVERY_DAY, ReminderTimes
from bot.domain.screening import Release
from bot.domain.times import Half, TypedTime
from bot.domain.weekly import Suggestion, Summary, Week
from bot.presentation import messages, progress
from bot.presentation.messages import Outgoing, Texts, View
from tests.knowledge import the_catalog

CONTENT = Path(__file__).parents[3] / "content"
CATALOG = the_catalog(strict=True, looks=True)


def texts_of(language: str, catalog: Catalog = CATALOG) -> Texts:
    """Return the texts of a language, with a clinic that can be booked online."""
    return Texts(
        translator=catalog.translators[language],
        exercises=MappingProxyType({name: by_language[language] for name, by_language in catalog.exercises.items()}),
        getting_down=catalog.getting_down[language],
        clinic=replace(catalog.clinic, booking_url="https://clinic.example/book?a=1&b=2"),
        pictures=frozenset(catalog.animations),
    )


TEXTS = texts_of("en")
BRITISH = replace(TEXTS, clinic=replace(TEXTS.clinic, country="GB"))
ELSEWHERE = replace(TEXTS, clinic=replace(TEXTS.clinic, country="AQ", booking_url=None))  # no numbers of its own

NOW = datetime(2026, 3, 5, 12, 12, tzinfo=UTC)  # a Thursday, 07:12 in New York
TODAY = date(2026, 3, 5)
NEXT_DUE = datetime(2026, 3, 6, 12, 30, tzinfo=UTC)
SESSION = Session(number=3, started_at=NOW, prescriptions=CATALOG.routine.prescriptions)
TOKEN = Token(3, 1)
CHAT = Chat(
    chat_id=1,
    language="en",
    state=State.IDLE,
    consented_at=NOW,
    zone="America/New_York",
    reminder_times=ReminderTimes((time(7, 30),)),
    session=SESSION,
)
JOURNAL = Journal(
    runs=tuple(
        Run(
            on=TODAY - timedelta(days=ago),
            started_at=NOW - timedelta(days=ago),
            ended_at=NOW - timedelta(days=ago) + timedelta(minutes=9),
            status=SessionStatus.FINISHED,
            rating=2,
            peak=4,
            level="settle" if ago > 9 else "base",
        )
        for ago in (80, 60, 12, 9, 3, 0)
    ),
    pains=((TODAY - timedelta(days=12), 5), (TODAY, 3)),
    due=tuple(TODAY - timedelta(days=ago) for ago in range(13)),
    standstills=(Standstill(Stop.PAUSE, NOW - timedelta(days=50), NOW - timedelta(days=20)),),
    tallies=tuple(Tally(TODAY, "bird-dog", outcome, False, count, 4) for count, outcome in enumerate(Outcome, 1)),
    findings=tuple(Noticed(NOW, tier, "neuro") for tier in ("referral", "urgent", "emergency") for _ in range(4)),
)
FULL = overview_of(JOURNAL, CHAT, NOW)
REPORT = report_of(JOURNAL, replace(CHAT, hold=Hold(Tier.URGENT, Flag.NEURO, "U1", NOW)), NOW)
VIEW = View(
    chat=CHAT,
    now=NOW,
    texts=TEXTS,
    next_due=NEXT_DUE,
    progress=progress_of([FinishedSession(date(2026, 3, day), 2) for day in (1, 2, 5)], TODAY),
    overview=FULL,
    praise=Praise(Occasion.ORDINARY, 1),
    message_id=77,
    report=REPORT,
    export={"chat.csv": "chat_id"},
    likely_zones=("America/New_York", "America/Argentina/Buenos_Aires", "UTC"),
    screening=CATALOG.routine.screening,
    language_names={"en": "English", "es": "Español"},
)
KINDS = {
    "referral": (Tier.REFERRAL, Flag.NEURO),
    "urgent": (Tier.URGENT, Flag.FALL_INJURY),
    "emergency": (Tier.EMERGENCY, Flag.CAUDA_EQUINA),
    "suicide": (Tier.EMERGENCY, Flag.SUICIDE),
}
WEEKDAYS = frozenset(range(1, 6))
PHASES = tuple(
    State.SCREENING_PAIN if page.asks_rating else State.SCREENING for page in CATALOG.routine.screening.pages
)
EFFECTS: tuple[do.Message, ...] = (
    do.Greet("Ada"),
    do.Greet(""),
    do.WelcomeBack("Ada"),
    do.AskZone(),
    do.AskZone(unreadable=True),
    do.AskZone(choices=(("America/Chicago", "Springfield, Illinois"), ("America/New_York", "Springfield, Vermont"))),
    do.AskZone(choices=(("Europe/Madrid", "Madrid"),)),
    do.AskTime(),
    do.AskStaffConsent(),
    do.AskTime(unreadable=True),
    *(do.AskTime(proposed=ProposedTimes((TypedTime(time(7, 30), half),), EVERY_DAY)) for half in Half),
    do.AskTime(proposed=ProposedTimes((TypedTime(time(0, 0)),), frozenset({6, 7}))),
    do.AskTime(proposed=ProposedTimes((TypedTime(time(6), Half.OPEN), TypedTime(time(9), Half.OPEN)), WEEKDAYS)),
    do.AskMoved(ReminderTimes((time(1, 30), time(13, 30)), WEEKDAYS)),
    *(do.ShowSchedule(opening) for opening in Opening),
    *(do.ShowStep(replace(SESSION, step=step, easier=easier)) for step in range(4) for easier in (False, True)),
    do.ShowStep(replace(SESSION, prescriptions=(replace(SESSION.prescription, variant=Variant.HARDER),))),
    *(do.ShowHowTo(exercise_id) for exercise_id in CATALOG.exercises),
    do.ShowSettings(),
    do.ShowPause(),
    do.AskPainRating(TOKEN),
    do.AskPainRating(TOKEN, unreadable=True),
    do.OfferEasier(TOKEN),
    *(do.OfferClinic(TOKEN, again=again) for again in (False, True)),
    do.PraiseSession(Token(3, 4)),
    do.PraiseSession(Token(3, 1), is_minimum=True),
    do.AskBackRating(Token(3, 4)),
    do.PraiseSession(Token(3, 4), was_typed=True),
    do.AskDayRating(),
    do.AskDayRating(unreadable=True),
    *map(do.OfferSmaller, Smaller),
    do.OfferRest(),
    *(do.AcceptThanks(reacts=reacts) for reacts in (False, True)),
    *(do.ThankForRating(rating) for rating in range(6)),
    do.ThankForRating(1, asks_wish=TODAY),
    do.TellPlan("base", Standing(2, 1, Change.MORE_REPETITIONS)),
    do.TellPlan("flare", Standing(2, 0, Change.STEADY, referral=Referral.NO_GAIN)),
    do.TellMinimum(),
    *map(do.ReferByPlan, Referral),
    *(do.Refer(Finding(*kind, "E1", ()), holds=holds) for kind in KINDS.values() for holds in (False, True)),
    do.Refer(Finding(*KINDS["referral"], "R1", ()), holds=False, again=True),
    *(do.Refer(Finding(*KINDS["referral"], "S12", ()), holds=True, release=release) for release in Release),
    *(
        do.AskScreening(Screening(NOW, page, phase=phase), unreadable=unreadable)
        for page, phase in enumerate(PHASES)
        for unreadable in (False, True)
    ),
    do.AskScreening(Screening(NOW, is_weekly=True)),
    do.ShowClinic(),
    do.ShowProgress(),
    do.ShowPreferences(),
    do.SendReport(),
    do.SendExport(),
    do.AskErase(NOW),
    *(do.TellCorrected(TODAY, done=done) for done in (False, True)),
    do.TellCorrected(TODAY, ratings=Ratings(0, 4, 10)),
    do.TellCorrected(TODAY, ratings=Ratings(after=2), stays_careful=True),
    *(do.Say(text) for text in Text),
)
HELD_EFFECTS: tuple[do.Message, ...] = (do.ShowHold(), do.Encourage())
MENU_CALLS = {"setMyCommands", "deleteMyCommands"}
TAGS = {"b", "i", "code", "a", "tg-time"}


class Reader(HTMLParser):
    """Reads Telegram HTML as a person sees it; refuses a tag that is unknown, crossed or left open."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.seen = ""
        self.open: list[str] = []
        self.times: list[dict[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an opened tag."""
        assert tag in TAGS, tag
        self.open.append(tag)
        if tag == "tg-time":
            self.times.append(dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        """Close the tag opened last."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Keep what is seen."""
        self.seen += data


def read(html: str) -> Reader:
    """Read HTML to its end."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert not reader.open
    return reader


def render(effect: do.Message, view: View = VIEW) -> Outgoing:
    """Render an effect that is one message; a reaction, the clinic's card or the command menu may follow it."""
    outgoing, *others = messages.render(effect, view)
    assert {call.method for call in others} <= {"setMessageReaction", "sendPhoto", *MENU_CALLS}
    return outgoing


def seen(outgoing: Outgoing) -> str:
    """Return the text or caption a person sees."""
    payload = outgoing.payload
    return read(payload["caption"] if "caption" in payload else payload["text"]).seen


def rows(outgoing: Outgoing) -> list[list[dict[str, Any]]]:
    """Return the rows of buttons."""
    keyboard: list[list[dict[str, Any]]] = outgoing.payload.get("reply_markup", {}).get("inline_keyboard", [])
    return keyboard


def labels(outgoing: Outgoing) -> list[list[str]]:
    """Return the buttons' labels, row by row."""
    return [[button["text"] for button in row] for row in rows(outgoing)]


def meanings(outgoing: Outgoing) -> list[Event]:
    """Return what the buttons mean once pressed, in reading order."""
    return [decode(button["callback_data"]) for row in rows(outgoing) for button in row if "callback_data" in button]


def refer(kind: str, *, holds: bool = True, texts: Texts = TEXTS) -> Outgoing:
    """Render the referral of a kind."""
    return render(do.Refer(Finding(*KINDS[kind], "rule", ()), holds=holds), replace(VIEW, texts=texts))


def everything(texts: Texts) -> Iterator[Outgoing]:
    """Yield every message there is."""
    return (outgoing for outgoing in _everything(texts) if outgoing.method not in MENU_CALLS)


def _everything(texts: Texts) -> Iterator[Outgoing]:
    """Yield each effect in many views, and what no effect asks for."""
    view = replace(VIEW, texts=texts)
    holds = [Hold(*kind, "rule", NOW) for kind in KINDS.values()]
    holds += [Hold(*KINDS["referral"], "rule", NOW, release) for release in (Release.CLEARED, Release.NEVER)]
    views = [
        view,
        replace(view, chat=replace(CHAT, text_only=True, follow_up_minutes=60)),
        replace(view, chat=replace(CHAT, weekly_day=None, wants_streak=True, wants_dark=True)),
        replace(view, report=report_of(Journal(), CHAT, NOW), overview=replace(FULL, level=None)),
        replace(view, next_due=None, chat=replace(CHAT, paused_at=NOW)),
        replace(view, chat=replace(CHAT, paused_at=NOW, paused_until=TODAY + timedelta(days=1))),
        *(replace(view, next_due=None, chat=replace(CHAT, hold=hold)) for hold in holds),
        *(replace(view, progress=progress_of([FinishedSession(TODAY, 0)] * n, TODAY)) for n in (0, 1)),
        replace(view, progress=progress_of([FinishedSession(TODAY - timedelta(weeks=1))], TODAY)),
    ]
    views += [replace(view, praise=Praise(occasion, 3, 7)) for occasion in Occasion]
    for each in views:
        for effect in EFFECTS:
            yield from messages.render(effect, each)
        if each.chat.hold is not None:
            for effect in HELD_EFFECTS:
                yield from messages.render(effect, each)
            yield messages.check_in(each.chat.hold, texts)
    yield from summaries(texts)
    yield from messages.render(do.AskZone(), replace(view, chat=Chat(1, "en")))
    yield from messages.render(do.WelcomeBack(""), replace(view, next_due=None, chat=Chat(1, "en")))
    for hours in (1, 30):
        waited = replace(view, written_at=NOW - timedelta(hours=hours))
        yield from messages.render(do.Refer(Finding(*KINDS["urgent"], "U1", ()), holds=True), waited)
    for consent in (None, True):
        code = "BCDFGHJK" if consent else None
        staffed = replace(view, has_staff_chat=True, staff_code=code, chat=replace(CHAT, staff_consent=consent))
        yield from messages.render(do.Say(Text.PRIVACY), staffed)
    for flag in set(Flag) - {Flag.NONE}:
        for tier in (Tier.URGENT, Tier.EMERGENCY):
            yield messages.staff_notice(Finding(tier, flag, "X", ()), view)
    yield messages.reminder(texts, TODAY)
    yield messages.reminder(texts, TODAY, 4)
    yield messages.reminder(texts, TODAY, asks_morning=True)
    yield messages.follow_up(texts, TODAY, TODAY)
    yield messages.how_often(texts, TODAY)
    for levels in (0, 1, 2):
        yield messages.reminder(texts, TODAY, welcome=messages.Welcome(levels))
    yield messages.group_notice(texts, "lumbar_bot")
    yield messages.apology(texts)
    yield messages.farewell(TODAY, texts)


def summaries(texts: Texts) -> Iterator[Outgoing]:
    """Yield a weekly summary of each kind with each suggestion."""
    chat = replace(CHAT, wants_streak=True)
    for week in Week:
        for wording, suggestion in enumerate(Suggestion):
            yield progress.weekly(Summary(3, week, wording, suggestion, 2), FULL, chat, texts)
