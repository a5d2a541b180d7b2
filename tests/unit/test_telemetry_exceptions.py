"""What is told of an exception: its kind and where it was raised, never what it says."""

import asyncio
import errno
import gc
import io
import json
import logging
import sys
import threading
from collections.abc import Awaitable, Callable
from typing import NoReturn

import pytest
import structlog
from apscheduler.events import EVENT_JOB_ERROR
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from tests.unit.conftest import Configure

WORDS = "my back hurts"


def fail(error: BaseException) -> NoReturn:
    """Raise it, one frame further down."""
    raise error


def fail_to_read() -> None:
    """Raise what the standard library raises, which quotes what it could not read."""
    int(WORDS)


async def fail_later(words: str) -> None:
    """Fail as a task does."""
    await asyncio.sleep(0)
    raise ValueError(words)


def library() -> None:
    """Raise under a library that logs it."""
    try:
        fail_to_read()
    except ValueError as error:
        logging.getLogger("lib").exception("failed")
        logging.getLogger("lib").error("failed: %s, %r", error, error)  # noqa: TRY400 - as libraries do
        logging.getLogger("lib").error("failed: %(why)s", {"why": error})  # noqa: TRY400 - as libraries do
        logging.getLogger("lib").error(error)  # noqa: TRY400 - as libraries do


def our_own() -> None:
    """Raise under our own logger, which is given the exception in each of its ways."""
    try:
        fail_to_read()
    except ValueError as error:
        structlog.get_logger().exception("update_failed")
        structlog.get_logger().error("update_failed", error=error)


def cause() -> None:
    """Raise because of what quotes it."""
    try:
        try:
            fail_to_read()
        except ValueError as error:
            raise RuntimeError("unreadable") from error
    except RuntimeError:
        structlog.get_logger().exception("update_failed")


def context() -> None:
    """Raise while handling what quotes it."""
    try:
        try:
            fail_to_read()
        except ValueError:
            fail(KeyError(WORDS))
    except KeyError:
        structlog.get_logger().exception("update_failed")


def group() -> None:
    """Raise a group whose name, members and their causes quote it."""
    try:
        try:
            fail_to_read()
        except ValueError as error:
            raise ExceptionGroup(WORDS, [error, ExceptionGroup("more", [ValueError(WORDS)])]) from error
    except ExceptionGroup:
        structlog.get_logger().exception("update_failed")


def note() -> None:
    """Raise with a note that quotes it."""
    error = ValueError()
    error.add_note(WORDS)
    structlog.get_logger().error("update_failed", exc_info=error)


def named_system_error() -> None:
    """Raise an operating system's error with words that are not its own."""
    structlog.get_logger().error("update_failed", exc_info=OSError(errno.ENOSPC, WORDS, WORDS))


def syntax_error() -> None:
    """Raise an error that shows the text it is about."""
    structlog.get_logger().error("update_failed", exc_info=SyntaxError("bad", ("file", 1, 1, WORDS)))


def crash() -> None:
    """Let it end the program, and a thread."""
    sys.excepthook(ValueError, ValueError(WORDS), None)
    thread = threading.Thread(target=fail_to_read)
    thread.start()
    thread.join()


def finaliser() -> None:
    """Raise where nobody can catch it."""

    class Finalised:
        def __del__(self) -> None:
            fail_to_read()

    Finalised()


async def scheduled_job() -> None:
    """Raise in a job of APScheduler."""
    scheduler, failed = AsyncIOScheduler(timezone="UTC"), asyncio.Event()
    scheduler.add_listener(lambda _: failed.set(), EVENT_JOB_ERROR)
    scheduler.add_job(fail_later, args=[WORDS])
    scheduler.start()
    await failed.wait()
    scheduler.shutdown()


async def forgotten_task() -> None:
    """Raise in a task that nobody waits for."""
    task = asyncio.ensure_future(fail_later(WORDS))
    await asyncio.wait({task})
    del task
    gc.collect()


async def callback() -> None:
    """Raise in a callback of the loop, which is shown with its arguments."""
    asyncio.get_running_loop().call_soon(int, WORDS)
    await asyncio.sleep(0)
    await asyncio.sleep(0)


async def off_the_loop(way: Callable[[], None]) -> None:
    """Call it."""
    way()


PLAIN = [library, our_own, cause, context, group, note, named_system_error, syntax_error, crash, finaliser]
ON_THE_LOOP = [scheduled_job, forgotten_task, callback]
WAYS: list[tuple[str, Callable[[], Awaitable[None]]]] = [
    *((way.__name__, lambda way=way: off_the_loop(way)) for way in PLAIN),
    *((way.__name__, way) for way in ON_THE_LOOP),
]


@pytest.mark.parametrize("log_format", ["json", "console"])
@pytest.mark.parametrize(("name", "way"), WAYS, ids=[name for name, _ in WAYS])
async def test_what_an_exception_says_never_reaches_the_log(
    configured: Configure,
    capsys: pytest.CaptureFixture[str],
    name: str,
    way: Callable[[], Awaitable[None]],
    log_format: str,
) -> None:
    """Neither our own loggers nor any library's, nor Python's own last resorts, tell what may quote a person."""
    buffer = configured(log_format=log_format)

    await way()

    printed = buffer.getvalue() + "".join(capsys.readouterr())
    assert "Error" in printed, name
    assert "back hurts" not in printed


def told(buffer: io.StringIO) -> str:
    """Return the exception of the only line."""
    return str(json.loads(buffer.getvalue())["exception"])


def test_a_traceback_shows_no_values(configured: Configure) -> None:
    """Local variables may hold what a person wrote; they stay out in both forms."""
    for log_format in ("json", "console"):
        buffer = configured(log_format=log_format)
        text_of_a_person = WORDS.title()
        try:
            fail(ValueError(len(text_of_a_person)))
        except ValueError:
            structlog.get_logger().exception("update_failed")
        assert "raise error" in buffer.getvalue()
        assert "Back Hurts" not in buffer.getvalue()


def test_a_cause_is_told_before_what_it_led_to(configured: Configure) -> None:
    """Both with the function in which they were raised: enough to find a bug."""
    buffer = configured(log_format="json")

    cause()

    before, _, after = told(buffer).partition("which led to:")
    assert "fail_to_read" in before
    assert before.rstrip().endswith("ValueError")
    assert "in cause" in after
    assert after.endswith("RuntimeError")


def test_the_members_of_a_group_are_told_below_it(configured: Configure) -> None:
    """A group alone says nothing about what went wrong; no member is told twice."""
    buffer = configured(log_format="json")

    group()

    lines = told(buffer).splitlines()
    assert lines[lines.index("ExceptionGroup") :] == ["ExceptionGroup", "  | ExceptionGroup", "  |   | ValueError"]
    assert lines[: lines.index("ExceptionGroup")].count("ValueError") == 1


def test_a_context_that_was_suppressed_stays_so(configured: Configure) -> None:
    """`from None` means that it explains nothing."""
    buffer = configured(log_format="json")
    try:
        try:
            fail_to_read()
        except ValueError:
            raise RuntimeError from None
    except RuntimeError:
        structlog.get_logger().exception("update_failed")

    assert "ValueError" not in told(buffer)


def test_exceptions_that_caused_each_other_are_told_once(configured: Configure) -> None:
    """Whoever ties such a knot must not hang the log."""
    one, other = ValueError(), KeyError()
    one.__cause__, other.__cause__ = other, one
    buffer = configured(log_format="json")

    structlog.get_logger().error("update_failed", exc_info=one)

    assert told(buffer) == "KeyError\nwhich led to:\nValueError"


def test_a_crash_is_an_action_of_its_own(configured: Configure) -> None:
    """An exception nobody caught is one line like any other."""
    buffer = configured(log_format="json")
    sys.excepthook(RuntimeError, RuntimeError(), None)
    assert json.loads(buffer.getvalue())["action"] == "crashed"
    assert told(buffer) == "RuntimeError"


def test_an_operator_reads_what_the_system_calls_an_error(configured: Configure) -> None:
    """Its number's own words quote nobody and name the remedy: a full disk, an address in use."""
    buffer = configured(log_format="json")
    sys.excepthook(OSError, OSError(errno.ENOSPC, "whatever"), None)
    assert told(buffer) == "OSError: No space left on device"


def test_a_number_the_system_does_not_know_is_not_told(configured: Configure) -> None:
    """A resolver's error is one: its number is another list's."""
    buffer = configured(log_format="json")
    sys.excepthook(OSError, OSError(-2, "Name or service not known"), None)
    assert told(buffer) == "OSError"
