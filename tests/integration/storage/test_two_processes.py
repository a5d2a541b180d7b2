"""Two processes at work on one PostgreSQL: they wait for each other where they must, and only there.

A process is a `Database` of its own here, whose transaction is held open until the test lets it go on. Whether somebody
waits for a lock is asked of the server, which knows.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from threading import Barrier, Event
from typing import TypeVar

import pytest

from bot.storage.unit_of_work import Database, DatabaseUnavailable, Transaction
from tests.integration.storage.samples import MINUTE, NOW, letter, stored

T = TypeVar("T")
PATIENCE_SECONDS = 30  # a limit for a test that hangs, met by none that passes


class Process:
    """Another process, which does one thing at a time."""

    def __init__(self, url: str) -> None:
        self.database = Database(url)
        self._thread = ThreadPoolExecutor(1)
        self._reached = Event()
        self._go_on = Event()

    def begin(self, work: Callable[[Transaction], T], *, fails: bool = False) -> Future[T]:
        """Do `work` and hold its transaction open until `finish`; return when it is done and not yet committed.

        One that fails does so with a LookupError, at the very end.
        """

        def held(tx: Transaction) -> T:
            result = work(tx)
            self._reached.set()
            assert self._go_on.wait(PATIENCE_SECONDS)
            if fails:
                raise LookupError
            return result

        future = self._thread.submit(self.database.run_here, held)
        assert self._reached.wait(PATIENCE_SECONDS)
        return future

    def finish(self) -> None:
        """Let the held transaction end."""
        self._go_on.set()

    def start(self, work: Callable[[Transaction], T]) -> Future[T]:
        """Do `work` in one transaction without holding anything up."""
        return self._thread.submit(self.database.run_here, work)

    def close(self) -> None:
        """End the process."""
        self._go_on.set()
        self._thread.shutdown()
        self.database.close()


@pytest.fixture
def first(postgres_url: str) -> Iterator[Process]:
    """Start a process."""
    process = Process(postgres_url)
    yield process
    process.close()


@pytest.fixture
def second(postgres_url: str) -> Iterator[Process]:
    """Start another process."""
    process = Process(postgres_url)
    yield process
    process.close()


def until_one_waits(postgres: Database) -> None:
    """Return once a transaction waits for a lock."""
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    with postgres.engine.connect() as connection:
        while connection.exec_driver_sql(waiting).scalar() == 0:
            connection.rollback()


@pytest.mark.parametrize("is_new", [True, False], ids=["a new chat", "a known chat"])
def test_updates_of_one_chat_are_handled_one_after_the_other(
    first: Process, second: Process, postgres: Database, *, is_new: bool
) -> None:
    """Whoever comes second waits, and then finds what the first one made of the chat; other chats wait for nobody."""
    if not is_new:
        postgres.run_here(lambda tx: tx.save_chat(stored(1), NOW))

    def greet(tx: Transaction) -> str:
        found = tx.load_chat(1)
        tx.save_chat(stored(1, language="es" if found is None else found.chat.language + "+"), NOW)
        return "nobody" if found is None else found.chat.language

    earlier = first.begin(greet)
    later = second.start(greet)
    until_one_waits(postgres)
    assert postgres.run_here(lambda tx: tx.load_chat(2)) is None
    first.finish()
    expected = ("nobody", "es") if is_new else ("en", "en+")
    assert (earlier.result(PATIENCE_SECONDS), later.result(PATIENCE_SECONDS)) == expected


@pytest.mark.parametrize("fails", [False, True], ids=["committed", "rolled back"])
def test_an_update_that_two_processes_got_is_handled_by_one(
    first: Process, second: Process, postgres: Database, *, fails: bool
) -> None:
    """The second one waits to hear whether the first one managed, and only then decides."""
    earlier = first.begin(lambda tx: tx.admit(5, NOW), fails=fails)
    later = second.start(lambda tx: tx.admit(5, NOW))
    until_one_waits(postgres)
    first.finish()
    assert later.result(PATIENCE_SECONDS) is fails
    assert isinstance(earlier.exception(PATIENCE_SECONDS), LookupError) is fails


def test_two_that_claim_reminders_share_them(first: Process, second: Process, postgres: Database) -> None:
    """What one has claimed the other passes over without waiting; so it does with a chat somebody is talking to."""

    def five_people(tx: Transaction) -> None:
        for chat_id in range(1, 6):
            tx.save_chat(stored(chat_id), NOW)
            tx.set_due(chat_id, "daily", NOW - chat_id * MINUTE)

    def claimed(tx: Transaction, most: int) -> list[int]:
        return [due.chat_id for due in tx.due_reminders(NOW, most)]

    postgres.run_here(five_people)
    assert first.begin(lambda tx: claimed(tx, 2)).running()
    second.begin(lambda tx: tx.load_chat(1))
    assert postgres.run_here(lambda tx: claimed(tx, 10)) == [3, 2]


def test_two_that_take_letters_share_them(first: Process, postgres: Database) -> None:
    """No letter is taken twice, nor one that is being withdrawn, nor the one behind it."""
    postgres.run_here(lambda tx: tx.queue([letter(f"to {chat}", chat) for chat in (1, 2, 3)] + [letter("more", 2)]))

    def one_taken_one_withdrawn(tx: Transaction) -> list[str]:
        tx.cancel_letters(2)
        return [taken.key for taken in tx.take_letters(NOW, 1, ())]

    first.begin(one_taken_one_withdrawn)
    assert [taken.key for taken in postgres.run_here(lambda tx: tx.take_letters(NOW, 10, ()))] == ["to 3"]
    first.finish()


def test_a_lease_is_taken_by_one_of_two(first: Process, second: Process, postgres: Database) -> None:
    """The very first holder as well: whoever comes second waits for the first one's commit and is refused."""
    until = NOW + 10 * MINUTE
    earlier = first.begin(lambda tx: tx.hold_lease("relay", "first", NOW, until))
    later = second.start(lambda tx: tx.hold_lease("relay", "second", NOW, until))
    until_one_waits(postgres)
    first.finish()
    assert (earlier.result(PATIENCE_SECONDS), later.result(PATIENCE_SECONDS)) == (1, None)


def test_a_deadlock_costs_nobody_anything(first: Process, second: Process, postgres: Database) -> None:
    """Two that lock the same chats the other way round: PostgreSQL undoes one of them, which is then run again."""
    for chat_id in (1, 2):
        postgres.run_here(partial(Transaction.save_chat, stored=stored(chat_id), now=NOW))
    meeting = Barrier(2)
    runs: list[str] = []

    def both(tx: Transaction, name: str, chats: tuple[int, int]) -> None:
        runs.append(name)
        for chat_id in chats:
            found = tx.load_chat(chat_id)
            assert found is not None
            tx.save_chat(stored(chat_id, language=found.chat.language + name), NOW)
            if len(runs) <= 2 and chat_id == chats[0]:
                meeting.wait(PATIENCE_SECONDS)

    one = first.start(lambda tx: both(tx, "1", (1, 2)))
    other = second.start(lambda tx: both(tx, "2", (2, 1)))
    for future in (one, other):
        future.result(PATIENCE_SECONDS)
    assert len(runs) > 2
    for chat_id in (1, 2):
        found = postgres.run_here(partial(Transaction.load_chat, chat_id=chat_id))
        assert found is not None
        assert found.chat.language in {"en12", "en21"}


def test_chats_of_a_batch_are_locked_in_everybodys_order(first: Process, second: Process, postgres: Database) -> None:
    """Whoever waits for the lower number holds none of the higher ones, in whatever order the updates came."""
    for chat_id in (1, 2, 3):
        postgres.run_here(partial(Transaction.save_chat, stored=stored(chat_id), now=NOW))
    first.begin(lambda tx: tx.load_chat(1))
    batch = second.start(lambda tx: tx.lock_chats([3, 1, 2]))
    until_one_waits(postgres)

    def not_waiting(tx: Transaction) -> list[bool]:
        tx.connection.exec_driver_sql("SET LOCAL lock_timeout = '20ms'")
        return [tx.load_chat(chat_id) is not None for chat_id in (2, 3)]

    assert postgres.run_here(not_waiting) == [True, True]
    first.finish()
    batch.result(PATIENCE_SECONDS)


def test_whoever_waits_too_long_for_a_lock_is_told(first: Process, postgres: Database) -> None:
    """A stuck transaction holds up its own chat's, and not for ever."""
    first.begin(lambda tx: tx.load_chat(1))

    def impatient(tx: Transaction) -> None:
        tx.connection.exec_driver_sql("SET LOCAL lock_timeout = '20ms'")
        tx.load_chat(1)

    with pytest.raises(DatabaseUnavailable, match=r"waiting too long for a lock.*55P03"):
        postgres.run_here(impatient)
