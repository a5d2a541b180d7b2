"""Moves through the screening: a yes is a finding and holds the programme, "none of these" leads on.

The cut-offs for the pain at the start are those of the routine (clinical brief, section 3): from 4 on the session shows
the easier variants, 6-7 is referred as well, 8-10 holds. The plan weighs it like a rating of the session. After the
last page the routine starts at once. Whoever says in words that they are under 16 is held as by the question about it.
"""

from dataclasses import replace
from datetime import datetime

from bot.domain import effects as do
from bot.domain.adherence import day_of
from bot.domain.chat import Chat, Screening, State
from bot.domain.events import Event, ScreeningAnswered, TextUnknown
from bot.domain.moves.commands import answer_unknown_text
from bot.domain.moves.holding import is_second_referral, refer_and_hold
from bot.domain.moves.routine import CLINIC_UP_TO, EASIER_UP_TO, GENTLE_UP_TO
from bot.domain.moves.starting import begin_screening, begin_session, show_page
from bot.domain.plan import Routine
from bot.domain.safety import Tier
from bot.domain.screening import Page, Release
from bot.domain.transition import Transition, at, has_gone_cold, screening_of, stale


def answer_questions(chat: Chat, event: ScreeningAnswered, now: datetime, routine: Routine) -> Transition:
    """Hold at a yes, with the finding of that question; go on at "none of these"; ask again at anything else."""
    screening = screening_of(chat)
    if event.token not in {None, screening.token}:
        return stale(chat, None, now)
    page = _page(screening, routine)
    if page is None:
        return _from_the_beginning(chat, now, routine)
    match event.answer:
        case None:
            return _next_page(chat, now, routine)
        case int(number) if 1 <= number <= len(page.questions):
            question = page.questions[number - 1]
            return refer_and_hold(chat, question.finding, now, release=question.release)
        case _:
            return ask_again(chat, event, now, routine)


def rate_pain_now(chat: Chat, event: ScreeningAnswered, now: datetime, routine: Routine) -> Transition:
    """Let the pain rating decide: go on, easier variants, a referral as well, or hold."""
    screening = screening_of(chat)
    if event.token not in {None, screening.token}:
        return stale(chat, None, now)
    page = _page(screening, routine)
    if page is None:
        return _from_the_beginning(chat, now, routine)
    if event.answer is None:
        return ask_again(chat, event, now, routine)
    question = page.questions[0]
    record = do.RecordPain(day_of(now, chat.zone or "UTC"), event.answer)
    if event.answer > CLINIC_UP_TO:
        return refer_and_hold(chat, question.finding, now, release=question.release).after(record)
    chat = replace(chat, gentle=chat.gentle or event.answer > GENTLE_UP_TO)
    if event.answer <= EASIER_UP_TO:
        return _next_page(chat, now, routine).after(record)
    finding = replace(question.finding, tier=Tier.REFERRAL)
    referral = do.Refer(finding, holds=False, again=is_second_referral(chat, now))
    return _next_page(replace(chat, referred_at=now), now, routine).after(record, do.RecordFinding(finding), referral)


def hold_minor(chat: Chat, _event: Event, now: datetime, routine: Routine) -> Transition:
    """Hold for good, as the question about age does: by a finding of its own, whose release never comes."""
    questions = (question for page in routine.screening.asked(weekly=False) for question in page.questions)
    question = next((question for question in questions if question.release is Release.NEVER), None)
    if question is None:
        return answer_unknown_text(chat, TextUnknown(), now, routine)
    if chat.consented_at is None:
        return Transition(at(chat, State.NEW, now), (do.Refer(question.finding, holds=False, release=Release.NEVER),))
    return refer_and_hold(chat, question.finding, now, release=question.release)


def ask_again(chat: Chat, _event: Event, _now: datetime, _routine: Routine) -> Transition:
    """Say how to answer, and put the page again."""
    return Transition(chat, (do.AskScreening(screening_of(chat), unreadable=True),))


def _page(screening: Screening, routine: Routine) -> Page | None:
    """Return the page that was asked; None when the content has changed so that there is none."""
    pages = routine.screening.asked(weekly=screening.is_weekly)
    is_there = screening.page < len(pages) and pages[screening.page].asks_rating is screening.asks_rating
    return pages[screening.page] if is_there else None


def _next_page(chat: Chat, now: datetime, routine: Routine) -> Transition:
    """Ask the next page, or start the routine after the last; answers of hours ago are asked for anew."""
    screening = screening_of(chat)
    if has_gone_cold(screening, now):
        return _from_the_beginning(chat, now, routine)
    pages = routine.screening.asked(weekly=screening.is_weekly)
    if screening.page + 1 < len(pages):
        chat = replace(chat, screening=replace(screening, page=screening.page + 1))
        return show_page(chat, now, pages)
    screened_at = chat.screened_at if screening.is_weekly else now
    chat = replace(chat, screened_at=screened_at, checked_at=now)
    return begin_session(chat, now, routine, minimum=screening.for_minimum)


def _from_the_beginning(chat: Chat, now: datetime, routine: Routine) -> Transition:
    pages, minimum = routine.screening.asked(weekly=False), screening_of(chat).for_minimum
    if not pages:
        return begin_session(chat, now, routine, minimum=minimum)
    return begin_screening(chat, now, pages, Screening(started_at=now, for_minimum=minimum))
