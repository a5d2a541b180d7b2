"""How old a reader of English has to be: the Flesch-Kincaid grade, which counts words in sentences, and syllables.

Grade = 0.39 x words a sentence + 11.8 x syllables a word - 15.59 (Kincaid and others, 1975); a school grade, so that
grade 6 is read at the age of 11. Syllables are counted by groups of vowels, less those that are not spoken; that is
right for about nine words in ten, and its slips go both ways. A library that knew every word would bring a dictionary
to download with it.
"""

import re
from collections.abc import Iterable

SCHOOL_AGE = 5  # years before the first grade
_WORD = re.compile(r"[A-Za-z][A-Za-z'\u2019]*|\d+")
_SENTENCE_END = re.compile(r"[.!?:](?=\s|$)|\n")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?<![^aeiouy]l)(?:(?<![aeiouy])e|(?<![td])ed|(?<![hscxzg])es)$|evening|every")
_TWO_SOUNDS = re.compile(r"(?<![tcsg])i[ao]|(?<!p)eo|[aeiouy]ing|[dr]ea$|[iu]e[rt]$")


def syllables(word: str) -> int:
    """Count the syllables of an English word, one at least; a number counts as one."""
    plain = word.lower().strip("'\u2019").split("'")[0].split("\u2019")[0]
    return max(1, len(_VOWELS.findall(plain)) - len(_SILENT.findall(plain)) + len(_TWO_SOUNDS.findall(plain)))


def words_of(text: str) -> list[str]:
    """Return the words of a text."""
    return _WORD.findall(text)


def reading_age(texts: Iterable[str]) -> float:
    """Return the age, in years, at which these texts together are read with ease; they hold a word at least."""
    sentences = [words for text in texts for part in _SENTENCE_END.split(text) if (words := words_of(part))]
    count = sum(map(len, sentences))
    sounds = sum(syllables(word) for words in sentences for word in words)
    return 0.39 * count / len(sentences) + 11.8 * sounds / count - 15.59 + SCHOOL_AGE
