"""The questions with their buttons: consent, zone, time, ratings, the easier variant.

Each belongs to the state that waits for its answer, so its keyboard is live: it goes once the question is answered.
The answers may be typed as well; the texts say how where it is not plain.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import time
from math import ceil
from unicodedata import category
from zoneinfo import ZoneInfo

from bot.domain.effects import AskMoved, AskScreening, AskTime, AskZone, PraiseSession
from bot.domain.events import (
    ConsentGiven,
    EasierChosen,
    FollowUpChosen,
    LanguageChosen,
    NextChosen,
    PauseAsked,
    PicturesChosen,
    PreferencesAsked,
    Rated,
    RoutineStarted,
    ScreeningAnswered,
    StaffConsentAnswered,
    TimesNamed,
    Token,
    ZoneNamed,
)
from bot.domain.following import FOLLOW_UP_MINUTES
from bot.domain.pausing import PAUSE_DAYS
from bot.domain.schedule import EVERY_DAY, ReminderTimes
from bot.domain.times import When
from bot.presentation.delight import applause, celebrated, praise_words
from bot.presentation.i18n import Html
from bot.presentation.letterhead import headed
from bot.presentation.missing import RATING_ROWS
from bot.presentation.outgoing import PRIMARY, SUCCESS, Button, Outgoing, message, open_app, press
from bot.presentation.view import Texts, View
from bot.presentation.wording import (
    clock_of,
    clocks_of,
    daily_time,
    named_day,
    next_reminder,
    place_of,
    plain_times,
    reminder_times,
    time_of_day,
    week_marks,
)

DAYS = (EVERY_DAY, frozenset(range(1, 6)))
TIMES = (
    (time(7, 0), time(7, 30), time(8, 0)),
    (time(12, 30), time(18, 0), time(20, 30)),
)
MOST_MARKS_A_ROW = 5
_UNSEEN = {"Cf", "Cc", "Mn"}


def consent(first_name: str, view: View) -> tuple[Outgoing, ...]:
    """Say under the clinic's letterhead who this is, what it is not and what it keeps, and ask for consent."""
    texts = view.texts
    text = texts.html("greet", hello=hello(first_name, texts), clinic=texts.clinic.name)
    return headed(text, ((press(texts.plain("greet-consent"), ConsentGiven(), PRIMARY),),), view, live=True)


def hello(first_name: str, texts: Texts) -> Html:
    """Greet by first name where there is one that can be seen."""
    is_seen = any(not (char.isspace() or category(char) in _UNSEEN) for char in first_name)
    return texts.html("hello", name=first_name) if is_seen else texts.html("hello-nameless")


def ask_zone(question: AskZone, view: View) -> Outgoing:
    """Ask where the person is, with likely places, the ones a word could mean, or the zone they have."""
    texts, kept = view.texts, view.chat.zone
    if question.choices:
        rows = [(press(label, ZoneNamed(zone)),) for zone, label in question.choices]
        if kept is not None:
            rows.append((_zone_button("zone-keep", kept, view),))
        return message(
            texts.html("ask-zone-choices" if len(question.choices) > 1 else "ask-zone-echo"), rows, live=True
        )
    rows = [(_zone_button("zone-button", zone, view),) for zone in view.likely_zones if zone != kept]
    if kept is not None:
        rows.append((_zone_button("zone-keep", kept, view),))
    return message(texts.html("ask-zone-unreadable" if question.unreadable else "ask-zone"), rows, live=True)


def _zone_button(key: str, zone: str, view: View) -> Button:
    clock = clock_of(view.now.astimezone(ZoneInfo(zone)).time(), view.texts)
    return press(view.texts.plain(key, place=place_of(zone), time=clock), ZoneNamed(zone))


def ask_time(question: AskTime, view: View) -> Outgoing:
    """Ask when to remind, with a few usual times and those they have; or for a yes to what was typed."""
    texts, kept, proposed = view.texts, view.chat.reminder_times, question.proposed
    if proposed is None:
        weekdays = EVERY_DAY if kept is None else kept.weekdays
        text = texts.html("ask-time-unreadable" if question.unreadable else "ask-time")
        rows = [[_times_button(ReminderTimes((offered,), weekdays), view) for offered in row] for row in TIMES]
        rows += [[_times_button(replace(kept, weekdays=days), view)] for days in DAYS if kept and days != kept.weekdays]
        if kept is None and view.chat.sessions_started == 0:
            rows.append([press(texts.plain("start-first"), RoutineStarted())])
        readings: tuple[ReminderTimes, ...] = ()
    else:
        readings = proposed.readings()
        read = reminder_times(readings[0], texts)
        text = texts.html("ask-time-half") if proposed.is_open else texts.html("ask-time-echo", reminders=read)
        rows = [[_times_button(reading, view, time_of_day)] for reading in readings]
    if kept is not None and kept not in readings:
        times = clocks_of(kept, texts) if kept.weekdays == EVERY_DAY else plain_times(kept, texts)
        label = texts.plain("time-keep", time=times)
        rows.append([press(label, TimesNamed(kept))])
    return message(text, rows, live=True)


def ask_moved(question: AskMoved, view: View) -> Outgoing:
    """Ask whether reminders keep their wall-clock times, which they do, or come at the same moments as before."""
    texts, kept = view.texts, view.chat.reminder_times
    if kept is None or view.chat.zone is None:
        raise ValueError("the chat has no zone or no reminder times yet")
    there = {"place": place_of(view.chat.zone)}
    rows = (
        (press(texts.plain("moved-keep", times=clocks_of(kept, texts), **there), TimesNamed(kept)),),
        (
            press(
                texts.plain("moved-same", times=clocks_of(question.moved, texts), **there), TimesNamed(question.moved)
            ),
        ),
    )
    return message(texts.html("ask-moved"), rows, live=True)


def _times_button(times: ReminderTimes, view: View, word: Callable[[time, Texts], str] = clock_of) -> Button:
    """Label one time in the words asked for, and more than a time with all there is to say."""
    kept, texts = view.chat.reminder_times, view.texts
    is_one_time = len(times.local_times) == 1 and times.weekdays == (EVERY_DAY if kept is None else kept.weekdays)
    label = word(times.local_times[0], texts) if is_one_time else plain_times(times, texts)
    return press(label, TimesNamed(times))


def ask_screening(question: AskScreening, view: View) -> Outgoing:
    """Put one page of the questions before a routine: numbers to tap, none of these, or a rating."""
    texts, token = view.texts, question.screening.token
    pages = view.screening.asked(weekly=question.screening.is_weekly) or view.screening.pages
    page = pages[min(question.screening.page, len(pages) - 1)]  # the content may have lost pages meanwhile
    numbers = range(1, len(page.questions) + 1)
    if page.asks_rating:
        key = "ask-pain-unreadable" if question.unreadable else f"screening-page-{page.id}"
        rows = [[press(str(rating), ScreeningAnswered(rating, token)) for rating in row] for row in RATING_ROWS]
        return message(texts.html(key), rows, live=True)
    lines = [texts.html(f"screening-{asked.id.lower()}") for asked in page.questions]
    listed = [
        texts.html("screening-line", number=number, question=line) for number, line in zip(numbers, lines, strict=True)
    ]
    text = texts.html(
        f"screening-page-{page.id}",
        questions=Html("\n".join(listed)),
        emergency=texts.numbers.emergency,
    )
    if question.screening.page == 0 and not question.screening.is_weekly:
        text = Html(f"{texts.html('screening-intro')}\n\n{text}")
    if question.unreadable:
        text = Html(f"{texts.html('screening-unreadable')}\n\n{text}")
    marks = [press(str(number), ScreeningAnswered(number, token)) for number in numbers]
    a_row = ceil(len(marks) / ceil(len(marks) / MOST_MARKS_A_ROW))
    keyboard = [marks[first : first + a_row] for first in range(0, len(marks), a_row)]
    keyboard.append([press(texts.plain("screening-none"), ScreeningAnswered(None, token))])
    return message(text, keyboard, live=True)


def ask_staff_consent(texts: Texts) -> Outgoing:
    """Ask whether the clinic's staff may be told of something urgent."""
    return message(texts.html("ask-staff", clinic=texts.clinic.name), staff_rows(None, texts))


def settings(view: View) -> Outgoing:
    """Show what can be set: whether to ask once more, whether exercises come as pictures, what belongs to progress."""
    texts, text_only = view.texts, view.chat.text_only
    reminders = daily_time(view) if view.chat.wants_reminders else next_reminder(view)
    pictures = texts.html("settings-text-only" if text_only else "settings-pictures")
    label = texts.plain("pictures-on" if text_only else "pictures-off")
    minutes = view.chat.follow_up_minutes
    follow_up = texts.html("settings-follow-up-off")
    if minutes is not None:
        follow_up = texts.html("settings-follow-up", minutes=minutes)
    again = [
        press(
            texts.plain("follow-up-off" if after is None else "follow-up-after", minutes=after or 0),
            FollowUpChosen(after),
        )
        for after in (*FOLLOW_UP_MINUTES, None)
        if after != minutes
    ]
    rows = (
        again[:2],
        again[2:],
        (press(label, PicturesChosen(text_only)),),
        (press(texts.plain("settings-progress"), PreferencesAsked()),),
        *open_app(texts.plain("open-settings"), texts.app_url, "settings"),
    )
    return message(texts.html("settings", reminders=reminders, follow_up=follow_up, pictures=pictures), rows)


def ask_language(view: View) -> Outgoing:
    """Ask which language to speak; each is named in itself, for whoever can read no other."""
    rows = [(press(name, LanguageChosen(code)),) for code, name in view.language_names.items()]
    return message(view.texts.html("ask-language", language=view.texts.html("language-name")), rows)


def pause(view: View) -> Outgoing:
    """Say that the reminders are paused, and until when; where that is open, offer an end."""
    texts, until = view.texts, view.chat.paused_until
    if until is not None:
        return message(texts.html("paused-until", day=named_day(until, texts)))
    offered = [press(texts.plain(f"pause-{days}"), PauseAsked(When(days=days, until=True))) for days in PAUSE_DAYS]
    return message(texts.html("paused"), (offered,))


def staff_rows(consent: bool | None, texts: Texts) -> tuple[tuple[Button, ...], ...]:  # noqa: FBT001 - an answer
    """Return the answers to whether the clinic's staff may be told, without the one that was given."""
    yes, no = texts.plain("staff-yes"), texts.plain("staff-no")
    rows = ((press(yes, StaffConsentAnswered(agrees=True)),), (press(no, StaffConsentAnswered(agrees=False)),))
    return rows if consent is None else rows[int(consent) :][:1]


def ask_pain(token: Token, texts: Texts, *, unreadable: bool) -> Outgoing:
    """Ask how strong the pain is."""
    return message(texts.html("ask-pain-unreadable" if unreadable else "ask-pain"), _ratings(token), live=True)


def offer_easier(token: Token, texts: Texts) -> Outgoing:
    """Pain 4-5: offer the easier variant."""
    rows = (
        (press(texts.plain("offer-easier-try"), EasierChosen(token), SUCCESS),),
        (press(texts.plain("offer-easier-leave"), NextChosen(token)),),
    )
    return message(texts.html("offer-easier"), rows, live=True)


def praise(effect: PraiseSession, view: View) -> tuple[Outgoing, ...]:
    """Praise the finished session, place it in the week, say when the next one is, and ask how the back feels."""
    texts, progress, overview = view.texts, view.progress, view.overview
    if progress is None or overview is None or view.praise is None:
        raise ValueError("praise needs view.progress, view.overview and view.praise")
    score = texts.html("praise-score", score=overview.points)
    if view.chat.wants_streak:
        score = Html(f"{score}\n{texts.html('praise-streak', days=overview.streak.days)}")
    text = texts.html(
        "praise-session",
        praise=praise_words(view.praise, texts),
        marks=week_marks(progress, texts),
        count=progress.days_this_week,
        score=score,
        next=next_reminder(view),
        question=texts.html("ask-back"),
    )
    praised = celebrated(message(text, _ratings(effect.token), live=True), view.praise)
    return (praised, *applause(effect, view.praise, view))


def ask_back_again(token: Token, texts: Texts) -> Outgoing:
    """Ask once more how the back feels: the answer was no number from 0 to 10."""
    return message(texts.html("ask-back-again"), _ratings(token), live=True)


def _ratings(token: Token) -> list[list[Button]]:
    return [[press(str(rating), Rated(rating, token)) for rating in row] for row in RATING_ROWS]
