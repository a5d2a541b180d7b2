"""An author takes an exercise out of the programme while somebody is in the middle of it, or has it on record."""

from dataclasses import replace
from itertools import count

import pytest
from sqlalchemy import select

from bot.domain.chat import Session, State
from bot.domain.effects import OpenSession
from bot.storage.tables import metadata
from bot.storage.unit_of_work import Database, Transaction
from bot.usecases import inbox
from bot.usecases.incoming import Content, Incoming, Pressed, Said
from tests.integration.storage.samples import NOW, SESSION, stored
from tests.knowledge import the_knowledge

GONE = replace(SESSION.prescriptions[0], exercise_id="gone")
OLD_FIRST = (GONE, SESSION.prescriptions[1])
OLD_SECOND = (SESSION.prescriptions[1], GONE)

_updates = count(1)


def exercising(database: Database, session: Session) -> None:
    """Store somebody in the middle of `session`."""
    chat = stored(1, state=session.phase, session=session, sessions_started=3, screened_at=NOW, entered_at=NOW)

    def work(tx: Transaction) -> None:
        tx.save_chat(chat, NOW)
        tx.open_session(1, OpenSession(session, "gone"), NOW.date())

    database.run_here(work)


def answers(database: Database, *contents: Content) -> list[str]:
    """Handle updates; return the texts and captions they are answered with."""
    updates = [Incoming(next(_updates), 1, content) for content in contents]
    database.run_here(lambda tx: inbox.handle_batch(tx, updates, now=NOW, knowledge=the_knowledge()))
    outbox, failures = metadata.tables["outbox"], metadata.tables["inbox"].c.failure
    with database.engine.connect() as connection:
        assert connection.scalars(select(failures).where(failures.is_not(None))).all() == []
        rows = connection.execute(select(outbox).where(outbox.c.method.startswith("send")).order_by("id")).all()
    return [row.payload.get("text") or row.payload["caption"] for row in rows]


def status(database: Database) -> str | None:
    """Return what is on record of the session."""
    sessions = metadata.tables["session"]
    with database.engine.connect() as connection:
        row = connection.execute(select(sessions.c.status).where(sessions.c.number == SESSION.number)).one()
    return None if row.status is None else str(row.status)


@pytest.mark.parametrize("content", [Said("done"), Pressed("step:done:3.0.0", "q", 9), Pressed("howto:3.1.0", "q", 9)])
def test_a_session_that_an_exercise_was_taken_out_of_is_closed(database: Database, content: Content) -> None:
    """It cannot go on, and says so, instead of failing at every answer."""
    exercising(database, replace(SESSION, prescriptions=OLD_SECOND, step=0, easier=False, phase=State.EXERCISING))
    assert "taken out of the programme" in answers(database, content)[0]
    assert status(database) == "abandoned"


def test_a_new_session_begins_at_once(database: Database) -> None:
    """Whoever asks for the routine gets the one that there is now."""
    exercising(database, replace(SESSION, prescriptions=OLD_SECOND, step=0, easier=False, phase=State.EXERCISING))
    said = answers(database, Said("/routine"))
    assert "1 of 4" in said[-1]
    assert sum("1 of 4" in text for text in said) == 1


def test_a_red_flag_gets_the_referral_and_nothing_else(database: Database) -> None:
    """Nobody reads about the programme beside an emergency."""
    exercising(database, replace(SESSION, prescriptions=OLD_SECOND, step=0, easier=False, phase=State.EXERCISING))
    (referral,) = answers(database, Said("I cannot feel my legs"))
    assert "911" in referral
    assert status(database) == "abandoned"


def test_an_exercise_that_is_done_may_go(database: Database) -> None:
    """The session goes on; how the lost one was done can no longer be shown."""
    exercising(database, replace(SESSION, prescriptions=OLD_FIRST, easier=False, phase=State.EXERCISING))
    (praise,) = answers(database, Pressed("howto:3.0.0", "q", 9), Said("done"))
    assert "How does your back feel" in praise
    assert status(database) == "finished"
