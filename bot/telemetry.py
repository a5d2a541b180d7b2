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
- Tracebacks show code, never the values of variables.
"""

import json
import logging
import re
import sys
import threading
import traceback
from collections.abc import Iterable
from types import TracebackType
from typing import Literal, TextIO
from urllib.parse import quote, quote_plus

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

LogFormat = Literal["auto", "json", "console"]

REDACTED = "[redacted]"

_BOT_TOKEN = re.compile(r"(?<!\d)\d{3,}(?::|%3A)[A-Za-z0-9_-]{35,}", re.IGNORECASE)

_TALKATIVE = (
    "aiohttp",
    "alembic",
    "aiosqlite",
    "apscheduler",
    "asyncio",
    "httpcore",
    "httpx",
    "psycopg",
    "sqlalchemy",
    "telegram",
    "uvicorn.access",
)


def fault(error: BaseException) -> dict[str, str]:
    """Tell an exception by its type and where it was raised, for log lines about updates.

    Its own message is left out: a parser's or a conversion's quotes what it choked on, and that is what a person wrote.
    """
    return {"error": type(error).__name__, "stack": "".join(traceback.format_tb(error.__traceback__))}


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
    handler.setFormatter(_RedactingFormatter(secrets, as_json=as_json, colors=out.isatty()))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.captureWarnings(capture=True)
    sys.excepthook = _log_crash
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
    event_dict["message"] = event_dict["event"]
    event_dict["event"] = "library_message"
    return event_dict


_COMMON: tuple[Processor, ...] = (
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
    structlog.processors.StackInfoRenderer(),
)


class _RedactingFormatter(structlog.stdlib.ProcessorFormatter):
    """Render a record of structlog or of any library to one line of text without secrets."""

    def __init__(self, secrets: Iterable[str], *, as_json: bool, colors: bool) -> None:
        drop_meta = structlog.stdlib.ProcessorFormatter.remove_processors_meta
        processors: list[Processor]
        if as_json:
            processors = [
                drop_meta,
                structlog.processors.format_exc_info,
                structlog.processors.EventRenamer("action"),
                structlog.processors.JSONRenderer(default=str),
            ]
        else:
            console = structlog.dev.ConsoleRenderer(
                colors=colors, exception_formatter=structlog.dev.plain_traceback, timestamp_key="at"
            )
            processors = [drop_meta, console]
        super().__init__(processors=processors, foreign_pre_chain=[*_COMMON, _under_a_fixed_action])
        self._secrets = sorted({form for secret in secrets if secret for form in _forms(secret)}, key=len, reverse=True)

    def format(self, record: logging.LogRecord) -> str:
        """Render and redact; a record that cannot be rendered is told without its arguments."""
        try:
            line = super().format(record)
        except Exception as error:  # noqa: BLE001 - logging would print the record, arguments and all, to stderr
            line = f"unreadable log record of {record.name} ({type(error).__name__}): {record.msg!r}"
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
