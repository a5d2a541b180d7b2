"""Due times and the notes of days, one by one and many at once."""

from datetime import date, datetime, timedelta

import pytest

from bot.domain.dues import DayNote, NewDue
from bot.domain.following import Ignored
from bot.domain.schedule import Turn
from bot.presentation.outgoing import Outgoing, Priority
from bot.storage.unit_of_work import Database, Transaction
from bot.usecases.ports import Addressee
from tests.integration.storage.samples import MINUTE, NOW, letter, stored

TODAY = date(2026, 5, 7)
_DECISIVE = ("language", "consented_at", "zone", "reminder_times", "paused_at", "hold", "finished_at")


def with_chats(database: Database, *chat_ids: int) -> None:
    """Store chats."""

    def work(tx: Transaction) -> None:
        for chat_id in chat_ids:
            tx.save_chat(stored(chat_id), NOW)

    database.run_here(work)


def test_what_is_due_comes_longest_overdue_first(database: Database) -> None:
    """Reminders due at or before now, with their chats; at most as many as asked for."""
    with_chats(database, 1, 2, 3, 4)

    def work(tx: Transaction) -> None:
        tx.set_due(1, "daily", NOW)
        tx.set_due(2, "daily", NOW - MINUTE)
        tx.set_due(2, "snooze", NOW - 2 * MINUTE)
        tx.set_due(3, "daily", NOW + MINUTE)
        tx.set_due(4, "daily", None)

    database.run_here(work)
    due = database.run_here(lambda tx: tx.due_reminders(NOW, 10))
    assert [(one.chat_id, one.kind) for one in due] == [(2, "snooze"), (2, "daily"), (1, "daily")]
    assert due[0].due_at == NOW - 2 * MINUTE
    chat = stored(1).chat
    assert [getattr(due[2], name) for name in _DECISIVE] == [getattr(chat, name) for name in _DECISIVE]
    assert due[2].blocked_at == stored(1).blocked_at
    assert len(database.run_here(lambda tx: tx.due_reminders(NOW, 2))) == 2


def test_setting_many_is_setting_each(database: Database) -> None:
    """New and old rows, a time and never, in one call; no rows at all are no trouble."""
    with_chats(database, 1, 2)
    database.run_here(lambda tx: tx.set_due(1, "daily", NOW))
    dues = [NewDue(1, "daily", NOW + MINUTE), NewDue(1, "snooze", NOW), NewDue(2, "daily", None)]
    database.run_here(lambda tx: tx.set_many_due(dues))
    database.run_here(lambda tx: tx.set_many_due([]))
    found = database.run_here(lambda tx: [tx.due_at(due.chat_id, due.kind) for due in dues])
    assert found == [NOW + MINUTE, NOW, None]
    assert database.run_here(lambda tx: tx.next_due_of_all()) == NOW


def test_a_naive_instant_is_refused_among_many_too(database: Database) -> None:
    """A due time without a zone is a bug on either engine, and is not taken for the server's local time."""
    naive = datetime(2026, 5, 7, 11, 30)  # noqa: DTZ001 - the very thing that is refused
    with pytest.raises(ValueError, match="naive datetime"):
        database.run_here(lambda tx: tx.set_many_due([NewDue(1, "daily", naive)]))


def test_nobody_is_due_in_an_empty_database(database: Database) -> None:
    """Without reminders there is no next one."""
    assert database.run_here(lambda tx: tx.next_due_of_all()) is None
    assert database.run_here(lambda tx: tx.due_at(1, "daily")) is None


def test_a_day_is_noted_once(database: Database) -> None:
    """Of many notes those are new whose day has none of the same kind; the first one stands."""
    with_chats(database, *range(1, 2001))
    database.run_here(lambda tx: tx.note_days([DayNote(1, TODAY, "daily", "missed")], NOW))
    notes = [DayNote(chat_id, TODAY, "daily", "sent") for chat_id in range(1, 2001)]
    fresh = database.run_here(lambda tx: tx.note_days(notes, NOW))
    assert fresh == {(chat_id, Turn(TODAY, 0)) for chat_id in range(2, 2001)}
    tomorrow = TODAY + timedelta(days=1)
    assert database.run_here(lambda tx: tx.note_days([DayNote(1, tomorrow, "daily", "sent")], NOW)) == {
        (1, Turn(tomorrow, 0))
    }
    assert database.run_here(lambda tx: tx.note_days([], NOW)) == set()
    assert database.run_here(lambda tx: tx.everything_about(1))["occurrence"][0]["outcome"] == "missed"
    assert database.run_here(lambda tx: tx.last_noted_turn(1, "daily", date.max)) == Turn(tomorrow, 0)
    assert database.run_here(lambda tx: tx.last_noted_turn(1, "weekly", date.max)) is None


def test_several_reminders_of_a_date_are_noted_each_by_its_slot(database: Database) -> None:
    """The second of a date is new beside the first, and the latest turn is the later slot."""
    with_chats(database, 1)
    database.run_here(lambda tx: tx.note_days([DayNote(1, TODAY, "daily", "sent")], NOW))
    evening = [DayNote(1, TODAY, "daily", "sent", slot) for slot in (0, 1)]
    assert database.run_here(lambda tx: tx.note_days(evening, NOW)) == {(1, Turn(TODAY, 1))}
    assert database.run_here(lambda tx: tx.last_noted_turn(1, "daily", TODAY)) == Turn(TODAY, 1)
    database.run_here(lambda tx: tx.note_unsent(1, Turn(TODAY, 1), "daily", "missed"))
    outcomes = [row["outcome"] for row in database.run_here(lambda tx: tx.everything_about(1))["occurrence"]]
    assert outcomes == ["sent", "missed"]


def test_a_message_to_many_is_a_letter_to_each(database: Database) -> None:
    """Each with its own key and its own end, the rest as the message says; a key that is there already stays."""
    with_chats(database, 1, 2)
    message = Outgoing("sendMessage", {"text": "¿Empezamos?"}, Priority.REMINDER)
    database.run_here(lambda tx: tx.queue([letter("r1", 1)]))
    to = [Addressee("r1", 1, NOW), Addressee("r2", 2, NOW + MINUTE), Addressee("r3", 3, None)]
    database.run_here(lambda tx: tx.queue_alike(message, to, NOW))
    database.run_here(lambda tx: tx.queue_alike(message, [], NOW))
    taken = {one.key: one for one in database.run_here(lambda tx: tx.take_letters(NOW, 10, ()))}
    assert taken.keys() == {"r1", "r2", "r3"}
    assert taken["r1"].payload == letter("r1", 1).payload
    assert [(taken[key].chat_id, taken[key].expires_at) for key in ("r2", "r3")] == [(2, NOW + MINUTE), (3, None)]
    assert {(taken[key].method, taken[key].priority) for key in ("r2", "r3")} == {("sendMessage", Priority.REMINDER)}
    assert taken["r2"].payload == taken["r3"].payload == message.payload


def test_what_was_sent_is_remembered_until_the_next_is(database: Database) -> None:
    """The latest of the reminders that ask for the routine; what is only moved keeps it, other kinds do not count."""
    with_chats(database, 1, 2)
    assert database.run_here(lambda tx: tx.reminded_at(1)) is None
    sent = [
        NewDue(1, "daily", NOW, sent_at=NOW - 2 * MINUTE),
        NewDue(1, "snooze", None, sent_at=NOW - MINUTE),
        NewDue(1, "weekly", None, sent_at=NOW),
        NewDue(2, "daily", NOW, sent_at=NOW),
    ]
    database.run_here(lambda tx: tx.set_many_due(sent))
    assert database.run_here(lambda tx: tx.reminded_at(1)) == NOW - MINUTE
    database.run_here(lambda tx: tx.set_many_due([NewDue(1, "snooze", NOW)]))
    database.run_here(lambda tx: tx.set_due(1, "snooze", None))
    assert database.run_here(lambda tx: tx.reminded_at(1)) == NOW - MINUTE


def test_extras_are_dropped_and_the_daily_reminder_stays(database: Database) -> None:
    """Those of one chat only; where there are none there is nothing to do."""
    with_chats(database, 1, 2)
    kinds = ("daily", "snooze", "follow_up", "weekly")
    database.run_here(lambda tx: tx.set_many_due([NewDue(of, kind, NOW) for of in (1, 2) for kind in kinds]))
    database.run_here(lambda tx: tx.drop_extras(1))
    database.run_here(lambda tx: tx.drop_extras(3))
    assert database.run_here(lambda tx: [tx.due_at(1, kind) for kind in kinds]) == [NOW, None, None, NOW]
    assert database.run_here(lambda tx: [tx.due_at(2, kind) for kind in kinds]) == [NOW] * 4


def test_extras_of_later_days_stay_where_only_today_s_are_dropped(database: Database) -> None:
    """Up to an instant, which does not count itself."""
    with_chats(database, 1)
    dues = [NewDue(1, "snooze", NOW + MINUTE), NewDue(1, "follow_up", NOW)]
    database.run_here(lambda tx: tx.set_many_due(dues))
    database.run_here(lambda tx: tx.drop_extras(1, before=NOW + MINUTE))
    assert database.run_here(lambda tx: [tx.due_at(1, kind) for kind in ("snooze", "follow_up")]) == [
        NOW + MINUTE,
        None,
    ]


def test_ignored_days_are_counted_since_the_last_sign_of_life(database: Database) -> None:
    """Local dates, not reminders; only those that were sent; each chat from its own last change."""
    with_chats(database, 1, 2, 3)

    def work(tx: Transaction) -> None:
        tx.save_chat(stored(2), NOW + 2 * MINUTE)
        for number in range(3):
            day = TODAY + timedelta(days=number)
            tx.note_days([DayNote(of, day, "daily", "sent", slot) for of in (1, 2) for slot in (0, 1)], NOW + MINUTE)
        tx.note_days([DayNote(1, TODAY + timedelta(days=5), "daily", "missed")], NOW + MINUTE)
        tx.note_days([DayNote(1, TODAY + timedelta(days=6), "own_word", "sent")], NOW + MINUTE)

    database.run_here(work)
    assert database.run_here(lambda tx: tx.ignored_days({1, 2, 3})) == {1: Ignored(3, TODAY + timedelta(days=2))}
    assert database.run_here(lambda tx: tx.ignored_days(set())) == {}
