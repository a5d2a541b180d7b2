"""The person's door: JSON under `/sandbox/`, for the chat page and for tests.

    GET  state                                  the bot, the clock, people, groups, `seq` of the journal
    GET  chats/{chat_id}                        messages both ways, keyboard, commands
    GET  events?after=&timeout=&chat_id=        journal entries later than `after`, waiting up to `timeout` seconds
    GET  stream?after=                          the same without end, as server-sent events
    GET  calls                                  the log of Bot API calls
    GET  files/{file_id}                        a file's bytes
    DELETE files                                refuse the bot every file_id it has; the chats stay as they are
    POST people                                 {first_name, language_code?, id?, last_name?, username?}
    POST people/{id}/text                       {text, chat_id?, reply_to?}
    POST people/{id}/edit                       {message_id, text}
    POST people/{id}/press                      {message_id, row, column} or {message_id, callback_data}; chat_id?
    POST people/{id}/location                   {latitude, longitude}
    POST people/{id}/sticker | voice | photo    {caption?} for the photo
    POST people/{id}/contact                    {first_name, phone_number}
    POST people/{id}/poll                       {question, options}
    POST people/{id}/forward                    {text, author}
    POST people/{id}/rename                     {first_name}
    POST people/{id}/block | unblock | deactivate
    POST people/{id}/migrate                    {chat_id}: the group becomes a supergroup
    POST people/{id}/web-app                    {}: the `init_data` with which Telegram opens a Mini App for them
    POST groups                                 {title, member_ids, admin_ids?, bot_is_admin?}; the first made it
    POST clock                                  {seconds} or {at: ISO 8601} or {next_event: true}
    POST faults                                 {kind, times?, method?, chat_id?, retry_after?}
    DELETE faults                               forget the faults still to come

Requests must name a loopback host and, where they change something, be JSON: a page from elsewhere can do neither.
"""

import json
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from bot.sandbox.bot_api import BotApi
from bot.sandbox.errors import PersonError
from bot.sandbox.faults import FAULT_KINDS, Fault, FaultPlan
from bot.sandbox.guard import Body, body_of, guarded, required
from bot.sandbox.json_answer import JsonAnswer
from bot.sandbox.people import People
from bot.sandbox.profile import Profile
from bot.sandbox.updates import Updates
from bot.sandbox.web_app import init_data
from bot.sandbox.world import World

_LONGEST_WAIT_SECONDS = 60
_STREAM_PAUSE_SECONDS = 15
_INLINE_TYPES = {"image/png", "image/jpeg", "image/gif", "image/webp", "video/mp4"}
_FILE_HEADERS = {"Cache-Control": "private, max-age=86400, immutable"}  # other bytes have another file_id

NextEvent = Callable[[], datetime | None]


class PersonApi:
    """Translates HTTP to the actions of people, the clock and the faults."""

    def __init__(
        self,
        *,
        world: World,
        updates: Updates,
        profile: Profile,
        faults: FaultPlan,
        calls: BotApi,
        next_event_at: NextEvent | None,
        token: str,
    ) -> None:
        self._world = world
        self._updates = updates
        self._profile = profile
        self._faults = faults
        self._bot_api = calls
        self._people = People(world, updates)
        self._token = token
        self._next_event_at = next_event_at or self._next_date_shown

    def routes(self) -> list[Route]:
        """Return the routes of this door."""
        return [
            Route("/sandbox/state", guarded(self._state)),
            Route("/sandbox/chats/{chat_id}", guarded(self._chat)),
            Route("/sandbox/events", guarded(self._events)),
            Route("/sandbox/stream", guarded(self._stream)),
            Route("/sandbox/calls", guarded(self._calls)),
            Route("/sandbox/files/{file_id}", guarded(self._file)),
            Route("/sandbox/files", guarded(self._forget_files), methods=["DELETE"]),
            Route("/sandbox/people", guarded(self._add_person), methods=["POST"]),
            Route("/sandbox/people/{person_id:int}/{action}", guarded(self._act), methods=["POST"]),
            Route("/sandbox/groups", guarded(self._add_group), methods=["POST"]),
            Route("/sandbox/clock", guarded(self._move_clock), methods=["POST"]),
            Route("/sandbox/faults", guarded(self._add_fault), methods=["POST"]),
            Route("/sandbox/faults", guarded(self._forget_faults), methods=["DELETE"]),
        ]

    async def _state(self, request: Request) -> Response:
        del request
        world = self._world
        return JsonAnswer(
            {
                "seq": world.journal.seq,
                "bot": world.bot,
                "connected": self._updates.connected,
                "clock": self._clock(),
                "people": [{**p.as_user(), "started": p.started, "blocked": p.blocked} for p in world.people.values()],
                "groups": [world.group_json(chat) for chat in world.chats.values() if chat.title],
            }
        )

    async def _chat(self, request: Request) -> Response:
        world = self._world
        number: str = request.path_params["chat_id"]
        chat = world.chats.get(int(number)) if number.removeprefix("-").isdecimal() else None
        if chat is None:
            raise PersonError("there is no such chat", status=404)
        person = world.people.get(chat.id)
        language = person.language_code if person else None
        return JsonAnswer(
            {
                "seq": world.journal.seq,
                "chat": world.chat_json(chat),
                "messages": list(chat.messages.values()),
                "reactions": chat.reactions,
                "keyboard": chat.keyboard,
                "blocked": person is not None and person.blocked,
                "description": self._profile.described(language),
                "commands": self._profile.commands_for(chat.id, language, private=person is not None),
                "menu_button": self._profile.menu_button_for(chat.id),
            }
        )

    async def _events(self, request: Request) -> Response:
        query = request.query_params
        chat_id = int(query["chat_id"]) if "chat_id" in query else None
        seconds = min(float(query.get("timeout", 0)), _LONGEST_WAIT_SECONDS)
        events = await self._world.journal.wait(int(query.get("after", 0)), chat_id=chat_id, timeout_seconds=seconds)
        return JsonAnswer({"events": events, "seq": events[-1]["seq"] if events else self._world.journal.seq})

    async def _stream(self, request: Request) -> Response:
        resumed = request.headers.get("last-event-id") or request.query_params.get("after")
        after = self._world.journal.seq if resumed is None else int(resumed)
        return StreamingResponse(
            self._stream_lines(after), media_type="text/event-stream", headers={"Cache-Control": "no-store"}
        )

    async def _stream_lines(self, after: int) -> AsyncIterator[str]:
        yield ": here you are\n\n"
        while not self._world.journal.closed:
            events = await self._world.journal.wait(after, timeout_seconds=_STREAM_PAUSE_SECONDS)
            for event in events:
                after = event["seq"]
                yield f"id: {after}\ndata: {json.dumps(event)}\n\n"
            if not events:
                yield ": still here\n\n"

    async def _calls(self, request: Request) -> Response:
        del request
        return JsonAnswer({"calls": list(self._bot_api.calls)})

    async def _file(self, request: Request) -> Response:
        stored = self._world.files.in_chats(request.path_params["file_id"])
        if stored is None:
            raise PersonError("there is no such file", status=404)
        # Anything that is not plainly a picture is offered for download, never shown: it may be HTML.
        if stored.mime_type in _INLINE_TYPES:
            return Response(stored.content, media_type=stored.mime_type, headers=_FILE_HEADERS)
        return Response(
            stored.content, media_type="application/octet-stream", headers={"Content-Disposition": "attachment"}
        )

    async def _forget_files(self, request: Request) -> Response:
        del request
        self._world.files.forget()
        return JsonAnswer({})

    async def _add_person(self, request: Request) -> Response:
        body = await body_of(request)
        person = self._world.add_person(
            required(body, "first_name", str),
            body.get("language_code"),
            body.get("id"),
            last_name=body.get("last_name"),
            username=body.get("username"),
        )
        return JsonAnswer({"person": person.as_user(), "seq": self._world.journal.seq}, status_code=201)

    async def _act(self, request: Request) -> Response:
        person_id: int = request.path_params["person_id"]
        body = await body_of(request)
        seq = self._world.journal.seq
        return JsonAnswer({"seq": seq, **self._acted(person_id, request.path_params["action"], body)})

    def _acted(self, person_id: int, action: str, body: Body) -> Body:  # noqa: C901, PLR0912 - one case per action
        """Carry out one action and return what came of it."""
        people = self._people
        outcome: Body = {}
        match action:
            case "text":
                text = required(body, "text", str)
                outcome["message"] = people.say(
                    person_id, text, chat_id=body.get("chat_id"), reply_to=body.get("reply_to")
                )
            case "edit":
                text = required(body, "text", str)
                outcome["message"] = people.edit(person_id, required(body, "message_id", int), text)
            case "press" if "callback_data" in body:
                data, message_id = required(body, "callback_data", str), required(body, "message_id", int)
                people.press_data(person_id, message_id, data, chat_id=body.get("chat_id"))
            case "press":
                row, column = required(body, "row", int), required(body, "column", int)
                message_id = required(body, "message_id", int)
                outcome["button"] = people.press(
                    person_id, message_id, row=row, column=column, chat_id=body.get("chat_id")
                )
            case "location":
                latitude = required(body, "latitude", (int, float))
                longitude = required(body, "longitude", (int, float))
                outcome["message"] = people.share_location(person_id, latitude, longitude)
            case "sticker":
                outcome["message"] = people.send_sticker(person_id)
            case "voice":
                outcome["message"] = people.send_voice(person_id)
            case "photo":
                outcome["message"] = people.send_photo(person_id, str(body.get("caption", "")))
            case "contact":
                name, number = required(body, "first_name", str), required(body, "phone_number", str)
                outcome["message"] = people.send_contact(person_id, name, number)
            case "poll":
                question, options = required(body, "question", str), required(body, "options", list)
                outcome["message"] = people.send_poll(person_id, question, options)
            case "forward":
                text, author = required(body, "text", str), required(body, "author", str)
                outcome["message"] = people.forward(person_id, text, author)
            case "rename":
                people.rename(person_id, required(body, "first_name", str))
            case "deactivate":
                people.deactivate(person_id)
            case "migrate":
                moved = people.migrate(person_id, required(body, "chat_id", int))
                outcome["chat"] = self._world.chat_json(moved)
            case "block" | "unblock":
                people.set_blocked(person_id, blocked=action == "block")
            case "web-app":
                person = self._world.person(person_id)
                outcome["init_data"] = init_data(person.as_user(), self._token, self._world.clock.now())
            case _:
                raise PersonError(f"people cannot {action}", status=404)
        return outcome

    async def _add_group(self, request: Request) -> Response:
        body = await body_of(request)
        chat = self._people.make_group(
            required(body, "title", str),
            required(body, "member_ids", list),
            bot_is_admin=bool(body.get("bot_is_admin")),
            admin_ids=body.get("admin_ids"),
        )
        return JsonAnswer({"chat": self._world.chat_json(chat), "seq": self._world.journal.seq}, status_code=201)

    async def _move_clock(self, request: Request) -> Response:
        body = await body_of(request)
        clock = self._world.clock
        try:
            if body.get("next_event"):
                at = self._next_event_at()
                if at is None or at < clock.now():
                    raise PersonError("nothing is planned yet", status=409)
                clock.move_to(at)
            elif "at" in body:
                clock.move_to(datetime.fromisoformat(body["at"]).astimezone(UTC))
            else:
                clock.move(timedelta(seconds=required(body, "seconds", (int, float))))
        except ValueError as error:
            raise PersonError(str(error)) from error
        return JsonAnswer({"clock": self._clock(), "seq": self._world.journal.seq})

    async def _add_fault(self, request: Request) -> Response:
        body = await body_of(request)
        if body.get("kind") not in FAULT_KINDS:
            raise PersonError(f"kind is one of {', '.join(FAULT_KINDS)}")
        try:
            self._faults.pending.append(Fault(**body))
        except TypeError as error:
            raise PersonError(str(error)) from error
        return JsonAnswer({}, status_code=201)

    async def _forget_faults(self, request: Request) -> Response:
        del request
        self._faults.pending.clear()
        return JsonAnswer({})

    def _clock(self) -> Body:
        clock = self._world.clock
        return {"now": clock.now().isoformat(), "offset_seconds": clock.offset.total_seconds()}

    def _next_date_shown(self) -> datetime | None:
        """Return the latest future date the bot has written in any chat as a date-time entity."""
        now = self._world.unix_now()
        dates = (
            entity["unix_time"]
            for chat in self._world.chats.values()
            for message in chat.messages.values()
            for entity in message.get("entities", [])
            if entity["type"] == "date_time" and entity["unix_time"] > now
        )
        latest = max(dates, default=None)
        return None if latest is None else datetime.fromtimestamp(latest, UTC)
