"""Setting up: six answers become `.env` and `content/clinic.yaml`, the two files a clinic must edit.

Pure but for `write`: what was asked, which answer makes sense, and what the files say then. Who asks, and whom, is the
command's business (`bot.setup_command`). An answer is checked as the bot would check it at its start, so that what is
written here runs. Of both files everything else stays: other settings, the emergency numbers, the comments, as far as
they are still true.
"""

import json
import os
import re
import stat
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from urllib.parse import quote

from bot.settings import SettingsError, load_settings

SECRET_MODE = 0o600
PUBLIC_MODE = 0o644
_LONGEST = 200
_LONGEST_LINK = 500
_MAP = "https://www.openstreetmap.org/search?query="
_PHONE = re.compile(r"\+[1-9][0-9]{6,14}")
_WARNING = re.compile(r"# EDIT EVERY LINE BELOW.*?\n(?=\n)", re.DOTALL)
_PLAIN = re.compile(r"[A-Za-z][\w .'()&/-]*")  # what YAML takes for a text without quotes
_YAML_WORDS = {"y", "n", "yes", "no", "on", "off", "true", "false", "null"}


class WrongAnswer(ValueError):  # noqa: N818 - says what is the case
    """An answer makes no sense; the message says why, and what one looks like."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question: the option that answers it, the words, an example, and whether an empty answer is one."""

    option: str
    words: str
    example: str
    may_be_empty: bool = False
    is_secret: bool = False


TOKEN = Question(
    "token",
    "1/6  The bot's token (in Telegram: @BotFather, /newbot; it is not shown while you paste it)",
    "123456789:AAE...",
    is_secret=True,
)
NAME = Question("name", "2/6  The clinic's name, as people know it", "Back Center New York")
PHONE = Question("phone", "3/6  Its telephone, with plus and country code, as you would print it", "+1 212 555 0123")
ADDRESS = Question(
    "address",
    "4/6  Its address, and at the end the two letters of its country, whose emergency number people are told",
    "Example Street 1, New York, NY 10001, US",
)
HOURS = Question("hours", "5/6  Its hours", "Monday to Friday, 8:00 to 18:00")
DATABASE = Question(
    "database",
    "6/6  Where people's data is kept: Enter for the file lumbar.db here, another file's path, or a PostgreSQL address",
    "postgresql://lumbar:password@localhost/lumbar",
    may_be_empty=True,
)
QUESTIONS = (TOKEN, NAME, PHONE, ADDRESS, HOURS, DATABASE)


@dataclass(frozen=True, slots=True)
class Answers:
    """What the two files will say; `database_url` is empty for the usual file."""

    token: str
    name: str
    phone: str
    phone_display: str
    address: str
    country: str
    hours: str
    database_url: str

    def settings(self) -> dict[str, str]:
        """Return the lines of `.env`."""
        return {"TELEGRAM_BOT_TOKEN": self.token, "DATABASE_URL": self.database_url}

    def card(self) -> dict[str, str]:
        """Return the lines of the clinic's card."""
        return {
            "name": self.name,
            "phone": self.phone,
            "phone_display": self.phone_display,
            "address": self.address,
            "hours": self.hours,
            "map_url": _map_of(self.address),
            "country": self.country,
        }


def check(question: Question, answer: str, *, countries: frozenset[str]) -> str:
    """Return an answer as it counts, without blanks around it; raises WrongAnswer."""
    answer = answer.strip()
    if not answer and not question.may_be_empty:
        raise WrongAnswer(f"Nothing was entered. For example: {question.example}")
    try:
        _CHECKS[question.option](answer, countries)
    except (WrongAnswer, SettingsError) as error:
        raise WrongAnswer(f"{error} For example: {question.example}") from None
    return answer


def answers_of(given: Mapping[str, str]) -> Answers:
    """Put checked answers together."""
    address, _, country = given["address"].rpartition(",")
    return Answers(
        token=given["token"],
        name=given["name"],
        phone=_digits(given["phone"]),
        phone_display=given["phone"],
        address=address.strip(),
        country=country.strip(),
        hours=given["hours"],
        database_url=_url_of(given["database"]),
    )


def env_with(text: str, settings: Mapping[str, str]) -> str:
    """Return a `.env` with these values in the place of what it says of them; all else stays."""
    for name, value in settings.items():
        line = f"{name}={_env(value)}"
        found = re.search(rf"^{name}=.*$", text, re.MULTILINE)
        text = _put(text, found, line) if found else f"{text.rstrip()}\n\n{line}\n".lstrip()
    return text


def card_with(text: str, card: Mapping[str, str]) -> str:
    """Return a `clinic.yaml` with these values; comments stay, but for the one that tells to edit it.

    The colour and the logo of the demonstration clinic go with it: they are nobody's.
    """
    looks = dict.fromkeys(("colour", "logo"), "null") if is_demonstration(text) else {}
    lines = {key: _yaml(value) for key, value in card.items()} | looks
    for key, written in lines.items():
        line = f"{key}: {written}"
        if found := re.search(rf"^{key}:(.*)$", text, re.MULTILINE):
            comment = _comment_in(found[1])
            text = _put(text, found, f"{line:<33} {comment}" if comment else line)
        else:
            text = f"{line}\n{text}"
    return _WARNING.sub("# Filled in by `lumbar init`; change what you like, and restart the bot.\n", text, count=1)


def is_demonstration(text: str) -> bool:
    """Whether a `clinic.yaml` is the one that comes with Lumbar, which nobody minds to lose."""
    return _WARNING.search(text) is not None


def write(files: Mapping[Path, tuple[str, int]]) -> None:
    """Write texts with these modes: all beside their places first, then each in one step, so that none is half there.

    A file that is there keeps its owner, and its group's right to read. Raises OSError.
    """
    beside = {path: path.with_name(f".{path.name}.{token_hex(4)}") for path in files}
    try:
        for path, (text, mode) in files.items():
            descriptor = os.open(beside[path], os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                _keep_owner(path, descriptor, mode)
                os.fsync(descriptor)
        for path, new in beside.items():
            new.replace(path)
    finally:
        for new in beside.values():
            with suppress(FileNotFoundError):
                new.unlink()


def _keep_owner(path: Path, descriptor: int, mode: int) -> None:
    """Give a new file to whom the one it replaces belongs: the bot may run as somebody else than who sets it up."""
    try:
        there = path.stat()
        os.fchown(descriptor, there.st_uid, there.st_gid)
    except (FileNotFoundError, PermissionError):
        return
    os.fchmod(descriptor, mode | there.st_mode & stat.S_IRGRP)


def _check_token(answer: str, _: frozenset[str]) -> None:
    load_settings(env_file=None, telegram_bot_token=answer)


def _check_line(answer: str, _: frozenset[str]) -> None:
    if len(answer) > _LONGEST or not answer.isprintable():
        raise WrongAnswer(f"One line of at most {_LONGEST} characters, please.")


def _check_phone(answer: str, countries: frozenset[str]) -> None:
    _check_line(answer, countries)
    if not _PHONE.fullmatch(_digits(answer)) or re.search(r"[^\d +().\-/]", answer):
        raise WrongAnswer("That is no telephone number as dialled from abroad: plus, country code, number.")


def _check_address(answer: str, countries: frozenset[str]) -> None:
    _check_line(answer, countries)
    address, _, country = answer.rpartition(",")
    if not address.strip() or not re.fullmatch(r"[A-Z]{2}", country.strip()):
        raise WrongAnswer("It has to end with a comma and the two capital letters of the country (ISO 3166).")
    if country.strip() not in countries:
        raise WrongAnswer(
            f"content/clinic.yaml has no emergency numbers for {country.strip()}: add them below `emergency` first."
        )


def _check_database(answer: str, _: frozenset[str]) -> None:
    if url := _url_of(answer):
        load_settings(env_file=None, database_url=url)


_CHECKS: Mapping[str, Callable[[str, frozenset[str]], None]] = {
    "token": _check_token,
    "name": _check_line,
    "phone": _check_phone,
    "address": _check_address,
    "hours": _check_line,
    "database": _check_database,
}


def _digits(phone: str) -> str:
    return re.sub(r"[ ().\-/]", "", phone)


def _url_of(database: str) -> str:
    """Return an address as it is, and a path as the address of a SQLite file; empty stays empty."""
    if not database or "://" in database:
        return database
    return f"sqlite:///{Path(database).expanduser().absolute()}"


def _map_of(address: str) -> str:
    """Return a link that searches for as much of an address as a link may hold."""
    while len(url := _MAP + quote(address)) > _LONGEST_LINK:
        address = address[:-1]
    return url


def _put(text: str, place: re.Match[str], line: str) -> str:
    return text[: place.start()] + line + text[place.end() :]


def _comment_in(written: str) -> str:
    """Return the comment behind a value as it is written in YAML, with its #; empty where there is none."""
    behind = re.sub(r"""^\s*(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')""", "", written)
    found = re.search(r"(?:^|\s)(#.*)$", behind)
    return found[1] if found else ""


def _env(value: str) -> str:
    if not re.search(r"[\s#'\"\\]", value):
        return value
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _yaml(value: str) -> str:
    is_plain = _PLAIN.fullmatch(value) and value.strip() == value and value.lower() not in _YAML_WORDS
    return value if is_plain else json.dumps(value, ensure_ascii=False)
