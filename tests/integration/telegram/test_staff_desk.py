"""The staff desk over a database: each request once, none in the way of the next, nobody told who cannot be placed."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.domain.crowd import Deliveries
from bot.domain.staff import Role
from bot.storage import migrations
from bot.storage import tables as t
from bot.storage.unit_of_work import Database, DatabaseUnavailable, Transaction
from bot.telegram.staff_desk import StaffDesk
from bot.usecases import clinic
from bot.usecases.clinic_ports import StaffRequest
from bot.usecases.counts import STAYS, Counts, keep_counts
from bot.usecases.knowledge import Knowledge
from tests.integration.storage.samples import NOW, stored
from tests.knowledge import the_knowledge
from tests.unit.presentation.staffed import crowd

STAFF_CHAT = -5
REQUEST = StaffRequest(7, 99, "/help", None, "en", NOW)


@dataclass
class Clinic:
    """A database with a desk in front of it; `roles` says what Telegram answers, None while it does not."""

    database: Database
    knowledge: Knowledge
    roles: dict[int, Role | None] = field(default_factory=lambda: {99: Role.ADMIN})
    moment: datetime = NOW

    def now(self) -> datetime:
        """Return the time."""
        return self.moment

    def desk(self, run: Callable[..., Any] | None = None) -> StaffDesk:
        """Return a desk."""
        return StaffDesk(
            run=run or self.database.run,
            role_of=self.role_of,
            clock=self,
            knowledge=self.knowledge,
            wake_relay=lambda: None,
        )

    async def role_of(self, person_id: int) -> Role | None:
        """Say what somebody is."""
        await asyncio.sleep(0)
        return self.roles.get(person_id, Role.NOBODY)

    def ask(self, **changes: Any) -> None:
        """Keep a request."""
        self.database.run_here(lambda tx: tx.keep_request(replace(REQUEST, **changes)))

    def said(self) -> list[str]:
        """Return what the staff chat gets to read, in order."""
        with self.database.engine.connect() as connection:
            letters = connection.execute(select(t.outbox).order_by(t.outbox.c.id)).mappings().all()
        return [letter["payload"].get("text") or letter["payload"]["caption"] for letter in letters]

    def log(self) -> list[tuple[int, str, str]]:
        """Return who did what and to what, in order."""
        with self.database.engine.connect() as connection:
            done = connection.execute(select(t.staff_action).order_by("id"))
            return [(row.person_id, row.action, row.detail) for row in done]

    def waiting(self) -> list[int]:
        """Return the requests that wait."""
        with self.database.engine.connect() as connection:
            return list(connection.execute(select(t.staff_request.c.update_id)).scalars())


@pytest.fixture
def at(tmp_path: Path) -> Iterator[Clinic]:
    """Open a clinic's database."""
    database = Database(f"sqlite:///{tmp_path / 'lumbar.db'}")
    migrations.apply(database.engine)
    yield Clinic(database, replace(the_knowledge(), staff_chat_id=STAFF_CHAT))
    database.close()


async def test_requests_are_answered_in_their_order(at: Clinic) -> None:
    """Each once, however many desks there are."""
    at.ask(update_id=8, text="/who nobody")
    at.ask()
    await asyncio.gather(at.desk().serve(), at.desk().serve())
    assert sorted(text.split()[0] for text in at.said()) == ["<b>What", "Nobody"]
    assert at.waiting() == []


async def test_nobody_is_answered_whom_telegram_cannot_place(at: Clinic) -> None:
    """The request waits; after ten minutes it is dropped, and that is said and written down."""
    at.roles[99] = None
    at.ask(text="/stats")
    await at.desk().serve()
    assert (at.said(), at.waiting()) == ([], [7])
    at.moment = NOW + clinic.PATIENCE
    await at.desk().serve()
    (text,) = at.said()
    assert text.startswith("I could not find out from Telegram")
    assert (at.waiting(), at.log()) == ([], [(99, "unsure", "stats")])


async def test_a_request_that_raises_is_dropped_and_told(at: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next one is answered; what went wrong stands in the log, without what was asked."""

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(clinic, "count_people", broken)
    at.ask(text="/stats")
    at.ask(update_id=8)
    assert await at.desk().serve()
    first, second = at.said()
    assert first.startswith("Sorry, something went wrong")
    assert second.startswith("<b>What I can do")
    assert at.log() == [(99, "failed", "stats"), (99, "help", "")]


async def test_a_database_that_is_gone_is_waited_for(at: Clinic) -> None:
    """The job says that it could not be done, so that it is tried again soon; the request is still there."""
    at.ask()
    calls = 0

    async def fails_second(work: Callable[[Any], Any]) -> Any:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise DatabaseUnavailable("gone")
        return await at.database.run(work)

    assert not await at.desk(fails_second).serve()
    assert (at.said(), at.waiting()) == ([], [7])
    assert await at.desk().serve()
    assert len(at.said()) == 1


async def test_a_button_that_means_nothing_is_passed_by(at: Clinic) -> None:
    """Of an older version, or made up: no answer, and nothing done but a line in the log."""
    at.ask(text="b:77:send", message_id=3)
    at.ask(update_id=8, text="start", message_id=3)
    await at.desk().serve()
    assert (at.said(), at.waiting()) == ([], [])
    assert at.log() == [(99, "meaningless", "broadcast 77 send"), (99, "meaningless", "")]


async def test_two_looks_within_a_day_show_the_same(at: Clinic) -> None:
    """Whoever looks before and after one person's step learns nothing of it; a day later everybody's day shows."""
    for chat_id in range(1, 7):
        at.database.run_here(partial(Transaction.save_chat, stored=stored(chat_id), now=NOW))
    at.ask(text="/stats")
    await at.desk().serve()
    at.database.run_here(partial(Transaction.save_chat, stored=stored(7), now=NOW))
    at.ask(update_id=8, text="/stats")
    at.moment = NOW + STAYS - timedelta(seconds=1)
    await at.desk().serve()
    at.ask(update_id=9, text="/stats")
    at.moment = NOW + STAYS
    await at.desk().serve()
    first, second, third = at.said()
    assert first == second
    assert "<b>People: 6</b>" in first
    assert "<b>People: 7</b>" in third


async def test_desks_that_count_at_once_tell_the_same(at: Clinic) -> None:
    """The counts that were kept first are everybody's."""
    own, others = (Counts(crowd(number, 8, 9, 10), Deliveries(*range(7)), NOW) for number in (5, 6))
    assert at.database.run_here(partial(keep_counts, counts=others)) == others
    assert at.database.run_here(partial(keep_counts, counts=own)) == others
