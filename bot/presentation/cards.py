"""The long messages: an exercise's card, the clinic's card, and the referrals that lead to it.

Source of the referrals: clinical brief, section 4, "Reply text duties", and the tier rules for safety messages,
version 1. The action comes first and the number with it; nothing is asked and nothing is diagnosed; an emergency says
not to drive; thoughts of suicide get a warm word and a crisis line, and neither exercises nor the clinic's card.
"""

from dataclasses import asdict
from functools import lru_cache
from html import escape
from typing import assert_never

from bot.domain.chat import Hold, Session
from bot.domain.effects import Refer
from bot.domain.events import (
    HoldReleased,
    HowToAsked,
    NextChosen,
    NotYetSpoken,
    Outcome,
    RoutineStarted,
    StepAnswered,
    Token,
)
from bot.domain.levels import Referral
from bot.domain.plan import Prescription, Variant
from bot.domain.safety import Flag, Tier
from bot.domain.screening import Release
from bot.presentation.i18n import Html
from bot.presentation.letterhead import headed
from bot.presentation.outgoing import DANGER, SUCCESS, Button, Outgoing, Priority, animation, copy, link, message, press
from bot.presentation.reasons import referral_reason
from bot.presentation.view import Texts, View
from bot.presentation.wording import dose_of

STEPS_KEPT = 500


def step_card(session: Session, texts: Texts, *, text_only: bool) -> Outgoing:
    """Show the present exercise with Done, Pain, Skip, Stop and How to: moving, or as text that says all it takes.

    Below the first one stands the way out on a bad day, which goes with its other buttons.
    """
    exercise_id = session.prescription.exercise_id
    token = Token(session.number, session.step, session.easier)
    keyboard = (
        (
            press(texts.plain("step-done"), StepAnswered(Outcome.DONE, token), SUCCESS),
            press(texts.plain("step-pain"), StepAnswered(Outcome.PAIN, token), DANGER),
        ),
        (
            press(texts.plain("step-skip"), StepAnswered(Outcome.SKIPPED, token)),
            press(texts.plain("step-stop"), StepAnswered(Outcome.STOPPED, token)),
        ),
        (press(texts.plain("step-how-to"), HowToAsked(token)),),
        () if session.step or session.is_minimum else (press(texts.plain("bad-day"), RoutineStarted(minimum=True)),),
    )
    is_moving = exercise_id in texts.pictures and not text_only
    words = _caption if is_moving else _step_text
    text = words(session.as_shown, session.step + 1, len(session.prescriptions), texts)
    if is_moving:
        return animation(exercise_id, text, keyboard, live=True)
    return message(text, keyboard, live=True)


def how_to(exercise_id: str, texts: Texts) -> Outgoing:
    """Show everything there is to say about an exercise but its dose, which is the session's."""
    exercise = texts.exercises[exercise_id]
    return message(texts.html("how-to", **asdict(exercise)))


@lru_cache(STEPS_KEPT)  # everybody in a routine gets the same
def _caption(prescription: Prescription, number: int, count: int, texts: Texts) -> Html:
    exercise, variant = texts.exercises[prescription.exercise_id], prescription.variant
    short: str = exercise.in_short(variant)
    if variant is not Variant.USUAL:
        short = texts.html("step-short-another-way", short=short)
    return texts.html(
        "step-caption",
        number=number,
        count=count,
        name=texts.html(f"step-name-{variant}", name=exercise.name),
        short=short,
        dose=dose_of(prescription.dose, texts),
        stop=exercise.stop,
    )


@lru_cache(STEPS_KEPT)
def _step_text(prescription: Prescription, number: int, count: int, texts: Texts) -> Html:
    exercise, variant = texts.exercises[prescription.exercise_id], prescription.variant
    is_usual = variant is Variant.USUAL  # the picture shows only that
    return texts.html(
        "step" if is_usual else "step-another-way",
        number=number,
        count=count,
        name=texts.html(f"step-name-{variant}", name=exercise.name),
        picture=exercise.picture,
        start=exercise.start,
        alignment=exercise.alignment,
        movement=exercise.movement if is_usual else exercise.in_short(variant),
        breathing=exercise.breathing,
        dose=dose_of(prescription.dose, texts),
        avoid=exercise.avoid,
        stop=exercise.stop,
    )


def clinic_message(texts: Texts) -> Outgoing:
    """Show the clinic's card."""
    emergency = texts.numbers.emergency
    return message(texts.html("clinic", card=_clinic_card(texts), emergency=emergency), _clinic_rows(texts))


def clinic_offer(token: Token, texts: Texts, *, again: bool) -> Outgoing:
    """Pain 6-7: this exercise is over; offer the clinic, going on and stopping; the second time suggest booking."""
    keyboard = (
        (
            press(texts.plain("offer-clinic-next"), NextChosen(token)),
            press(texts.plain("offer-clinic-stop"), StepAnswered(Outcome.STOPPED, token)),
        ),
        *_clinic_rows(texts),
    )
    parts = [texts.html("offer-clinic", clinic=_clinic_card(texts)), *_booking(texts, again=again)]
    return message(_paragraphs(parts), keyboard, live=True)


def plan_referral(referral: Referral, view: View) -> tuple[Outgoing, ...]:
    """Send somebody to the clinic because of how the weeks went: why, and the card with the way to book."""
    texts = view.texts
    text = texts.html("plan-referral", reason=referral_reason(referral, texts), card=_clinic_card(texts))
    return headed(text, _clinic_rows(texts), view)


def referral(refer: Refer, texts: Texts, *, opening: Html | None) -> Outgoing:
    """Refer by what was found; with a button that ends the hold when the programme is held.

    `opening` says when the message was written that this answers, if that was a while ago.
    """
    numbers = texts.numbers
    kind = _kind_of(refer.finding.tier, refer.finding.flag)
    holds = refer.holds
    if kind == "referral" and refer.release is Release.NEVER:
        kind = "young"
    parts = [_referral_text(kind, texts, holds=holds), *_booking(texts, again=refer.again)]
    if holds and kind == "referral" and refer.release is Release.CLEARED:
        parts.append(texts.html("refer-cleared-held"))
    elif holds and refer.release is not Release.NEVER:
        parts.append(texts.html(f"refer-{kind}-held"))
    if kind == "emergency":
        parts.append(texts.html("refer-emergency-clinic"))
    if kind != "suicide":
        parts.append(_clinic_card(texts))
    if kind == "urgent" and numbers.advice is not None:
        parts.append(texts.html("refer-urgent-advice", advice=numbers.advice))
    if opening is not None:
        parts.insert(0, opening)
    keyboard = (*_rows_for(kind, texts), *(_release_row(refer.release, texts) if holds else ()))
    return message(_paragraphs(parts), keyboard, priority=Priority.SAFETY)


def hold_notice(hold: Hold, texts: Texts) -> Outgoing:
    """Say why nothing starts, with the number that may still be needed and the button that ends the hold."""
    kind = _kind_of(hold.tier, hold.flag)
    return message(_paragraphs(hold_words(hold, texts)), (*_rows_for(kind, texts), *_release_row(hold.release, texts)))


def hold_words(hold: Hold, texts: Texts, *, tell: str = "hold-tell") -> list[Html]:
    """Return the paragraphs of a hold: why, how to tell that it is over (the text `tell`), and whom to ask."""
    kind = _kind_of(hold.tier, hold.flag)
    if kind == "suicide":
        return [_consolation("hold-suicide", texts), texts.html(tell)]
    if kind == "emergency":
        parts = [texts.html("hold-emergency", emergency=texts.numbers.emergency), texts.html(tell)]
    elif hold.release is Release.SPOKEN:
        parts = [texts.html("hold"), texts.html(tell)]
    elif hold.release is Release.CLEARED:
        parts = [texts.html("hold-cleared"), texts.html(f"{tell}-cleared")]
    else:
        parts = [texts.html("hold-young")]
    return [*parts, _clinic_card(texts)]


def check_in(hold: Hold, texts: Texts) -> Outgoing:
    """Ask, on a later day, whether the person has spoken to someone; to one in despair only kindness and the line."""
    keyboard: tuple[tuple[Button, ...], ...] = (
        (
            press(texts.plain("check-in-yes"), HoldReleased(), SUCCESS),
            press(texts.plain("check-in-not-yet"), NotYetSpoken()),
        ),
    )
    if hold.flag is not Flag.SUICIDE:
        return message(texts.html("check-in"), keyboard, priority=Priority.REMINDER)
    keyboard = (*keyboard, *_rows_for("suicide", texts))
    return message(_consolation("check-in-suicide", texts), keyboard, priority=Priority.REMINDER)


def encouragement(hold: Hold, texts: Texts) -> Outgoing:
    """Answer "not yet": whom to turn to, kindly, and the button for later."""
    kind = _kind_of(hold.tier, hold.flag)
    if kind == "suicide":
        parts = [_consolation("not-yet-suicide", texts)]
    elif kind == "emergency":
        parts = [texts.html("not-yet-emergency", emergency=texts.numbers.emergency), _clinic_card(texts)]
    else:
        parts = [texts.html("not-yet"), _clinic_card(texts)]
    return message(_paragraphs(parts), (*_rows_for(kind, texts), *_release_row(hold.release, texts)))


def _booking(texts: Texts, *, again: bool) -> tuple[Html, ...]:
    """Suggest an appointment to somebody referred for the second time within a week."""
    if not again:
        return ()
    return (texts.html("refer-again" if texts.clinic.booking_url is None else "refer-again-online"),)


def _kind_of(tier: Tier, flag: Flag) -> str:
    """Return the middle of the keys that word this finding."""
    if flag is Flag.SUICIDE:
        return "suicide"
    match tier:
        case Tier.EMERGENCY:
            return "emergency"
        case Tier.URGENT:
            return "urgent"
        case Tier.REFERRAL | Tier.NONE:
            return "referral"
    assert_never(tier)


def _referral_text(kind: str, texts: Texts, *, holds: bool) -> Html:
    match kind:
        case "suicide":
            return _consolation("refer-suicide", texts)
        case "emergency" | "urgent":
            return texts.html(f"refer-{kind}", emergency=texts.numbers.emergency)
        case "referral" if not holds:
            return texts.html("refer-open")
    return texts.html(f"refer-{kind}")


def _consolation(key: str, texts: Texts) -> Html:
    """Word a message to somebody in despair; of a line that listens only where the country has one."""
    numbers = texts.numbers
    if numbers.crisis is None:
        return texts.html(f"{key}-no-line", emergency=numbers.emergency)
    return texts.html(key, crisis=numbers.crisis, emergency=numbers.emergency)


def _clinic_card(texts: Texts) -> Html:
    clinic = texts.clinic
    return texts.html(
        "clinic-card",
        name=clinic.name,
        display=clinic.phone_display,
        phone=clinic.phone,
        address=clinic.address,
        hours=clinic.hours,
        map=Html(escape(clinic.map_url)),
    )


def _rows_for(kind: str, texts: Texts) -> tuple[tuple[Button, ...], ...]:
    """Return the buttons that help to call: the number that matters most, then the clinic's.

    In despair that is the crisis line, and where none is known the emergency number, as the message says.
    """
    numbers = texts.numbers
    if kind == "suicide":
        return ((_copy_number(numbers.crisis or numbers.emergency, texts),),)
    if kind == "emergency":
        return ((_copy_number(numbers.emergency, texts),), *_clinic_rows(texts))
    return _clinic_rows(texts)


def _copy_number(number: str, texts: Texts) -> Button:
    return copy(texts.plain("number-copy", number=number), number)


def _clinic_rows(texts: Texts) -> tuple[tuple[Button, ...], ...]:
    clinic = texts.clinic
    contact = (copy(texts.plain("clinic-copy"), clinic.phone), link(texts.plain("clinic-map"), clinic.map_url))
    if clinic.booking_url is None:
        return (contact,)
    return (contact, (link(texts.plain("clinic-book"), clinic.booking_url),))


def _release_row(release: Release, texts: Texts) -> tuple[tuple[Button, ...], ...]:
    """Return the button that ends a hold, none for one that never ends."""
    match release:
        case Release.SPOKEN:
            return ((press(texts.plain("spoken"), HoldReleased()),),)
        case Release.CLEARED:
            return ((press(texts.plain("cleared"), HoldReleased(cleared=True)),),)
        case Release.NEVER:
            return ()
    assert_never(release)


def _paragraphs(parts: list[Html]) -> Html:
    return Html("\n\n".join(parts))
