"""Triage: what reading a message costs the bot's processor.

    python -m tests.benchmarks.bench_triage [rounds]

Every safety case of each language is read in its language, `rounds` times, and the quickest round of each message
counts, so that what else the machine does counts least. Then texts of 4,096 characters, the longest Telegram sends,
made to fit as much of the lexicon as they can: the lexicon's own words shuffled, cases one after the other, and signs
and letters without end. CPU is the process's own.
"""

import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median, quantiles
from time import process_time_ns

from bot.catalog import load_catalog
from bot.domain.safety import Lexicon, triage
from bot.safety_cases import load_cases
from tests.benchmarks.table import print_table

CONTENT = Path(__file__).parents[2] / "content"
LONGEST_MESSAGE = 4096
SEED = 20261122


def main(rounds: int = 5) -> None:
    """Print median and 95th percentile for the cases, and every hostile text, by language."""
    lexicons = load_catalog(CONTENT).lexicons
    cases = load_cases(CONTENT)
    columns: dict[str, dict[str, str]] = {}
    for language, lexicon in lexicons.items():
        texts = [case.text for case in cases if case.language == language]
        costs = [_cost(text, lexicon, rounds) for text in texts]
        columns[language] = {
            "cases": f"{len(texts):,}",
            "a case, median": f"{median(costs):.0f} µs",
            "a case, 95 % under": f"{quantiles(costs, n=20)[-1]:.0f} µs",
            "the worst case": f"{max(costs):.0f} µs",
        }
        for name, text in _hostile(texts):
            shown = f"{LONGEST_MESSAGE:,} characters: {name}"
            columns[language][shown] = f"{_cost(text, lexicon, rounds) / 1000:.1f} ms"
    names = dict.fromkeys(name for column in columns.values() for name in column)
    print_table(("what", *columns), [(name, *(column[name] for column in columns.values())) for name in names])


def _cost(text: str, lexicon: Lexicon, rounds: int) -> float:
    """Return microseconds of CPU, of the quickest round."""
    costs = []
    for _ in range(rounds):
        before = process_time_ns()
        triage(text, lexicon)
        costs.append(process_time_ns() - before)
    return min(costs) / 1000


def _hostile(texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    chance = random.Random(SEED)  # noqa: S311 - the same texts every time
    words = sorted({word for text in texts for word in text.split()})
    shuffled = chance.choices(words, k=LONGEST_MESSAGE)
    yield "words of the cases, shuffled", " ".join(shuffled)[:LONGEST_MESSAGE]
    short = sorted(word for word in words if len(word) <= 3)
    yield "short words, shuffled", " ".join(chance.choices(short, k=LONGEST_MESSAGE))[:LONGEST_MESSAGE]
    yield "misspelled words, shuffled", " ".join(word[1:] + word[:1] for word in shuffled)[:LONGEST_MESSAGE]
    yield "cases without a full stop", " ".join(chance.sample(texts, 200)).replace(".", " ")[:LONGEST_MESSAGE]
    yield "ratings", " ".join(f"pain {chance.randrange(11)}/10" for _ in range(LONGEST_MESSAGE))[:LONGEST_MESSAGE]
    for unit in ("a", "a ", "no ", "numb ", "7/", "😀", "é", "'"):
        yield f"{unit!r} again and again", (unit * LONGEST_MESSAGE)[:LONGEST_MESSAGE]


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
