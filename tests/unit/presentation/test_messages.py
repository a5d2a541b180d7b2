"""Messages: every effect renders within Telegram's limits; arrival, settings, data and commands."""

import re
from dataclasses import replace
from datetime import time, timedelta
from html import unescape
from typing import Any, get_args

import pytest

from bot.domain import effects as do
from bot.domain.buttons import decode
from bot.domain.chat import Chat, Hold
from bot.domain.events import (
    ButtonUnknown,
    Command,
    ConsentGiven,
    DaySkipped,
    DayToldDone,
    EraseConfirmed,
    EraseDeclined,
    Later,
    LaterAsked,
    MorningTold,
    RoutineStarted,
    TimesNamed,
    ZoneNamed,
)
from bot.domain.keys import Note, Opening, Text
from bot.domain.levels import Change, Morning, Referral, Standing
from bot.domain.plan import Dose
from bot.domain.proposals import ProposedTimes
from bot.domain.safety import Flag, Tier
from bot.domain.schedule import EVERY_DAY, ReminderTimes
from bot.domain.screening import Release
from bot.domain.times import Half, TypedTime
from bot.presentation import app_pages, messages, staff
from bot.presentation.content import EmergencyNumbers
from bot.presentation.i18n import Translator
from bot.presentation.messages import Priority, Texts
from bot.presentation.reasons import level_name, level_purpose, reason_of, referral_reason
from tests.unit.presentation.rendered import (
    BRITISH,
    CHAT,
    CONTENT,
    EFFECTS,
    ELSEWHERE,
    HELD_EFFECTS,
    NEXT_DUE,
    NOW,
    SESSION,
    TEXTS,
    TODAY,
    VIEW,
    everything,
    labels,
    meanings,
    read,
    render,
    rows,
    seen,
)
from tests.unit.presentation.staffed import everything_for_staff, marks

LEVELS = ("flare", "settle", "base", "build", "strong", "keep")


def test_every_message_effect_is_among_the_examples() -> None:
    """The examples of these tests leave no effect out."""
    assert {type(effect) for effect in (*EFFECTS, *HELD_EFFECTS)} == set(get_args(do.Message))


@pytest.mark.parametrize("texts", [TEXTS, BRITISH, ELSEWHERE], ids=["US", "GB", "elsewhere"])
def test_every_message_keeps_within_telegrams_limits(texts: Texts) -> None:
    """Text, caption, labels and button data are of a length and form that Telegram takes."""
    for outgoing in everything(texts):
        payload = outgoing.payload
        assert "chat_id" not in payload
        if outgoing.method == "setMessageReaction":
            continue
        assert payload["parse_mode"] == "HTML"
        if outgoing.method in {"sendDocument", "sendPhoto"}:
            assert 1 <= len(read(payload["caption"]).seen.encode("utf-16-le")) // 2 <= 1024
        elif outgoing.method == "sendAnimation":
            assert 1 <= len(seen(outgoing).encode("utf-16-le")) // 2 <= 600
        else:
            assert outgoing.method == "sendMessage"
            assert payload["link_preview_options"] == {"is_disabled": True}
            assert 1 <= len(seen(outgoing).encode("utf-16-le")) // 2 <= 2000
        for row in rows(outgoing):
            assert 1 <= len(row) <= 5
            for button in row:
                assert 1 <= len(button["text"]) <= 40
                assert not re.search(r"[<>]|&\w+;", button["text"])
                assert button.get("style") in {None, "success", "danger", "primary"}
                assert len(button.keys() & {"callback_data", "copy_text", "url"}) == 1
                assert 1 <= len(button.get("callback_data", "x").encode()) <= 64
                assert decode(button.get("callback_data", "keep")) != ButtonUnknown()
                assert button.get("url", "https://").startswith("https://")


def test_every_text_of_the_language_is_used() -> None:  # noqa: C901 - one line per way to say something
    """A key that no message uses is a leftover; one that is missing fails in the strict translator."""
    used: set[str] = set()

    class Noting(Translator):
        def text(self, key: str, /, **arguments: str | float) -> str:
            used.add(str(key))
            return super().text(key, **arguments)

    noting = Noting("en", (CONTENT / "locales" / "en" / "ui.ftl").read_text(encoding="utf-8"), strict=True)
    for texts in (TEXTS, BRITISH, ELSEWHERE, replace(TEXTS, app_url="https://bot.example.org/app/")):
        noted = replace(texts, translator=noting)
        assert list(everything(noted))
        app_pages.words(noted)  # whether the page uses them all is test_app_words' matter
        assert list(everything_for_staff(noted))
        assert list(marks(noted))
        messages.command_list(noted)
        staff.command_list(noted)
        for note in Note:
            messages.notice(note, noted)
        for morning in Morning:
            messages.marked_morning(do.MarkMorning(TODAY, morning), 7, noted, day=TODAY)
        for later in (True, False):
            messages.reminder_buttons(do.ShowReminderButtons(TODAY, later), 7, noted, day=TODAY, mornings=())
    noted = replace(TEXTS, translator=noting)
    at_rest = replace(VIEW.chat, hold=None)
    holds = [Hold(Tier.REFERRAL, Flag.SEVERE_PAIN, "rule", VIEW.now, release) for release in Release]
    in_the_way = (replace(at_rest, zone=None), replace(at_rest, paused_at=VIEW.now))
    for chat in (*in_the_way, *(replace(at_rest, hold=hold) for hold in holds)):
        assert app_pages.notice(chat, noted)
    newcomer = replace(VIEW.chat, reminder_times=None)
    render(do.AskTime(), replace(VIEW, chat=newcomer, texts=noted))
    for dose in (Dose(1, None, None, sides=False), Dose(1, None, 300, sides=False)):
        bare = replace(SESSION, prescriptions=(replace(SESSION.prescriptions[0], dose=dose),))
        render(do.ShowStep(bare), replace(VIEW, texts=noted))
    for change in Change:
        reason_of(Standing(1, 0, change, rating=6, days=9), noted)
    for referral in Referral:
        referral_reason(referral, noted)
    for level in LEVELS:
        level_name(level, noted)
        level_purpose(level, noted)
    assert used == noting.arguments.keys()


def test_a_first_name_is_only_a_name() -> None:
    """Markup in a name is shown as it was typed."""
    for effect in (do.Greet("<b>Ada</b> & Co"), do.WelcomeBack("<b>Ada</b> & Co")):
        assert "Hello <b>Ada</b> & Co." in seen(render(effect))


def test_the_same_effect_reads_the_same_twice() -> None:
    """Rendering is pure: no randomness, no clock."""
    assert list(everything(TEXTS)) == list(everything(TEXTS))


# -- arrival and settings --------------------------------------------------------------------------------------------


def test_the_greeting_says_what_the_bot_is_not_before_asking_for_consent() -> None:
    """No medical advice, ask a clinician first, what is kept, and one button."""
    greeting = render(do.Greet("Ada"))
    text = seen(greeting)
    for required in (
        "I am a program",
        "medical advice",
        "ask a clinician (a doctor or a physiotherapist) before you start",
        "What I keep",
        "/privacy",
    ):
        assert required in text
    assert meanings(greeting) == [ConsentGiven()]
    assert greeting.live


def test_likely_zones_show_their_place_and_the_time_there() -> None:
    """A person recognises their zone by its clock; the present zone is kept by its own button."""
    asking = render(do.AskZone())
    assert labels(asking) == [["Buenos Aires · 09:12"], ["UTC · 12:12"], ["Keep New York · 07:12"]]
    assert meanings(asking)[-1] == ZoneNamed("America/New_York")
    newcomer = render(do.AskZone(), replace(VIEW, chat=Chat(1, "en")))
    assert labels(newcomer)[0] == ["New York · 07:12"]
    assert "type a city" in seen(newcomer)
    assert "paperclip, then Location" in seen(newcomer)


def test_an_ambiguous_place_is_offered_by_its_labels() -> None:
    """One button for each place the words could mean, and one for the place that was kept so far."""
    asking = render(do.AskZone(choices=(("America/Chicago", "Springfield, Illinois"),)))
    assert labels(asking) == [["Springfield, Illinois"], ["Keep New York · 07:12"]]
    assert meanings(asking) == [ZoneNamed("America/Chicago"), ZoneNamed("America/New_York")]


def once(hour: int, minute: int) -> ReminderTimes:
    """Give one reminder time, every day."""
    return ReminderTimes((time(hour, minute),))


def test_typed_times_are_shown_before_they_count() -> None:
    """A button to agree; where the half of the day was not said, one for each half."""
    said, assumed, unsaid = (
        render(do.AskTime(proposed=ProposedTimes((TypedTime(time(6, 15), half),), EVERY_DAY))) for half in Half
    )
    early, late, kept = (TimesNamed(once(hour, minute)) for hour, minute in ((6, 15), (18, 15), (7, 30)))
    assert meanings(said) == [early, kept]
    assert "Every day at 06:15" in seen(said)
    assert meanings(assumed) == meanings(unsaid) == [early, late, kept]
    assert "morning or in the evening" in seen(unsaid)
    assert labels(unsaid)[:2] == [["06:15 in the morning"], ["18:15 in the evening"]]


def test_several_times_on_some_days_are_shown_in_every_sensible_reading() -> None:
    """Of "8 and 9" the first few are in the morning; the weekdays stand beside them."""
    typed = ProposedTimes((TypedTime(time(8), Half.OPEN), TypedTime(time(9), Half.OPEN)), frozenset({1, 3, 5}))
    asking = render(do.AskTime(proposed=typed))
    assert labels(asking) == [
        ["Mon, Wed and Fri, 08:00 and 09:00"],
        ["Mon, Wed and Fri, 08:00 and 21:00"],
        ["Mon, Wed and Fri, 20:00 and 21:00"],
        ["Keep 07:30"],
    ]


def test_in_a_new_zone_the_clock_or_the_moment_is_kept() -> None:
    """One button for each, with the times by the new clock."""
    asking = render(do.AskMoved(once(13, 30)))
    assert meanings(asking) == [TimesNamed(once(7, 30)), TimesNamed(once(13, 30))]
    assert labels(asking) == [["Keep 07:30 in New York"], ["As before: 13:30 in New York"]]


@pytest.mark.parametrize("effect", [do.AskZone(unreadable=True), do.AskTime(unreadable=True)])
def test_an_unreadable_answer_is_asked_again_with_an_example(effect: do.Message) -> None:
    """It says so, gives an example in italics, and keeps the buttons."""
    asking = render(effect)
    assert "could not" in seen(asking)
    assert "<i>" in asking.payload["text"]
    assert rows(asking)


WORKING_DAYS = "Monday to Friday, 07:30"


def test_usual_times_stand_in_two_rows_and_the_present_one_can_be_kept() -> None:
    """Six times, the present one on working days, then "keep"."""
    asking = render(do.AskTime())
    assert labels(asking) == [["07:00", "07:30", "08:00"], ["12:30", "18:00", "20:30"], [WORKING_DAYS], ["Keep 07:30"]]
    assert meanings(asking)[-1] == TimesNamed(ReminderTimes((time(7, 30),)))


def test_the_schedule_shows_the_next_reminder_as_a_date_time_entity() -> None:
    """The person's phone writes it; the words inside are in their zone, for phones that cannot."""
    outgoing = render(do.ShowSchedule(Opening.ALL_SET))
    reader = read(outgoing.payload["text"])
    assert reader.times == [{"unix": str(int(NEXT_DUE.timestamp())), "format": "wDt"}]
    assert "Fri 6 March, 07:30" in reader.seen
    assert "Every day at 07:30 (New York)" in reader.seen
    assert "/timezone" in reader.seen
    assert meanings(outgoing) == [RoutineStarted()]


def test_a_snooze_shows_the_snoozed_time() -> None:
    """The extra reminder's moment, and nothing about the daily one."""
    outgoing = render(do.ShowSchedule(Opening.SNOOZED), replace(VIEW, next_due=NOW + timedelta(minutes=30)))
    assert "Thu 5 March, 07:42" in seen(outgoing)
    assert "Every day" not in seen(outgoing)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"paused_at": NOW}, "paused"),
        ({"hold": Hold(Tier.URGENT, Flag.NEURO, "U4", NOW)}, "on hold"),
    ],
)
def test_without_a_next_reminder_the_schedule_says_why(change: dict[str, Any], reason: str) -> None:
    """Paused and held are told apart."""
    outgoing = render(do.ShowSchedule(Opening.TIME_CHANGED), replace(VIEW, next_due=None, chat=replace(CHAT, **change)))
    assert reason in seen(outgoing)
    assert not read(outgoing.payload["text"]).times


@pytest.mark.parametrize(("missed", "told"), [(0, None), (1, "last time"), (3, "the last 3 times")])
def test_the_reminder_tells_how_many_before_it_did_not_come(missed: int, told: str | None) -> None:
    """In one sentence below the usual one, and not at all where nothing is missing."""
    text = messages.reminder(VIEW.texts, TODAY, missed).payload["text"]
    usual = messages.reminder(VIEW.texts, TODAY).payload["text"]
    assert text.startswith(usual)
    assert text == usual if told is None else told in text


def test_the_reminder_tells_a_lock_screen_nothing_about_health() -> None:
    """It is time for a routine; the others carry the day they belong to; the question about it is as discreet."""
    for asks_morning in (False, True):
        outgoing = messages.reminder(VIEW.texts, TODAY, asks_morning=asks_morning)
        assert outgoing.priority is Priority.REMINDER
        assert not re.search(r"back|pain|exercis|clinic|health", seen(outgoing), re.IGNORECASE)
        told = [MorningTold(morning, TODAY) for morning in Morning] if asks_morning else []
        later = LaterAsked(Later.CHOICES, TODAY)
        offered = [RoutineStarted(), RoutineStarted(minimum=True), later, DayToldDone(TODAY), DaySkipped(TODAY)]
        assert meanings(outgoing) == [*told, *offered]
        rows = [["Start", "Bad day: one minute"], ["Later", "Done already", "Not today"]]
        assert labels(outgoing) == ([["Better", "Same", "Worse"], *rows] if asks_morning else rows)


def test_what_was_told_of_the_morning_takes_the_place_of_the_question() -> None:
    """The reminder's other buttons stay as they were; the answer stands above them, and says the same if pressed."""
    marked = messages.marked_morning(do.MarkMorning(TODAY, Morning.WORSE), 7, TEXTS, day=TODAY)
    assert (marked.method, marked.payload["message_id"]) == ("editMessageReplyMarkup", 7)
    assert labels(marked) == [["Noted: worse than yesterday"], *labels(messages.reminder(VIEW.texts, TODAY))]
    assert meanings(marked)[0] == MorningTold(Morning.WORSE, TODAY)
    alone = messages.marked_morning(do.MarkMorning(TODAY, Morning.WORSE), 7, TEXTS, day=TODAY, alone=True)
    assert labels(alone) == [["Noted: worse than yesterday"]]
    assert labels(messages.morning_left(TODAY, 7, TEXTS)) == [["Better", "Same", "Worse"]]


# -- data, commands, edges -------------------------------------------------------------------------------------------


def test_export_is_a_file_that_the_outbox_forgets() -> None:
    """The shell is given the names and texts of what it is to pack."""
    outgoing = render(do.SendExport())
    assert outgoing.method == "sendDocument"
    assert outgoing.payload["document"] == {"$zip": {"name": "lumbar-export.zip", "files": {"chat.csv": "chat_id"}}}
    assert outgoing.forget


def test_erasing_asks_once_and_its_last_word_is_forgotten() -> None:
    """Erase is red and carries the moment; the goodbye leaves no trace."""
    asking = render(do.AskErase(NOW))
    assert meanings(asking) == [EraseConfirmed(NOW), EraseDeclined()]
    assert rows(asking)[0][0]["style"] == "danger"
    assert all(outgoing.forget for outgoing in messages.render(do.Say(Text.ERASED), VIEW))


def test_privacy_says_what_is_stored_who_reads_it_and_how_to_end_it() -> None:
    """True to the design: no words kept, export and erase for everybody."""
    text = seen(render(do.Say(Text.PRIVACY)))
    for required in (
        "What is stored",
        "What is not",
        "The words you type",
        "Who can read it",
        "24 months",
        "/export",
        "/delete",
    ):
        assert required in text


def test_help_and_the_command_menu_list_every_command() -> None:
    """Start stands in the menu only: whoever reads help has started."""
    menu = messages.command_list(TEXTS)
    assert [entry["command"] for entry in menu] == ["start", *Command]
    assert all(1 <= len(entry["description"]) <= 256 for entry in menu)
    text = seen(render(do.Say(Text.HELP)))
    for entry in menu[1:]:
        assert f"/{entry['command']}: {entry['description']}" in text


@pytest.mark.parametrize("note", Note)
def test_a_note_is_plain_and_short(note: Note) -> None:
    """Telegram takes 200 characters and no HTML."""
    text = messages.notice(note, TEXTS)
    assert 1 <= len(text) <= 200
    assert text == unescape(text)
    assert "<" not in text


def test_a_group_is_told_where_to_go() -> None:
    """The way to the private chat is a link."""
    outgoing = messages.group_notice(TEXTS, "lumbar_bot")
    assert "private" in seen(outgoing)
    assert rows(outgoing)[0][0]["url"] == "https://t.me/lumbar_bot"


@pytest.mark.parametrize("message_id", [7, {"$message": "update-7"}])
def test_stripping_takes_the_whole_keyboard_off(message_id: int | dict[str, Any]) -> None:
    """No reply_markup means no buttons; the shell may name a message not sent yet."""
    outgoing = messages.strip_buttons(message_id)
    assert (outgoing.method, outgoing.payload) == ("editMessageReplyMarkup", {"message_id": message_id})


def test_a_clinic_card_with_markup_in_it_is_harmless() -> None:
    """Whatever a clinic writes on its card is text."""
    clinic = replace(
        TEXTS.clinic,
        name="Back <& Neck>",
        map_url='https://map.example/?a=1&b="2"',
        emergency={},
        emergency_elsewhere=EmergencyNumbers(emergency="1<2", advice=None, crisis=None),
    )
    outgoing = render(do.ShowClinic(), replace(VIEW, texts=replace(TEXTS, clinic=clinic)))
    assert "Back <& Neck>" in seen(outgoing)
    assert "1<2" in seen(outgoing)
