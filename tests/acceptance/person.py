"""A person at the other end of the chat, for acceptance tests: writes, presses, and waits for the bot's messages.

It knows the sandbox's person side over HTTP and nothing of the bot. Waiting is by long poll, never by sleeping. What
counts as new is what came, or was edited, after the last message the person has seen: `next_message` and `wait_for`
move on from there, so a test reads like the conversation. Failures print the chat so far.

    async with await Person.create(address, first_name="Ada", language_code="en") as ada:
        await ada.say("/start")
        await ada.wait_for("Welcome")
        await ada.press("I understand")
"""

import time
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

import aiohttp

Message = dict[str, Any]
Wanted = str | Callable[[Message], bool]

_POLL_SECONDS = 20.0
PATIENCE_SECONDS = 30.0  # what is waited for comes at once; a busy machine may take its time


class Person:
    """One person and their private chat with the bot."""

    def __init__(self, base_url: str, session: aiohttp.ClientSession, user: dict[str, Any], seq: int) -> None:
        self.user = user
        self.id: int = user["id"]
        self._base_url = base_url
        self._session = session
        # Seen last, for each kind of thing waited for: a toast may come before or after the message it belongs to.
        self._seen = dict.fromkeys(("message", "toast", "call"), seq)

    @classmethod
    async def create(
        cls, base_url: str, *, first_name: str = "Ada", language_code: str | None = "en", person_id: int | None = None
    ) -> Self:
        """Make a person in the sandbox at `base_url`; close it, or use it as a context."""
        session = aiohttp.ClientSession()
        body = {"first_name": first_name, "language_code": language_code, "id": person_id}
        answer = await _post(session, f"{base_url}/sandbox/people", body)
        return cls(base_url, session, answer["person"], answer["seq"])

    async def __aenter__(self) -> Self:
        """Return the person."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connection."""
        await self.close()

    async def close(self) -> None:
        """Close the connection; the person stays in the sandbox."""
        await self._session.close()

    async def say(self, text: str, *, chat_id: int | None = None, reply_to: int | None = None) -> Message:
        """Send a text to the bot, or to the group `chat_id`; returns the message sent."""
        return await self._send("text", {"text": text, "chat_id": chat_id, "reply_to": reply_to})

    async def edit(self, message_id: int, text: str) -> Message:
        """Edit an own message."""
        return await self._send("edit", {"message_id": message_id, "text": text})

    async def share_location(self, latitude: float, longitude: float) -> Message:
        """Share a place."""
        return await self._send("location", {"latitude": latitude, "longitude": longitude})

    async def send_sticker(self) -> Message:
        """Send a sticker."""
        return await self._send("sticker", {})

    async def send_voice(self) -> Message:
        """Send a voice note."""
        return await self._send("voice", {})

    async def send_photo(self, caption: str = "") -> Message:
        """Send a photo, with or without a caption."""
        return await self._send("photo", {"caption": caption})

    async def send_contact(self, first_name: str = "Bob", phone_number: str = "+1 555 0100") -> Message:
        """Share somebody's number."""
        return await self._send("contact", {"first_name": first_name, "phone_number": phone_number})

    async def send_poll(self, question: str = "Tea or coffee?", *options: str) -> Message:
        """Send a poll."""
        return await self._send("poll", {"question": question, "options": options or ("Tea", "Coffee")})

    async def forward(self, text: str, *, author: str = "Bob") -> Message:
        """Pass on what somebody else wrote."""
        return await self._send("forward", {"text": text, "author": author})

    async def rename(self, first_name: str) -> None:
        """Take another first name."""
        await self._act("rename", {"first_name": first_name})

    async def delete_account(self) -> None:
        """Be gone from Telegram."""
        await self._act("deactivate", {})

    async def make_supergroup(self, chat_id: int) -> int:
        """Make a group a supergroup and return its new chat id."""
        answer = await self._act("migrate", {"chat_id": chat_id})
        moved: int = answer["chat"]["id"]
        return moved

    async def open_app(self) -> str:
        """Open the bot's Mini App; returns the `initData` that Telegram signs for it."""
        init_data: str = (await self._act("web-app", {}))["init_data"]
        return init_data

    async def block(self) -> None:
        """Block the bot."""
        await self._act("block", {})

    async def unblock(self) -> None:
        """Let the bot write again."""
        await self._act("unblock", {})

    async def make_group(self, title: str, *others: "Person", bot_is_admin: bool = False) -> int:
        """Make a group with the bot and others; return its id. The bot reads everything there only as its admin."""
        members = [self.id, *(other.id for other in others)]
        body = {"title": title, "member_ids": members, "bot_is_admin": bot_is_admin}
        answer = await _post(self._session, f"{self._base_url}/sandbox/groups", body)
        chat_id: int = answer["chat"]["id"]
        return chat_id

    async def press(self, label: str) -> dict[str, Any]:
        """Press the button whose label holds `label`, on the latest message that has one or on the reply keyboard."""
        chat = await self.chat()
        for message in reversed(chat["messages"]):
            if _find_button(message, label) is not None:
                return await self.press_on(message["message_id"], label)
        for row in (chat["keyboard"] or {}).get("keyboard", []):
            for button in row:
                if label in button["text"] and not button.get("request_location"):
                    await self.say(button["text"])
                    return dict(button)
        raise AssertionError(f"no button says {label!r}\n{_drawn(chat)}")

    async def press_on(self, message_id: int, label: str) -> dict[str, Any]:
        """Press the button whose label holds `label` on this message; returns the button."""
        chat = await self.chat()
        message = next((m for m in chat["messages"] if m["message_id"] == message_id), None)
        place = _find_button(message, label) if message else None
        if place is None:
            raise AssertionError(f"message {message_id} has no button {label!r}\n{_drawn(chat)}")
        answer = await self._act("press", {"message_id": message_id, "row": place[0], "column": place[1]})
        button: dict[str, Any] = answer["button"]
        return button

    async def press_data(self, message_id: int, callback_data: str, *, chat_id: int | None = None) -> None:
        """Press a button by its data even where the message no longer shows it, as when press and edit cross."""
        await self._act("press", {"message_id": message_id, "callback_data": callback_data, "chat_id": chat_id})

    async def press_in(self, chat_id: int, label: str) -> None:
        """Press the button whose label holds `label` on the latest message of a group that has one."""
        for message in reversed((await self.chat(chat_id))["messages"]):
            if (place := _find_button(message, label)) is not None:
                where = {"message_id": message["message_id"], "row": place[0], "column": place[1], "chat_id": chat_id}
                await self._act("press", where)
                return
        raise AssertionError(f"no button says {label!r}\n{_drawn(await self.chat(chat_id))}")

    async def next_message(self, timeout: float = PATIENCE_SECONDS) -> Message:  # noqa: ASYNC109 - it bounds a long poll
        """Return the bot's next new message, in order."""
        return await self._await(lambda event: event["kind"] == "message", timeout, "a message")

    async def wait_for(self, wanted: Wanted, timeout: float = PATIENCE_SECONDS) -> Message:  # noqa: ASYNC109 - it bounds a long poll
        """Return the bot's next message, new or edited, that holds a text or fulfils a predicate; passes others by."""
        described = repr(wanted) if isinstance(wanted, str) else "what was waited for"
        return await self._await(lambda event: _fits(event["message"], wanted), timeout, described)

    async def wait_for_toast(self, timeout: float = PATIENCE_SECONDS) -> str:  # noqa: ASYNC109 - it bounds a long poll
        """Return the text of the next answer to a press, empty where it has none."""
        event = await self._next_event(
            "toast", lambda event: event["kind"] == "toast", timeout, "an answer to the press"
        )
        text: str = event["text"]
        return text

    async def wait_for_call(self, method: str, timeout: float = PATIENCE_SECONDS) -> dict[str, Any]:  # noqa: ASYNC109 - it bounds a long poll
        """Return the log entry of the next call of `method` to this chat, refused ones included."""
        event = await self._next_event(
            "call",
            lambda event: event["kind"] == "call" and event["call"]["method"] == method,
            timeout,
            f"a call of {method}",
        )
        call: dict[str, Any] = event["call"]
        return call

    async def messages(self) -> list[Message]:
        """Return the messages of the chat, both ways, oldest first."""
        found: list[Message] = (await self.chat())["messages"]
        return found

    async def messages_in(self, chat_id: int) -> list[Message]:
        """Return the messages of a group, oldest first."""
        answer = await _get(self._session, f"{self._base_url}/sandbox/events?chat_id={chat_id}&after=0&timeout=0")
        return [event["message"] for event in answer["events"] if event["kind"] == "message"]

    async def last_message(self) -> Message:
        """Return the bot's latest message."""
        from_bot = [message for message in await self.messages() if message["from"]["is_bot"]]
        assert from_bot, "the bot has said nothing yet"
        return from_bot[-1]

    async def wait_in(self, chat_id: int, wanted: Wanted, timeout: float = PATIENCE_SECONDS) -> Message:  # noqa: ASYNC109 - it bounds a long poll
        """Return the bot's next message in a group, new or edited, that holds a text or fulfils a predicate."""
        described = repr(wanted) if isinstance(wanted, str) else "what was waited for"
        return await self._await(lambda event: _fits(event["message"], wanted), timeout, described, chat_id=chat_id)

    async def chat(self, chat_id: int | None = None) -> dict[str, Any]:
        """Return everything the person's app shows: messages, keyboard, commands, whether the bot is blocked."""
        return await _get(self._session, f"{self._base_url}/sandbox/chats/{self.id if chat_id is None else chat_id}")

    async def _send(self, action: str, body: dict[str, Any]) -> Message:
        message: Message = (await self._act(action, body))["message"]
        return message

    async def _act(self, action: str, body: dict[str, Any]) -> dict[str, Any]:
        return await _post(self._session, f"{self._base_url}/sandbox/people/{self.id}/{action}", body)

    async def _await(
        self, fits: Callable[[dict[str, Any]], bool], seconds: float, described: str, *, chat_id: int | None = None
    ) -> Message:
        def from_bot(event: dict[str, Any]) -> bool:
            return event["kind"] in {"message", "edited"} and event["message"]["from"]["is_bot"] and fits(event)

        message: Message = (await self._next_event("message", from_bot, seconds, described, chat_id))["message"]
        return message

    async def _next_event(
        self,
        series: str,
        fits: Callable[[dict[str, Any]], bool],
        seconds: float,
        described: str,
        chat_id: int | None = None,
    ) -> dict[str, Any]:
        """Return the next event that fits, marking it and all before it as seen in its series (one for each group)."""
        deadline = time.monotonic() + seconds
        chat_id, series = (self.id, series) if chat_id is None else (chat_id, f"{series} in {chat_id}")
        after = self._seen.get(series, 0)
        while (left := deadline - time.monotonic()) > 0:
            query = f"chat_id={chat_id}&after={after}&timeout={min(left, _POLL_SECONDS):.3f}"
            answer = await _get(self._session, f"{self._base_url}/sandbox/events?{query}")
            for event in answer["events"]:
                after = event["seq"]
                if fits(event):
                    self._seen[series] = after
                    return dict(event)
        raise AssertionError(f"{described} did not come within {seconds} s\n{_drawn(await self.chat(chat_id))}")


async def move_clock(base_url: str, *, seconds: float) -> None:
    """Move the sandbox's clock forward."""
    await _control(base_url, {"seconds": seconds})


async def move_clock_to(base_url: str, at: str) -> None:
    """Move the sandbox's clock forward to an ISO 8601 moment with its offset."""
    await _control(base_url, {"at": at})


async def move_clock_to_next_event(base_url: str) -> None:
    """Press "Next reminder"."""
    await _control(base_url, {"next_event": True})


def text_of(message: Message) -> str:
    """Return a message's text or caption."""
    text: str = message.get("text") or message.get("caption") or ""
    return text


def labels(message: Message) -> list[str]:
    """Return the labels of a message's buttons, row by row."""
    return [button["text"] for row in message.get("reply_markup", {}).get("inline_keyboard", []) for button in row]


async def _control(base_url: str, body: dict[str, Any]) -> None:
    async with aiohttp.ClientSession() as session:
        await _post(session, f"{base_url}/sandbox/clock", body)


async def _get(session: aiohttp.ClientSession, url: str) -> dict[str, Any]:
    async with session.get(url) as response:
        return await _answer(response)


async def _post(session: aiohttp.ClientSession, url: str, body: dict[str, Any]) -> dict[str, Any]:
    async with session.post(url, json={key: value for key, value in body.items() if value is not None}) as response:
        return await _answer(response)


async def _answer(response: aiohttp.ClientResponse) -> dict[str, Any]:
    answer: dict[str, Any] = await response.json()
    assert response.ok, f"the sandbox refused: {answer.get('error')}"
    return answer


def _fits(message: Message, wanted: Wanted) -> bool:
    return wanted in text_of(message) if isinstance(wanted, str) else wanted(message)


def _find_button(message: Message, label: str) -> tuple[int, int] | None:
    """Return row and column of the button whose label is, begins with, or holds `label`, in this order of choice."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    places = [(r, c, button["text"]) for r, row in enumerate(rows) for c, button in enumerate(row)]
    for suits in (str.__eq__, str.startswith, str.__contains__):
        for row, column, text in places:
            if suits(text, label):
                return row, column
    return None


def _drawn(chat: dict[str, Any]) -> str:
    """Return the chat as text for a failure report."""
    lines = ["the chat so far:"]
    for message in chat["messages"]:
        medium = next((kind for kind in ("animation", "photo", "sticker", "voice", "location") if kind in message), "")
        shown = " ".join(part for part in (f"<{medium}>" if medium else "", text_of(message)) if part)
        who = message["from"]["first_name"]
        lines.append(
            f"  #{message['message_id']} {who}: {shown}{'  ' + str(labels(message)) if labels(message) else ''}"
        )
    if chat["keyboard"]:
        lines.append(f"  keyboard: {chat['keyboard']}")
    return "\n".join(lines)
