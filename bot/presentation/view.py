"""What a message is made from: the chat as it now stands, the moment, and the texts of one language.

The shell gathers a `View` once per transition; rendering only reads it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from html import unescape

from bot.domain.chat import Chat
from bot.domain.journal import Overview
from bot.domain.praise import Praise
from bot.domain.progress import Progress
from bot.domain.report import Report
from bot.domain.screening import NO_QUESTIONS, Questionnaire
from bot.presentation.content import Clinic, EmergencyNumbers, ExerciseText
from bot.presentation.i18n import Html, Translator


@dataclass(frozen=True, slots=True)
class Texts:
    """Everything a person may read in one language: messages, exercises by id, getting to the floor, the clinic.

    `pictures` names the exercises that have a moving picture. `country` (ISO 3166) is where the person is, as far as
    their zone tells; it chooses the emergency numbers. `app_url` is where the Mini App is, None where there is none.
    """

    translator: Translator
    exercises: Mapping[str, ExerciseText] = field(hash=False)
    getting_down: str
    clinic: Clinic = field(hash=False)
    pictures: frozenset[str] = frozenset()
    country: str | None = None
    app_url: str | None = None

    @property
    def numbers(self) -> EmergencyNumbers:
        """The numbers to dial where the person is; the clinic's own country's when that is unknown."""
        return self.clinic.numbers_in(self.country)

    def html(self, key: str, /, **arguments: str | float) -> Html:
        """Return a message as Telegram HTML; plain arguments are escaped."""
        return Html(self.translator.text(key, **arguments))

    def plain(self, key: str, /, **arguments: str | float) -> str:
        """Return a text for a place that knows no HTML: a button, a note, a command's description."""
        return unescape(self.translator.text(key, **arguments))


@dataclass(frozen=True, slots=True)
class View:
    """One chat after its transition, at `now` (UTC).

    `next_due` (UTC) is the next reminder, the snoozed one included, None where none is coming. `progress` and
    `overview` are present for PraiseSession and ShowProgress, `praise` for the former, `export` (texts by file name)
    for SendExport, `likely_zones` (IANA) for AskZone, `screening` for AskScreening, and `report` for SendReport.
    `written_at` (UTC) is when the message was written that is answered now, if it waited. `has_staff_chat`: the clinic
    has a chat of its own for urgent findings; `staff_code` is for the page about privacy of somebody who agreed to it.
    `message_id` is the typed message that is answered now, which may get a reaction. `language_names`, each in itself
    and by code, are for Say(ASK_LANGUAGE). `kept_months`: for how long somebody silent is kept.
    """

    chat: Chat
    now: datetime
    texts: Texts
    next_due: datetime | None = None
    progress: Progress | None = None
    overview: Overview | None = None
    praise: Praise | None = None
    report: Report | None = None
    export: Mapping[str, str] | None = None
    likely_zones: tuple[str, ...] = ()
    screening: Questionnaire = NO_QUESTIONS
    written_at: datetime | None = None
    has_staff_chat: bool = False
    staff_code: str | None = None
    kept_months: int = 24
    message_id: int | None = None
    language_names: Mapping[str, str] = field(default_factory=dict)
