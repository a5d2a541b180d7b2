"""The outbox: which letter leaves next, and what becomes of it; and the lease that says who may send."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import select

from bot.presentation.messages import Priority
from bot.storage.tables import metadata
from bot.storage.unit_of_work import Database
from bot.usecases.delivery import Uploaded
from bot.usecases.ports import Letter, Settlement, Status, TakenLetter
from tests.integration.storage.samples import MINUTE, NOW, letter, sent, stored

outbox = metadata.tables["outbox"]
leases = metadata.tables["lease"]


@pytest.fixture
def queue(database: Database) -> Callable[..., None]:
    """Return a way to queue letters."""

    def put(*letters: Letter) -> None:
        database.run_here(lambda tx: tx.queue(letters))

    return put


@pytest.fixture
def take(database: Database) -> Callable[..., list[TakenLetter]]:
    """Return a way to take letters as of NOW."""

    def taken(limit: int = 10, resting: tuple[int, ...] = ()) -> list[TakenLetter]:
        return database.run_here(lambda tx: tx.take_letters(NOW, limit, resting))

    return taken


Queue = Callable[..., None]
Take = Callable[..., list[TakenLetter]]


def keys(letters: list[TakenLetter]) -> list[str]:
    """Return the keys of letters."""
    return [one.key for one in letters]


def row(database: Database, key: str) -> dict[str, object] | None:
    """Read a letter's row through a connection of its own."""
    with database.engine.connect() as connection:
        found = connection.execute(outbox.select().where(outbox.c.dedupe_key == key)).mappings().first()
        return None if found is None else dict(found)


def settle(database: Database, *settlements: Settlement) -> None:
    """Record what became of letters."""
    database.run_here(lambda tx: tx.settle(settlements, NOW))


def test_safety_leaves_before_replies_before_reminders(queue: Queue, take: Take) -> None:
    """Between chats the priority decides, and then who wrote first."""
    queue(
        letter("broadcast", 1, Priority.BROADCAST),
        letter("reminder", 2, Priority.REMINDER),
        letter("reply", 3),
        letter("second reply", 4),
        letter("safety", 5, Priority.SAFETY),
    )
    assert keys(take()) == ["safety", "reply", "second reply", "reminder", "broadcast"]


def test_a_chats_letters_leave_one_at_a_time_in_order(database: Database, queue: Queue, take: Take) -> None:
    """The next letter of a chat is taken only once the one in flight is settled; the most urgent goes first."""
    queue(letter("a"), letter("b"), letter("late safety", priority=Priority.SAFETY), letter("other", 2))
    first = take()
    assert keys(first) == ["late safety", "other"]
    assert take() == []
    settle(database, sent(first[0]))
    second = take()
    assert keys(second) == ["a"]
    settle(database, sent(second[0]))
    assert keys(take()) == ["b"]


def test_a_letter_that_must_wait_keeps_those_behind_it(database: Database, queue: Queue, take: Take) -> None:
    """A retry's pause holds up its own chat, for order's sake, and no other; the time of the next one is known."""
    queue(letter("a", not_before=NOW + MINUTE), letter("b"), letter("other", 2))
    assert keys(take()) == ["other"]
    assert database.run_here(lambda tx: tx.next_letter_after(NOW)) == NOW + MINUTE
    assert database.run_here(lambda tx: tx.next_letter_after(NOW + MINUTE)) is None
    assert keys(database.run_here(lambda tx: tx.take_letters(NOW + MINUTE, 10, ()))) == ["a"]


def test_resting_chats_and_the_limit_are_heeded(queue: Queue, take: Take) -> None:
    """A chat that rests gets nothing; no more are taken than asked for."""
    queue(*(letter(f"to {chat_id}", chat_id) for chat_id in range(1, 7)))
    assert keys(take(2, (1, 3))) == ["to 2", "to 4"]
    assert keys(take(10, (1, 3))) == ["to 5", "to 6"]
    assert keys(take()) == ["to 1", "to 3"]


def test_a_key_is_queued_once(queue: Queue, take: Take, database: Database) -> None:
    """The same key again changes nothing, not even after the letter was sent."""
    queue(letter("a"))
    queue(letter("a", payload={"text": "other"}), letter("b", 2))
    taken = take()
    assert [one.payload for one in taken] == [{"text": "a"}, {"text": "b"}]
    settle(database, *map(sent, taken))
    queue(letter("a"))
    assert take() == []


def test_a_settled_letter_loses_its_payload(database: Database, queue: Queue, take: Take) -> None:
    """What was said is gone once it is over; the message's id stays, for buttons to be taken off it."""
    queue(letter("a"), letter("forget me", 2, forget=True), letter("bad", 3))
    first, second, third = take()
    settle(database, sent(first, 42), sent(second), Settlement(third, Status.GAVE_UP, NOW, reason="because"))
    found = row(database, "a")
    assert found is not None
    assert (found["status"], found["payload"], found["message_id"], found["settled_at"]) == ("sent", None, 42, NOW)
    assert row(database, "forget me") is None
    given_up = row(database, "bad")
    assert given_up is not None
    assert (given_up["status"], given_up["payload"], given_up["reason"]) == ("gave_up", None, "because")
    assert database.run_here(lambda tx: [tx.message_id_of(key) for key in ("a", "bad", "none")]) == [42, None, None]


def test_a_letter_to_be_tried_again_counts_its_tries(database: Database, queue: Queue, take: Take) -> None:
    """Attempts and doubts add up, and the payload stays until it is over."""
    queue(letter("a"))
    (first,) = take()
    settle(database, Settlement(first, Status.QUEUED, NOW, doubts=1, reason="lost"))
    (second,) = take()
    assert (second.attempts, second.doubts, second.payload) == (2, 1, {"text": "a"})


def test_a_settlement_of_an_earlier_try_changes_nothing(database: Database, queue: Queue, take: Take) -> None:
    """A relay that lost its lease cannot undo what its successor does with the same letter."""
    queue(letter("a"))
    (first,) = take()
    settle(database, Settlement(first, Status.QUEUED, NOW, doubts=1))
    settle(database, sent(first))
    (second,) = take()
    settle(database, Settlement(first, Status.QUEUED, NOW), sent(first))
    assert keys(list(database.run_here(lambda tx: tx.letters_in_flight()))) == ["a"]
    settle(database, sent(second))
    settle(database, Settlement(second, Status.QUEUED, NOW))
    assert take() == []


def test_cancelling_spares_other_chats_and_forgets_what_is_to_be_forgotten(
    database: Database, queue: Queue, take: Take
) -> None:
    """What waits is cancelled without its payload; what is in flight is not sent a second time."""
    queue(letter("in flight"), letter("waits"), letter("secret", forget=True), letter("other", 2))
    flying = take(1)
    assert keys(flying) == ["in flight"]
    database.run_here(lambda tx: tx.cancel_letters(1))
    cancelled = row(database, "waits")
    assert cancelled is not None
    assert (cancelled["status"], cancelled["payload"]) == ("cancelled", None)
    assert cancelled["settled_at"] is not None
    assert row(database, "secret") is None
    settle(database, Settlement(flying[0], Status.QUEUED, NOW))
    again = {one.key: one for one in take()}
    assert set(again) == {"in flight", "other"}
    expires_at = again["in flight"].expires_at
    assert expires_at is not None
    assert expires_at < NOW


def test_trimming_forgets_what_is_over_and_old(database: Database, queue: Queue, take: Take) -> None:
    """Old finished letters and update numbers go; what waits stays, however old, and so does what is recent."""
    queue(letter("sent"), letter("waits"), letter("cancelled", 2))
    database.run_here(lambda tx: (tx.admit(1, NOW - MINUTE), tx.admit(2, NOW + MINUTE)))
    database.run_here(lambda tx: tx.cancel_letters(2))
    settle(database, *map(sent, take()))
    assert database.run_here(lambda tx: tx.trim(NOW, 10)) == 1
    assert database.run_here(lambda tx: tx.trim(NOW + MINUTE, 10)) == 2
    assert [row(database, key) is None for key in ("sent", "waits", "cancelled")] == [True, False, True]
    assert not database.run_here(lambda tx: tx.admit(2, NOW))


def lease(database: Database, holder: str, *, force: bool = False) -> int | None:
    """Ask for the lease, for ten minutes."""
    return database.run_here(lambda tx: tx.hold_lease("relay", holder, NOW, NOW + 10 * MINUTE, force=force))


def renewed(database: Database, holder: str, token: int) -> bool:
    """Renew the lease, for ten minutes."""
    return database.run_here(lambda tx: tx.renew_lease("relay", holder, token, NOW, NOW + 10 * MINUTE))


def left(database: Database) -> datetime:
    """Return when the lease ends."""
    with database.engine.connect() as connection:
        ends: datetime = connection.execute(select(leases.c.expires_at)).scalar_one()
        return ends


def let_pass(database: Database, minutes: int) -> datetime:
    """Let so much of the lease's time pass; return its new end."""
    ends = left(database) - minutes * MINUTE
    with database.engine.begin() as connection:
        connection.execute(leases.update().values(expires_at=ends))
    return ends


def test_a_lease_has_one_holder_until_it_runs_out(database: Database) -> None:
    """Others wait until it has run out; its token grows with every change of holder, and only then."""
    assert lease(database, "first") == 1
    assert lease(database, "first") == 1
    let_pass(database, 9)
    assert lease(database, "second") is None
    let_pass(database, 2)
    assert lease(database, "second") == 2
    assert lease(database, "first") is None
    let_pass(database, 11)
    assert lease(database, "first") == 3


def test_a_lease_is_renewed_in_time_and_can_be_forced(database: Database) -> None:
    """A renewal past half its time moves its end, an earlier one writes nothing; who knows to be alone takes it."""
    assert lease(database, "first") == 1
    ends = let_pass(database, 4)
    assert renewed(database, "first", 1)
    assert left(database) == ends
    ends = let_pass(database, 2)
    assert renewed(database, "first", 1)
    assert left(database) > ends
    assert lease(database, "second") is None
    assert lease(database, "second", force=True) == 2
    assert lease(database, "first") is None


def test_a_lease_that_somebody_else_has_had_is_not_renewed(database: Database) -> None:
    """Who was paused while another held it learns so, even when that other is gone; it has to be taken anew."""
    assert lease(database, "first") == 1
    let_pass(database, 11)
    assert renewed(database, "first", 1)
    assert lease(database, "second", force=True) == 2
    let_pass(database, 11)
    ends = left(database)
    assert not renewed(database, "first", 1)
    assert left(database) == ends
    assert lease(database, "first") == 3
    assert not renewed(database, "first", 1)


def test_a_lease_given_up_is_free_at_once(database: Database) -> None:
    """Its holder gives it up; somebody else cannot."""
    assert lease(database, "first") == 1
    database.run_here(lambda tx: tx.release_lease("relay", "second"))
    assert lease(database, "second") is None
    database.run_here(lambda tx: tx.release_lease("relay", "first"))
    assert lease(database, "second") == 2


def test_a_clock_turned_back_does_not_prolong_a_lease(database: Database) -> None:
    """A lease with more than all its time left gets its proper end at the next renewal."""
    assert lease(database, "first") == 1
    ends = left(database)
    let_pass(database, -600)
    assert renewed(database, "first", 1)
    assert left(database) - ends < MINUTE


def test_of_reminders_no_more_are_taken_than_may_leave(queue: Queue, take: Take, database: Database) -> None:
    """The bulk has a limit of its own, so that places stay free; what is urgent has none but the whole."""
    queue(*(letter(f"reminder {chat_id}", chat_id, Priority.REMINDER) for chat_id in range(1, 6)))
    queue(letter("reply", 7), letter("safety", 8, Priority.SAFETY))
    taken = database.run_here(lambda tx: tx.take_letters(NOW, 5, (), bulk_limit=2))
    assert keys(taken) == ["safety", "reply", "reminder 1", "reminder 2"]
    assert [one.is_bulk for one in taken] == [False, False, True, True]
    assert database.run_here(lambda tx: tx.take_letters(NOW, 5, (), bulk_limit=0)) == []
    assert keys(take()) == ["reminder 3", "reminder 4", "reminder 5"]


def test_replies_are_withdrawn_and_nothing_else(database: Database, queue: Queue, take: Take) -> None:
    """Queued replies of this chat go, but the one that is kept; not what is urgent, bulk, in flight or no message."""
    queue(letter("in flight"))
    flying = take(1)
    queue(
        letter("reply"),
        letter("later", not_before=NOW + MINUTE),
        letter("secret", forget=True),
        letter("kept"),
        letter("safety", priority=Priority.SAFETY),
        letter("reminder", priority=Priority.REMINDER),
        letter("strip", method="editMessageReplyMarkup"),
        letter("other", 2),
    )
    withdrawn = database.run_here(lambda tx: tx.withdraw_replies(1, kept="kept"))
    assert withdrawn == {"reply": NOW, "later": NOW + MINUTE, "secret": NOW}
    statuses = database.run_here(lambda tx: [tx.status_of(key) for key in ("reply", "later", "secret", "in flight")])
    assert statuses == [Status.CANCELLED, Status.CANCELLED, None, Status.SENDING]
    settle(database, *map(sent, flying))
    left: list[str] = []
    while taken := take():
        left += keys(taken)
        settle(database, *map(sent, taken))
    assert left == ["safety", "other", "kept", "strip", "reminder"]


def test_a_chat_knows_how_many_replies_wait_for_it(database: Database, queue: Queue, take: Take) -> None:
    """Queued and in flight, of this chat, and only replies that are messages."""
    database.run_here(lambda tx: tx.save_chat(stored(1), NOW))
    queue(letter("a"), letter("b"), letter("strip", method="editMessageReplyMarkup"), letter("other", 2))
    queue(letter("safety", priority=Priority.SAFETY), letter("reminder", priority=Priority.REMINDER))

    def waiting() -> int:
        found = database.run_here(lambda tx: tx.load_chat(1))
        assert found is not None
        return found.waiting

    assert waiting() == 2
    settle(database, *map(sent, take()))
    assert waiting() == 2
    settle(database, *map(sent, take()))
    assert waiting() == 1


def test_letters_that_wait_too_long_can_be_hastened(database: Database, queue: Queue, take: Take) -> None:
    """Those beyond the bound may leave now; the others wait on."""
    queue(letter("far", 1, not_before=NOW + 60 * MINUTE), letter("near", 2, not_before=NOW + MINUTE))
    database.run_here(lambda tx: tx.hasten_letters(NOW + 2 * MINUTE, NOW))
    assert keys(take()) == ["far"]


def test_a_file_that_went_with_a_letter_is_known_by_its_latest_name(
    database: Database, queue: Queue, take: Take
) -> None:
    """Uploaded with two letters at once: both names are good, and the key is stored once."""
    queue(letter("first", 1), letter("second", 2), letter("third", 3))
    first, second, third = take()
    settle(
        database,
        replace(sent(first), uploaded=Uploaded("7:bridge", "one name")),
        replace(sent(second), uploaded=Uploaded("7:bridge", "another name")),
        replace(sent(third), uploaded=Uploaded("7:walking", "a third")),
    )
    assert database.run_here(lambda tx: tx.file_ids()) == {"7:bridge": "another name", "7:walking": "a third"}
