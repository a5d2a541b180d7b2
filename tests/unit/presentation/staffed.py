"""Everything that the staff of a clinic may get to read in their chat."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import time

from bot.domain.broadcast import Broadcast, BroadcastStatus, Delivered
from bot.domain.chat import Hold
from bot.domain.crowd import Crowd, Deliveries, Standing
from bot.domain.journal import Journal
from bot.domain.report import report_of
from bot.domain.safety import Flag
from bot.domain.staff import Invitation, InvitationAsked, Role, Segment
from bot.presentation import mailing, staff
from bot.presentation.messages import Outgoing, Texts
from tests.unit.presentation.rendered import CATALOG, CHAT, JOURNAL, KINDS, NOW

LANGUAGES = {"en": "English", "es": "Español"}
LEVELS = tuple(level.id for level in CATALOG.programme.levels)
LONG = "A line of a message that goes on for quite a while, as they do. " * 45
BROADCAST = Broadcast(12, "The <clinic> is closed.", Segment(), BroadcastStatus.DRAFT, NOW, "en")
WORDS = ("active", "once", "uses", "days", "many")


def crowd(*counts: int) -> Crowd:
    """Return a crowd with so many people in each part of each breakdown."""
    made = Crowd(missed=3)
    made.standings = dict(zip(Standing, [*counts, *counts], strict=False))
    made.shares = list(counts[:4])
    made.tiers = dict(zip(made.tiers, counts, strict=False))
    return made


def everything_for_staff(texts: Texts) -> Iterator[Outgoing]:
    """Yield every message of the staff chat, and a broadcast as people get it."""
    yield from (staff.help_text(texts), staff.unsure(texts), staff.failed(texts), staff.nobody_with_code(texts))
    yield from (staff.refused(role, texts) for role in (Role.NOBODY, Role.MEMBER))
    for counts in ((0, 0, 0, 0), (1, 0, 0, 0), (120, 3, 44, 8), (900_000, 80_000, 7_000, 5)):
        yield staff.stats(crowd(*counts), Deliveries(*range(7)), NOW, texts)
    report = report_of(JOURNAL, CHAT, NOW)
    for chat in (CHAT, replace(CHAT, paused_at=NOW), replace(CHAT, hold=Hold(*KINDS["urgent"], "rule", NOW))):
        yield staff.who(report, chat, texts)
    for flag in set(Flag) - {Flag.NONE}:
        yield staff.who(replace(report, findings=(replace(report.findings[0], flag=flag.value),)), CHAT, texts)
    yield staff.who(report_of(Journal(), CHAT, NOW), CHAT, texts)
    yield from broadcasts(texts)
    for asked in (Invitation(), Invitation("es", time(7, 30), "lower-back", uses=None, days=90)):
        for programmes in (["lower-back"], ["lower-back", "gentle"]):
            yield mailing.invitation_choices(InvitationAsked(asked, is_made=False), LANGUAGES, programmes, texts)
        yield mailing.invitation(asked, "BCDFGHJKMN", LANGUAGES, texts, bot_username="lumbar_bot", now=NOW)
    unread = InvitationAsked(Invitation(), is_made=False, unread=("<b>", "x" * 300))
    yield mailing.invitation_choices(unread, LANGUAGES, ["lower-back"], texts)
    yield mailing.invitation_over(texts)


def broadcasts(texts: Texts) -> Iterator[Outgoing]:
    """Yield a broadcast before, while and after it leaves."""
    yield from (mailing.broadcast_help(texts), mailing.broadcast_too_long(texts), mailing.broadcast_too_old(texts))
    for text in (BROADCAST.text, LONG):
        yield mailing.broadcast(text, texts)
        for segment in (Segment(), Segment("es", "base", active=True)):
            draft = replace(BROADCAST, text=text, segment=segment)
            for people in (0, 3, 100_000):
                for asks in (False, True):
                    yield mailing.preview(draft, people, LANGUAGES, LEVELS, texts, asks=asks)
    for status in (BroadcastStatus.SENT, BroadcastStatus.CANCELLED):
        yield mailing.broadcast_over(replace(BROADCAST, status=status), Delivered(0, 100, 2), texts)
    yield mailing.broadcast_going(BROADCAST, Delivered(12, 100, 2), texts)
    yield mailing.broadcast_going(replace(BROADCAST, deferred=9), Delivered(0, 100, 2), texts)


def marks(texts: Texts) -> Iterator[str]:
    """Yield the texts that hold words of commands."""
    yield texts.plain("language-name")
    yield from (texts.plain(f"clinic-words-{name}") for name in WORDS)
