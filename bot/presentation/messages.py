"""From an effect to what is sent: one message for every kind of thing the conversation can say.

`render` is the way in for messages, `reminder` for the daily one, `notice` for the line at a pressed button; the rest
are the few calls that no transition asks for. Pure: the same effect and view give the same payload. Every word comes
from content/; what is here is which texts and buttons belong together.
"""

from datetime import date
from typing import Any, assert_never

from bot.domain.codes import spelled
from bot.domain.effects import (
    AcceptThanks,
    AskBackRating,
    AskDayRating,
    AskErase,
    AskMoved,
    AskPainRating,
    AskScreening,
    AskStaffConsent,
    AskTime,
    AskZone,
    Encourage,
    Greet,
    Message,
    OfferClinic,
    OfferEasier,
    OfferRest,
    OfferSmaller,
    PraiseSession,
    Refer,
    ReferByPlan,
    Say,
    SendExport,
    SendReport,
    ShowClinic,
    ShowHold,
    ShowHowTo,
    ShowPause,
    ShowPreferences,
    ShowProgress,
    ShowSchedule,
    ShowSettings,
    ShowStep,
    TellCorrected,
    TellMinimum,
    TellPlan,
    ThankForRating,
    WelcomeBack,
)
from bot.domain.events import (
    Command,
    EraseConfirmed,
    EraseDeclined,
    RoutineStarted,
    StaffCodeRenewed,
    WishTold,
)
from bot.domain.keys import Note, Opening, Text
from bot.domain.levels import Wish
from bot.domain.safety import Finding
from bot.domain.silence import WARNED
from bot.presentation import cards, delight, missing, progress, questions, reasons, report
from bot.presentation.cards import check_in
from bot.presentation.daily import (
    Welcome,
    follow_up,
    how_often,
    marked_morning,
    morning_left,
    reminder,
    reminder_buttons,
)
from bot.presentation.i18n import Html
from bot.presentation.letterhead import card_after
from bot.presentation.outgoing import DANGER, PRIMARY, Outgoing, Priority, link, message, press
from bot.presentation.view import Texts, View
from bot.presentation.wording import daily_time, date_of, moment_of, next_reminder, wrote_at

__all__ = [
    "Outgoing",
    "Priority",
    "Texts",
    "View",
    "Welcome",
    "apology",
    "check_in",
    "command_list",
    "farewell",
    "follow_up",
    "group_notice",
    "how_often",
    "marked_morning",
    "menu_button",
    "morning_left",
    "notice",
    "reminder",
    "reminder_buttons",
    "render",
    "staff_notice",
    "strip_buttons",
]

LOW_RATING_UP_TO = 2  # 0-2 is green, 3-5 amber: clinical brief, section 3
EXPORT_NAME = "lumbar-export.zip"

_OPENINGS_WITH_HINT = frozenset(
    {Opening.ALL_SET, Opening.TIME_CHANGED, Opening.ZONE_CHANGED, Opening.RESUMED, Opening.UNCHANGED}
)


def render(effect: Message, view: View) -> tuple[Outgoing, ...]:
    """Return what to send for one message effect, in order; raise ValueError if `view` lacks what it needs."""
    rendered = _render(effect, view)
    return (*(rendered if isinstance(rendered, tuple) else (rendered,)), *_menu(effect, view))


def _render(effect: Message, view: View) -> Outgoing | tuple[Outgoing, ...]:  # noqa: C901, PLR0911, PLR0912 - one line per effect
    texts = view.texts
    match effect:
        case Greet(first_name):
            return questions.consent(first_name, view)
        case WelcomeBack(first_name):
            return _welcome_back(first_name, view)
        case AskZone():
            return questions.ask_zone(effect, view)
        case AskMoved():
            return questions.ask_moved(effect, view)
        case AskTime():
            return questions.ask_time(effect, view)
        case AskStaffConsent():
            return questions.ask_staff_consent(texts)
        case ShowSchedule(opening):
            return _schedule(opening, view)
        case ShowPause():
            return questions.pause(view)
        case ShowSettings():
            return questions.settings(view)
        case AskScreening():
            return questions.ask_screening(effect, view)
        case TellPlan():
            return reasons.plan_told(effect, texts)
        case TellMinimum():
            return message(texts.html("minimum-intro"))
        case ReferByPlan(referral):
            return cards.plan_referral(referral, view)
        case ShowStep(session):
            return cards.step_card(session, texts, text_only=view.chat.text_only)
        case ShowHowTo(exercise_id):
            return cards.how_to(exercise_id, texts)
        case AskPainRating(token, unreadable):
            return questions.ask_pain(token, texts, unreadable=unreadable)
        case OfferEasier(token):
            return questions.offer_easier(token, texts)
        case OfferClinic(token, again):
            return cards.clinic_offer(token, texts, again=again)
        case PraiseSession():
            return questions.praise(effect, view)
        case AskBackRating(token):
            return questions.ask_back_again(token, texts)
        case ThankForRating():
            return _thank(effect, texts)
        case AskDayRating(unreadable):
            return missing.ask_day_rating(texts, unreadable=unreadable)
        case OfferSmaller():
            return missing.offer_smaller(effect, texts)
        case OfferRest():
            return missing.offer_rest(texts)
        case AcceptThanks():
            return delight.thanks(effect, view)
        case Refer():
            return cards.referral(effect, texts, opening=wrote_at(view)), *card_after(effect, view)
        case ShowHold():
            return _hold(view)
        case Encourage():
            return _encourage(view)
        case ShowClinic():
            return cards.clinic_message(texts)
        case ShowProgress():
            return progress.progress(view)
        case ShowPreferences():
            return progress.preferences(view)
        case SendReport():
            return report.report(view)
        case SendExport():
            return _export(view)
        case AskErase():
            return _ask_erase(effect, texts)
        case TellCorrected():
            return progress.corrected(effect, texts)
        case Say(text):
            return _say(text, view)
    assert_never(effect)


def _menu(effect: Message, view: View) -> tuple[Outgoing, ...]:
    """Let the chat's command menu follow its language, and Telegram's again once everything is erased."""
    scope = {"type": "chat", "chat_id": view.chat.chat_id}
    match effect:
        case Say(Text.LANGUAGE_CHOSEN):
            return (Outgoing("setMyCommands", {"commands": command_list(view.texts), "scope": scope}),)
        case Say(Text.ERASED):
            return (Outgoing("deleteMyCommands", {"scope": scope}, forget=True),)
    return ()


def staff_notice(finding: Finding, view: View) -> Outgoing:
    """Return what the staff chat gets to read: how urgent, of what kind, when, and a link to the person."""
    texts = view.texts
    text = texts.html(
        "staff-notice",
        tier=texts.html(f"staff-{finding.tier.label}"),
        flag=texts.html(f"staff-{finding.flag.replace('_', '-')}"),
        moment=moment_of(view.now, view.chat.zone, texts),
        person=str(view.chat.chat_id),
    )
    return message(text)


def notice(note: Note, texts: Texts) -> str:
    """Return the plain line shown for a moment at a pressed button, at most 200 characters."""
    return texts.plain(note)


def group_notice(texts: Texts, bot_username: str) -> Outgoing:
    """Say in a group that the bot works in private chats, with the way there."""
    return message(texts.html("group-notice"), ((link(texts.plain("group-open"), f"https://t.me/{bot_username}"),),))


def apology(texts: Texts) -> Outgoing:
    """Say that an update failed and had no effect, and where to turn if it was urgent."""
    clinic = texts.clinic
    return message(
        texts.html("apology", display=clinic.phone_display, emergency=texts.numbers.emergency),
    )


def farewell(last_day: date, texts: Texts) -> Outgoing:
    """Tell somebody silent for long when everything about them will be erased, and what keeps it."""
    return message(texts.html("farewell", date=date_of(last_day, texts)), priority=Priority.REMINDER)


def command_list(texts: Texts) -> list[dict[str, str]]:
    """Return all commands with their descriptions, as setMyCommands takes them."""
    names = ("start", *Command)
    return [{"command": str(name), "description": texts.plain(f"command-{name}")} for name in names]


def menu_button(texts: Texts) -> dict[str, Any]:
    """Return what the button beside the typing line opens, as setChatMenuButton takes it; without an app the commands.

    Telegram has one label for everybody, so it is the bot's name.
    """
    if texts.app_url is None:
        return {"type": "commands"}
    return {"type": "web_app", "text": texts.plain("app-name"), "web_app": {"url": texts.app_url}}


def strip_buttons(message_id: int | dict[str, Any]) -> Outgoing:
    """Take the buttons off a message; the shell may name one not sent yet by a reference of its own."""
    return Outgoing("editMessageReplyMarkup", {"message_id": message_id})


def _thank(effect: ThankForRating, texts: Texts) -> Outgoing:
    """Thank for the last rating, and ask if the session was too hard or too easy."""
    text = texts.html("thanks-low" if effect.rating <= LOW_RATING_UP_TO else "thanks-some")
    if effect.asks_wish is None:
        return message(text)
    answers = (("wish-easier", Wish.EASIER), ("wish-right", None), ("wish-harder", Wish.HARDER))
    row = [press(texts.plain(key), WishTold(wish, effect.asks_wish)) for key, wish in answers]
    return message(Html(f"{text}\n\n{texts.html('ask-wish')}"), (row,))


def _welcome_back(first_name: str, view: View) -> Outgoing:
    reminders = daily_time(view) if view.chat.wants_reminders else next_reminder(view)
    hello = questions.hello(first_name, view.texts)
    return message(view.texts.html("welcome-back", hello=hello, reminders=reminders))


def _schedule(opening: Opening, view: View) -> Outgoing:
    texts, chat = view.texts, view.chat
    first_line = texts.html(opening)
    if opening is Opening.SNOOZED and view.next_due is not None:
        return message(Html(f"{first_line} {moment_of(view.next_due, chat.zone, texts)}"))
    if not chat.is_set_up:  # released from a hold before any times were chosen
        return message(first_line)
    text = texts.html("schedule", opening=first_line, daily=daily_time(view), next=next_reminder(view))
    if opening in _OPENINGS_WITH_HINT and view.next_due is not None:
        text = Html(f"{text}\n\n{texts.html('schedule-hint')}")
    if opening is Opening.SKIPPED:
        return message(Html(f"{text}\n\n{texts.html('why')}"), missing.why_rows(texts))
    if opening is Opening.ALL_SET:
        return message(text, ((press(texts.plain("start-now"), RoutineStarted(), PRIMARY),),))
    return message(text)


def _hold(view: View) -> Outgoing:
    hold = view.chat.hold
    if hold is None:
        raise ValueError("ShowHold needs a hold")
    return cards.hold_notice(hold, view.texts)


def _encourage(view: View) -> Outgoing:
    if view.chat.hold is None:
        raise ValueError("Encourage needs a hold")
    return cards.encouragement(view.chat.hold, view.texts)


def _export(view: View) -> Outgoing:
    if view.export is None:
        raise ValueError("SendExport needs view.export")
    payload = {
        "document": {"$zip": {"name": EXPORT_NAME, "files": dict(view.export)}},
        "caption": str(view.texts.html("export-caption")),
        "parse_mode": "HTML",
    }
    return Outgoing("sendDocument", payload, forget=True)


def _ask_erase(effect: AskErase, texts: Texts) -> Outgoing:
    keyboard = (
        (press(texts.plain("erase-yes"), EraseConfirmed(effect.asked_at), DANGER),),
        (press(texts.plain("erase-no"), EraseDeclined()),),
    )
    return message(texts.html("ask-erase"), keyboard)


def _privacy(view: View) -> Outgoing:
    """Say what is stored, with a button to change one's mind about the staff chat where the clinic has one."""
    texts = view.texts
    text = texts.html(Text.PRIVACY, clinic=texts.clinic.name, months=view.kept_months, days=WARNED.days)
    if not view.has_staff_chat or view.chat.consented_at is None:
        return message(text)
    consent = bool(view.chat.staff_consent)
    told = texts.html("privacy-staff-told" if consent else "privacy-staff-not-told", clinic=texts.clinic.name)
    rows = questions.staff_rows(consent, texts)
    if view.staff_code is None:
        return message(Html(f"{text}\n\n{told}"), rows)
    code = texts.html("privacy-staff-code", code=spelled(view.staff_code))
    renew = press(texts.plain("staff-code-new"), StaffCodeRenewed())
    return message(Html(f"{text}\n\n{told}\n\n{code}"), (*rows, (renew,)))


def _say(text: Text, view: View) -> Outgoing:
    texts = view.texts
    match text:
        case Text.ASK_LANGUAGE:
            return questions.ask_language(view)
        case Text.GETTING_DOWN:
            return message(texts.html(text, text=texts.getting_down))
        case Text.HELP:
            lines = (
                texts.html("help-line", command=Html(name), description=texts.html(f"command-{name}"))
                for name in Command
            )
            return message(texts.html(text, commands=Html("\n".join(lines))))
        case Text.PRIVACY:
            return _privacy(view)
        case Text.MEDIA_VOICE:
            return message(texts.html(text, emergency=texts.numbers.emergency))
        case Text.ERASED:
            return message(texts.html(text), forget=True)
        case _:
            return message(texts.html(text))
