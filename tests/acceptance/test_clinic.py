"""The clinic's own chat, walked through command by command, and what nobody else can do there."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.sandbox.faults import Fault
from tests.acceptance.bot_at_work import everything_said, set_up
from tests.acceptance.clinic_at_work import Clinic, clinic, patient
from tests.acceptance.person import Person, text_of
from tests.acceptance.reminded import A_THURSDAY

NINE = A_THURSDAY + timedelta(hours=3)  # in New York
COMMANDS = ("/stats", "/who BCDF-GHJK", "/broadcast\nHello", "/invite en once", "/help")
BUTTONS = ("b:1:send", "b:1:ask", "b:1:cancel", "i:make:en:-:1:14:-", "i:drop:BCDFGHJKMN")


async def invited(at: Clinic, words: str) -> str:
    """Make an invitation; return its code."""
    made = await at.ask(f"/invite {words}", "https://t.me/lumbar_sandbox_bot?start=")
    return text_of(made).partition("start=")[2].split()[0]


async def code_of(person: Person) -> str:
    """Return the code that somebody who agreed finds under /privacy."""
    await person.say("/privacy")
    page = text_of(await person.wait_for("Your code for the team"))
    return page.partition("Your code for the team: ")[2].split()[0]


async def agreed(person: Person) -> None:
    """Set up, and let the staff know."""
    await set_up(person)
    await person.wait_for("may I let the team")
    await person.press("Yes, let them know")
    await person.wait_for("Noted.")


async def test_a_walk_through_every_command(tmp_path: Path) -> None:
    """Help, counts with their picture, an invitation, a patient by code, a broadcast; each is written down."""
    crowd = [patient(number, NINE) for number in range(20)]
    async with clinic(tmp_path, NINE, patients=crowd) as at:
        await at.ask("/help", "What I can do in this chat")
        stats = await at.ask("/stats", "People: 20", by=at.desk)
        assert stats["photo"]
        assert "new, none finished yet: 20; paused or on hold: 0" in text_of(stats)
        code = await invited(at, "es 07:30 once 14 days")
        await at.ada.say(f"/start {code}")
        await at.ada.wait_for("Lo que no soy")
        await at.ada.press("Entiendo")
        await at.ada.wait_for("¿Dónde estás?")
        await at.ada.say("New York")
        await at.ada.wait_for("Cada día: 07:30")
        await at.ada.wait_for("¿puedo avisar al equipo")
        await at.ada.press("Sí, avísales")
        await at.ada.wait_for("Anotado.")
        await at.ada.say("/privacy")
        page = text_of(await at.ada.wait_for("Tu código para el equipo"))
        shown = page.partition("Tu código para el equipo: ")[2].split()[0]
        looked_up = text_of(await at.ask(f"/who {shown}", "Days done, of those due", by=at.desk))
        assert "No warning signs noticed" in looked_up
        await at.ask("/broadcast es active\nMañana cerramos.", "To: 0 people (Español, active in 14 days)")
        await at.press("active in 14", "To: fewer than 5 people (Español)")
        await at.press("Español", "To: 21 people (everybody)")
        await at.press("Settle", "(Settle)")
        await at.press("Settle", "(everybody)")
        await at.press("Send…", "Send this now?")
        await at.press("Yes, send it", "Broadcast 1 is leaving")
        await at.ada.wait_for("Mañana cerramos.")
        await at.ask("/broadcast\nNever mind.", "This is how it will look")
        await at.press("Throw it away", "Broadcast 2 is cancelled")
        head, desk = at.head.id, at.desk.id
        assert at.log() == [
            *((head, "help"), (desk, "stats"), (head, "invitation_made"), (desk, "who"), (head, "broadcast_written")),
            *[(head, "broadcast_segment")] * 4,
            *((head, "broadcast_seen"), (head, "broadcast_sent")),
            *((head, "broadcast_written"), (head, "broadcast_cancelled")),
        ]
        assert at.lumbar.query("SELECT * FROM staff_request") == []


async def test_a_member_may_look_but_not_write(tmp_path: Path) -> None:
    """Only administrators of the chat write to people or invite them; what is refused is written down too."""
    async with clinic(tmp_path, NINE) as at:
        await at.ask("/stats", "fewer than 5", by=at.desk)
        for command in ("/broadcast\nHello", "/invite es once"):
            await at.ask(command, "Only administrators", by=at.desk)
        await at.ask("/broadcast\nHello", "This is how it will look")
        await at.press("Throw it away", "Only administrators", by=at.desk)
        assert [(row["action"], row["detail"]) for row in at.actions() if row["person_id"] == at.desk.id] == [
            ("stats", ""),
            *[("refused", what) for what in ("broadcast", "invite make", "broadcast 1 cancel")],
        ]
        assert [row["status"] for row in at.lumbar.query("SELECT status FROM broadcast")] == ["draft"]


@pytest.mark.parametrize("place", ["private", "group"])
async def test_nothing_from_elsewhere_reaches_the_commands(tmp_path: Path, place: str) -> None:
    """Typed or pressed in a private chat or another group, by a stranger or the staff's head, none of it is read."""
    async with clinic(tmp_path, NINE) as at:
        await at.ask("/broadcast\nNot yet.", "This is how it will look")
        for who in (at.ada, at.head):
            chat = who.id if place == "private" else await who.make_group("Friends")
            for command in COMMANDS:
                await who.say(command, chat_id=chat)
            await who.wait_in(chat, "I work in private chats" if place == "group" else "What I am not")
            message = (await who.chat(chat))["messages"][-1]["message_id"]
            for data in BUTTONS:
                await who.press_data(message, data, chat_id=chat)
            if place == "private":
                await everything_said(who)
        await at.lumbar.sent_everything()
        assert [action for _, action in at.log()] == ["broadcast_written"]
        assert at.lumbar.query("SELECT * FROM invitation") == []
        assert [row["status"] for row in at.lumbar.query("SELECT status FROM broadcast")] == ["draft"]


async def test_a_stranger_in_the_staff_chat_is_refused(tmp_path: Path) -> None:
    """Who is no member, as somebody in the discussion of a channel, gets no answer but that."""
    async with clinic(tmp_path, NINE) as at:
        await at.ada.say("/start")
        await at.ada.wait_for("What I am not")
        updates = at.lumbar.sandbox.updates
        chat = {"id": at.group, "type": "supergroup", "title": "Front desk"}
        message = {"message_id": 1, "date": int(NINE.timestamp()), "chat": chat, "from": at.ada.user}
        updates.inject({"update_id": updates.latest_id + 1, "message": {**message, "text": "/stats"}})
        await at.head.wait_in(at.group, "I could not see that you are a member")
        assert at.log() == [(at.ada.id, "refused")]


async def test_a_request_waits_until_telegram_says_who_asks(tmp_path: Path) -> None:
    """While Telegram does not answer, nothing is told; as soon as it does, the request is answered, once."""
    async with clinic(tmp_path, NINE) as at:
        at.lumbar.sandbox.fail_next(Fault("server_error", times=2, method="getChatMember"))
        await at.ask("/stats", "fewer than 5")
        assert [action for _, action in at.log()] == ["stats"]


async def test_an_answer_about_somebody_goes_with_them(tmp_path: Path) -> None:
    """Erased, nobody is found by the code any more; the log keeps that somebody was looked up, but not whom."""
    async with clinic(tmp_path, NINE) as at:
        await agreed(at.ada)
        code = await code_of(at.ada)
        await at.ask(f"/who {code.lower()}", "Days done, of those due")
        assert [row["chat_id"] for row in at.actions()] == [at.ada.id]
        await at.ada.say("/delete")
        await at.ada.wait_for("Erase everything")
        await at.ada.press("Erase everything")
        await at.ada.wait_for("is erased")
        await at.ask(f"/who {code}", "Nobody has this code")
        assert [(row["action"], row["chat_id"]) for row in at.actions()] == [("who", None), ("who_unknown", None)]
        assert at.lumbar.query("SELECT * FROM staff_code") == []


async def test_a_code_can_be_changed_and_needs_consent(tmp_path: Path) -> None:
    """A new code makes the old one useless, and taking the consent back makes every code useless."""
    async with clinic(tmp_path, NINE) as at:
        await agreed(at.ada)
        old = await code_of(at.ada)
        await at.ada.press("Give me a new code")
        page = await at.ada.wait_for(lambda seen: "Your code" in text_of(seen) and old not in text_of(seen))
        new = text_of(page).partition("Your code for the team: ")[2].split()[0]
        await at.ask(f"/who {old}", "Nobody has this code")
        await at.ask(f"/who {new}", "Days done, of those due")
        await at.ada.press("No, keep it between us")
        await at.ada.wait_for("I tell nobody")
        await at.ask(f"/who {new}", "Nobody has this code")
