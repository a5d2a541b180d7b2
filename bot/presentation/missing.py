"""A day left out, in words: the question why, asked in passing, and the step that each reason leads to."""

from bot.domain.buttons import HIGHEST_RATING
from bot.domain.effects import OfferSmaller
from bot.domain.events import PauseAsked, Rated, RoutineStarted
from bot.domain.missing import Reason, ReasonTold, Smaller
from bot.domain.times import When
from bot.domain.transition import DAY_TOKEN
from bot.presentation.outgoing import SUCCESS, Keyboard, Outgoing, message, press
from bot.presentation.view import Texts

RATING_ROWS = (range(4), range(4, 8), range(8, HIGHEST_RATING + 1))
REST_DAYS = (3, 7)


def why_rows(texts: Texts) -> Keyboard:
    """Return the four reasons as buttons, two in a row."""
    keys = [press(texts.plain(f"why-{reason.replace('_', '-')}"), ReasonTold(reason)) for reason in Reason]
    return (keys[:2], keys[2:])


def ask_day_rating(texts: Texts, *, unreadable: bool) -> Outgoing:
    """Ask how strong the pain is on a day without routine."""
    rows = [[press(str(rating), Rated(rating, DAY_TOKEN)) for rating in row] for row in RATING_ROWS]
    return message(texts.html("ask-pain-unreadable" if unreadable else "ask-pain-now"), rows, live=True)


def offer_smaller(offer: OfferSmaller, texts: Texts) -> Outgoing:
    """Offer the one-minute minimum; the whole routine too where there is little pain."""
    minimum = press(texts.plain("bad-day"), RoutineStarted(minimum=True))
    whole = press(texts.plain("reminder-start"), RoutineStarted(), SUCCESS)
    row = (whole, minimum) if offer.kind is Smaller.LITTLE_PAIN else (minimum,)
    return message(texts.html(offer.kind), (row,))


def offer_rest(texts: Texts) -> Outgoing:
    """Say that the routine can wait, offer to pause it for some days, and name what belongs to a clinician today."""
    row = [press(texts.plain(f"pause-{days}"), PauseAsked(When(days=days, until=True))) for days in REST_DAYS]
    return message(texts.html("missing-ill"), (row,))
