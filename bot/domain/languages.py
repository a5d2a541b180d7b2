"""Languages: whether a typed text asks the bot to speak another one, in whatever language it is asked.

Somebody who cannot read the bot asks in words of their own, so the words of every language are read together: "¿puedes
hablar español?" in an English chat, "speak english please" in a Spanish one. A text asks when all of its words are
accounted for (it names a language, or says "language"; the rest are words of asking) and not otherwise: one word too
many, and the open question gets it. What denies a language ("I don't speak English") or names two asks for the choice.

Which languages there are, what they are called and how people ask for them is data: `language` in
`content/locales/<language>/replies.yaml`. Not here: what the conversation does with it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from bot.domain.replies import PhrasebookError, words_of
from bot.domain.slips import LONGEST_WORD, SHORTEST_SLIP, index_slips, slips_of, squeeze

FALLBACK = "en"
"""The language that stands in for one that the content does not have, and for texts that another lacks."""

_MOST_WORDS = 15
_NO_NAME = ""  # what "language" says: one is meant, and not named


@dataclass(frozen=True, slots=True)
class LanguageWords:
    """How speakers of one language ask for a language, as folded words; build it with `from_data`.

    `names` are what it is called, by its own speakers and by others; `asking` stand around a name ("can we", "please"),
    `unnamed` are words for a language whose name is not said, and `denying` turn it round.
    """

    names: frozenset[str]
    asking: frozenset[str]
    unnamed: frozenset[str]
    denying: frozenset[str]

    @classmethod
    def from_data(
        cls, *, names: Iterable[str], asking: Iterable[str], unnamed: Iterable[str], denying: Iterable[str]
    ) -> Self:
        """Build the words from the keys of the YAML file; raise PhrasebookError naming one that is no single word."""
        return cls(_single(names), _single(asking), _single(unnamed), _single(denying))


@dataclass(frozen=True, slots=True)
class LanguageRequest:
    """Another language is asked for: the one with this code, or, with None, the choice of them."""

    code: str | None


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class LanguageRequests:
    """The asking words of all languages together; build it with `of`.

    `says` leads every word to the codes of the languages that it names, most words to none.
    """

    says: Mapping[str, frozenset[str]]
    alike: Mapping[str, tuple[str, ...]]
    denying: frozenset[str]

    @classmethod
    def of(cls, languages: Mapping[str, LanguageWords]) -> Self:
        """Put the words of the languages together, by code."""
        says: dict[str, frozenset[str]] = {}
        for code, words in languages.items():
            denying_and_asking = words.asking | words.denying
            for spellings, named in ((denying_and_asking, ()), (words.unnamed, (_NO_NAME,)), (words.names, (code,))):
                for word in spellings:
                    says[word] = says.get(word, frozenset()).union(named)
        denying = frozenset(word for words in languages.values() for word in words.denying)
        return cls(says, index_slips(says), denying)


def read_language(text: str, requests: LanguageRequests) -> LanguageRequest | None:
    """Tell which language a text asks for; None when it is about something else. Never raises."""
    typed = words_of(text)
    if len(typed) > _MOST_WORDS:
        return None
    words = [_corrected(word, requests) for word in typed]
    if any(word not in requests.says for word in words):
        return None
    said = {code for word in words for code in requests.says[word]}
    if not said:
        return None
    named = said - {_NO_NAME}
    is_plain = len(named) == 1 and requests.denying.isdisjoint(words)
    return LanguageRequest(next(iter(named)) if is_plain else None)


def _single(spellings: Iterable[str]) -> frozenset[str]:
    """Fold words that are read one by one, so each stands alone."""
    found = {spelling: words_of(spelling) for spelling in spellings}
    for spelling, words in found.items():
        if len(words) != 1:
            raise PhrasebookError(f"{spelling!r} under 'language' is not a single word")
    return frozenset(word for (word,) in found.values())


def _corrected(word: str, requests: LanguageRequests) -> str:
    """Give the known word that was meant: the same, or, of the longer ones, one a slip away."""
    if word in requests.says or not SHORTEST_SLIP <= len(squeeze(word)) <= LONGEST_WORD:
        return word
    slips = slips_of(squeeze(word), requests.alike)
    return slips[0] if slips else word
