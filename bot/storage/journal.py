"""Statements about a person's journal: what is on record about their days, and when a pause or a hold was over."""

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, and_, bindparam, func, or_, select
from sqlalchemy.dialects.postgresql import insert

from bot.domain.adherence import Standstill, Stop
from bot.domain.dues import DAILY, DONE, NOT_WANTED, OWN_WORD, SENT
from bot.domain.effects import SessionStatus
from bot.domain.events import Outcome
from bot.domain.journal import Journal, Noticed, Run, Tally, with_corrections
from bot.storage import tables as t
from bot.storage.days import correction_of, taken_back
from bot.storage.statements import Statement

_insert_standstill = insert(t.standstill)
_END = Statement(
    _insert_standstill.on_conflict_do_update(
        index_elements=list(t.standstill.primary_key),
        set_={name: _insert_standstill.excluded[name] for name in ("ended_at", "last_day")},
    ),
    t.standstill.c.keys(),
)
_RUNS = Statement(
    select(t.session, func.max(t.answer.c.rating).label("peak"), taken_back(t.session).label("is_taken_back"))
    .select_from(
        t.session.outerjoin(
            t.answer,
            and_(t.answer.c.chat_id == t.session.c.chat_id, t.answer.c.session_number == t.session.c.number),
        )
    )
    .where(t.session.c.chat_id == bindparam("of"))
    .group_by(t.session.c.chat_id, t.session.c.number)
    .order_by(t.session.c.chat_id, t.session.c.number)
)
_DAYS = Statement(
    select(
        t.occurrence.c.local_date,
        func.coalesce(t.occurrence.c.counts_for, t.occurrence.c.local_date).label("day"),
        t.occurrence.c.kind,
        t.occurrence.c.outcome,
    )
    .where(t.occurrence.c.chat_id == bindparam("of"))
    .order_by(t.occurrence.c.local_date)
)
_PAINS = Statement(
    select(t.day)
    .where(t.day.c.chat_id == bindparam("of"), or_(t.day.c.pain.is_not(None), t.day.c.corrected_at.is_not(None)))
    .order_by(t.day.c.local_date)
)
_STANDSTILLS = Statement(select(t.standstill).where(t.standstill.c.chat_id == bindparam("of")))
_counted = (t.answer.c.local_date, t.answer.c.exercise_id, t.answer.c.outcome, t.answer.c.easier)
_TALLIES = Statement(
    select(*_counted, func.count().label("count"), func.max(t.answer.c.rating).label("peak"))
    .where(t.answer.c.chat_id == bindparam("of"))
    .group_by(*_counted)
    .order_by(t.answer.c.local_date, t.answer.c.exercise_id)
)
_FINDINGS = Statement(
    select(t.finding.c.found_at, t.finding.c.tier, t.finding.c.flag)
    .where(t.finding.c.chat_id == bindparam("of"))
    .order_by(t.finding.c.id)
)


class JournalStatements:
    """The part of a transaction that concerns a person's journal."""

    connection: Connection

    def end_standstill(self, chat_id: int, standstill: Standstill) -> None:
        """Record a pause or hold that is over; of one that is recorded, only its end changes."""
        values = {
            "chat_id": chat_id,
            "kind": standstill.kind.value,
            "began_at": standstill.began_at,
            "ended_at": standstill.ended_at,
            "first_day": standstill.first_day,
            "last_day": standstill.last_day,
        }
        _END.execute(self.connection, values)

    def journal(self, chat_id: int) -> Journal:
        """Return what counts of a person's days, corrections taken in, oldest first; without exercises and findings."""
        of = {"of": chat_id}
        days, told = _DAYS.rows(self.connection, of), _PAINS.rows(self.connection, of)
        journal = Journal(
            runs=tuple(_run(row) for row in _RUNS.rows(self.connection, of)),
            due=tuple(row["day"] for row in days if row["kind"] == DAILY and row["outcome"] in {SENT, NOT_WANTED}),
            told=tuple(row["local_date"] for row in days if row["kind"] == OWN_WORD and row["outcome"] == DONE),
            pains=tuple((row["local_date"], row["pain"]) for row in told if row["pain"] is not None),
            standstills=tuple(_standstill(row) for row in _STANDSTILLS.rows(self.connection, of)),
        )
        return with_corrections(journal, filter(None, map(correction_of, told)))

    def full_journal(self, chat_id: int) -> Journal:
        """Return the journal with its exercises and findings, for a report."""
        of = {"of": chat_id}
        return replace(
            self.journal(chat_id),
            tallies=tuple(_tally(row) for row in _TALLIES.rows(self.connection, of)),
            findings=tuple(Noticed(**row) for row in _FINDINGS.rows(self.connection, of)),
        )


def _run(row: dict[str, Any]) -> Run:
    return Run(
        on=row["local_date"],
        started_at=row["started_at"],
        ended_at=row["ended_at"],
        status=None if row["status"] is None else SessionStatus(row["status"]),
        rating=row["rating"],
        peak=row["peak"],
        level=row["level"],
        is_taken_back=bool(row["is_taken_back"]),
    )


def _standstill(row: dict[str, Any]) -> Standstill:
    return Standstill(Stop(row["kind"]), row["began_at"], row["ended_at"], row["first_day"], row["last_day"])


def _tally(row: dict[str, Any]) -> Tally:
    return Tally(
        on=row["local_date"],
        exercise_id=row["exercise_id"],
        outcome=Outcome(row["outcome"]),
        easier=row["easier"],
        count=row["count"],
        peak=row["peak"],
    )
