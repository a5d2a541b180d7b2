"""The crowd: people who set the bot up, do the routine and live through some days of reminders, each at their own pace.

A person speaks as soon as everything their last words lead to has arrived, and never again: whoever is not answered
waits for ever, which the verdict then tells. What they hear is known by a phrase of it. They speak to the sandbox, in
its own process, and everything they do is written into the record.
"""

import json
from dataclasses import dataclass, field
from io import BytesIO
from random import Random
from typing import Any
from zipfile import ZipFile

from bot.sandbox.server import Sandbox
from tests.chaos.record import EXPORT, REFERRAL, REMINDER, Event, Exported, Heard, Said

Message = dict[str, Any]

STEPS = 4
_PHRASES = {
    "It is time for your routine": REMINDER,
    "Do not drive yourself": REFERRAL,
    "What I am not": "consent?",
    "Where are you?": "zone?",
    "shall I remind you?": "time?",
    "Shall I remind you then": "echo?",
    "You are all set": "set up",
    "today or lately": "flags?",
    "How strong is your pain right now": "pain now?",
    "And any of this?": "more flags?",
    "Today: ": "the plan",
    "getting down to the floor": "getting down",
    **{f"{number} of {STEPS}": f"step {number}" for number in range(1, STEPS + 1)},
    "How strong is the pain": "how much?",
    "Carry on gently": "gently",
    "How does your back feel": "back?",
    "thank you": "thanks",
    "Reminders are paused": "paused",
    "Everything stored about you": EXPORT,
}
_SETTINGS = (
    ("/start", "consent?"),
    ("yes", "zone?"),
    ("America/New_York", "time?"),
    ("7:30", "echo?"),
    ("yes", "set up"),
    ("/routine", "flags?"),
    ("none", "pain now?"),
    ("1", "more flags?"),
    ("none", "the plan", "getting down", "step 1"),
)


def name_of(message: Message) -> str:
    """Name what a message says; one that nobody waits for is named by its beginning."""
    text = message.get("text") or message.get("caption") or ""
    return next((name for phrase, name in _PHRASES.items() if phrase in text), text[:60])


@dataclass(frozen=True, slots=True)
class Turn:
    """What a person does in one breath, and what each part of it leads to."""

    parts: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(slots=True)
class Person:
    """One of the crowd: what is still to be said and heard, and the answers given."""

    id: int
    turns: list[Turn]
    answers: tuple[str, ...]
    awaited: list[str] = field(default_factory=list)
    latest: dict[str, Message] = field(default_factory=dict)
    reminders: int = 0
    is_reminded: bool = True


class Crowd:
    """All the people of one sandbox; `record` gets what they do and hear."""

    def __init__(self, sandbox: Sandbox, number: int, random: Random, record: list[Event]) -> None:
        self._sandbox = sandbox
        self._record = record
        self.people: dict[int, Person] = {}
        for place in range(number):
            person_id = sandbox.world.add_person("Ada", "en", None).id
            turns, answers = _script(random, place)
            self.people[person_id] = Person(person_id, turns, answers)

    @property
    def awaited(self) -> int:
        """How many messages the people's scripts lead to."""
        return sum(len(awaits) for one in self.people.values() for turn in one.turns for _, awaits in turn.parts)

    @property
    def is_silent(self) -> bool:
        """Whether everybody has said everything and heard every answer."""
        return not any(person.turns or person.awaited for person in self.people.values())

    def begin(self) -> None:
        """Let everybody speak."""
        for person in self.people.values():
            self._speak(person)

    def hears(self, message: Message) -> str:
        """Take a message that arrived, and answer it where it is time to; return its name."""
        person, what = self.people[message["chat"]["id"]], name_of(message)
        self._record.append(Heard(person.id, what))
        person.latest[what] = message
        if what == REMINDER:
            person.reminders += 1
        if what == EXPORT and EXPORT in person.awaited:
            self._record.append(Exported(person.id, _answers(self._content(message)), person.answers))
        if person.awaited and person.awaited[0] == what:
            person.awaited.pop(0)
            self._speak(person)
        return what

    def say(self, person: Person, text: str, *awaits: str, is_emergency: bool = False) -> None:
        """Have a person type a text, or press the button of the last message that shows it."""
        label, _, on = text.removeprefix("tap ").partition(" on ")
        if on:
            message = person.latest[on]
            self._sandbox.people.press_data(person.id, message["message_id"], _data_of(message, label))
        else:
            self._sandbox.people.say(person.id, text)
        person.awaited += awaits
        self._record.append(Said(person.id, self._sandbox.updates.latest_id, awaits, is_emergency=is_emergency))

    def block(self, person: Person) -> None:
        """Have a person block the bot."""
        person.is_reminded = False
        self._sandbox.people.set_blocked(person.id, blocked=True)
        self._record.append(Said(person.id, self._sandbox.updates.latest_id))

    def _speak(self, person: Person) -> None:
        """Take the next turn, once everything before it is answered."""
        if person.turns and not person.awaited:
            for text, awaits in person.turns.pop(0).parts:
                self.say(person, text, *awaits)

    def _content(self, message: Message) -> bytes:
        stored = self._sandbox.world.files.by_id(message["document"]["file_id"])
        return b"" if stored is None else stored.content


def _script(random: Random, place: int) -> tuple[list[Turn], tuple[str, ...]]:
    """Return what a person does, and the answers that are on record in the end; every fifth says it in one breath."""
    turns = [Turn(((text, tuple(awaits)),)) for text, *awaits in _SETTINGS]
    answers: list[str] = []
    parts: list[tuple[str, tuple[str, ...]]] = []
    for step in range(1, STEPS + 1):
        following = f"step {step + 1}" if step < STEPS else "back?"
        hurts = random.random() < 0.3
        pain = random.randrange(1, 4)
        if hurts:
            parts += [("pain", ("how much?",)), (str(pain), ("gently", following))]
        elif place % 5 and random.random() < 0.5:
            parts.append((f"tap Done on step {step}", (following,)))
        else:
            parts.append(("done", (following,)))
        answers.append(f"{step - 1} pain {pain}" if hurts else f"{step - 1} done")
    rating = random.randrange(4)
    parts.append((str(rating), ("thanks",)))
    turns += [Turn((part,)) for part in parts] if place % 5 else [Turn(tuple(parts))]
    return turns, (*answers, f"rated {rating}")


def _answers(export: bytes) -> tuple[str, ...]:
    """Read a person's answers from the record they were given."""
    if not export:
        return ()
    with ZipFile(BytesIO(export)) as archive:
        stored = json.loads(archive.read("lumbar-export.json"))
    answers = sorted(stored.get("answer", []), key=lambda row: row["step"])
    sessions = stored.get("session", [])
    given = [
        f"{row['step']} pain {row['rating']}" if row["outcome"] == "pain" else f"{row['step']} {row['outcome']}"
        for row in answers
    ]
    return (*given, *(f"rated {session['rating']}" for session in sessions))


def _data_of(message: Message, label: str) -> str:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return next(str(button["callback_data"]) for row in rows for button in row if label in button["text"])
