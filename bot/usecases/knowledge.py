"""What the bot knows, in the shape the use cases ask for it: words and texts by language, the routine, the atlas.

Put together once by bootstrap from the catalog and the zone finder, and never changed afterwards.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.chat import Chat
from bot.domain.languages import FALLBACK, LanguageRequests
from bot.domain.plan import Programme, Routine
from bot.domain.safety import Lexicon
from bot.domain.understanding import ClockHere, FindPlace, Offset, Words
from bot.presentation.messages import Texts


@dataclass(frozen=True, slots=True)
class Language:
    """Everything that is said and understood in one language."""

    texts: Texts
    words: Words
    lexicon: Lexicon


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Languages by code (English always among them), the programme, and look-ups of places.

    `routine` is that of somebody who begins the usual programme; `programmes` are those an invitation can name.
    Whoever is silent for `kept_months` is erased.
    """

    languages: Mapping[str, Language]
    language_requests: LanguageRequests
    programme: Programme
    routine: Routine
    find_place: FindPlace
    zone_at: Callable[[float, float], str | None]
    zones_keeping: Callable[[ClockHere | Offset, datetime, str | None], tuple[tuple[str, str], ...]]
    country_of: Callable[[str], str | None]
    likely_zones: Callable[[str | None], tuple[str, ...]]
    bot_username: str = ""
    programmes: Mapping[str, Programme] = field(default_factory=dict)
    staff_chat_id: int | None = None
    kept_months: int = 24

    @property
    def levels(self) -> tuple[str, ...]:
        """The levels of all programmes, by their ids; those of the usual one come first."""
        programmes = (self.programme, *self.programmes.values())
        return tuple(dict.fromkeys(level.id for programme in programmes for level in programme.levels))

    def programme_of(self, chat: Chat) -> Programme:
        """Return the programme that somebody was invited to, the usual one where that is none or gone."""
        return self.programmes.get(chat.programme or "", self.programme)

    @property
    def language_names(self) -> Mapping[str, str]:
        """What each language is called in itself, by its code."""
        return {code: language.texts.plain("language-name") for code, language in self.languages.items()}

    def language(self, code: str | None) -> tuple[str, Language]:
        """Return the language for an IETF code such as "pt-br", falling back to its first part and then to English."""
        for candidate in (code or "", (code or "").partition("-")[0]):
            if candidate in self.languages:
                return candidate, self.languages[candidate]
        return FALLBACK, self.languages[FALLBACK]
