"""Statements about a person's days: what they said of one, and everything the plan is made from.

A history is read whole whenever a session begins: one row a session, so a year is some hundred rows, and what came of
an earlier day reaches into every later one.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, and_, bindparam, case, exists, func, select
from sqlalchemy.dialects.postgresql import insert

from bot.domain.dues import DONE, NOT_DONE, OWN_WORD
from bot.domain.effects import SessionStatus
from bot.domain.events import Outcome
from bot.domain.hindsight import Correction, Ratings
from bot.domain.history import PastSession, ToldDay
from bot.domain.levels import Morning, Wish
from bot.domain.safety import Tier
from bot.storage import tables as t
from bot.storage.statements import Statement

_insert_day = insert(t.day)
_new = _insert_day.excluded
_TELL = {
    column: Statement(
        _insert_day.on_conflict_do_update(index_elements=list(t.day.primary_key), set_={column: kept}),
        ("chat_id", "local_date", column),
    )
    for column, kept in {
        "pain": case((t.day.c.pain > _new.pain, t.day.c.pain), else_=_new.pain),
        "morning": _new.morning,
        "wish": _new.wish,
    }.items()
}
_TOLD = Statement(select(t.day).where(t.day.c.chat_id == bindparam("of")).order_by(t.day.c.local_date))
_CORRECTED = ("corrected_before", "corrected_during", "corrected_after")
_CORRECT = Statement(
    _insert_day.on_conflict_do_update(
        index_elements=list(t.day.primary_key),
        set_={
            **{name: func.coalesce(_new[name], t.day.c[name]) for name in _CORRECTED},
            "gravest": case((t.day.c.gravest > _new.gravest, t.day.c.gravest), else_=_new.gravest),
            "corrected_at": _new.corrected_at,
        },
    ),
    ("chat_id", "local_date", *_CORRECTED, "gravest", "corrected_at"),
)
_insert_word = insert(t.occurrence)
_TELL_DONE = Statement(
    _insert_word.on_conflict_do_update(
        index_elements=list(t.occurrence.primary_key),
        set_={name: _insert_word.excluded[name] for name in ("outcome", "noted_at")},
    ),
    ("chat_id", "local_date", "kind", "slot", "outcome", "noted_at"),
)


def taken_back(session: FromClause) -> ColumnElement[bool]:
    """Select whether a session was over when the person said that its day was not done."""
    word = t.occurrence.alias("word")
    return exists().where(
        word.c.chat_id == session.c.chat_id,
        word.c.local_date == session.c.local_date,
        word.c.kind == OWN_WORD,
        word.c.outcome == NOT_DONE,
        word.c.noted_at >= session.c.ended_at,
    )


_outcome = t.answer.c.outcome
_hurt = _outcome == Outcome.PAIN.value
_was_tried = (_outcome == Outcome.DONE.value) | _hurt
_was_left_out = (_outcome == Outcome.SKIPPED.value) | (_hurt & t.answer.c.rating.is_(None))
_PAST = Statement(
    select(
        t.session.c.local_date,
        t.session.c.status,
        t.session.c.is_minimum,
        func.sum(case((_was_tried, 1), else_=0)).label("tried"),
        func.sum(case((_was_left_out, 1), else_=0)).label("left_out"),
        t.session.c.rating,
        func.max(t.answer.c.rating).label("peak"),
        taken_back(t.session).label("is_taken_back"),
    )
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
_FOUND = Statement(select(t.finding.c.found_at, t.finding.c.tier).where(t.finding.c.chat_id == bindparam("of")))


class DayStatements:
    """The part of a transaction that concerns a person's days."""

    connection: Connection

    def tell_pain(self, chat_id: int, local_date: date, rating: int) -> None:
        """Record how strong the pain was on a date before a session, 0-10; the highest rating of the date is kept."""
        _TELL["pain"].execute(self.connection, {"chat_id": chat_id, "local_date": local_date, "pain": rating})

    def tell_morning(self, chat_id: int, local_date: date, morning: Morning) -> None:
        """Record how the back was on a date, compared with the day before; a later word replaces an earlier one."""
        values = {"chat_id": chat_id, "local_date": local_date, "morning": morning.value}
        _TELL["morning"].execute(self.connection, values)

    def tell_wish(self, chat_id: int, local_date: date, wish: Wish | None) -> None:
        """Record what was asked for on a date; None takes it back."""
        values = {"chat_id": chat_id, "local_date": local_date, "wish": None if wish is None else wish.value}
        _TELL["wish"].execute(self.connection, values)

    def tell_done(self, chat_id: int, local_date: date, now: datetime, *, done: bool) -> None:
        """Record somebody's word that a date was done, or was not; a later word replaces an earlier one.

        A session that is finished after they said that it was not done counts all the same.
        """
        values = {"kind": OWN_WORD, "slot": 0, "outcome": DONE if done else NOT_DONE, "noted_at": now}
        _TELL_DONE.execute(self.connection, {"chat_id": chat_id, "local_date": local_date, **values})

    def correct_ratings(self, chat_id: int, correction: Correction, now: datetime) -> None:
        """Record corrected ratings of a date beside those told at the time; the gravest ever told is kept."""
        ratings = correction.ratings
        values = dict(zip(_CORRECTED, (ratings.before, ratings.during, ratings.after), strict=True))
        values |= {"gravest": correction.gravest}
        key = {"chat_id": chat_id, "local_date": correction.on}
        _CORRECT.execute(self.connection, {**key, **values, "corrected_at": now})

    def told_days(self, chat_id: int) -> Sequence[ToldDay]:
        """Return what a person said of days, oldest first."""
        return [
            ToldDay(
                on=row["local_date"],
                morning=None if row["morning"] is None else Morning(row["morning"]),
                wish=None if row["wish"] is None else Wish(row["wish"]),
                pain=row["pain"],
                corrected=correction_of(row),
            )
            for row in _TOLD.rows(self.connection, {"of": chat_id})
        ]

    def past_sessions(self, chat_id: int) -> Sequence[PastSession]:
        """Return a person's sessions, the running one included, oldest first."""
        return [_past_session(row) for row in _PAST.rows(self.connection, {"of": chat_id})]

    def past_findings(self, chat_id: int) -> Sequence[tuple[datetime, Tier]]:
        """Return when (UTC) a person had findings, and how grave they were."""
        rows = _FOUND.rows(self.connection, {"of": chat_id})
        return [(row["found_at"], Tier.from_label(row["tier"])) for row in rows]


def correction_of(row: Mapping[str, Any]) -> Correction | None:
    """Read the corrected ratings of a date; None where none were corrected."""
    if row["corrected_at"] is None:
        return None
    return Correction(row["local_date"], Ratings(*(row[name] for name in _CORRECTED)), row["gravest"])


def _past_session(row: dict[str, Any]) -> PastSession:
    return PastSession(
        on=row["local_date"],
        status=None if row["status"] is None else SessionStatus(row["status"]),
        is_minimum=row["is_minimum"],
        tried=row["tried"],
        left_out=row["left_out"],
        peak=row["peak"],
        rating=row["rating"],
        is_taken_back=bool(row["is_taken_back"]),
    )
