"""Statements about the clinic's side: requests of the staff, their log, codes, invitations, and counts of people."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Connection,
    and_,
    bindparam,
    case,
    delete,
    distinct,
    exists,
    extract,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from bot.domain.crowd import WEEKS_COUNTED, Deliveries, PersonCounted
from bot.domain.dues import DAILY, DONE, MISSED, NOT_WANTED, OWN_WORD, SENT
from bot.domain.staff import Invitation
from bot.storage import tables as t
from bot.storage.days import taken_back
from bot.storage.statements import Statement
from bot.usecases.clinic_ports import StaffAction, StaffRequest
from bot.usecases.ports import Status

_FINISHED = "finished"
_TIERS = ("emergency", "urgent", "referral")

_KEEP = Statement(insert(t.staff_request).on_conflict_do_nothing(), t.staff_request.c.keys())
_NEXT = Statement(select(t.staff_request).order_by(t.staff_request.c.update_id).limit(1))
_END = Statement(delete(t.staff_request).where(t.staff_request.c.update_id == bindparam("of")))
_LOG = Statement(insert(t.staff_action), [name for name in t.staff_action.c.keys() if name != "id"])  # noqa: SIM118 - not a dict
_CODE = Statement(select(t.staff_code.c.code).where(t.staff_code.c.chat_id == bindparam("of")))
_SET_CODE = Statement(insert(t.staff_code).on_conflict_do_nothing(), t.staff_code.c.keys())
_DROP_CODE = Statement(delete(t.staff_code).where(t.staff_code.c.chat_id == bindparam("of")))
_WHOSE = Statement(select(t.staff_code.c.chat_id).where(t.staff_code.c.code == bindparam("of")))

_i = t.invitation
_holds = and_(
    _i.c.code == bindparam("of"),
    _i.c.expires_at > bindparam("now"),
    or_(_i.c.uses.is_(None), _i.c.used < _i.c.uses),
)
_INVITE = Statement(
    insert(_i).on_conflict_do_nothing(), ("code", "language", "local_time", "programme", "uses", "used", "expires_at")
)
_USE = Statement(
    update(_i).where(_holds).values(used=_i.c.used + 1).returning(_i.c.language, _i.c.local_time, _i.c.programme)
)
_WITHDRAW = Statement(update(_i).where(_holds).values(expires_at=bindparam("at")))


def _people() -> Any:
    """Select what is counted of people after one, each by look-ups in the indexes of their own rows."""
    chat, occurrence, session, finding = t.chat, t.occurrence, t.session, t.finding
    again = session.alias("again")
    since = bindparam("since", type_=session.c.local_date.type)
    found_since = bindparam("found_since", type_=finding.c.found_at.type)
    is_day = and_(occurrence.c.chat_id == chat.c.chat_id, occurrence.c.local_date >= since)

    def of_days(what: Any, *fits: Any) -> Any:
        return select(func.count(what)).where(is_day, *fits).correlate(chat).scalar_subquery()

    due = of_days(
        distinct(occurrence.c.local_date), occurrence.c.kind == DAILY, occurrence.c.outcome.in_([SENT, NOT_WANTED])
    )
    done = (
        select(func.count(distinct(session.c.local_date)))
        .where(session.c.chat_id == chat.c.chat_id, session.c.status == _FINISHED, session.c.local_date >= since)
        .where(~taken_back(session))
        .correlate(chat)
        .scalar_subquery()
    )
    done_twice = exists().where(
        again.c.chat_id == occurrence.c.chat_id,
        again.c.local_date == occurrence.c.local_date,
        again.c.status == _FINISHED,
    )
    is_told = and_(occurrence.c.kind == OWN_WORD, occurrence.c.outcome == DONE)
    told = of_days(occurrence.c.local_date, is_told, ~done_twice)
    missed = of_days(occurrence.c.local_date, occurrence.c.outcome == MISSED)
    gravity = case({name: rank for rank, name in enumerate(_TIERS)}, value=finding.c.tier)
    gravest = (
        select(func.min(gravity))
        .where(finding.c.chat_id == chat.c.chat_id, finding.c.found_at >= found_since)
        .correlate(chat)
        .scalar_subquery()
    )
    return (
        select(
            chat.c.chat_id,
            chat.c.consented_at,
            chat.c.finished_at,
            or_(chat.c.paused_at.is_not(None), chat.c.hold.is_not(None)).label("is_resting"),
            chat.c.blocked_at.is_not(None).label("has_left"),
            due.label("due"),
            (done + told).label("done"),
            missed.label("missed"),
            gravest.label("tier"),
        )
        .where(chat.c.consented_at.is_not(None), chat.c.chat_id > bindparam("after"))
        .order_by(chat.c.chat_id)
        .limit(bindparam("most"))
    )


_PEOPLE = _people()
_LOWEST_CHAT_ID = -(2**62)


class ClinicStatements:
    """The part of a transaction that concerns the clinic's side, broadcasts aside."""

    connection: Connection
    is_embedded: bool

    def keep_request(self, request: StaffRequest) -> None:
        """Keep a request until it is answered."""
        _KEEP.execute(self.connection, {name: getattr(request, name) for name in t.staff_request.c.keys()})  # noqa: SIM118 - not a dict

    def next_request(self) -> StaffRequest | None:
        """Return the oldest request."""
        row = _NEXT.first(self.connection)
        return None if row is None else StaffRequest(**row)

    def end_request(self, update_id: int) -> bool:
        """Delete a request; False where somebody else has answered it."""
        return _END.execute(self.connection, {"of": update_id}) == 1

    def log_action(self, action: StaffAction) -> None:
        """Write down what somebody of the staff did."""
        values = ("done_at", "person_id", "action", "detail", "chat_id")
        _LOG.execute(self.connection, {name: getattr(action, name) for name in values})

    def trim_clinic(
        self,
        *,
        requests_before: datetime,
        actions_before: datetime,
        broadcasts_before: datetime,
        invitations_before: datetime,
    ) -> int:
        """Delete requests asked, actions done, broadcasts written and invitations ended before; return how many."""
        old = (
            delete(t.staff_request).where(t.staff_request.c.asked_at < requests_before),
            delete(t.staff_action).where(t.staff_action.c.done_at < actions_before),
            delete(t.broadcast).where(t.broadcast.c.written_at < broadcasts_before),
            delete(_i).where(_i.c.expires_at < invitations_before),
        )
        return sum(self.connection.execute(statement).rowcount for statement in old)

    def staff_code(self, chat_id: int) -> str | None:
        """Return the code by which the staff finds a person."""
        code: str | None = _CODE.scalar(self.connection, {"of": chat_id})
        return code

    def set_staff_code(self, chat_id: int, code: str) -> bool:
        """Give a person a code; False where it is somebody else's, or they have one."""
        return _SET_CODE.execute(self.connection, {"chat_id": chat_id, "code": code}) == 1

    def drop_staff_code(self, chat_id: int) -> None:
        """Forget a person's code."""
        _DROP_CODE.execute(self.connection, {"of": chat_id})

    def chat_with_code(self, code: str) -> int | None:
        """Return whose code it is."""
        chat_id: int | None = _WHOSE.scalar(self.connection, {"of": code})
        return chat_id

    def count_people(self, after_chat_id: int | None, now: datetime, limit: int) -> Sequence[PersonCounted]:
        """Return what is counted of people, by their numbers, of those after one."""
        after = _LOWEST_CHAT_ID if after_chat_id is None else after_chat_id
        since = now - timedelta(weeks=WEEKS_COUNTED)
        bounds = {"after": after, "most": limit, "since": since.date(), "found_since": since}
        rows = self.connection.execute(_PEOPLE, bounds).mappings()
        return [PersonCounted(**{**row, "tier": None if row["tier"] is None else _TIERS[row["tier"]]}) for row in rows]

    def count_deliveries(self, since: datetime) -> Deliveries:
        """Return what became of the letters that were over since an instant, and how late its reminders came."""
        o = t.outbox
        late: Any
        if self.is_embedded:
            late = (func.julianday(o.c.settled_at) - func.julianday(o.c.due_at)) * 86_400
        else:
            late = extract("epoch", o.c.settled_at - o.c.due_at)
        sent = o.c.status == Status.SENT.value
        soon = and_(sent, o.c.due_at.is_not(None))

        def count(*fits: Any) -> Any:
            return func.coalesce(func.sum(case((and_(*fits), 1), else_=0)), 0)

        row = self.connection.execute(
            select(
                count(sent),
                count(o.c.status == Status.CANCELLED.value, o.c.attempts > 0),
                count(o.c.status.in_([Status.GAVE_UP.value, Status.UNKNOWN.value])),
                count(soon, late <= 10),  # noqa: PLR2004 - as the fields say
                count(soon, late > 10, late <= 60),  # noqa: PLR2004
                count(soon, late > 60, late <= 300),  # noqa: PLR2004
                count(soon, late > 300),  # noqa: PLR2004
            ).where(o.c.settled_at.is_not(None), o.c.settled_at >= since)
        ).one()
        return Deliveries(*row)

    def write_invitation(self, code: str, invitation: Invitation, now: datetime) -> bool:
        """Store an invitation; False where its code is taken."""
        values = {
            "code": code,
            "language": invitation.language,
            "local_time": invitation.local_time,
            "programme": invitation.programme,
            "uses": invitation.uses,
            "used": 0,
            "expires_at": now + timedelta(days=invitation.days),
        }
        return _INVITE.execute(self.connection, values) == 1

    def accept_invitation(self, code: str, now: datetime) -> Invitation | None:
        """Use an invitation once more; None where there is no such code, or it has ended or is used up."""
        row = _USE.first(self.connection, {"of": code, "now": now})
        return None if row is None else Invitation(**row)

    def withdraw_invitation(self, code: str, now: datetime) -> bool:
        """End an invitation; False where there is none that holds."""
        return _WITHDRAW.execute(self.connection, {"of": code, "now": now, "at": now}) == 1
