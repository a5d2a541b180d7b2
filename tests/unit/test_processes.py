"""Which process does what, by command and settings."""

from typing import Any

import pytest

from bot.processes import Command, Duties, duties_of
from bot.settings import Settings, SettingsError, load_settings

POSTGRESQL = "postgresql://lumbar@localhost/lumbar"
PUBLIC = "https://bot.example.org"


def load(**chosen: Any) -> Settings:
    """Return settings without a file."""
    return load_settings(env_file=None, **chosen)


@pytest.mark.parametrize(
    ("command", "chosen", "duties"),
    [
        (Command.RUN, {}, Duties(takes_webhook=False, polls=True, works=True, port=None)),
        (Command.RUN, {"port": 9000}, Duties(takes_webhook=False, polls=True, works=True, port=9000)),
        (Command.RUN, {"public_url": PUBLIC}, Duties(takes_webhook=True, polls=False, works=True, port=8080)),
        (
            Command.WEB,
            {"public_url": PUBLIC, "port": 9000},
            Duties(takes_webhook=True, polls=False, works=False, port=9000),
        ),
        (Command.WORKER, {}, Duties(takes_webhook=False, polls=True, works=True, port=None)),
        (Command.WORKER, {"public_url": PUBLIC}, Duties(takes_webhook=False, polls=False, works=True, port=None)),
        (
            Command.WORKER,
            {"public_url": PUBLIC, "port": 9000},
            Duties(takes_webhook=False, polls=False, works=True, port=9000),
        ),
    ],
    ids=["run", "run with a port", "run by webhook", "web", "worker that polls", "worker", "worker with a port"],
)
def test_who_does_what(command: Command, chosen: dict[str, Any], duties: Duties) -> None:
    """Whoever takes the webhook serves HTTP; the others only where a port is set; nobody polls beside a webhook."""
    assert duties_of(command, load(database_url=POSTGRESQL, **chosen)) == duties


@pytest.mark.parametrize("command", [Command.WEB, Command.WORKER])
def test_several_processes_want_postgresql(command: Command) -> None:
    """SQLite serves one process, which is `lumbar run`."""
    with pytest.raises(SettingsError, match=rf"use `lumbar run` instead of `lumbar {command}`, or name a PostgreSQL"):
        duties_of(command, load(public_url=PUBLIC))


def test_web_wants_an_address() -> None:
    """Without PUBLIC_URL Telegram has nowhere to post."""
    with pytest.raises(SettingsError, match="PUBLIC_URL is not set"):
        duties_of(Command.WEB, load(database_url=POSTGRESQL))
