"""A made-up content folder, small enough to spoil in one place: two levels, one exercise of its own, few words."""

import shutil
from pathlib import Path

import pytest

from bot.catalog import ContentError, load_catalog
from bot.settings import CHECKOUT

EXERCISE = """\
sides: true
dose: {repetitions: 8, hold_breaths: 1}
easier_dose: {repetitions: 4}
bounds: {repetitions: 4-10, hold_breaths: 1}
cautions: []
sources: [A leaflet]
reviewer: null
review_date: null
"""
LEXICON = """\
language: en
gap_words: 3
concepts:
  saddle: genitals
  numb: numb
context: {}
numbers: {one: 1}
ordinary: umber
"""
RULES = """\
rules:
  - {id: E1, tier: emergency, flag: cauda_equina, ways: [<numb> & <saddle>]}
"""
SCREENING = """\
pages:
  - id: first
    questions: [{id: S1, tier: emergency, flag: cauda_equina, weekly: true}]
  - id: pain
    asks_rating: true
    questions: [{id: S9, tier: urgent, flag: severe_pain}]
  - id: last
    questions: [{id: S10, tier: referral, flag: pregnancy, until: cleared}]
"""
REPLIES = """\
intents:
  done: [done]
  skip: [skip]
fillers: [please]
negations: [not]
numbers: {one: 1}
out_of: [out of]
rating_fillers: [about]
no_pain: [none]
openings: {skip: [not]}
place_leads: [near]
clock_leads: [clock]
ages: ["i am # years old"]
language: {names: [english], asking: [speak], unnamed: [language], denying: [not]}
mornings: {better: [better]}
told_done: [done]
"""
TIMES = """\
numbers: {one: 1}
fractions: {half: 30}
fractions_before_hour: [half]
named: {"12:00": [noon]}
day_parts: {"0-12": [am]}
weekdays: {"1": [monday]}
days: {1: [tomorrow]}
months: {5: [may]}
units: {60: [hour]}
lengths: {30: [half an hour]}
marks:
  to: [to]
  filler: [at]
"""
MESSAGES = """\
aa-test = Hello { $name }
ab-test = Bye
screening-page-first = First
screening-page-pain = Pain
screening-page-last = Last
screening-s1 = One
screening-s10 = Ten
level-one = One
level-one-about = First.
level-two = Two
level-two-about = Second.
"""
ROUTINE = """\
start: two
minimum: {exercise: tilt, dose: {repetitions: 4, hold_breaths: 1}, easier_dose: {repetitions: 2}}
levels:
  - id: one
    exercises:
      - exercise: knee-rolls
  - id: two
    exercises:
      - exercise: tilt
        dose: {repetitions: 10, hold_breaths: 1}
      - one_of:
          - exercise: knee-rolls
            variant: harder
          - exercise: walking
            dose: {minutes: 20}
    days:
      - weekdays: [mon, thu]
        exercises: [{exercise: tilt, variant: easier}]
"""
WORDS = """\
# Tilt

## Short
Lie and rock.

## Purpose
Why.

## Start
Lie down,
then rest.

Take your time.

## Alignment
- Back long
- Neck
  long

## Movement
Rock.

## Breathing
Out.

## Avoid
Rushing.

## Easier
Less.

## Harder
More.

## Stop
Pain.

## Care
Nobody.

## Picture
Somebody lies and rocks.
"""


def make_content(to: Path) -> Path:
    """Write the shipped exercises with one more, and few words, into a folder; return it."""
    folder = shutil.copytree(CHECKOUT / "content", to / "content", ignore=shutil.ignore_patterns("safety", "locales"))
    (folder / "safety").mkdir()
    (folder / "locales" / "en").mkdir(parents=True)
    (folder / "exercises" / "tilt").mkdir()
    (folder / "exercises" / "tilt" / "exercise.yaml").write_text(EXERCISE)
    (folder / "exercises" / "tilt" / "en.md").write_text(WORDS)
    (folder / "routines" / "lower-back.yaml").write_text(ROUTINE)
    (folder / "safety" / "lexicon.en.yaml").write_text(LEXICON)
    (folder / "safety" / "rules.yaml").write_text(RULES)
    (folder / "safety" / "screening.yaml").write_text(SCREENING)
    (folder / "locales" / "en" / "replies.yaml").write_text(REPLIES)
    (folder / "locales" / "en" / "times.yaml").write_text(TIMES)
    (folder / "locales" / "en" / "ui.ftl").write_text(MESSAGES)
    return folder


def edit(path: Path, old: str, new: str) -> None:
    """Replace a passage that must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def problems(content: Path) -> tuple[str, ...]:
    """Return what the catalogue says about spoiled content."""
    with pytest.raises(ContentError) as caught:
        load_catalog(content)
    assert str(caught.value) == "\n".join(caught.value.problems)
    return caught.value.problems
