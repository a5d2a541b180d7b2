"""Log lines: their form, and that no token or secret reaches them on any way."""

import io
import json
import logging
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from typing import Any, NoReturn
from urllib.parse import quote

import pytest
import structlog

from bot import telemetry

TOKEN = "123456789:AAFakeFakeFakeFakeFakeFakeFakeFakeFa"
UNKNOWN_TOKEN = "987654:ZZ-other_Other-other_Other-other_Oth"
PASSWORD = 'p@ss "wörd"/\\'

Configure = Callable[..., io.StringIO]


@pytest.fixture
def configured() -> Iterator[Configure]:
    """Configure telemetry onto a buffer and put everything back afterwards."""
    root = logging.getLogger()
    before = (root.handlers[:], root.level, sys.excepthook, threading.excepthook)
    levels = {
        name: logger.level for name, logger in root.manager.loggerDict.items() if isinstance(logger, logging.Logger)
    }

    def configure(**options: Any) -> io.StringIO:
        buffer = io.StringIO()
        telemetry.configure(**{"secrets": [TOKEN, PASSWORD, ""], "stream": buffer, **options})
        return buffer

    yield configure
    root.handlers[:], root.level, sys.excepthook, threading.excepthook = before
    for name, logger in root.manager.loggerDict.items():
        if isinstance(logger, logging.Logger):
            logger.setLevel(levels.get(name, logging.NOTSET))
    logging.captureWarnings(capture=False)
    structlog.reset_defaults()


def fail(error: Exception) -> NoReturn:
    """Raise it, one frame further down."""
    raise error


def log_message(token: str) -> None:
    """Log it in the message itself."""
    logging.getLogger("lib").warning("token is " + token)  # noqa: G003 - the case under test


def log_argument(token: str) -> None:
    """Log it as an argument."""
    logging.getLogger("lib").warning("token is %s", token)


def log_nested_argument(token: str) -> None:
    """Log it inside an object that is rendered late."""
    logging.getLogger("lib").warning("call %r", {"url": [token]})


def log_exception(token: str) -> None:
    """Log an exception that quotes it."""
    try:
        fail(ValueError(token))
    except ValueError:
        logging.getLogger("lib").exception("failed")


def log_cause(token: str) -> None:
    """Log an exception whose cause quotes it."""
    try:
        try:
            fail(OSError(f"cannot connect to https://api.telegram.org/bot{token}/getMe"))
        except OSError as error:
            raise RuntimeError("poll failed") from error
    except RuntimeError:
        structlog.get_logger().exception("poll_failed")


def log_url(token: str) -> None:
    """Log it in a URL, plain and quoted."""
    logging.getLogger("lib").error("POST https://x/bot%s/a and https://x/bot%s/a", token, quote(token, safe=""))


def log_key_value(token: str) -> None:
    """Log it as a value of our own logger."""
    structlog.get_logger().warning("call_failed", url=f"https://x/bot{token}", detail={"nested": token})


def log_broken_call(token: str) -> None:
    """Log it with arguments that do not fit the message."""
    logging.getLogger("lib").warning("one %s two %s " + token, token)  # noqa: G003 - the case under test


def log_crash(token: str) -> None:
    """Let it end the program, and a thread."""
    error = RuntimeError(token)
    sys.excepthook(RuntimeError, error, None)
    threading.excepthook(threading.ExceptHookArgs((RuntimeError, error, None, None)))


def log_warning(token: str) -> None:
    """Warn with it, as libraries do about unclosed connections."""
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(capture=False)
        logging.captureWarnings(capture=True)
        warnings.warn(f"unclosed connection to {token}", ResourceWarning, stacklevel=1)


WAYS = [
    log_message,
    log_argument,
    log_nested_argument,
    log_exception,
    log_cause,
    log_url,
    log_key_value,
    log_broken_call,
    log_crash,
    log_warning,
]


@pytest.mark.parametrize("log_format", ["json", "console"])
@pytest.mark.parametrize("token", [TOKEN, UNKNOWN_TOKEN])
@pytest.mark.parametrize("log_it", WAYS)
def test_no_token_reaches_the_log(
    configured: Configure,
    capsys: pytest.CaptureFixture[str],
    log_it: Callable[[str], None],
    token: str,
    log_format: str,
) -> None:
    """Configured or not, a bot token is redacted on every way a library has to log it."""
    buffer = configured(log_format=log_format)

    log_it(token)

    printed = buffer.getvalue() + "".join(capsys.readouterr())
    assert telemetry.REDACTED in printed
    assert token.partition(":")[2] not in printed


@pytest.mark.parametrize("log_format", ["json", "console"])
def test_a_configured_secret_is_redacted_however_it_is_escaped(configured: Configure, log_format: str) -> None:
    """A database password goes missing from plain text, URLs and JSON alike."""
    buffer = configured(log_format=log_format)

    logging.getLogger("lib").error("plain %s url %s", PASSWORD, quote(PASSWORD, safe=""))

    printed = buffer.getvalue()
    assert "rd" not in printed.partition("plain")[2].partition("url")[0]
    assert printed.count(telemetry.REDACTED) == 2


def test_ordinary_numbers_and_words_stay(configured: Configure) -> None:
    """Times, ids and long names are no tokens, and an empty secret redacts nothing."""
    buffer = configured(log_format="json")

    structlog.get_logger().info("reminder_sent", chat_id=123456789, at_local="07:30:00", key="a" * 60)

    assert telemetry.REDACTED not in buffer.getvalue()


def test_a_line_is_json_with_a_fixed_action_and_ids(configured: Configure) -> None:
    """Our own lines carry action, level, time and what was given."""
    buffer = configured(log_format="json")

    structlog.get_logger("bot.usecases.reminders").info("reminder_sent", person_id=17)

    line = json.loads(buffer.getvalue())
    assert line.pop("at").endswith("Z")
    assert line == {
        "action": "reminder_sent",
        "person_id": 17,
        "level": "info",
        "logger": "bot.usecases.reminders",
    }


def test_a_librarys_line_keeps_its_words_apart_from_the_action(configured: Configure) -> None:
    """What a library says is a message under one action, so that actions stay countable."""
    buffer = configured(log_format="json")

    logging.getLogger("apscheduler.scheduler").warning("Run time of job %s was missed", "claim")

    line = json.loads(buffer.getvalue())
    assert line["action"] == "library_message"
    assert line["message"] == "Run time of job claim was missed"
    assert line["logger"] == "apscheduler.scheduler"


def test_bound_context_is_part_of_the_line(configured: Configure) -> None:
    """Ids bound around a piece of work appear on each of its lines."""
    buffer = configured(log_format="json")

    with structlog.contextvars.bound_contextvars(update_id=5):
        structlog.get_logger().info("update_handled")

    assert json.loads(buffer.getvalue())["update_id"] == 5


def test_lines_are_json_where_nobody_watches(configured: Configure) -> None:
    """Output that is no terminal gets JSON unless the console form is asked for."""
    buffer = configured()
    structlog.get_logger().info("started")
    assert json.loads(buffer.getvalue())["action"] == "started"

    readable = configured(log_format="console")
    structlog.get_logger().info("started")
    assert "started" in readable.getvalue()
    assert not readable.getvalue().startswith("{")


@pytest.mark.parametrize("name", ["telegram.Bot", "aiohttp.client", "sqlalchemy.engine", "uvicorn.access"])
def test_talkative_libraries_stay_quiet_even_when_debugging(configured: Configure, name: str) -> None:
    """They log what people wrote; only their warnings are wanted."""
    buffer = configured(level="DEBUG", log_format="json")

    logging.getLogger(name).info("sendMessage with text: my back hurts")
    structlog.get_logger().debug("tick")

    assert [json.loads(line)["action"] for line in buffer.getvalue().splitlines()] == ["tick"]


def test_the_level_holds_back_our_own_lines(configured: Configure) -> None:
    """At WARNING an info line is not written."""
    buffer = configured(level="WARNING")
    structlog.get_logger().info("tick")
    assert buffer.getvalue() == ""


def test_a_traceback_shows_no_values(configured: Configure) -> None:
    """Local variables may hold what a person wrote; they stay out in both forms."""
    for log_format in ("json", "console"):
        buffer = configured(log_format=log_format)
        text_of_a_person = "my back " + "hurts"
        try:
            fail(ValueError(len(text_of_a_person)))
        except ValueError:
            structlog.get_logger().exception("update_failed")
        assert "ValueError: 13" in buffer.getvalue()
        assert "back hurts" not in buffer.getvalue()


def test_a_crash_is_an_action_of_its_own(configured: Configure) -> None:
    """An exception nobody caught is one line like any other, traceback included."""
    buffer = configured()
    sys.excepthook(RuntimeError, RuntimeError("no space left"), None)
    line = json.loads(buffer.getvalue())
    assert line["action"] == "crashed"
    assert "no space left" in line["exception"]


def test_ctrl_c_is_not_logged_as_a_crash(configured: Configure, capsys: pytest.CaptureFixture[str]) -> None:
    """Stopping the program is no error of its."""
    buffer = configured()
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert buffer.getvalue() == ""
    assert "KeyboardInterrupt" in capsys.readouterr().err


def test_a_fault_is_told_without_what_a_person_wrote() -> None:
    """Type and place are enough to find a bug; the exception's message may quote the update."""
    words = "my back".upper()
    with pytest.raises(ValueError, match="MY BACK") as caught:
        int(words)
    told = telemetry.fault(caught.value)
    assert told["error"] == "ValueError"
    assert "test_telemetry" in told["stack"]
    assert words not in str(told)
