"""The scenes that the documents show, each somebody's chat: played over the sandbox, at moments of a clock we turn.

`played` says what stands in a picture: its last messages, with their buttons, as text. That text lies beside the
picture, so that a test can tell when the picture shows what the bot does not say any more. No browser is needed for it.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tests.acceptance.bot_at_work import BotAtWork, begin_routine, pass_screening, set_up
from tests.acceptance.person import Message, Person, labels, text_of
from tests.acceptance.reminded import REMINDER

BEGINS_AT = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)  # a Monday, 06:00 in New York; no clock changes near
WEEKS = 3


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture: its name, whose chat it shows, how many of the last messages, what it shows, and how it is played.

    `height` is that of the phone, in pixels.
    """

    name: str
    person: str
    messages: int
    shows: str
    play: Callable[[BotAtWork, Person], Awaitable[None]]
    height: int = 932


async def _greeting(_: BotAtWork, ada: Person) -> None:
    await ada.say("/start")
    await ada.wait_for("What I am not")


async def _exercise(_: BotAtWork, ben: Person) -> None:
    await set_up(ben)
    await begin_routine(ben)
    for number in (2, 3):
        await ben.say("done")
        await ben.wait_for(f"{number} of 4")


async def _referral(_: BotAtWork, cleo: Person) -> None:
    await set_up(cleo)
    await begin_routine(cleo)
    await cleo.say("I slipped on the ice and the pain is unbearable")
    await cleo.wait_for(lambda message: "Copy phone number" in labels(message))


async def _settings(_: BotAtWork, dan: Person) -> None:
    await set_up(dan)
    await dan.say("/settings")
    await dan.next_message()


async def _progress(lumbar: BotAtWork, eve: Person) -> None:
    """Three weeks, with a day left out now and then, and a little less pain from week to week."""
    await set_up(eve)
    for day in range(7 * WEEKS):
        due = lumbar.due_at(eve)
        assert due is not None
        lumbar.move_to(due)
        await eve.wait_for(REMINDER)
        if day % 4 == 2:
            continue
        lumbar.move(minutes=20)
        await _do_routine(lumbar, eve, pain=max(1, 4 - day // 7))
    await eve.say("/progress")
    await eve.wait_for(lambda message: "photo" in message)


async def _do_routine(lumbar: BotAtWork, person: Person, *, pain: int) -> None:
    await person.say("start")
    first = await pass_screening(person, pain=pain)
    for _ in range(_exercises_of(first)):
        lumbar.move(minutes=2)
        await person.say("done")
    await person.say(str(pain - 1))
    await person.wait_for("Noted, thank you")


def _exercises_of(first: Message) -> int:
    return int(text_of(first).partition(" of ")[2].partition(" ")[0])


SCENES = (
    Scene("greeting", "Ada", 1, "the first message: what Lumbar is and is not, and what it keeps", _greeting),
    Scene("exercise", "Ben", 1, "an exercise with its moving picture, dose, stop signs and buttons", _exercise),
    Scene("referral", "Cleo", 2, "a message that tells of a fall, and the referral that answers it", _referral),
    Scene("settings", "Dan", 1, "the settings", _settings),
    Scene("progress", "Eve", 1, "three weeks of progress, as a picture and in words", _progress, 1130),
)


async def played(lumbar: BotAtWork, scene: Scene, person: Person) -> str:
    """Play a scene; return what its picture shows, as text."""
    lumbar.move_to(max(lumbar.clock.now(), BEGINS_AT) + timedelta(seconds=1))
    await scene.play(lumbar, person)
    await lumbar.sent_everything()
    shown = (await person.messages())[-scene.messages :]
    return "\n\n".join(written(message) for message in shown) + "\n"


def written(message: Message) -> str:
    """Return a message with its buttons as text."""
    medium = next((f"<{kind}>\n" for kind in ("animation", "photo", "document") if kind in message), "")
    buttons = "".join(f"\n[{label}]" for label in labels(message))
    who = message["from"]["first_name"]
    return f"{who}: {medium}{text_of(message)}{buttons}"
