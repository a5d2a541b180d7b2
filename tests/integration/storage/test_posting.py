"""What an update's answers become in the outbox: buttons taken off, floods collapsed, referrals not repeated."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count

from bot.domain import effects as do
from bot.domain.chat import State
from bot.domain.safety import Finding, Flag, Tier
from bot.domain.transition import Transition
from bot.presentation.messages import Outgoing, Priority
from bot.storage.tables import metadata
from bot.storage.unit_of_work import Database, Transaction
from bot.usecases import posting
from bot.usecases.incoming import Incoming, Said
from bot.usecases.ports import StoredChat
from tests.integration.storage.samples import NOW, sent, stored

SECOND = timedelta(seconds=1)
FALL = Finding(Tier.REFERRAL, Flag.FALL_INJURY, "R1", evidence=((0, 4),))
CHEST_PAIN = Finding(Tier.EMERGENCY, Flag.CARDIAC, "E1", evidence=((7, 17),))

_updates = count(1)


def say(text: str, *, live: bool = False, priority: Priority = Priority.REPLY) -> Outgoing:
    """Return a message."""
    return Outgoing("sendMessage", {"text": text}, priority=priority, live=live)


def post(
    database: Database,
    *outgoing: Outgoing,
    at: datetime = NOW,
    state: State = State.IDLE,
    effects: tuple[do.Effect, ...] = (),
) -> StoredChat:
    """Answer one more update of chat 1 with these messages, leading to `state`."""
    incoming = Incoming(next(_updates), 1, Said("hello"))

    def work(tx: Transaction) -> StoredChat:
        before = tx.load_chat(1) or stored(1)
        transition = Transition(replace(before.chat, state=state), effects)
        after = posting.post(tx, incoming, before, transition, outgoing, now=at)
        tx.save_chat(after, at)
        return after

    return database.run_here(work)


def refer(database: Database, finding: Finding, at: datetime = NOW) -> StoredChat:
    """Answer an update with a referral."""
    effects = (do.Refer(finding, holds=True),)
    return post(database, say(f"refer {finding.rule_id}", priority=Priority.SAFETY), at=at, effects=effects)


def queued(database: Database) -> list[str]:
    """Return the texts of what is queued, in order."""
    with database.engine.connect() as connection:
        rows = connection.execute(metadata.tables["outbox"].select().order_by("id")).all()
    return [row.payload.get("text", row.method) for row in rows if row.status == "queued"]


def send_all(database: Database, at: datetime = NOW) -> list[str]:
    """Send everything that may leave; return the texts."""

    def work(tx: Transaction) -> list[str]:
        taken = tx.take_letters(at, 10, ())
        tx.settle([sent(letter) for letter in taken], at)
        return [letter.payload.get("text", letter.method) for letter in taken]

    texts: list[str] = []
    while more := database.run_here(work):
        texts += more
    return texts


def flood(database: Database, messages: int, *, at: datetime = NOW) -> StoredChat:
    """Answer so many updates of which nothing is sent meanwhile."""
    for number in range(messages):
        after = post(database, say(f"reply {number}"), at=at)
    return after


def test_up_to_a_flood_everything_is_said(database: Database) -> None:
    """Somebody who types ahead gets every answer."""
    assert flood(database, posting.FLOOD_REPLIES).flooding_until is None
    assert send_all(database) == [f"reply {number}" for number in range(posting.FLOOD_REPLIES)]


def test_the_replies_of_a_flood_collapse_into_the_latest(database: Database) -> None:
    """However long it goes on: one is queued, it leaves after a few seconds, and is not put off for ever."""
    flood(database, 50)
    flood(database, 50, at=NOW + 2 * SECOND)
    assert queued(database) == ["reply 49"]
    assert send_all(database, NOW + 2 * SECOND) == []
    assert send_all(database, NOW + posting.FLOOD_REPLY_SECONDS * SECOND) == ["reply 49"]


def test_a_flood_goes_on_though_a_reply_has_left(database: Database) -> None:
    """Between two replies there are seconds, not one for each message."""
    flood(database, 50)
    later = NOW + posting.FLOOD_REPLY_SECONDS * SECOND
    send_all(database, later)
    flood(database, 3, at=later)
    assert (queued(database), send_all(database, later)) == (["reply 2"], [])


def test_a_flood_that_is_over_is_forgotten(database: Database) -> None:
    """Somebody who then waits for each answer has them at once again, soon."""
    flood(database, 50)
    at = NOW
    for _ in range(4):
        at += 4 * SECOND
        send_all(database, at)
        post(database, say("an answer"), at=at)
    assert send_all(database, at) == ["an answer"]


def test_the_open_question_outlives_a_flood(database: Database) -> None:
    """A question that still waits for its answer is not among what is withdrawn; one that was answered is."""
    asked = post(database, say("which?", live=True), state=State.ASKING_ZONE)
    for number in range(30):
        after = post(database, say(f"reply {number}"), state=State.ASKING_ZONE)
    assert after.live_key == asked.live_key
    assert queued(database) == ["which?", "reply 29"]
    answered = post(database, say("when?", live=True), state=State.ASKING_TIME)
    assert answered.live_key != asked.live_key
    assert queued(database) == ["when?"]


def test_a_referral_is_not_repeated_while_it_is_on_its_way(database: Database) -> None:
    """Said a hundred times it is queued once; another finding is another referral."""
    for _ in range(100):
        refer(database, FALL)
    refer(database, CHEST_PAIN)
    assert queued(database) == ["refer R1", "refer E1"]


def test_a_referral_is_said_twice_a_minute_at_most(database: Database) -> None:
    """Whoever says it again after reading it is answered again; the third time only when the minute is over."""
    said = []
    for _ in range(5):
        refer(database, FALL)
        said += send_all(database)
    assert said == ["refer R1"] * posting.SAME_REFERRALS_A_MINUTE
    refer(database, FALL, NOW + 60 * SECOND)
    assert send_all(database, NOW + 60 * SECOND) == ["refer R1"]


def test_a_referral_that_was_cancelled_has_not_been_said(database: Database) -> None:
    """Whoever blocked the bot and let it in again within the minute is referred all the same."""
    refer(database, CHEST_PAIN)
    database.run_here(lambda tx: tx.cancel_letters(1))
    refer(database, CHEST_PAIN)
    assert queued(database) == ["refer E1"]


def test_the_key_of_a_referral_tells_nothing(database: Database) -> None:
    """Neither rule nor tier nor chat can be read from what stays in the table."""
    refer(database, CHEST_PAIN)
    with database.engine.connect() as connection:
        (row,) = connection.execute(metadata.tables["outbox"].select()).all()
    assert not any(word in row.dedupe_key.lower() for word in ("emergency", "cardiac"))
