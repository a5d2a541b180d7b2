"""`lumbar init` as a script and as an operator at a terminal use it, with the sandbox in Telegram's place."""

import os
import pty
import select
import signal
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from bot.sandbox import Sandbox
from tests.integration.program import PATIENCE_SECONDS, Program, copy_checkout

TOKEN = "424242:a-token-that-only-the-sandbox-knows-of"
OTHER_TOKEN = "424243:a-token-that-nobody-has-ever-heard-of0"
ANSWERS = {
    "token": TOKEN,
    "name": "Rückenpraxis am Ring",
    "phone": "+43 1 234 5678",
    "address": "Ring 1, 1010 Wien, AT",
    "hours": "Mo-Fr 8:00-18:00",
}
OPTIONS = [part for name, answer in ANSWERS.items() for part in (f"--{name}", answer)]


@pytest.fixture
def lumbar(tmp_path: Path) -> Iterator[Program]:
    """Return the program in a checkout of its own; nothing may lie about in its temporary folder in the end."""
    checkout, temporary = tmp_path / "checkout", tmp_path / "temporary"
    temporary.mkdir()
    yield Program(copy_checkout(checkout), temporary)
    assert list(temporary.iterdir()) == []


@pytest.fixture
async def api() -> AsyncIterator[str]:
    """Serve an emulated Telegram."""
    async with Sandbox(token=TOKEN).serve() as address:
        yield address


def card(lumbar: Program) -> str:
    """Return what the clinic's card says."""
    return (lumbar.checkout / "content" / "clinic.yaml").read_text(encoding="utf-8")


def env(lumbar: Program) -> str | None:
    """Return what `.env` says; None where there is none."""
    file = lumbar.checkout / ".env"
    return file.read_text(encoding="utf-8") if file.exists() else None


async def test_a_script_answers_by_options(lumbar: Program, api: str) -> None:
    """Both files are written, the token is known by its bot's name, and what comes next is told."""
    ended = await lumbar.ends("init", *OPTIONS, TELEGRAM_API_URL=api)
    assert (ended.code, ended.err) == (0, "")
    assert "Telegram knows this bot as @lumbar_sandbox_bot." in ended.out
    assert "lumbar doctor" in ended.out
    assert TOKEN not in ended.out
    assert f"TELEGRAM_BOT_TOKEN={TOKEN}\n" in (env(lumbar) or "")
    assert (lumbar.checkout / ".env").stat().st_mode & 0o777 == 0o600
    assert "name: " in card(lumbar)
    assert "Rückenpraxis am Ring" in card(lumbar)
    checked = await lumbar.ends("doctor", TELEGRAM_API_URL=api, DATABASE_URL="")
    assert "ok     token" in checked.out
    assert "ok     content" in checked.out


async def test_what_is_there_is_replaced_only_by_a_word(lumbar: Program, api: str) -> None:
    """A second time nothing is changed without --yes; with it, other settings stay."""
    (lumbar.checkout / ".env").write_text("LOG_LEVEL=DEBUG\n", encoding="utf-8")
    before = card(lumbar)
    ended = await lumbar.ends("init", *OPTIONS, TELEGRAM_API_URL=api)
    assert (ended.code, env(lumbar), card(lumbar)) == (2, "LOG_LEVEL=DEBUG\n", before)
    assert "--yes" in ended.err
    assert (await lumbar.ends("init", *OPTIONS, "--yes", TELEGRAM_API_URL=api)).code == 0
    assert (env(lumbar) or "").startswith("LOG_LEVEL=DEBUG\n")
    assert f"TELEGRAM_BOT_TOKEN={TOKEN}" in (env(lumbar) or "")


@pytest.mark.parametrize(
    ("options", "line"),
    [
        (["--token", OTHER_TOKEN, *OPTIONS[2:]], "rejected TELEGRAM_BOT_TOKEN: copy it again from @BotFather"),
        (OPTIONS[:-2], "--hours is missing, and there is no terminal to ask at"),
        ([*OPTIONS, "--phone", "555"], "--phone: That is no telephone number as dialled from abroad"),
    ],
    ids=["a foreign token", "a question left open", "a number that is none"],
)
async def test_nothing_is_written_where_an_answer_is_wrong(
    lumbar: Program, api: str, options: list[str], line: str
) -> None:
    """One line says what to do, and both files are as they were."""
    before = card(lumbar)
    ended = await lumbar.ends("init", *options, TELEGRAM_API_URL=api)
    assert (ended.code, ended.out, env(lumbar), card(lumbar)) == (2, "", None, before)
    assert line in ended.err
    assert ended.err.count("\n") == 1


async def test_without_a_network_the_token_is_written_unchecked(lumbar: Program) -> None:
    """It says so, and goes on."""
    ended = await lumbar.ends("init", *OPTIONS, TELEGRAM_API_URL="http://127.0.0.1:9")
    assert ended.code == 0
    assert "The token is not checked." in ended.out
    assert env(lumbar) is not None


class Terminal:
    """The program at a terminal: what it shows is read until it shows what is waited for."""

    def __init__(self, lumbar: Program, *arguments: str, **variables: str) -> None:
        self._master, slave = pty.openpty()
        self.process = subprocess.Popen(
            lumbar.command(*arguments),
            cwd=lumbar.checkout,
            env=lumbar.environment(**variables),
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
        )
        os.close(slave)
        self.shown = ""

    def see(self, text: str) -> None:
        """Read on until `text` is shown."""
        while text not in self.shown:
            self._read()
        self.shown = self.shown.partition(text)[2]

    def asked(self, text: str) -> None:
        """Read on until a question is shown and the answer is waited for; what was typed before would be dropped."""
        self.see(text)
        self.see("> ")

    def type(self, text: str) -> None:
        """Type a line."""
        os.write(self._master, f"{text}\n".encode())

    def interrupt(self) -> None:
        """Press Ctrl-C until it is heard: Python misses one that comes just before it waits for a line."""
        for _ in range(PATIENCE_SECONDS):
            self.process.send_signal(signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(1)
                return

    def _read(self) -> None:
        assert select.select([self._master], [], [], PATIENCE_SECONDS)[0], self.shown
        self.shown += os.read(self._master, 4096).decode()

    def end(self) -> int:
        """Read to the end; return the exit code."""
        try:
            while True:
                self._read()
        except OSError:  # how a terminal ends
            os.close(self._master)
        return self.process.wait(PATIENCE_SECONDS)


async def test_at_a_terminal_six_questions_are_asked(lumbar: Program) -> None:
    """One after the other, the wrong answer again, and the token is not shown while it is typed."""
    terminal = Terminal(lumbar, "init", TELEGRAM_API_URL="http://127.0.0.1:9")
    terminal.asked("1/6")
    terminal.type(TOKEN)
    terminal.see("2/6")
    assert TOKEN not in terminal.shown
    terminal.see("> ")
    terminal.type("Rückenpraxis am Ring")
    terminal.asked("3/6")
    terminal.type("234 5678")
    terminal.see("That is no telephone number")
    terminal.asked("3/6")
    for number, option in enumerate(("phone", "address", "hours"), start=4):
        terminal.type(ANSWERS[option])
        terminal.asked(f"{number}/6")
    terminal.type("")
    assert terminal.end() == 0
    assert "Written:" in terminal.shown
    assert f"TELEGRAM_BOT_TOKEN={TOKEN}\n" in (env(lumbar) or "")


async def test_ctrl_c_leaves_everything_as_it_was(lumbar: Program) -> None:
    """Whoever leaves in the middle finds no file changed, and none that was not there."""
    before, files = card(lumbar), sorted(lumbar.checkout.iterdir())
    terminal = Terminal(lumbar, "init", TELEGRAM_API_URL="http://127.0.0.1:9")
    terminal.asked("1/6")
    terminal.type(TOKEN)
    terminal.asked("2/6")
    terminal.interrupt()
    terminal.end()
    assert (card(lumbar), sorted(lumbar.checkout.iterdir())) == (before, files)
