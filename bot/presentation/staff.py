"""What the clinic's staff read in their own chat: help, refusals, how all are doing, how one is doing.

Nothing here holds a name or the number of a chat: of many people counts are told, and those only after
`bot.domain.disclosure`; of one, what their report says in short. Broadcasts and invitations are `mailing`.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.domain.chat import Chat
from bot.domain.crowd import Crowd, Deliveries, Standing
from bot.domain.disclosure import SMALLEST_GROUP, disclosed, told
from bot.domain.journal import PainShown
from bot.domain.report import Report
from bot.domain.staff import Role
from bot.presentation.i18n import Html
from bot.presentation.outgoing import Outgoing, message
from bot.presentation.reasons import level_name
from bot.presentation.view import Texts

STATS_NAME = "stats.png"
COMMANDS = ("stats", "who", "broadcast", "invite")
_STANDINGS = (Standing.ACTIVE, Standing.INACTIVE, Standing.NEW, Standing.RESTING, Standing.LEFT)
_SOON = ("within-10-seconds", "within-a-minute", "within-5-minutes", "late")


def help_text(texts: Texts) -> Outgoing:
    """Say what can be asked for."""
    return message(texts.html("clinic-help"))


def command_list(texts: Texts) -> list[dict[str, str]]:
    """Return the commands of the staff chat with their descriptions, as setMyCommands takes them."""
    return [{"command": name, "description": texts.plain(f"clinic-command-{name}")} for name in COMMANDS]


def refused(role: Role, texts: Texts) -> Outgoing:
    """Say that this is not theirs to do."""
    return message(texts.html("clinic-stranger" if role is Role.NOBODY else "clinic-refused"))


def unsure(texts: Texts) -> Outgoing:
    """Say that it could not be found out who asks."""
    return message(texts.html("clinic-unsure"))


def failed(texts: Texts) -> Outgoing:
    """Say that a request failed and had no effect."""
    return message(texts.html("clinic-failed"))


def nobody_with_code(texts: Texts) -> Outgoing:
    """Say that nobody who agreed has this code."""
    return message(texts.html("clinic-who-nobody"))


def who(report: Report, chat: Chat, texts: Texts) -> Outgoing:
    """Say how a person is doing: days, level, pain, and findings by category; never words."""
    lines = [
        texts.html("clinic-who", done=report.done, due=report.due, score=round(100 * report.score)),
        texts.html("clinic-who-routines", finished=report.finished, unfinished=report.unfinished),
    ]
    if report.levels:
        lines.append(texts.html("clinic-who-level", level=level_name(report.levels[-1][1], texts)))
    if report.pain:
        first, last = (_highest(point) for point in (report.pain[0], report.pain[-1]))
        most = max(_highest(point) for point in report.pain)
        lines.append(texts.html("clinic-who-pain", first=first, last=last, most=most))
    lines += _findings(report, texts)
    if chat.hold is not None:
        lines.append(texts.html("clinic-who-held"))
    elif chat.paused_at is not None:
        lines.append(texts.html("clinic-who-paused"))
    return message(Html("\n".join(lines)))


def stats(crowd: Crowd, deliveries: Deliveries, counted_at: datetime, texts: Texts) -> Outgoing:
    """Show how all people together were doing at an instant (UTC), as a picture with its words."""
    words = str(_stats_words(crowd, deliveries, counted_at, texts))
    drawing = {
        "kind": "clinic",
        "name": STATS_NAME,
        "data": stats_chart(crowd, deliveries, counted_at, texts),
        "words": words,
    }
    payload: dict[str, Any] = {"photo": {"$drawing": drawing}, "caption": words, "parse_mode": "HTML"}
    return Outgoing("sendPhoto", payload)


def stats_chart(crowd: Crowd, deliveries: Deliveries, counted_at: datetime, texts: Texts) -> dict[str, Any]:
    """Return the fields of `clinic_chart.ClinicChart` as JSON data."""
    tiers = list(crowd.tiers)
    return {
        "title": texts.clinic.name,
        "subtitle": texts.plain(
            "clinic-stats-of", people=_number(told(crowd.people), texts), date=_date(counted_at, texts)
        ),
        "groups": [
            _group("people", [f"standing-{one}" for one in _STANDINGS], _of(crowd, _STANDINGS), texts),
            _group("shares", [f"share-{one}" for one in range(len(crowd.shares))], disclosed(crowd.shares), texts),
            _group("findings", [f"tier-{one}" for one in tiers], disclosed(list(crowd.tiers.values())), texts),
            _group("lateness", _SOON, deliveries[3:], texts),
        ],
        "hidden": texts.plain("clinic-hidden"),
        "note": texts.plain("clinic-stats-note", count=SMALLEST_GROUP),
    }


def number_of_people(count: int, texts: Texts) -> str:
    """Write how many people there are; one to four are not told apart."""
    return _number(told(count), texts)


def _stats_words(crowd: Crowd, deliveries: Deliveries, counted_at: datetime, texts: Texts) -> Html:
    standings = _listed([f"standing-{one}" for one in _STANDINGS], _of(crowd, _STANDINGS), texts)
    shares = _listed([f"share-{at}" for at in range(len(crowd.shares))], disclosed(crowd.shares), texts)
    tiers = _listed([f"tier-{one}" for one in crowd.tiers], disclosed(list(crowd.tiers.values())), texts)
    lateness = _listed(_SOON, deliveries[3:], texts)
    return texts.html(
        "clinic-stats",
        people=_number(told(crowd.people), texts),
        standings=standings,
        shares=shares,
        tiers=tiers,
        sent=deliveries.sent,
        refused=deliveries.refused,
        failed=deliveries.failed,
        lateness=lateness,
        missed=crowd.missed,
        note=texts.html("clinic-stats-note", count=SMALLEST_GROUP),
        counted=texts.html("clinic-stats-counted", date=_date(counted_at, texts)),
    )


def _date(at: datetime, texts: Texts) -> str:
    return texts.plain("chart-date", day=at.day, month=texts.html("month", number=at.month), year=str(at.year))


def _of(crowd: Crowd, standings: Sequence[Standing]) -> tuple[int | None, ...]:
    return disclosed([crowd.standings[one] for one in standings])


def _listed(keys: Sequence[str], counts: Sequence[int | None], texts: Texts) -> Html:
    hidden = texts.html("clinic-hidden")
    parts = [
        texts.html("clinic-part", label=texts.html(f"clinic-{key}"), count=hidden if count is None else str(count))
        for key, count in zip(keys, counts, strict=True)
    ]
    return Html("; ".join(parts))


def _group(name: str, keys: Sequence[str], counts: Sequence[int | None], texts: Texts) -> dict[str, Any]:
    bars = [(texts.plain(f"clinic-{key}"), count) for key, count in zip(keys, counts, strict=True)]
    return {"title": texts.plain(f"clinic-chart-{name}"), "bars": bars}


def _number(count: int | None, texts: Texts) -> str:
    return texts.plain("clinic-few", count=SMALLEST_GROUP) if count is None else str(count)


def _highest(point: PainShown) -> int:
    return max(rating for rating in (point.before, point.during, point.after) if rating is not None)


def _findings(report: Report, texts: Texts) -> list[Html]:
    """List the findings of the report's weeks by urgency and category, how often, and when last."""
    counted: dict[tuple[str, str], list[Any]] = {}
    for finding in report.findings:
        counted.setdefault((finding.tier, finding.flag), []).append(finding.on)
    if not counted:
        return [texts.html("clinic-who-no-findings")]
    return [
        texts.html("clinic-who-findings"),
        *(
            texts.html(
                "clinic-who-finding",
                tier=texts.html(f"report-tier-{tier}"),
                flag=texts.html(f"staff-{flag.replace('_', '-')}"),
                count=len(days),
                day=max(days).day,
                month=texts.html("month", number=max(days).month),
            )
            for (tier, flag), days in counted.items()
        ),
    ]
