"""`lumbar plan`, without its command line: today's plan for a history, and why, told to a physiotherapist.

The lines name level, reason, exercises and doses in the words a person would read, and hold nothing of a real person.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from html import unescape
from pathlib import Path
from re import sub

from bot.catalog import Catalog, load_catalog
from bot.domain.plan import SECONDS_A_MINUTE, SECONDS_TO_SETTLE, Prescription
from bot.plan_cases import plan_of, read_history
from bot.presentation.reasons import level_name, level_purpose, reason_of, referral_reason
from bot.presentation.view import Texts
from bot.presentation.wording import dose_of
from bot.settings import Settings


def planned(history: Path, today: date | None, settings: Settings, *, language: str | None = None) -> Iterator[str]:
    """Tell the plan of a day; raise ContentError or HistoryRefused.

    Without `today`, the day is that of the file, or else the one after its last entry.
    """
    catalog = load_catalog(settings.content_dir)
    read = read_history(history, catalog.programme)
    day_after = read.days[-1].on + timedelta(days=1) if read.days else datetime.now(UTC).date()
    today = today or read.today or day_after
    plan = plan_of(read, today, catalog.programme)
    texts = _texts(catalog, language)
    number = [level.id for level in catalog.programme.levels].index(plan.level)
    yield f"{today:%A} {today.isoformat()}: level {number}, {_plain(level_name(plan.level, texts))}"
    yield f"  {_plain(level_purpose(plan.level, texts))}"
    if plan.standing is not None:
        yield f"Why: {_plain(reason_of(plan.standing, texts))}"
        if plan.standing.referral is not None:
            yield f"See the clinic: {_plain(referral_reason(plan.standing.referral, texts))}"
    for place, step in enumerate(plan.prescriptions, start=1):
        yield f"{place}. {_told(step, texts)}"
    seconds = sum(SECONDS_TO_SETTLE + step.dose.estimated_seconds for step in plan.prescriptions)
    yield f"In all about {round(seconds / SECONDS_A_MINUTE)} minutes."
    if plan.minimum is not None:
        yield f"On a bad day: {_told(plan.minimum, texts)}"


def _texts(catalog: Catalog, language: str | None) -> Texts:
    code = language if language in catalog.languages else catalog.languages[0]
    exercises = {name: by_language[code] for name, by_language in catalog.exercises.items()}
    return Texts(catalog.translators[code], exercises, catalog.getting_down[code], catalog.clinic)


def _told(step: Prescription, texts: Texts) -> str:
    name = texts.html(f"step-name-{step.variant}", name=texts.exercises[step.exercise_id].name)
    return f"{_plain(name)}: {_plain(dose_of(step.dose, texts))}"


def _plain(html: str) -> str:
    return unescape(sub("<[^>]+>", "", html))
