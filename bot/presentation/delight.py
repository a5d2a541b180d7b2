"""Delight: the few places where Telegram itself shows that something is well done, and what is praised in words.

Sparingly: an effect on three days of a lifetime, a reaction to a typed "thank you" and to the last "done"; none of it
beside pain or safety, where it would mock. Nothing depends on either: an effect that Telegram refuses is left out, and
a reaction that fails is only a reaction.
"""

from typing import Any

from bot.domain.effects import AcceptThanks, PraiseSession
from bot.domain.praise import Occasion, Praise
from bot.presentation.i18n import Html
from bot.presentation.outgoing import Outgoing, message
from bot.presentation.view import Texts, View

EFFECT = "message_effect_id"
PARTY_POPPER = "5046509860389126442"  # of the effects that Telegram gives everybody, for private chats only
APPLAUSE, HEART = "👏", "❤"


def praise_words(praise: Praise, texts: Texts) -> Html:
    """Return the praise in words, with the milestone where there is one."""
    if praise.occasion is Occasion.FIRST:
        words = texts.html("praise-first")
    else:
        words = texts.html(f"praise-{praise.occasion}", variant=praise.wording)
    if praise.milestone is None:
        return words
    return Html(f"{words}\n{texts.html('praise-milestone', days=praise.milestone)}")


def celebrated(outgoing: Outgoing, praise: Praise) -> Outgoing:
    """Give a message its effect on a milestone."""
    if praise.milestone is None:
        return outgoing
    payload: dict[str, Any] = {**outgoing.payload, EFFECT: PARTY_POPPER}
    return Outgoing(outgoing.method, payload, outgoing.priority, outgoing.live, outgoing.forget)


def applause(effect: PraiseSession, praise: Praise, view: View) -> tuple[Outgoing, ...]:
    """React to the last typed "done" of a session without pain."""
    if not effect.was_typed or praise.occasion is Occasion.PAIN:
        return ()
    return _reaction(APPLAUSE, view)


def thanks(effect: AcceptThanks, view: View) -> tuple[Outgoing, ...]:
    """Answer a typed "thank you"."""
    words = message(view.texts.html("you-are-welcome"))
    return (words, *_reaction(HEART, view)) if effect.reacts else (words,)


def _reaction(emoji: str, view: View) -> tuple[Outgoing, ...]:
    if view.message_id is None:
        return ()
    reaction = [{"type": "emoji", "emoji": emoji}]
    return (Outgoing("setMessageReaction", {"message_id": view.message_id, "reaction": reaction}),)
