"""The Mini App's pages as JSON data: what each shows, worded in the person's language.

The page itself lays out and writes dates, as every phone does in its own way; every other word is from here. Texts are
plain, without tags, and the page puts them into text nodes only. What stands in braces in a label is filled in by the
page.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from bot.domain.chat import Chat
from bot.domain.following import FOLLOW_UP_MINUTES
from bot.domain.hindsight import DAYS_BACK, Offer
from bot.domain.journal import Overview
from bot.domain.plan import SECONDS_A_MINUTE, SECONDS_TO_SETTLE, Prescription, Programme, Routine
from bot.domain.schedule import ReminderTimes, local_date_of
from bot.presentation import cards
from bot.presentation.i18n import plain_of
from bot.presentation.reasons import level_name, level_purpose, reason_of
from bot.presentation.view import Texts, View
from bot.presentation.wording import dose_of, place_of

Json = dict[str, Any]

PREFIX = "app-"
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Today:
    """What today asks for, what the days add up to, and whether today is done."""

    routine: Routine
    overview: Overview
    is_done: bool


def words(texts: Texts) -> dict[str, str]:
    """Return every label of the pages by its key without the prefix; an argument stands as its name in braces."""
    arguments = texts.translator.arguments
    return {
        key.removeprefix(PREFIX): texts.plain(key, **{name: f"{{{name}}}" for name in sorted(arguments[key])})
        for key in sorted(arguments)
        if key.startswith(PREFIX)
    }


def letterhead(texts: Texts) -> Json:
    """Show whose page it is: the clinic's name, its colour, and whether it has a logo."""
    clinic = texts.clinic
    return {"name": clinic.name, "colour": clinic.colour, "has_logo": clinic.logo is not None}


def failure_words(texts: Texts) -> dict[str, str]:
    """Return those labels that are needed while nothing can be asked."""
    return {key: text for key, text in words(texts).items() if key.startswith("failure-") or key in {"again", "close"}}


def today(view: View, day: Today) -> Json:
    """Show today's plan and why it is so, or why there is none."""
    chat, texts, routine = view.chat, view.texts, day.routine
    is_open = chat.zone is not None and chat.hold is None
    return {
        "today": day.overview.today.isoformat(),
        "notice": notice(chat, texts),
        "can_start": is_open,
        "is_running": chat.session is not None or chat.screening is not None,
        "is_done": day.is_done,
        "level": _level(routine.level, texts) if is_open else None,
        "why": _why(routine, texts) if is_open else None,
        "minutes": _minutes(routine.prescriptions),
        "steps": [_step(one, texts) for one in routine.prescriptions] if is_open else [],
        "week": _week(day.overview),
        "yesterday": None if chat.hold is not None else _iso(day.overview.open_yesterday),
        "zone": chat.zone,
        "next_reminder": _instant(view.next_due),
    }


def notice(chat: Chat, texts: Texts) -> str | None:
    """Say why nothing starts, or why no reminder comes; None where nothing is in the way."""
    if chat.hold is not None:
        return plain_of("\n\n".join(cards.hold_words(chat.hold, texts, tell="page-hold-tell")))
    if not chat.is_set_up:
        return texts.plain("page-set-up-first")
    return texts.plain("page-paused") if chat.paused_at is not None else None


def progress(view: View, points: Sequence[int | None], offers: Mapping[date, Offer]) -> Json:
    """Show the last ten weeks; `points` are the score at the end of each, `offers` what may be corrected of a day."""
    overview, chat = view.overview, view.chat
    if overview is None:
        raise ValueError("progress needs view.overview")
    pain = {point.on: point for point in overview.pain}
    level = overview.level
    return {
        "today": overview.today.isoformat(),
        "days": [
            {
                "date": day.on.isoformat(),
                "mark": day.mark.value,
                "minutes": day.minutes,
                "pain": _pain(pain[day.on]) if day.on in pain else None,
                "offer": _offer(offers[day.on], view.texts) if day.on in offers else None,
            }
            for day in overview.days
        ],
        "points_by_week": list(points),
        "points": overview.points,
        "level": None if level is None else _level(level, view.texts),
        "days_done": overview.days_done,
        "days_ever": overview.days_ever,
        "minutes": overview.minutes,
        "streak": {"days": overview.streak.days, "freezes": overview.streak.freezes_left}
        if chat.wants_streak
        else None,
        "days_back": DAYS_BACK,
    }


def exercises(programme: Programme, texts: Texts) -> Json:
    """Show every exercise, in the order in which the levels bring them."""
    first_at: dict[str, str] = {}
    for level in programme.levels:
        for plan in level.sessions:
            for choices in plan.steps:
                for choice in choices:
                    first_at.setdefault(choice.prescription.exercise_id, level.id)
    others = [name for name in texts.exercises if name not in first_at]
    return {
        "groups": [
            {"level": _level(level.id, texts), "exercises": [_exercise(one, texts) for one in names]}
            for level in programme.levels
            if (names := [one for one, at in first_at.items() if at == level.id])
        ],
        "others": [_exercise(name, texts) for name in others],
    }


def settings(view: View, languages: Mapping[str, Texts]) -> Json:
    """Show everything that can be set, in which languages, and how to reach the clinic."""
    chat, texts = view.chat, view.texts
    return {
        "today": local_date_of(view.now, chat.zone or "UTC").isoformat(),
        "reminder": _reminder(chat.reminder_times),
        "zone": chat.zone,
        "place": None if chat.zone is None else place_of(chat.zone),
        "next_reminder": _instant(view.next_due),
        "language": chat.language,
        "languages": [{"code": code, "name": one.plain("language-name")} for code, one in languages.items()],
        "is_paused": chat.paused_at is not None,
        "paused_until": _iso(chat.paused_until),
        "follow_up_minutes": chat.follow_up_minutes,
        "follow_up_choices": list(FOLLOW_UP_MINUTES),
        "is_held": chat.hold is not None,
        "pictures": not chat.text_only,
        "weekly_day": chat.weekly_day,
        "streak": chat.wants_streak,
        "dark_pictures": chat.wants_dark,
        "staff": chat.staff_consent if view.has_staff_chat else None,
        "has_staff_chat": view.has_staff_chat,
        "clinic": _clinic(texts),
    }


def _why(routine: Routine, texts: Texts) -> str | None:
    standing = routine.standing
    if standing is None:
        return None
    return plain_of(reason_of(standing, texts) if standing.referral is None else texts.html("plan-refer-waiting"))


def _level(level: str, texts: Texts) -> Json:
    return {"name": plain_of(level_name(level, texts)), "about": plain_of(level_purpose(level, texts))}


def _step(prescription: Prescription, texts: Texts) -> Json:
    exercise = texts.exercises.get(prescription.exercise_id)
    name = prescription.exercise_id if exercise is None else exercise.name
    return {
        "id": prescription.exercise_id,
        "name": plain_of(texts.html(f"step-name-{prescription.variant}", name=name)),
        "dose": plain_of(dose_of(prescription.dose, texts)),
        "has_picture": prescription.exercise_id in texts.pictures,
    }


def _minutes(prescriptions: Iterable[Prescription]) -> int:
    seconds = sum(one.dose.estimated_seconds + SECONDS_TO_SETTLE for one in prescriptions)
    return max(1, round(seconds / SECONDS_A_MINUTE))


def _week(overview: Overview) -> list[Json]:
    return [{"date": day.on.isoformat(), "mark": day.mark.value} for day in overview.days[-_WEEK:]]


def _pain(point: Any) -> Json:
    return {"before": point.before, "during": point.during, "after": point.after}


def _offer(offer: Offer, texts: Texts) -> Json:
    why = None if offer.refused is None else texts.plain(offer.refused)
    return {"done": offer.done, "pain": offer.pain, "why": why}


def _exercise(name: str, texts: Texts) -> Json:
    return {"id": name, "has_picture": name in texts.pictures, **asdict(texts.exercises[name])}


def _reminder(times: ReminderTimes | None) -> Json | None:
    if times is None:
        return None
    return {"times": [f"{one:%H:%M}" for one in times.local_times], "weekdays": sorted(times.weekdays)}


def _clinic(texts: Texts) -> Json:
    clinic = texts.clinic
    return {
        "name": clinic.name,
        "phone": clinic.phone,
        "phone_display": clinic.phone_display,
        "address": clinic.address,
        "hours": clinic.hours,
        "map_url": clinic.map_url,
        "booking_url": clinic.booking_url,
        "emergency": texts.numbers.emergency,
    }


def _iso(day: Any) -> str | None:
    return None if day is None else day.isoformat()


def _instant(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()
