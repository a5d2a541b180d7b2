"""Delight: an effect on a milestone, a reaction to the last "done" and to thanks; sparing, and never in the way."""

from itertools import pairwise

import pytest

from bot.presentation import delight
from bot.sandbox.faults import Fault
from tests.acceptance.bot_at_work import BotAtWork, begin_routine
from tests.acceptance.person import Message, Person, labels, text_of

PRAISE = "How does your back feel"


async def short_day(person: Person) -> Message:
    """Do the one exercise of a bad day; returns the praise."""
    await person.say("bad day")
    while True:
        shown = await person.wait_for(lambda seen: bool({"Done", "None of these", "10", "No"} & set(labels(seen))))
        if "Done" in labels(shown):
            break
        await person.say("1" if "10" in labels(shown) else "none")
    await person.press("Done")
    praise = await person.wait_for(PRAISE)
    await person.say("1")
    await person.wait_for("Noted, thank you")
    return praise


def reactions(lumbar: BotAtWork, person: Person) -> list[list[str]]:
    """Return the bot's reactions in the person's chat."""
    return list(lumbar.sandbox.world.chats[person.id].reactions.values())


async def test_the_seventh_day_is_celebrated(lumbar: BotAtWork, ada: Person) -> None:
    """By an effect and a line; the sixth and the eighth are not, and no two praises running are the same."""
    praises = []
    for _ in range(8):
        praises.append(await short_day(ada))
        lumbar.move(days=1)
    assert [number for number, praise in enumerate(praises, 1) if "effect_id" in praise] == [7]
    assert "day number 7" in text_of(praises[6])
    openings = [text_of(praise).split("\n")[0] for praise in praises]
    assert all(one != other for one, other in pairwise(openings))


async def test_an_effect_that_is_refused_is_left_out(
    lumbar: BotAtWork, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The praise of the seventh day comes all the same, once, and nothing is given up."""
    monkeypatch.setattr(delight, "PARTY_POPPER", "1")
    for _ in range(7):
        praise = await short_day(ada)
        lumbar.move(days=1)
    assert "day number 7" in text_of(praise)
    assert "effect_id" not in praise
    lumbar.assert_nothing_failed()


async def test_the_last_typed_done_gets_a_reaction(lumbar: BotAtWork, ada: Person) -> None:
    """No other "done" does, nor does a pressed one."""
    await begin_routine(ada)
    for number in (2, 3, 4):
        await ada.say("done")
        await ada.wait_for(f"{number} of 4")
    last = await ada.say("done")
    await ada.wait_for(PRAISE)
    await lumbar.sent_everything()
    assert lumbar.sandbox.world.chats[ada.id].reactions == {last["message_id"]: ["👏"]}
    lumbar.move(days=1)
    await begin_routine(ada)
    for number in (2, 3, 4):
        await ada.press("Done")
        await ada.wait_for(f"{number} of 4")
    await ada.press("Done")
    await ada.wait_for(PRAISE)
    await lumbar.sent_everything()
    assert len(reactions(lumbar, ada)) == 1


async def test_a_session_with_pain_gets_none(lumbar: BotAtWork, ada: Person) -> None:
    """On the second day, so that it is not the first ever: the praise is about the pain, and nothing is clapped at."""
    await short_day(ada)
    lumbar.move(days=1)
    await begin_routine(ada)
    await ada.say("pain")
    await ada.wait_for("How strong is the pain")
    await ada.say("2")
    for number in (2, 3, 4):
        await ada.wait_for(f"{number} of 4")
        await ada.say("done")
    await ada.wait_for(PRAISE)
    await lumbar.sent_everything()
    assert reactions(lumbar, ada) == []


@pytest.mark.parametrize("typed", ["thank you", "Thanks!", "thanks a lot 🙏", "cheers mate"])
async def test_thanks_are_accepted(lumbar: BotAtWork, ada: Person, typed: str) -> None:
    """In words, and with a heart."""
    await ada.say(typed)
    await ada.wait_for("You are welcome")
    await lumbar.sent_everything()
    assert reactions(lumbar, ada) == [["❤"]]


async def test_thanks_for_a_referral_get_no_heart(lumbar: BotAtWork, ada: Person) -> None:
    """Words only, for a day; and while the programme is held, what holds it."""
    await ada.say("my left leg tingles down to the foot")
    await ada.wait_for("Please talk to the clinic")
    await ada.say("thank you")
    await ada.wait_for("You are welcome")
    await ada.say("the pain is unbearable")
    await ada.wait_for("on hold")
    await ada.say("thank you")
    await ada.wait_for("Your routine is on hold")
    await lumbar.sent_everything()
    assert reactions(lumbar, ada) == []


async def test_a_reaction_that_fails_harms_nothing(lumbar: BotAtWork, ada: Person) -> None:
    """Telegram does not answer it, twice: the words are there before it, and the next answer comes behind it."""
    lumbar.sandbox.fail_next(Fault("server_error", times=2, method="setMessageReaction"))
    await ada.say("thank you")
    await ada.wait_for("You are welcome")
    lumbar.move(seconds=60)
    await ada.say("/help")
    await ada.wait_for("I guide you through")
    lumbar.move(seconds=60)
    await lumbar.sent_everything()
    lumbar.assert_nothing_failed()
