"""Schemathesis against the Mini App's API: what the document describes is what the handlers do.

    python -m tests.fuzz.app_api 5000

The whole API in this process, over a real database with one person in it, asked by somebody who signed in. Every
operation gets its share of the cases: what the document allows has to be taken, what it forbids refused, every answer
has to look as described, and nothing may be told without a signature. Whoever erases themselves is put back, or the
rest of the cases would meet nobody.
"""

import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import schemathesis
from schemathesis.engine import Status, events, from_schema
from schemathesis.generation import GenerationMode
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.domain.chat import Chat, State
from bot.domain.events import EraseConfirmed, Event
from bot.domain.schedule import ReminderTimes
from bot.frontdesk import FrontDesk
from bot.storage import migrations
from bot.storage.unit_of_work import Database
from bot.usecases.miniapp import Page
from bot.usecases.ports import StoredChat
from bot.web.app import MiniApp
from bot.web.app_api import AppApi
from bot.web.app_files import TELEGRAM_SCRIPT, AppFiles
from bot.web.app_limits import Rate
from bot.web.init_data import AppUser
from tests.knowledge import the_knowledge
from tests.unit.web.forgeries import ADA, GOOD, NOW, TOKEN

PLENTY = Rate(burst=1_000_000, per_second=1_000_000.0)
SOMEBODY = Chat(
    chat_id=ADA,
    language="en",
    state=State.IDLE,
    entered_at=NOW,
    consented_at=NOW,
    zone="America/New_York",
    reminder_times=ReminderTimes((time(7, 30),)),
    screened_at=NOW,
    checked_at=NOW - timedelta(days=1),
)


class StoppedClock:
    """A clock that stands at the moment for which the test's signature is good."""

    def now(self) -> datetime:
        """Return that moment."""
        return NOW


@dataclass(frozen=True, slots=True)
class PatientDesk:
    """The real front desk, which puts back whoever erased themselves."""

    desk: FrontDesk

    def now(self) -> datetime:
        """Return the desk's moment."""
        return self.desk.now()

    async def open_at(self, user: AppUser, page: Page) -> Mapping[str, Any]:
        """Return the labels, and what a page shows."""
        return await self.desk.open_at(user, page)

    async def read(self, user: AppUser, page: Page) -> Mapping[str, Any] | None:
        """Return what a page shows."""
        return await self.desk.read(user, page)

    async def choose(self, user: AppUser, event: Event, key: str) -> str | None:
        """Let an event happen."""
        note = await self.desk.choose(user, event, key)
        if isinstance(event, EraseConfirmed):
            await self.desk.database.run(lambda tx: tx.save_chat(StoredChat(SOMEBODY), NOW))
        return note


@contextmanager
def api() -> Iterator[ASGIApp]:
    """Serve the API over a database with one person in it."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'lumbar.db'}")
        migrations.apply(database.engine)
        database.run_here(lambda tx: tx.save_chat(StoredChat(SOMEBODY), NOW))
        knowledge = replace(the_knowledge(), staff_chat_id=-100)
        desk = PatientDesk(FrontDesk(database, knowledge, StoppedClock(), lambda: None))
        served = AppApi(TOKEN, desk, languages=knowledge.languages, per_address=PLENTY, per_person=PLENTY)
        yield MiniApp("https://bot.example.org/app/", AppFiles(TELEGRAM_SCRIPT, {}, {}), served).alone()
        database.close()


@dataclass(slots=True)
class Outcome:
    """How many cases each operation got, which statuses came back, and what failed, in schemathesis's words."""

    cases: Counter[str]
    statuses: Counter[int]
    failures: list[str]


def fuzz(cases: int) -> Outcome:
    """Ask the API at least `cases` times, every choice alike; pages, which have nothing to vary, a few times each."""
    outcome = Outcome(Counter(), Counter(), [])
    with api() as app:

        async def counted(scope: Scope, receive: Receive, send: Send) -> None:
            async def noted(message: Any) -> None:
                if message["type"] == "http.response.start":
                    outcome.statuses[message["status"]] += 1
                await send(message)

            await app(scope, receive, noted)

        schema = schemathesis.openapi.from_asgi("/app/api/openapi.json", counted)
        outcome.statuses.clear()
        choices = sum("post" in path for path in schema.raw_schema["paths"].values())  # pages take nothing
        schema.config.update(headers={"Authorization": f"tma {GOOD}"})
        schema.config.generation.update(
            modes=[GenerationMode.POSITIVE, GenerationMode.NEGATIVE],
            max_examples=-(-cases // choices),
            deterministic=True,
        )
        schema.config.phases.update(phases=["examples", "coverage", "fuzzing"])
        for event in from_schema(schema).execute():
            if isinstance(event, events.ScenarioFinished):
                outcome.cases[event.recorder.label] += len(event.recorder.cases)
                outcome.failures += _failures(event)
            elif isinstance(event, events.NonFatalError | events.FatalError):
                outcome.failures.append(str(event))
    return outcome


def _failures(event: events.ScenarioFinished) -> list[str]:
    return [
        f"{event.recorder.label}: {check.name}: {check.failure_info.failure.title if check.failure_info else ''}"
        f" {check.failure_info.failure.message if check.failure_info else ''}"
        for checks in event.recorder.checks.values()
        for check in checks
        if check.status is Status.FAILURE
    ]


def main() -> None:
    """Ask as often as the command line says, print what came of it, and fail if anything did."""
    outcome = fuzz(int(sys.argv[1]))
    for operation, count in sorted(outcome.cases.items()):
        sys.stdout.write(f"{count:6}  {operation}\n")
    statuses = ", ".join(f"{status} {count} times" for status, count in sorted(outcome.statuses.items()))
    sys.stdout.write(
        f"{outcome.cases.total():6}  cases in all, {len(outcome.failures)} failures; answered {statuses}\n"
    )
    for failure in outcome.failures[:20]:
        sys.stdout.write(f"{failure}\n")
    sys.exit(bool(outcome.failures))


if __name__ == "__main__":
    main()
