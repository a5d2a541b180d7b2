"""What a person does on a day settles that day's reminder: start, snooze, skip, another time, another zone, a pause."""

from datetime import UTC, datetime, timedelta

from tests.acceptance.bot_at_work import BotAtWork, begin_routine, pass_screening
from tests.acceptance.person import Person, labels, text_of
from tests.acceptance.reminded import (
    came_at,
    change_time,
    days_reminded,
    put_off,
    reminder,
    reminders_seen,
    today_at,
)


async def test_start_begins_the_routine(lumbar: BotAtWork, ada: Person) -> None:
    """Start under the reminder shows the first exercise and takes the reminder's buttons away."""
    lumbar.move_to(today_at(lumbar, 7, 30))
    message = await reminder(ada)
    assert labels(message)[0] == "Start"
    await ada.press_on(message["message_id"], "Start")
    await pass_screening(ada)
    assert not labels(next(m for m in await ada.messages() if m["message_id"] == message["message_id"]))


async def test_snooze_reminds_once_more(lumbar: BotAtWork, ada: Person) -> None:
    """Snooze brings one more reminder after its minutes, no sooner, and tomorrow's stays where it was."""
    lumbar.move_to(today_at(lumbar, 7, 30))
    await put_off(ada, await reminder(ada), "30 min")
    await ada.wait_for("Later, then.")
    (snooze,) = [row for row in lumbar.rows("reminder", ada) if row["kind"] == "snooze"]
    again = datetime.fromisoformat(snooze["next_due_at"]).replace(tzinfo=UTC)
    lumbar.move_to(again - timedelta(minutes=1))
    await days_reminded(lumbar, ada)
    assert await reminders_seen(ada) == 1
    lumbar.move_to(again)
    await reminder(ada)
    lumbar.move(hours=1)
    await days_reminded(lumbar, ada)
    assert await reminders_seen(ada) == 2
    lumbar.move_to(today_at(lumbar, 7, 30) + timedelta(days=1))
    await reminder(ada)


async def test_skip_today_ends_the_day(lumbar: BotAtWork, ada: Person) -> None:
    """After Not today not even a later time brings another reminder before tomorrow."""
    lumbar.move_to(today_at(lumbar, 7, 30))
    await ada.press_on((await reminder(ada))["message_id"], "Not today")
    await ada.wait_for("No more reminder today.")
    await change_time(ada, "9:00")
    lumbar.move_to(today_at(lumbar, 9))
    assert len(await days_reminded(lumbar, ada)) == 1
    lumbar.move(days=1)
    await reminder(ada)


async def test_a_changed_time_does_not_remind_twice_on_one_date(lumbar: BotAtWork, ada: Person) -> None:
    """Who had today's reminder gets none at the new time today, and tomorrow's at the new time."""
    lumbar.move_to(today_at(lumbar, 7, 30))
    await reminder(ada)
    await change_time(ada, "9:00")
    lumbar.move_to(today_at(lumbar, 9))
    assert len(await days_reminded(lumbar, ada)) == 1
    lumbar.move_to(today_at(lumbar, 9) + timedelta(days=1))
    assert came_at(await reminder(ada)) == today_at(lumbar, 9)
    assert len(await days_reminded(lumbar, ada)) == 2


async def test_travelling_west_does_not_remind_twice_on_one_date(lumbar: BotAtWork, ada: Person) -> None:
    """A reminder at 7:30 in New York is not followed by one at 7:30 in Honolulu on the same date."""
    lumbar.move_to(today_at(lumbar, 7, 30))
    await reminder(ada)
    await ada.say("/timezone")
    await ada.wait_for("Where are you?")
    await ada.say("Pacific/Honolulu")
    await ada.wait_for("Your time zone is changed.")
    lumbar.move_to(today_at(lumbar, 13, 30))  # 7:30 in Honolulu
    assert len(await days_reminded(lumbar, ada)) == 1
    lumbar.move(days=1)
    assert came_at(await reminder(ada)) == today_at(lumbar, 13, 30)


async def finish_routine(person: Person) -> None:
    """Do the whole routine."""
    await begin_routine(person)
    for number in range(2, 5):
        await person.say("done")
        await person.wait_for(f"{number} of 4")
    await person.say("done")
    await person.wait_for("How does your back feel now")


async def test_who_finished_today_is_not_reminded_today(lumbar: BotAtWork, ada: Person) -> None:
    """A routine finished before the reminder makes it needless, at any time of that day; tomorrow's comes."""
    await finish_routine(ada)
    lumbar.move_to(today_at(lumbar, 7, 30))
    assert await days_reminded(lumbar, ada) == []
    await change_time(ada, "9:00")
    lumbar.move_to(today_at(lumbar, 9))
    assert await days_reminded(lumbar, ada) == []
    lumbar.move(days=1)
    assert came_at(await reminder(ada)) == today_at(lumbar, 9)


async def test_pause_stops_reminders_and_resume_brings_them_back(lumbar: BotAtWork, ada: Person) -> None:
    """Nothing comes while paused, and what was missed then is not made up for."""
    await ada.say("/pause")
    await ada.wait_for("/resume")
    for _ in range(3):
        lumbar.move(days=1)
        assert await days_reminded(lumbar, ada) == []
    await ada.say("/resume")
    await ada.wait_for("Your reminders are on again.")
    lumbar.move_to(today_at(lumbar, 7, 30))
    await reminder(ada)
    assert len(await days_reminded(lumbar, ada)) == 1


async def twice_a_day(person: Person) -> None:
    """Choose a reminder in the morning and one in the evening."""
    await person.say("8 am and 9 pm")
    await person.wait_for("Shall I remind you then")
    await person.say("yes")
    await person.wait_for("Your reminders are changed.")


async def test_two_reminders_a_day_both_come(lumbar: BotAtWork, ada: Person) -> None:
    """One at eight, one at nine in the evening, and the next morning the first again."""
    await twice_a_day(ada)
    for at in (today_at(lumbar, 8), today_at(lumbar, 21), today_at(lumbar, 8) + timedelta(days=1)):
        assert lumbar.due_at(ada) == at
        lumbar.move_to(at)
        assert came_at(await reminder(ada)) == at
    assert await days_reminded(lumbar, ada) == ["20260507", "20260507", "20260508"]


async def test_the_evenings_reminder_is_left_out_once_the_day_is_done(lumbar: BotAtWork, ada: Person) -> None:
    """What is done is not asked for again the same day."""
    await twice_a_day(ada)
    lumbar.move_to(today_at(lumbar, 8))
    await reminder(ada)
    await finish_routine(ada)
    assert lumbar.due_at(ada) == today_at(lumbar, 8) + timedelta(days=1)


async def test_a_bot_that_was_down_all_day_sends_one_of_two(lumbar: BotAtWork, ada: Person) -> None:
    """Of the morning's and the evening's reminder only the latest comes, and what did not come is counted."""
    await twice_a_day(ada)
    lumbar.move_to(today_at(lumbar, 21, 45))
    message = await reminder(ada)
    assert came_at(message) == today_at(lumbar, 21, 45)
    assert "could not remind you last time" in text_of(message)
    assert await days_reminded(lumbar, ada) == ["20260507"]
