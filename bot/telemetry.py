"""Telemetry: one log line per thing that happened, safe to keep and safe to share.

Our code logs a fixed `action` and ids, never text a person wrote:

    log = structlog.get_logger()
    log.info("reminder_sent", person_id=17, occurrence="2026-03-08")

`configure` is called once, by the command line. Lines are JSON unless a person is watching the terminal.

Rules:

- Redaction sits in the formatter of the only root handler and works on the finished line, so nothing gets past it:
  message, arguments, exception and traceback of any library. Whoever starts a server with a logging set-up of its own
  must turn that off (`uvicorn.Config(log_config=None)`).
- Whatever has the form of a bot token is redacted, known or not, plain or quoted as in a URL.
- Libraries that log what passes through them (messages, SQL parameters, URLs) stay at WARNING whatever the level.
- An exception is told by its type and its stack, and so are its causes and the members of a group: stacks show code,
  never the values of variables. What an exception says is left out, whoever raised it, for a parser's or a conversion's
  words quote what it choked on, and that is what a person wrote. The operating system is the one exception: its error
  has a number, and the words of that number ("No space left on device") are looked up, not taken from whoever raised
  it. So `log.exception` is safe everywhere. Errors of ours whose words are meant for operators are logged by
  `reason=str(error)` where they are caught.
- A library's words are kept, but exceptions among its arguments are told as above, and asyncio's, which go on with the
  `repr` of whatever it held, end before that.
"""

import errno
import json
import logging
import os
import re
import sys
import threading
import traceback
from collections.abc import Iterable, Iterator, Mapping
from types import TracebackType
from typing import Any, Literal, TextIO
from urllib.parse import quote, quote_plus

import structlog
from structlog.typing import EventDict, ExcInfo, Processor, WrappedLogger

LogFormat = Literal["auto", "json", "console"]

REDACTED = "[redacted]"

_BOT_TOKEN = re.compile(r"(?<!\d)\d{3,}(?::|%3A)[A-Za-z0-9_-]{35,}", re.IGNORECASE)

_REPR_BEGINS = re.compile(r"\s*[\n(<]")

_TALKATIVE = (
    "aiohttp",
    "alembic",
    "aiosqlite",
    "apscheduler",
    "asyncio",
    "fontTools",
    "httpcore",
    "httpx",
    "psycopg",
    "sqlalchemy",
    "telegram",
    "uvicorn.access",
)


def configure(
    *,
    level: str = "INFO",
    log_format: LogFormat = "auto",
    secrets: Iterable[str] = (),
    stream: TextIO | None = None,
) -> None:
    """Send every log line of the process through one redacting handler to `stream` (stdout).

    `secrets` are redacted wherever they appear, plain, quoted as in a URL or escaped as in JSON. Calling it again
    replaces what the last call set up. Raises ValueError for an unknown level.
    """
    out = stream or sys.stdout
    as_json = log_format == "json" or (log_format == "auto" and not out.isatty())
    handler = logging.StreamHandler(out)
    logging.raiseExceptions = False  # a line that cannot be written would be shown on stderr, unredacted
    handler.setFormatter(_RedactingFormatter(secrets, as_json=as_json, colors=out.isatty()))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.captureWarnings(capture=True)
    sys.excepthook = _log_crash
    sys.unraisablehook = _log_unraisable
    threading.excepthook = _log_thread_crash
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.contextvars.merge_contextvars,
            *_COMMON,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def _under_a_fixed_action(_: WrappedLogger, __: str, event_dict: EventDict) -> EventDict:
    """File what a library logged under one action, its words under `message`."""
    words = event_dict["event"]
    event_dict["message"] = _REPR_BEGINS.split(words, maxsplit=1)[0] if event_dict["logger"] == "asyncio" else words
    event_dict["event"] = "library_message"
    return event_dict


_COMMON: tuple[Processor, ...] = (
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
    structlog.processors.StackInfoRenderer(),
)


def _without_words(value: Any) -> Any:
    """Replace an exception by what may be told of it; anything else stays."""
    return _name(value) if isinstance(value, BaseException) else value


def _values_without_words(_: WrappedLogger, __: str, event_dict: EventDict) -> EventDict:
    return {key: _without_words(value) for key, value in event_dict.items()}


def _tell(exc_info: ExcInfo) -> str:
    """Tell an exception, oldest cause first, as Python does but for what it says."""
    return "\n".join(_lines(exc_info[1], set()))


def _lines(error: BaseException | None, told: set[int]) -> Iterator[str]:
    chain: list[BaseException] = []
    while error is not None and id(error) not in told:
        told.add(id(error))
        chain.append(error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    for number, link in enumerate(reversed(chain)):
        if number:
            yield "which led to:"
        for frame in traceback.format_tb(link.__traceback__):
            yield frame.rstrip("\n")
        yield _name(link)
        if isinstance(link, BaseExceptionGroup):
            for member in link.exceptions:
                yield from (f"  | {line}" for lines in _lines(member, told) for line in lines.split("\n"))


def _name(error: BaseException) -> str:
    """Name an exception by its type and, where it has one, by what the operating system calls its number."""
    kind = type(error)
    name = kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
    if isinstance(error, OSError) and error.errno is not None and error.errno in errno.errorcode:
        return f"{name}: {os.strerror(error.errno)}"
    return name


class _RedactingFormatter(structlog.stdlib.ProcessorFormatter):
    """Render a record of structlog or of any library to one line of text without secrets or exceptions' words."""

    def __init__(self, secrets: Iterable[str], *, as_json: bool, colors: bool) -> None:
        processors: list[Processor] = [
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.ExceptionRenderer(_tell),
            _values_without_words,
        ]
        if as_json:
            processors += [
                structlog.processors.EventRenamer("action"),
                structlog.processors.JSONRenderer(default=lambda value: str(_without_words(value))),
            ]
        else:
            processors.append(
                structlog.dev.ConsoleRenderer(
                    colors=colors, exception_formatter=structlog.dev.plain_traceback, timestamp_key="at"
                )
            )
        super().__init__(processors=processors, foreign_pre_chain=[*_COMMON, _under_a_fixed_action])
        self._secrets = sorted({form for secret in secrets if secret for form in _forms(secret)}, key=len, reverse=True)

    def format(self, record: logging.LogRecord) -> str:
        """Render and redact; a record that cannot be rendered is told without its arguments."""
        if isinstance(record.args, Mapping):
            args: Any = {key: _without_words(value) for key, value in record.args.items()}
        else:
            args = tuple(map(_without_words, record.args or ()))
        plain = logging.makeLogRecord({**record.__dict__, "msg": _without_words(record.msg), "args": args})
        try:
            line = super().format(plain)
        except Exception as error:  # noqa: BLE001 - logging would print the record, arguments and all, to stderr
            words = plain.msg.get("event") if isinstance(plain.msg, dict) else plain.msg
            line = f"unreadable log record of {record.name} ({type(error).__name__}): {words!r}"
        for secret in self._secrets:
            line = line.replace(secret, REDACTED)
        return _BOT_TOKEN.sub(REDACTED, line)


def _forms(secret: str) -> set[str]:
    return {secret, quote(secret, safe=""), quote(secret), quote_plus(secret), json.dumps(secret)[1:-1]}


def _log_crash(kind: type[BaseException], error: BaseException, traceback: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, traceback)
        return
    structlog.get_logger(__name__).critical("crashed", exc_info=(kind, error, traceback))


def _log_thread_crash(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None:
        _log_crash(args.exc_type, args.exc_value, args.exc_traceback)


def _log_unraisable(unraisable: Any) -> None:
    """Log what went wrong where nobody could catch it: in a finaliser."""
    if unraisable.exc_value is not None:
        log = structlog.get_logger(__name__)
        log.error("finaliser_failed", exc_info=(unraisable.exc_type, unraisable.exc_value, unraisable.exc_traceback))
