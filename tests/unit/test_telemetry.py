"""Log lines: their form, and that no token or secret reaches them on any way."""

import json
import logging
import sys
import warnings
from collections.abc import Callable
from urllib.parse import quote

import pytest
import structlog

from bot import telemetry
from tests.unit.conftest import Configure

TOKEN = "123456789:AAFakeFakeFakeFakeFakeFakeFakeFakeFa"
UNKNOWN_TOKEN = "987654:ZZ-other_Other-other_Other-other_Oth"
PASSWORD = 'p@ss "wörd"/\\'
SECRETS = [TOKEN, PASSWORD, ""]


def log_message(token: str) -> None:
    """Log it in the message itself."""
    logging.getLogger("lib").warning("token is " + token)  # noqa: G003 - the case under test


def log_argument(token: str) -> None:
    """Log it as an argument."""
    logging.getLogger("lib").warning("token is %s", token)


def log_nested_argument(token: str) -> None:
    """Log it inside an object that is rendered late."""
    logging.getLogger("lib").warning("call %r", {"url": [token]})


def log_url(token: str) -> None:
    """Log it in a URL, plain and quoted."""
    logging.getLogger("lib").error("POST https://x/bot%s/a and https://x/bot%s/a", token, quote(token, safe=""))


def log_key_value(token: str) -> None:
    """Log it as a value of our own logger."""
    structlog.get_logger().warning("call_failed", url=f"https://x/bot{token}", detail={"nested": token})


def log_broken_call(token: str) -> None:
    """Log it with arguments that do not fit the message."""
    logging.getLogger("lib").warning("one %s two %s " + token, token)  # noqa: G003 - the case under test


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
    log_url,
    log_key_value,
    log_broken_call,
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
    buffer = configured(secrets=SECRETS, log_format=log_format)

    log_it(token)

    printed = buffer.getvalue() + "".join(capsys.readouterr())
    assert telemetry.REDACTED in printed
    assert token.partition(":")[2] not in printed


@pytest.mark.parametrize("log_format", ["json", "console"])
def test_a_configured_secret_is_redacted_however_it_is_escaped(configured: Configure, log_format: str) -> None:
    """A database password goes missing from plain text, URLs and JSON alike."""
    buffer = configured(secrets=SECRETS, log_format=log_format)

    logging.getLogger("lib").error("plain %s url %s", PASSWORD, quote(PASSWORD, safe=""))

    printed = buffer.getvalue()
    assert "rd" not in printed.partition("plain")[2].partition("url")[0]
    assert printed.count(telemetry.REDACTED) == 2


def test_ordinary_numbers_and_words_stay(configured: Configure) -> None:
    """Times, ids and long names are no tokens, and an empty secret redacts nothing."""
    buffer = configured(secrets=SECRETS, log_format="json")

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


def test_ctrl_c_is_not_logged_as_a_crash(configured: Configure, capsys: pytest.CaptureFixture[str]) -> None:
    """Stopping the program is no error of its."""
    buffer = configured()
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert buffer.getvalue() == ""
    assert "KeyboardInterrupt" in capsys.readouterr().err


def test_a_line_that_cannot_be_written_is_shown_nowhere(
    configured: Configure, capsys: pytest.CaptureFixture[str]
) -> None:
    """Python would print the record to stderr, arguments and all, past the redaction."""
    configured().close()

    logging.getLogger("lib").warning("token is %s", TOKEN)

    assert "".join(capsys.readouterr()) == ""


def test_a_record_that_cannot_be_rendered_is_told_without_its_values(configured: Configure) -> None:
    """Its action is enough to find the line; its values may be anybody's words."""

    class Broken:
        def __str__(self) -> str:
            raise ValueError

    buffer = configured(log_format="json")

    structlog.get_logger().warning("update_failed", text="my back hurts", value=Broken())

    assert "update_failed" in buffer.getvalue()
    assert "back hurts" not in buffer.getvalue()
