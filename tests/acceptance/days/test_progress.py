"""Progress as people see it: the picture, the report, yesterday put right, and what can be chosen."""

from datetime import date, datetime, timedelta

import aiohttp

from tests.acceptance.bot_at_work import BotAtWork, begin_routine
from tests.acceptance.person import Message, Person, labels, text_of
from tests.acceptance.reminded import came_at, reminder, today_at


async def do_routine(person: Person) -> None:
    """Do the whole routine; the back is at 2 afterwards."""
    await begin_routine(person)
    for word in ("done", "done", "skip", "done", "2"):
        await person.say(word)
    await person.wait_for("See you next time")


async def answer_to(person: Person, typed: str) -> Message:
    """Say it and return the next message."""
    await person.say(typed)
    return await person.next_message()


async def file_of(lumbar: BotAtWork, message: Message) -> bytes:
    """Fetch the file in a message."""
    file_id = message["document"]["file_id"] if "document" in message else message["photo"][-1]["file_id"]
    url = f"{lumbar.address}/sandbox/files/{file_id}"
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        return await response.read()


async def test_yesterday_is_put_right_by_one_tap(lumbar: BotAtWork, ada: Person) -> None:
    """Reminded on Thursday and not done: on Friday a tap under /progress counts it, and the offer is gone."""
    lumbar.move_to(today_at(lumbar, 7, 30))
    await reminder(ada)
    assert labels(await answer_to(ada, "/progress")) == ["Change what I see"]
    lumbar.move(days=1)
    await reminder(ada)
    open_days = await answer_to(ada, "/progress")
    assert labels(open_days)[0] == "I did it yesterday too"
    await ada.press_on(open_days["message_id"], "yesterday")
    assert "yesterday counts as done" in text_of(await ada.wait_for("Noted"))
    shown = await answer_to(ada, "/progress")
    assert "In all: one day" in text_of(shown)
    assert labels(shown) == ["Change what I see"]


async def test_an_old_tap_on_yesterday_changes_nothing(lumbar: BotAtWork, ada: Person) -> None:
    """Two days later the button means a day that can no longer be changed."""
    lumbar.move_to(today_at(lumbar, 7, 30))
    await reminder(ada)
    lumbar.move(days=1)
    await reminder(ada)
    offered = await answer_to(ada, "/progress")
    lumbar.move(days=1)
    await reminder(ada)
    await ada.press_on(offered["message_id"], "yesterday")
    assert "earlier message" in await ada.wait_for_toast()
    assert [row["kind"] for row in lumbar.rows("occurrence", ada)] == ["daily"] * 3


async def test_the_report_is_a_pdf_of_two_pages(lumbar: BotAtWork, ada: Person) -> None:
    """With the exercises that were done; nothing in it was typed."""
    await do_routine(ada)
    answer = await answer_to(ada, "/report")
    assert answer["document"]["file_name"] == "lumbar-report.pdf"
    content = await file_of(lumbar, answer)
    assert content.startswith(b"%PDF-")
    assert content.count(b"/Type /Page\n") + content.count(b"/Type /Page ") == 2


async def test_what_is_drawn_is_kept_nowhere(lumbar: BotAtWork, ada: Person) -> None:
    """Once the picture is sent, neither it nor its numbers are in the outbox."""
    await do_routine(ada)
    await answer_to(ada, "/progress")
    lumbar.move(seconds=1)
    await answer_to(ada, "/help")
    assert [row["payload"] for row in lumbar.rows("outbox", ada) if row["method"] == "sendPhoto"] == [None]


async def test_a_streak_and_dark_pictures_are_chosen(lumbar: BotAtWork, ada: Person) -> None:
    """Each is one tap under /progress, and one tap back."""
    await do_routine(ada)
    await answer_to(ada, "/progress")
    await ada.press("Change what I see")
    await ada.press_on((await ada.wait_for("are not counted"))["message_id"], "Count days in a row")
    await ada.press_on((await ada.wait_for("Days in a row are counted"))["message_id"], "Dark pictures")
    await ada.wait_for("Pictures are dark")
    assert "Days in a row: 1." in text_of(await answer_to(ada, "/progress"))
    assert (lumbar.chat(ada)["wants_streak"], lumbar.chat(ada)["wants_dark"]) == (1, 1)


async def test_a_pause_that_is_over_is_on_record(lumbar: BotAtWork, ada: Person) -> None:
    """From the command that paused to the one that resumed."""
    paused_at = lumbar.clock.now()
    await answer_to(ada, "/pause")
    lumbar.move(days=3)
    await answer_to(ada, "/resume")
    (row,) = lumbar.rows("standstill", ada)
    assert row["kind"] == "pause"
    began_at, ended_at = (datetime.fromisoformat(row[name] + "+00:00") for name in ("began_at", "ended_at"))
    assert timedelta(0) <= began_at - paused_at < timedelta(minutes=1)
    assert timedelta(days=3) <= ended_at - paused_at < timedelta(days=3, minutes=1)


async def test_the_week_is_summed_up_on_the_chosen_evening(lumbar: BotAtWork, ada: Person) -> None:
    """Wednesday, chosen by one tap: one message after that day's reminder, and none on Sunday."""
    await do_routine(ada)
    await ada.say("/settings")
    await ada.press_on((await ada.wait_for("Your settings"))["message_id"], "weekly summary")
    await ada.press_on((await ada.wait_for("on Sunday"))["message_id"], "Wed")
    await ada.wait_for("on Wednesday")
    for day in range(8, 15):  # Friday to Thursday
        lumbar.move_to(today_at(lumbar, 7, 30) + timedelta(days=1))
        await reminder(ada)
        assert (lumbar.due_at(ada, "weekly") is not None) == (day == 13)
        lumbar.move_to(today_at(lumbar, 18, 59))
        if day == 13:
            await ada.wait_for("Your week")
    summaries = [message for message in await ada.messages() if "Your week" in text_of(message)]
    assert [came_at(message).date() for message in summaries] == [date(2026, 5, 13)]
    assert "One idea:" in text_of(summaries[0])
    await ada.press_on(summaries[0]["message_id"], "No weekly summary")
    await ada.wait_for("No weekly summary comes")
    assert lumbar.chat(ada)["weekly_day"] is None


async def test_nobody_is_summed_up_while_paused(lumbar: BotAtWork, ada: Person) -> None:
    """A pause takes the summary along; the day it would have come nothing does."""
    await do_routine(ada)
    lumbar.move_to(today_at(lumbar, 7, 30) + timedelta(days=3))
    await reminder(ada)
    assert lumbar.due_at(ada, "weekly") is not None
    await answer_to(ada, "/pause")
    assert lumbar.due_at(ada, "weekly") is None


async def test_after_midnight_the_routine_is_still_the_evenings(lumbar: BotAtWork, ada: Person) -> None:
    """Done at half past midnight it counts for Thursday, and Friday's reminder comes as ever."""
    lumbar.move_to(today_at(lumbar, 7, 30))
    await reminder(ada)
    lumbar.move_to(today_at(lumbar, 0, 30) + timedelta(days=1))
    await do_routine(ada)
    assert [row["local_date"] for row in lumbar.rows("session", ada)] == ["2026-05-07"]
    assert lumbar.due_at(ada) == today_at(lumbar, 7, 30)
    lumbar.move_to(today_at(lumbar, 7, 30))
    assert came_at(await reminder(ada)).date() == date(2026, 5, 8)
    shown = await answer_to(ada, "/progress")
    assert labels(shown) == ["Change what I see"]
    assert "In all: one day" in text_of(shown)
