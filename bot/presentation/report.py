"""The report for a clinician, described as labels, numbers and tables; `bot.presentation.pages` draws it when sent.

It holds counts and dates, never what anybody wrote. The person's name is not known: there is a line to write it on.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.domain.report import Report
from bot.presentation.outgoing import Outgoing
from bot.presentation.view import Texts, View
from bot.presentation.wording import date_of

REPORT_NAME = "lumbar-report.pdf"
MOST_ROWS = {"exercises": 18, "findings": 8, "levels": 6, "stops": 4}  # so that all tables fit on the second page

Table = dict[str, Any]


def report(view: View) -> Outgoing:
    """Send the report as a PDF file."""
    if view.report is None:
        raise ValueError("SendReport needs view.report")
    texts = view.texts
    drawing = {
        "kind": "report",
        "name": REPORT_NAME,
        "data": pages_of(view.report, texts),
        "words": str(texts.html("report-failed")),
    }
    caption = str(texts.html("report-caption"))
    payload = {"document": {"$drawing": drawing}, "caption": caption, "parse_mode": "HTML"}
    return Outgoing("sendDocument", payload)


def pages_of(reported: Report, texts: Texts) -> dict[str, Any]:
    """Return the fields of `pages.ReportPages` as JSON data."""
    said = texts.plain
    facts = (
        ("report-days", f"{reported.done} / {reported.due}"),
        ("report-score", f"{round(100 * reported.score)} / 100"),
        ("report-finished", str(reported.finished)),
        ("report-unfinished", str(reported.unfinished)),
        ("report-minutes", str(reported.minutes)),
    )
    return {
        "clinic": texts.clinic.name,
        "colour": texts.clinic.colour,
        "title": said("report-title"),
        "period": said("report-period", first=date_of(reported.first, texts), last=date_of(reported.last, texts)),
        "blanks": [said("report-name"), said("report-birth")],
        "note": said("report-note"),
        "facts": [(said(key), value) for key, value in facts],
        "weeks_title": said("report-weeks"),
        "weeks": [(_short(week.monday, texts), week.due, week.done) for week in reported.weeks],
        "pain_title": said("chart-pain"),
        "before": said("chart-before"),
        "during": said("chart-during"),
        "after": said("chart-after"),
        "no_pain": said("chart-no-pain"),
        "pain": [
            ((point.on - reported.first).days, point.before, point.during, point.after) for point in reported.pain
        ],
        "tables": [
            _exercises(reported, texts),
            _findings(reported, texts),
            _levels(reported, texts),
            _stops(reported, texts),
        ],
        "page": said("report-page"),
    }


def _exercises(reported: Report, texts: Texts) -> Table:
    rows = [
        (
            texts.exercises[one.exercise_id].name if one.exercise_id in texts.exercises else one.exercise_id,
            str(one.done),
            str(one.easier),
            str(one.pain),
            "–" if one.peak is None else str(one.peak),
            str(one.skipped + one.stopped),
        )
        for one in reported.exercises
    ]
    heads = ("exercise", "done", "easier", "pain", "peak", "skipped")
    return _table("exercises", heads, (2.5, 1, 1.1, 1, 1, 1), rows, texts)


def _findings(reported: Report, texts: Texts) -> Table:
    rows = [
        (
            date_of(one.on, texts),
            texts.plain(f"report-tier-{one.tier}"),
            texts.plain(f"staff-{one.flag.replace('_', '-')}"),
        )
        for one in reversed(reported.findings)
    ]
    return _table("findings", ("date", "urgency", "category"), (1, 0.8, 3), rows, texts)


def _levels(reported: Report, texts: Texts) -> Table:
    rows = [(date_of(day, texts), texts.plain(f"level-{level}")) for day, level in reversed(reported.levels)]
    return _table("levels", ("since", "level"), (1, 3.8), rows, texts)


def _stops(reported: Report, texts: Texts) -> Table:
    rows = [
        (
            date_of(one.first, texts),
            texts.plain("report-still") if one.last is None else date_of(one.last, texts),
            texts.plain(f"report-{one.kind}"),
        )
        for one in reversed(reported.stops)
    ]
    return _table("stops", ("from", "to", "kind"), (1, 1, 2.8), rows, texts)


def _table(
    name: str, heads: Sequence[str], widths: Sequence[float], rows: Sequence[tuple[str, ...]], texts: Texts
) -> Table:
    """Return one table; where there are more rows than it has room for, it says how many."""
    most = MOST_ROWS[name]
    left_out = len(rows) - most
    return {
        "title": texts.plain(f"report-{name}"),
        "heads": [texts.plain(f"report-head-{head}") for head in heads],
        "widths": list(widths),
        "rows": [list(row) for row in rows[:most]],
        "empty": texts.plain("report-none"),
        "more": texts.plain("report-more", count=left_out) if left_out > 0 else "",
    }


def _short(day: date, texts: Texts) -> str:
    return texts.plain("chart-week", day=day.day, month=texts.html("month-short", number=day.month))
