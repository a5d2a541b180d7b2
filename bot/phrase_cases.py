"""The phrases that the authors wrote down, each with what it says: how well typed messages are read, in figures.

`content/locales/<language>/phrases.jsonl` holds a message a line with the state it is typed in, the event and the value
it should be read as; the words are built on these, and the content check refuses content that reads one of them
otherwise. `phrases.held-out.jsonl` holds messages that were written before the words: nobody looks at them while words
are added, so their figures estimate how phrases are read that nobody has thought of.

Scoring is pure; only `load_phrases` reads files.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.domain.safety import Lexicon
from bot.domain.understanding import FindPlace, Question, Words
from bot.understood import told

BUILT_ON, HELD_OUT = "phrases.jsonl", "phrases.held-out.jsonl"


@dataclass(frozen=True, slots=True)
class Phrase:
    """One message and what it says; `line` is where it stands in its file."""

    language: str
    file: str
    line: int
    text: str
    state: Question
    event: str
    value: Mapping[str, Any]

    @property
    def place(self) -> str:
        """File and line, as an editor takes them."""
        return f"locales/{self.language}/{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Heard:
    """A phrase with what it was read as."""

    phrase: Phrase
    event: str
    value: Mapping[str, Any]

    @property
    def is_right(self) -> bool:
        """Whether event and value are the ones asked for."""
        return (self.event, self.value) == (self.phrase.event, self.phrase.value)

    @property
    def line(self) -> str:
        """Tell in a line what was asked for and what was read."""
        wanted, read = (
            f"{event} {json.dumps(value)}"
            for event, value in ((self.phrase.event, self.phrase.value), (self.event, self.value))
        )
        return f"{self.phrase.place}: {self.phrase.text!r} is read as {read}, not {wanted}"


def load_phrases(content_dir: Path) -> list[Phrase]:
    """Read every language's phrases; raise ValueError naming file and line of one that is not a phrase."""
    return [
        phrase
        for name in (BUILT_ON, HELD_OUT)
        for path in sorted(content_dir.glob(f"locales/*/{name}"))
        for phrase in _phrases(path)
    ]


def hear(
    phrases: Iterable[Phrase], words: Mapping[str, Words], lexicons: Mapping[str, Lexicon], find_place: FindPlace
) -> list[Heard]:
    """Read every phrase in its own language; those of a language without words are left out."""
    heard = []
    for phrase in phrases:
        if own := words.get(phrase.language):
            answer = told(phrase.state, phrase.text, own, lexicons[phrase.language], find_place)
            heard.append(Heard(phrase, answer["event"], answer["value"]))
    return heard


def table(heard: Sequence[Heard]) -> Iterator[str]:
    """Yield a line for each language and file: how many phrases are read rightly."""
    for language, file in sorted({(one.phrase.language, one.phrase.file) for one in heard}):
        own = [one for one in heard if (one.phrase.language, one.phrase.file) == (language, file)]
        right = sum(one.is_right for one in own)
        kind = "built on" if file == BUILT_ON else "held out"
        yield f"phrases {language}, {kind}: {100 * right / len(own):.1f} % ({right}/{len(own)})"


def failures(heard: Iterable[Heard]) -> list[str]:
    """Return a line for every phrase that the words were built on and that is read as something else."""
    return [one.line for one in heard if one.phrase.file == BUILT_ON and not one.is_right]


def _phrases(path: Path) -> Iterator[Phrase]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            data = json.loads(line)
            state = Question(data.get("state", Question.IDLE))
            yield Phrase(path.parent.name, path.name, number, data["text"], state, data["event"], data.get("value", {}))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"locales/{path.parent.name}/{path.name}:{number}: is no phrase ({error})") from error
