"""The clinic's letterhead: a picture in its colour, with its logo and name, above the greeting and after a referral.

Chat messages have no colour, so a clinic's looks come as a picture. Rules:

- Only a clinic with a colour, or with a logo that can be drawn (a PNG), has one; nobody gets it who wants text only.
- It says nothing that is not in the words beside it, and those never wait for it: a greeting is its caption, which
  leaves alone where there is no picture, and a referral has left before.
- After a referral it also shows the telephone number and the hours, large, once a day at most. Not after an emergency
  and not while one holds the programme: there the number to dial now must stay the last thing in the chat. Nor after
  thoughts of suicide, whose answer carries nothing of the clinic.

What is here is which letter carries it and what stands on it; `letterhead_chart` draws.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from html import escape

from bot.domain.chat import Hold
from bot.domain.effects import Refer
from bot.domain.safety import Finding, Flag, Tier
from bot.presentation.content import Clinic
from bot.presentation.i18n import Html, plain_of
from bot.presentation.outgoing import Keyboard, Outgoing, message, photo
from bot.presentation.view import View

NAME, CARD = "letterhead", "letterhead-card"
EDITION = 1
"""Raised when the drawing changes, so that Telegram is given the new one."""
MOST_IN_A_CAPTION = 1024  # UTF-16 units without tags, as Telegram counts


@dataclass(frozen=True, slots=True)
class Letterhead:
    """A picture of the clinic's: what is to be drawn, and a digest that is another for any other look."""

    data: Mapping[str, str | None]
    digest: str


def letterheads_of(clinic: Clinic) -> dict[str, Letterhead]:
    """Return the clinic's pictures by the names that letters give them; none where it has no looks."""
    if not clinic.has_looks:
        return {}
    name = {"name": clinic.name, "colour": clinic.colour}
    card = name | {"phone": clinic.phone_display, "hours": clinic.hours}
    logo = clinic.logo.content if clinic.logo is not None and clinic.logo.is_png else b""
    return {
        NAME: Letterhead(name, _digest(name, logo)),
        CARD: Letterhead(card, _digest(card, logo)),
    }


def headed(text: Html, keyboard: Keyboard, view: View, *, live: bool = False) -> tuple[Outgoing, ...]:
    """Return a message with the letterhead above it: as its caption, or where that is too long as a message before."""
    if not _is_shown(view):
        return (message(text, keyboard, live=live),)
    if len(plain_of(text).encode("utf-16-le")) // 2 <= MOST_IN_A_CAPTION:
        return (photo(NAME, text, keyboard, live=live),)
    return photo(NAME, Html(escape(view.texts.clinic.name))), message(text, keyboard, live=live)


def card_after(refer: Refer, view: View) -> tuple[Outgoing, ...]:
    """Return the picture that follows a referral; nothing where it would push an emergency out of sight."""
    if not _is_shown(view) or _is_grave(refer.finding) or (view.chat.hold is not None and _is_grave(view.chat.hold)):
        return ()
    clinic = view.texts.clinic
    words = view.texts.html("clinic-caption", name=clinic.name, display=clinic.phone_display)
    return (photo(CARD, words, daily=True),)


def _is_shown(view: View) -> bool:
    return view.texts.clinic.has_looks and not view.chat.text_only


def _is_grave(reason: Finding | Hold) -> bool:
    return reason.tier is Tier.EMERGENCY or reason.flag is Flag.SUICIDE


def _digest(data: Mapping[str, str | None], logo: bytes) -> str:
    said = json.dumps([EDITION, data], sort_keys=True).encode()
    return sha256(sha256(said).digest() + logo).hexdigest()
