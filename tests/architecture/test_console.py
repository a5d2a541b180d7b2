"""The console script is there and says what it can do."""

import re
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

from bot.__main__ import app, main


def shown(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the installed script in a pipe, as wide as most terminals."""
    script = Path(sys.executable).with_name("lumbar")
    return subprocess.run([script, *arguments], capture_output=True, text=True, check=False)


def test_the_console_script_is_lumbar() -> None:
    """Installing the project installs `lumbar`."""
    (script,) = entry_points(group="console_scripts", name="lumbar")
    assert script.load() is main


def test_help_lists_every_command_with_one_line() -> None:
    """Each command has its line, whole, and nothing is drawn around it."""
    help_text = shown("--help").stdout
    lines = dict(re.findall(r"^  (\w+) +(\S.*)$", help_text.partition("Commands:\n")[2], re.MULTILINE))
    assert (
        set(lines)
        == {
            "demo",
            "init",
            "run",
            "web",
            "worker",
            "triage",
            "understand",
            "plan",
            "schedule",
            "simulate",
            "doctor",
            "migrate",
            "backup",
            "restore",
            "content",
        }
        == {command.name or command.callback.__name__ for command in app.registered_commands if command.callback}
        | {str(group.name) for group in app.registered_groups}
    )
    assert all(line.endswith(".") and not line.endswith("...") for line in lines.values()), lines
    assert help_text.isascii()


def test_without_a_command_the_help_is_shown() -> None:
    """Who does not know what to type is told."""
    assert shown().stdout + shown().stderr == shown("--help").stdout


def test_a_misspelt_command_is_told_apart() -> None:
    """A command that does not exist is an error on standard error, exit code 2."""
    done = shown("dmeo")
    assert (done.returncode, done.stdout) == (2, "")
    assert "dmeo" in done.stderr
