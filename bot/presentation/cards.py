"""The long messages: an exercise's card, the clinic's card, and the referrals that lead to it.

Source of the referrals: clinical brief, section 4, "Reply text duties", and the tier rules for safety messages,
version 1. The action comes first and the number with it; nothing is asked and nothing is diagnosed; an emergency says
not to drive; thoughts of suicide get a warm word and a crisis line, and neither exercises nor the clinic's card.
"""

from html import escape
from typing import assert_never

from bot.domain.chat import Session
from bot.domain.events import HoldReleased, NextChosen, Outcome, StepAnswered, Token
from bot.domain.safety import Finding, Flag, Tier
from bot.presentation.i18n import Html
from bot.presentation.outgoing import DANGER, SUCCESS, Button, Outgoing, Priority, copy, link, message, press
from bot.presentation.view import Texts
from bot.presentation.wording import dose_of


def step_card(session: Session, texts: Texts) -> Outgoing:
    """Show the present exercise with Done, Pain, Skip and Stop."""
    prescription = session.prescription
    exercise = texts.exercises[prescription.exercise_id]
    text = texts.html(
        "step-easier" if session.easier else "step",
        number=session.step + 1,
        count=len(session.prescriptions),
        name=exercise.name,
        start=exercise.start,
        alignment=exercise.alignment,
        movement=exercise.easier if session.easier else exercise.movement,
        breathing=exercise.breathing,
        dose=dose_of(prescription.easier_dose if session.easier else prescription.dose, texts),
        avoid=exercise.avoid,
        stop=exercise.stop,
    )
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
    )
    return message(text, keyboard, live=True)


def clinic_message(texts: Texts) -> Outgoing:
    """Show the clinic's card."""
    emergency = texts.numbers.emergency
    return message(texts.html("clinic", card=_clinic_card(texts), emergency=emergency), _clinic_rows(texts))


def clinic_offer(token: Token, texts: Texts) -> Outgoing:
    """Pain 6-7: this exercise is over; offer the clinic, going on and stopping."""
    keyboard = (
        (
            press(texts.plain("offer-clinic-next"), NextChosen(token)),
            press(texts.plain("offer-clinic-stop"), StepAnswered(Outcome.STOPPED, token)),
        ),
        *_clinic_rows(texts),
    )
    return message(texts.html("offer-clinic", clinic=_clinic_card(texts)), keyboard, live=True)


def referral(finding: Finding, texts: Texts, *, holds: bool) -> Outgoing:
    """Refer by what was found; with a button that ends the hold when the programme is held."""
    numbers = texts.numbers
    kind = _kind_of(finding.tier, finding.flag)
    parts = [_referral_text(kind, texts)]
    if holds:
        parts.append(texts.html(f"refer-{kind}-held"))
    if kind == "urgent" and numbers.advice is not None:
        parts.append(texts.html("refer-urgent-advice", advice=numbers.advice))
    if kind == "emergency":
        parts.append(texts.html("refer-emergency-clinic"))
    if kind != "suicide":
        parts.append(_clinic_card(texts))
    keyboard = (*_rows_for(kind, texts), *(_spoken_row(texts) if holds else ()))
    return message(_paragraphs(parts), keyboard, priority=Priority.SAFETY)


def hold_notice(tier: Tier, flag: Flag, texts: Texts) -> Outgoing:
    """Say why nothing starts, with the number that may still be needed and the button that ends the hold."""
    kind = _kind_of(tier, flag)
    numbers = texts.numbers
    if kind == "suicide" and numbers.crisis is not None:
        text = texts.html("hold-suicide", crisis=numbers.crisis, emergency=numbers.emergency)
    elif kind == "suicide":
        text = texts.html("hold-suicide-no-line", emergency=numbers.emergency)
    elif kind == "emergency":
        text = texts.html("hold-emergency", emergency=numbers.emergency)
    else:
        text = texts.html("hold")
    parts = [text] if kind == "suicide" else [text, _clinic_card(texts)]
    return message(_paragraphs(parts), (*_rows_for(kind, texts), *_spoken_row(texts)))


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


def _referral_text(kind: str, texts: Texts) -> Html:
    numbers = texts.numbers
    match kind:
        case "suicide" if numbers.crisis is not None:
            return texts.html("refer-suicide", crisis=numbers.crisis, emergency=numbers.emergency)
        case "suicide":
            return texts.html("refer-suicide-no-line", emergency=numbers.emergency)
        case "emergency" | "urgent":
            return texts.html(f"refer-{kind}", emergency=numbers.emergency)
    return texts.html("refer-referral")


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
    """Return the buttons that help to call: the number that matters most, then the clinic's."""
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


def _spoken_row(texts: Texts) -> tuple[tuple[Button, ...]]:
    return ((press(texts.plain("spoken"), HoldReleased()),),)


def _paragraphs(parts: list[Html]) -> Html:
    return Html("\n\n".join(parts))
