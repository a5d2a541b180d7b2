"""Values of the domain to and from columns: the JSON of holds, screenings, sessions and doses."""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from bot.domain.chat import Chat, Hold, LastAnswer, Screening, Session, State
from bot.domain.plan import Dose, Prescription, Variant
from bot.domain.proposals import ProposedTimes
from bot.domain.safety import Flag, Tier
from bot.domain.screening import Release
from bot.domain.times import Half, TypedTime


def chat_from_row(row: Mapping[str, Any]) -> Chat:
    """Build a chat from a row of the table `chat`."""
    return Chat(
        chat_id=row["chat_id"],
        language=row["language"],
        state=State(row["state"]),
        entered_at=row["entered_at"],
        consented_at=row["consented_at"],
        zone=row["zone"],
        reminder_times=row["reminder_times"],
        proposed=None if row["proposed"] is None else _proposed(row["proposed"]),
        at_reminder=row["at_reminder"],
        paused_at=row["paused_at"],
        paused_until=row["paused_until"],
        follow_up_minutes=row["follow_up_minutes"],
        hold=None if row["hold"] is None else hold_from_json(row["hold"]),
        session=None if row["session"] is None else _session(row["session"]),
        sessions_started=row["sessions_started"],
        gentle=row["gentle"],
        referred_at=row["referred_at"],
        screening=None if row["screening"] is None else _screening(row["screening"]),
        screened_at=row["screened_at"],
        checked_at=row["checked_at"],
        finished_at=row["finished_at"],
        plan_referred_at=row["plan_referred_at"],
        staff_consent=row["staff_consent"],
        text_only=row["text_only"],
        weekly_day=row["weekly_day"],
        wants_streak=row["wants_streak"],
        wants_dark=row["wants_dark"],
        invitation=row["invitation"],
        programme=row["programme"],
        last_answer=None if row["last_answer"] is None else _last_answer(row["last_answer"]),
    )


def chat_to_row(chat: Chat) -> dict[str, Any]:
    """Give the columns of the table `chat` that the domain knows."""
    return {
        "chat_id": chat.chat_id,
        "language": chat.language,
        "state": chat.state.value,
        "entered_at": chat.entered_at,
        "consented_at": chat.consented_at,
        "zone": chat.zone,
        "reminder_times": chat.reminder_times,
        "proposed": None if chat.proposed is None else _proposed_to_json(chat.proposed),
        "at_reminder": chat.at_reminder,
        "paused_at": chat.paused_at,
        "paused_until": chat.paused_until,
        "follow_up_minutes": chat.follow_up_minutes,
        "hold": None if chat.hold is None else _hold_to_json(chat.hold),
        "session": None if chat.session is None else _session_to_json(chat.session),
        "sessions_started": chat.sessions_started,
        "gentle": chat.gentle,
        "referred_at": chat.referred_at,
        "screening": None if chat.screening is None else _screening_to_json(chat.screening),
        "screened_at": chat.screened_at,
        "checked_at": chat.checked_at,
        "finished_at": chat.finished_at,
        "plan_referred_at": chat.plan_referred_at,
        "staff_consent": chat.staff_consent,
        "text_only": chat.text_only,
        "weekly_day": chat.weekly_day,
        "wants_streak": chat.wants_streak,
        "wants_dark": chat.wants_dark,
        "invitation": chat.invitation,
        "programme": chat.programme,
        "last_answer": None if chat.last_answer is None else _last_answer_to_json(chat.last_answer),
    }


def dose_to_json(dose: Dose) -> dict[str, Any]:
    """Give a dose as JSON data."""
    return {
        "repetitions": dose.repetitions,
        "hold_breaths": dose.hold_breaths,
        "hold_seconds": dose.hold_seconds,
        "sides": dose.sides,
    }


def _proposed_to_json(proposed: ProposedTimes) -> dict[str, Any]:
    times = [{"time": typed.time.isoformat(), "half": typed.half.value} for typed in proposed.times]
    return {"times": times, "weekdays": sorted(proposed.weekdays)}


def _proposed(data: Mapping[str, Any]) -> ProposedTimes:
    times = (TypedTime(time.fromisoformat(typed["time"]), Half(typed["half"])) for typed in data["times"])
    return ProposedTimes(tuple(times), frozenset(data["weekdays"]))


def _hold_to_json(hold: Hold) -> dict[str, Any]:
    return {
        "tier": hold.tier.label,
        "flag": hold.flag.value,
        "rule_id": hold.rule_id,
        "since": hold.since.isoformat(),
        "release": hold.release.value,
    }


def hold_from_json(data: Mapping[str, Any]) -> Hold:
    """Build a hold from the JSON of the column `hold`."""
    return Hold(
        tier=Tier.from_label(data["tier"]),
        flag=Flag(data["flag"]),
        rule_id=data["rule_id"],
        since=datetime.fromisoformat(data["since"]),
        release=Release(data.get("release", Release.SPOKEN)),
    )


def _screening_to_json(screening: Screening) -> dict[str, Any]:
    return {
        "started_at": screening.started_at.isoformat(),
        "page": screening.page,
        "is_weekly": screening.is_weekly,
        "for_minimum": screening.for_minimum,
        "phase": screening.phase.value,
    }


def _screening(data: Mapping[str, Any]) -> Screening:
    return Screening(
        started_at=datetime.fromisoformat(data["started_at"]),
        page=data["page"],
        is_weekly=data["is_weekly"],
        for_minimum=data.get("for_minimum", False),
        phase=State(data["phase"]),
    )


def _session_to_json(session: Session) -> dict[str, Any]:
    return {
        "number": session.number,
        "started_at": session.started_at.isoformat(),
        "prescriptions": [
            {
                "exercise_id": p.exercise_id,
                "dose": dose_to_json(p.dose),
                "easier_dose": dose_to_json(p.easier_dose),
                "variant": p.variant.value,
            }
            for p in session.prescriptions
        ],
        "step": session.step,
        "easier": session.easier,
        "phase": session.phase.value,
        "gentle": session.gentle,
        "is_minimum": session.is_minimum,
    }


def _session(data: Mapping[str, Any]) -> Session:
    return Session(
        number=data["number"],
        started_at=datetime.fromisoformat(data["started_at"]),
        prescriptions=tuple(
            Prescription(
                exercise_id=p["exercise_id"],
                dose=Dose(**p["dose"]),
                easier_dose=Dose(**p["easier_dose"]),
                variant=Variant(p.get("variant", Variant.USUAL)),
            )
            for p in data["prescriptions"]
        ),
        step=data["step"],
        easier=data["easier"],
        phase=State(data["phase"]),
        gentle=data.get("gentle", False),
        is_minimum=data.get("is_minimum", False),
    )


_INSTANTS = ("referred_at", "screened_at", "checked_at", "finished_at")


def _last_answer_to_json(last: LastAnswer) -> dict[str, Any]:
    return {
        "message_id": last.message_id,
        "state": last.state.value,
        "session": None if last.session is None else _session_to_json(last.session),
        "screening": None if last.screening is None else _screening_to_json(last.screening),
        "proposed": None if last.proposed is None else _proposed_to_json(last.proposed),
        "zone": last.zone,
        "gentle": last.gentle,
        "is_referred": last.is_referred,
        **{name: at.isoformat() for name in _INSTANTS if (at := getattr(last, name)) is not None},
    }


def _last_answer(data: Mapping[str, Any]) -> LastAnswer:
    return LastAnswer(
        message_id=data["message_id"],
        state=State(data["state"]),
        session=None if data["session"] is None else _session(data["session"]),
        screening=None if data["screening"] is None else _screening(data["screening"]),
        proposed=None if data["proposed"] is None else _proposed(data["proposed"]),
        zone=data.get("zone"),
        gentle=data["gentle"],
        is_referred=data["is_referred"],
        **{name: datetime.fromisoformat(data[name]) for name in _INSTANTS if name in data},
    )
