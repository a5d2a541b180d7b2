"""Every slash command, in the places where people use it."""

import csv
import json
from datetime import timedelta
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZipFile

import aiohttp
import pytest

from bot.domain.events import Command
from tests.acceptance.bot_at_work import (
    BotAtWork,
    begin_routine,
    everything_said,
    lost_its_buttons,
    next_reminder,
    set_up,
)
from tests.acceptance.person import Message, Person, labels, text_of
from tests.acceptance.reminded import put_off

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def answer_to(person: Person, typed: str) -> Message:
    """Say it and return the next message."""
    await person.say(typed)
    return await person.next_message()


async def export_of(lumbar: BotAtWork, person: Person) -> dict[str, Any]:
    """Ask for the export and read the file."""
    file = (await answer_to(person, "/export"))["document"]
    assert file["file_name"] == "lumbar-export.zip"
    url = f"{lumbar.address}/sandbox/files/{file['file_id']}"
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        content = await response.read()
    with ZipFile(BytesIO(content)) as archive:
        exported: dict[str, Any] = json.loads(archive.read("lumbar-export.json"))
        for name in set(archive.namelist()) - {"lumbar-export.json"}:
            rows = list(csv.DictReader(StringIO(archive.read(name).decode())))
            assert [list(row) for row in rows] == [list(row) for row in exported[name.removesuffix(".csv")]]
    return exported


async def test_commands_are_registered_with_descriptions(ada: Person) -> None:
    """Telegram's menu lists all of them, /start first, each with what it does."""
    commands = (await ada.chat())["commands"]
    assert [command["command"] for command in commands] == ["start", *Command]
    assert [command for command in commands if len(command["description"]) < 5] == []


async def test_help_lists_every_command(settled_ada: Person) -> None:
    """With the words that can be typed under an exercise."""
    text = text_of(await answer_to(settled_ada, "/help"))
    assert [command for command in Command if f"/{command}" not in text] == []


@pytest.mark.parametrize(
    ("command", "says"),
    [
        ("/help", "I guide you through"),
        ("/privacy", "What is stored"),
        ("/clinic", "(212) 555-0123"),
        ("/time", "What I am not"),
        ("/routine", "What I am not"),
        ("/pause", "What I am not"),
    ],
)
async def test_before_consent_only_what_needs_none_is_answered(ada: Person, command: str, says: str) -> None:
    """Help, privacy and the clinic are for everybody; the rest begins with consent."""
    assert says in text_of(await answer_to(ada, command))


async def test_time_changes_the_reminder(lumbar: BotAtWork, settled_ada: Person) -> None:
    """The new time is shown and, after a yes, stored; keeping the old one is a button."""
    question = await answer_to(settled_ada, "/time")
    assert "Keep 07:30" in labels(question)
    await settled_ada.say("18h15")
    await lost_its_buttons(settled_ada, question)
    await settled_ada.wait_for("Shall I remind you then")
    assert lumbar.chat(settled_ada)["reminder_times"].startswith("07:30")
    await settled_ada.say("yes")
    assert "Every day at 18:15 (New York)" in text_of(await settled_ada.next_message())
    assert lumbar.chat(settled_ada)["reminder_times"].startswith("18:15")
    await answer_to(settled_ada, "/time")
    await settled_ada.press("Keep 18:15")
    assert "Every day at 18:15 (New York)" in text_of(await settled_ada.next_message())


async def test_timezone_changes_the_reminder(lumbar: BotAtWork, settled_ada: Person) -> None:
    """The same wall-clock time in another place is another instant."""
    before = lumbar.due_at(settled_ada)
    assert "Keep New York" in str(labels(await answer_to(settled_ada, "/timezone")))
    assert "Every day at 07:30 (Tokyo)" in text_of(await answer_to(settled_ada, "Tokyo"))
    assert lumbar.chat(settled_ada)["zone"] == "Asia/Tokyo"
    assert lumbar.due_at(settled_ada) not in {before, None}


async def test_a_setting_changed_in_a_session_brings_the_session_back(lumbar: BotAtWork, settled_ada: Person) -> None:
    """After the new time the exercise is shown again, and goes on where it was."""
    await begin_routine(settled_ada)
    await settled_ada.say("done")
    await settled_ada.wait_for("2 of 4")
    await settled_ada.say("/time")
    await settled_ada.wait_for("shall I remind you?")
    await settled_ada.say("8pm")
    await settled_ada.wait_for("Shall I remind you then")
    await settled_ada.press("20:00")
    await settled_ada.wait_for("Every day at 20:00")
    await settled_ada.wait_for("2 of 4")
    await settled_ada.press("Done")
    await settled_ada.wait_for("3 of 4")
    assert [row["step"] for row in lumbar.rows("answer", settled_ada)] == [0, 1]


@pytest.mark.parametrize(
    ("typed", "follows"), [("done", "3 of 4"), ("stop", "Stopped for today"), ("pain", "How strong")]
)
@pytest.mark.parametrize("command", ["/time", "/timezone"])
async def test_words_for_the_exercise_count_while_a_setting_is_asked(
    settled_ada: Person, command: str, typed: str, follows: str
) -> None:
    """Whoever goes on exercising instead of answering /time is not asked for a place called "done"."""
    await begin_routine(settled_ada)
    await settled_ada.say("done")
    await settled_ada.wait_for("2 of 4")
    await answer_to(settled_ada, command)
    assert follows in text_of(await answer_to(settled_ada, typed))


async def test_pause_and_resume(lumbar: BotAtWork, settled_ada: Person) -> None:
    """While paused no reminder comes and the routine still works; /resume brings the next day's reminder."""
    assert "Reminders are paused" in text_of(await answer_to(settled_ada, "/pause"))
    assert lumbar.due_at(settled_ada) is None
    async with await lumbar.person("Witness") as witness:
        await set_up(witness)
        await next_reminder(lumbar, witness)
        assert lumbar.reminder_letters(settled_ada) == []
        await begin_routine(settled_ada)
        await settled_ada.say("stop")
        await settled_ada.wait_for("Stopped for today")
        assert "Your reminders are on again" in text_of(await answer_to(settled_ada, "/resume"))
        assert lumbar.due_at(settled_ada) == lumbar.due_at(witness)
    await next_reminder(lumbar, settled_ada)
    assert "There is nothing to resume" in text_of(await answer_to(settled_ada, "/resume"))


async def test_skip_leaves_out_one_day(lumbar: BotAtWork, settled_ada: Person) -> None:
    """Before today's reminder it cancels it; the day after it comes as ever."""
    due = lumbar.due_at(settled_ada)
    assert due is not None
    lumbar.move_to(due - timedelta(hours=1))
    assert "No more reminder today" in text_of(await answer_to(settled_ada, "/skip"))
    assert lumbar.due_at(settled_ada) == due + timedelta(days=1)


async def test_skip_and_snooze_on_the_reminder(lumbar: BotAtWork, settled_ada: Person) -> None:
    """Snooze brings it once more after half an hour; Skip then ends the day."""
    reminder = await next_reminder(lumbar, settled_ada)
    await put_off(settled_ada, reminder, "30 min")
    await lost_its_buttons(settled_ada, reminder)
    assert "I will remind you again" in text_of(await settled_ada.next_message())
    lumbar.move(minutes=30)
    again = await settled_ada.wait_for("It is time for your routine")
    await settled_ada.press_on(again["message_id"], "Not today")
    await lost_its_buttons(settled_ada, again)
    assert "No more reminder today" in text_of(await settled_ada.next_message())


async def test_progress_tells_the_week(settled_ada: Person) -> None:
    """Nothing at first; then the day that was done, with its rating."""
    assert "Nothing to show yet" in text_of(await answer_to(settled_ada, "/progress"))
    await begin_routine(settled_ada)
    for word in ("done", "done", "skip", "done", "1"):
        await settled_ada.say(word)
    await settled_ada.wait_for("See you next time")
    answer = await answer_to(settled_ada, "/progress")
    assert "This week: one day" in text_of(answer)
    assert "0 to 10: 1" in text_of(answer)
    assert (answer["photo"][-1]["width"], answer["photo"][-1]["height"]) == (1080, 1440)


async def test_clinic_shows_the_card(settled_ada: Person) -> None:
    """Name, phone, address, hours, the map, and a button that copies the number."""
    card = await answer_to(settled_ada, "/clinic")
    for part in ("Back Center New York", "+12125550123", "Example Street 1", "8:00 to 18:00", "911"):
        assert part in text_of(card)
    assert labels(card) == ["Copy phone number", "Open map"]


async def test_privacy_says_what_is_kept(settled_ada: Person) -> None:
    """And how to get it and how to erase it."""
    text = text_of(await answer_to(settled_ada, "/privacy"))
    assert [word for word in ("What is stored", "What is not", "/export", "/delete") if word not in text] == []


async def test_export_holds_every_row(lumbar: BotAtWork, settled_ada: Person) -> None:
    """Settings, sessions, answers, findings, reminders: as many rows in the file as in the database, and no words."""
    await next_reminder(lumbar, settled_ada)
    await begin_routine(settled_ada)
    await settled_ada.say("done")
    await settled_ada.wait_for("2 of 4")
    await settled_ada.say("I fell off a ladder")
    await settled_ada.wait_for("Back Center New York")
    exported = await export_of(lumbar, settled_ada)
    for table in ("chat", "reminder", "occurrence", "session", "answer", "finding"):
        rows = lumbar.rows(table, settled_ada)
        assert len(exported[table]) == len(rows) > 0, table
        assert exported[table][0].keys() == rows[0].keys()
    assert exported["chat"][0]["zone"] == "America/New_York"
    assert exported["answer"][0]["exercise_id"] == "bottom-to-heels"
    assert exported["exported_at"].startswith(lumbar.clock.now().date().isoformat())
    assert "ladder" not in json.dumps(exported)


async def test_export_before_consent_is_as_good_as_empty(lumbar: BotAtWork, ada: Person) -> None:
    """Who has told nothing gets a file that says so."""
    exported = await export_of(lumbar, ada)
    assert exported["answer"] == exported["finding"] == exported["session"] == []


async def test_delete_asks_once_and_can_be_declined(lumbar: BotAtWork, settled_ada: Person) -> None:
    """Keep my data keeps it."""
    before = lumbar.chat(settled_ada)["zone"]
    question = await answer_to(settled_ada, "/delete")
    assert labels(question) == ["Erase everything", "Keep my data"]
    await settled_ada.press("Keep my data")
    await lost_its_buttons(settled_ada, question)
    assert "Nothing was erased" in text_of(await settled_ada.next_message())
    assert lumbar.chat(settled_ada)["zone"] == before


async def test_delete_erases_every_row(lumbar: BotAtWork, settled_ada: Person) -> None:
    """Once the goodbye is sent nothing is left, letters included, and /start begins anew."""
    await next_reminder(lumbar, settled_ada)
    await begin_routine(settled_ada)
    await settled_ada.say("I fell off a ladder")
    await settled_ada.wait_for("Back Center New York")
    question = await answer_to(settled_ada, "/delete")
    await settled_ada.press("Erase everything")
    await lost_its_buttons(settled_ada, question)
    assert "is erased" in text_of(await settled_ada.next_message())
    await lumbar.sent_everything()
    assert lumbar.count_rows(settled_ada) == 0
    assert "What I am not" in text_of(await answer_to(settled_ada, "/start"))
    await settled_ada.press("I understand")
    await settled_ada.wait_for("Where are you?")


async def test_an_old_erase_button_asks_again(lumbar: BotAtWork, settled_ada: Person) -> None:
    """A button pressed two hours later, perhaps by mistake, erases nothing."""
    question = await answer_to(settled_ada, "/delete")
    lumbar.move(hours=2)
    await settled_ada.press_on(question["message_id"], "Erase everything")
    await lost_its_buttons(settled_ada, question)
    again = await settled_ada.next_message()
    assert lumbar.chat(settled_ada)["zone"] == "America/New_York"
    await settled_ada.press_on(again["message_id"], "Erase everything")
    await settled_ada.wait_for("is erased")


async def test_stop_in_a_session_ends_it(lumbar: BotAtWork, settled_ada: Person) -> None:
    """The reminders stay on."""
    step = await begin_routine(settled_ada)
    await settled_ada.say("/stop")
    await lost_its_buttons(settled_ada, step)
    assert "Stopped for today" in text_of(await settled_ada.next_message())
    assert [row["status"] for row in lumbar.rows("session", settled_ada)] == ["stopped"]
    assert lumbar.due_at(settled_ada) is not None


@pytest.mark.parametrize("typed", ["/stop", "stop"])
async def test_stop_outside_a_session_pauses(lumbar: BotAtWork, settled_ada: Person, typed: str) -> None:
    """There is nothing else to stop."""
    assert "Reminders are paused" in text_of(await answer_to(settled_ada, typed))
    assert lumbar.due_at(settled_ada) is None


async def test_stop_at_the_closing_question_leaves_the_reminders_alone(lumbar: BotAtWork, settled_ada: Person) -> None:
    """It answers the question, not the day."""
    await begin_routine(settled_ada)
    for _ in range(4):
        await settled_ada.say("done")
    await settled_ada.wait_for("How does your back feel now")
    assert "See you next time" in text_of(await answer_to(settled_ada, "/stop"))
    assert lumbar.due_at(settled_ada) is not None


async def test_routine_during_a_session_shows_where_it_stands(lumbar: BotAtWork, settled_ada: Person) -> None:
    """It opens no second one."""
    await begin_routine(settled_ada)
    await settled_ada.say("done")
    await settled_ada.wait_for("2 of 4")
    assert text_of(await answer_to(settled_ada, "/routine")).startswith("2 of 4")
    assert len(lumbar.rows("session", settled_ada)) == 1


async def test_every_command_is_answered_at_every_step(settled_ada: Person) -> None:
    """Under an exercise no command goes unanswered, and the exercise survives those that only show something."""
    await begin_routine(settled_ada)
    for command in ("/help", "/privacy", "/clinic", "/progress", "/export", "/delete", "/pause", "/resume"):
        await answer_to(settled_ada, command)
    await settled_ada.press("Keep my data")
    await settled_ada.wait_for("Nothing was erased")
    await settled_ada.press("Done")
    await settled_ada.wait_for("2 of 4")
    assert [text for text in await everything_said(settled_ada) if "something went wrong" in text] == []
