"""`lumbar doctor` against deployments that are well and deployments that are not."""

import shutil
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from bot.catalog import Catalog
from bot.doctor import examine, judge_clock, judge_token, judge_webhook, judge_zone_data
from bot.sandbox.clock import SandboxClock
from bot.sandbox.server import Sandbox
from bot.sandbox.webhook import Webhook
from bot.settings import CHECKOUT, Settings, load_settings
from bot.storage import migrations
from bot.storage.unit_of_work import Database
from bot.telegram.checkup import Answer, ask
from bot.verdicts import Verdict
from tests.integration.program import Program, copy_checkout
from tests.integration.telegram.scripted_api import scripted_api
from tests.knowledge import read_once
from tests.postgres import PostgresServer

TOKEN = "424242:a-token-that-only-the-sandbox-knows-of"
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
ALL = ["token", "webhook", "clock", "database", "migrations", "zone data", "content"]


@pytest.fixture(autouse=True)
def content_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read each content folder once for all tests: it takes a second. The clinic has entered its telephone."""

    def read(folder: Path) -> Catalog:
        catalog = read_once(folder)
        return replace(catalog, clinic=replace(catalog.clinic, phone="+4312345678"))

    monkeypatch.setattr("bot.doctor.load_catalog", read)


@pytest.fixture
def sandbox() -> Sandbox:
    """Return a sandbox whose clock is this machine's."""
    return Sandbox(token=TOKEN, clock=SandboxClock())


@pytest.fixture
async def settings(sandbox: Sandbox, tmp_path: Path) -> AsyncIterator[Settings]:
    """Return the settings of a deployment that is well."""
    url = f"sqlite:///{tmp_path / 'lumbar.db'}"
    migrate(url)
    async with sandbox.serve() as address:
        yield load_settings(env_file=None, telegram_bot_token=TOKEN, telegram_api_url=address, database_url=url)


def migrate(url: str) -> None:
    """Make the tables."""
    database = Database(url)
    migrations.apply(database.engine)
    database.close()


async def faults(settings: Settings, **changed: Any) -> dict[str, str]:
    """Examine a deployment with some settings changed; return the words of each fault by its subject."""
    verdicts = await examine(settings.model_copy(update=changed))
    return {verdict.subject: verdict.words for verdict in verdicts if not verdict.is_well}


async def test_a_deployment_that_is_well_has_a_line_for_everything(settings: Settings) -> None:
    """Token, webhook, clock, database, migrations, zone data and content, each with what was found."""
    verdicts = await examine(settings)
    assert [verdict.subject for verdict in verdicts] == ALL
    lines = [str(verdict) for verdict in verdicts]
    assert all(line.startswith("ok ") for line in lines), lines
    assert "@lumbar_sandbox_bot, number 424242" in lines[0]
    assert "SQLite 3." in lines[3]
    assert "en, es" in lines[6]


async def test_postgresql_is_named_with_its_version(settings: Settings, postgres_url: str) -> None:
    """The line tells the server's own version."""
    verdicts = {one.subject: one for one in await examine(settings.model_copy(update={"database_url": postgres_url}))}
    assert verdicts["database"].words.startswith("PostgreSQL 1")
    assert verdicts["migrations"].is_well


async def test_a_missing_token_leaves_the_rest_to_be_checked(settings: Settings) -> None:
    """Nothing is asked of Telegram without one; everything else is."""
    verdicts = await examine(settings.model_copy(update={"telegram_bot_token": None}))
    assert [verdict.subject for verdict in verdicts] == ["token", *ALL[3:]]
    assert "@BotFather" in verdicts[0].words


async def test_a_rejected_token_is_told_without_being_shown(settings: Settings) -> None:
    """The remedy is to copy it again."""
    other = load_settings(env_file=None, telegram_bot_token="424243:a-token-that-this-sandbox-has-never-seen")
    found = await faults(settings, telegram_bot_token=other.telegram_bot_token)
    assert "copy TELEGRAM_BOT_TOKEN again from @BotFather" in found["token"]
    assert "never-seen" not in str(found)


async def test_a_telegram_that_does_not_answer_is_told(settings: Settings) -> None:
    """Network, firewall and address are what to look at, and the token shows nowhere."""
    found = await faults(settings, telegram_api_url="http://127.0.0.1:9")
    assert "no connection" in found["token"]
    assert "TELEGRAM_API_URL" in found["token"]
    assert TOKEN not in str(found)


async def test_a_clock_that_is_wrong_is_told(sandbox: Sandbox, settings: Settings) -> None:
    """An hour's difference to Telegram's date is an hour's difference of every reminder."""
    sandbox.clock.move(timedelta(hours=1))
    found = await faults(settings)
    assert list(found) == ["clock"]
    assert found["clock"].startswith("3600 s behind") or found["clock"].startswith("3599 s behind")
    assert "NTP" in found["clock"]


async def test_a_webhook_that_was_never_registered_is_told(settings: Settings) -> None:
    """PUBLIC_URL alone brings no update: a process has to tell Telegram."""
    found = await faults(settings, public_url="https://bot.example.org")
    assert "Telegram posts nowhere, not to https://bot.example.org/telegram" in found["webhook"]


async def test_a_webhook_that_fails_is_told(sandbox: Sandbox, settings: Settings) -> None:
    """Telegram's own words about the last delivery stand in the line."""
    at = int(sandbox.clock.now().timestamp())
    url = "https://bot.example.org/telegram"
    sandbox.updates.webhook = Webhook(url, None, 40, (at, "Wrong response from the webhook: 502 Bad Gateway"))
    found = await faults(settings, public_url="https://bot.example.org")
    sandbox.updates.webhook = None
    assert "502 Bad Gateway" in found["webhook"]
    assert "check the proxy" in found["webhook"]


@pytest.mark.parametrize(
    ("info", "expected", "fault"),
    [
        ({}, None, ""),
        ({"url": "https://a.example.org/telegram"}, "https://a.example.org/telegram", ""),
        ({"url": "https://other.example.org/x"}, None, "posts to other.example.org, but PUBLIC_URL is not set"),
        ({"url": "https://b.example.org/x"}, "https://a.example.org/x", "to https://b.example.org/x, not to https://a"),
        ({"pending_update_count": 101}, None, "101 updates wait: see that the bot runs"),
        ({"last_error_date": int(NOW.timestamp()) - 4_000, "last_error_message": "old"}, None, ""),
        ({"last_error_date": int(NOW.timestamp()) - 60, "last_error_message": "new"}, None, "at 11:59 UTC (new)"),
    ],
)
def test_what_a_webhook_may_be(info: dict[str, Any], expected: str | None, fault: str) -> None:
    """Another address, a recent failure and many waiting updates are faults; an old failure is not."""
    verdict = judge_webhook(Answer(info), expected=expected, now=NOW)
    assert verdict.is_well == (not fault)
    assert fault in verdict.words


@pytest.mark.parametrize(("seconds", "is_well"), [(0, True), (5, True), (-5, True), (6, False), (-6, False)])
def test_how_wrong_a_clock_may_be(seconds: int, *, is_well: bool) -> None:
    """Five seconds are the network's and the header's own inaccuracy."""
    assert judge_clock(NOW + timedelta(seconds=seconds), NOW).is_well == is_well


@pytest.mark.parametrize(("release", "is_well"), [("2026a", True), ("2025c", True), ("2024b", False), ("", True)])
def test_how_old_zone_data_may_be(release: str, *, is_well: bool) -> None:
    """Last year's release is fine, an older one is not; a system that does not tell is believed."""
    assert judge_zone_data(release, 2026).is_well == is_well


async def test_a_database_that_is_not_there_is_told(settings: Settings, tmp_path: Path) -> None:
    """Neither a file nor a table is made by looking."""
    missing = tmp_path / "elsewhere.db"
    found = await faults(settings, database_url=f"sqlite:///{missing}")
    assert list(found) == ["migrations"]
    assert "run `lumbar migrate`" in found["migrations"]
    assert not missing.exists()


async def test_a_server_that_is_gone_is_told(
    settings: Settings, postgres_url: str, postgres_server: PostgresServer
) -> None:
    """The line says what to check."""
    postgres_server.halt()
    try:
        found = await faults(settings, database_url=postgres_url)
    finally:
        postgres_server.resume()
    assert list(found) == ["database"]
    assert "check that it runs" in found["database"]


async def test_a_server_that_may_only_be_read_is_told(settings: Settings, postgres_url: str) -> None:
    """A replica answers well enough until the first person writes."""
    found = await faults(settings, database_url=f"{postgres_url}&options=-cdefault_transaction_read_only%3Don")
    assert "read-only: name the primary" in found["database"]


@pytest.mark.parametrize(
    ("revision", "words"), [("0001", "run `lumbar migrate`"), ("9999", "another version of Lumbar")]
)
async def test_tables_of_another_version_are_told(settings: Settings, revision: str, words: str) -> None:
    """Older ones want migrating, newer ones another Lumbar."""
    engine = create_engine(settings.database_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :to"), {"to": revision})
    engine.dispose()
    found = await faults(settings)
    assert list(found) == ["migrations"]
    assert words in found["migrations"]


async def test_broken_content_is_told_by_file(settings: Settings, tmp_path: Path) -> None:
    """The first fault stands in the line."""
    content = tmp_path / "content"
    shutil.copytree(CHECKOUT / "content", content)
    clinic = content / "clinic.yaml"
    clinic.write_text(clinic.read_text().replace("name:", "nmae:", 1))
    found = await faults(settings, content_dir=content)
    assert list(found) == ["content"]
    assert "clinic.yaml" in found["content"]


async def test_the_demonstrations_telephone_is_told(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """A card that nobody has filled in, or that an upgrade brought back, sends people to where nobody answers."""
    monkeypatch.setattr("bot.doctor.load_catalog", read_once)
    found = await faults(settings)
    assert list(found) == ["content"]
    assert "+12125550123, which reaches nobody: enter yours in content/clinic.yaml" in found["content"]


async def test_an_answer_that_is_no_bot_apis_is_told() -> None:
    """A proxy's page, a refusal and a list are no results; an answer without a date says nothing about the clock."""
    async with scripted_api() as api:
        for status, answer in ((200, "<html>"), (200, [1]), (200, {"ok": True, "result": 7}), (502, "Bad Gateway")):
            api.status, api.answer = status, answer
            told = await ask(api.url, TOKEN, "getMe")
            assert told.fault == f"HTTP {status} without a result"
            assert not judge_token(told, api.url).is_well
        api.refuse(401, "Unauthorized")
        assert (await ask(api.url, TOKEN, "getMe")).is_token_rejected


async def test_the_command_prints_the_lines_and_tells_by_its_exit_code(settings: Settings, tmp_path: Path) -> None:
    """1 when something is not well, and the faults are told from the rest; the token shows nowhere."""
    program = Program(copy_checkout(tmp_path / "checkout"), tmp_path)
    variables = {
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": settings.telegram_api_url,
        "DATABASE_URL": settings.database_url,
    }
    ended = await program.ends("doctor", **variables, PUBLIC_URL="https://bot.example.org")
    assert (ended.code, ended.err) == (1, "")
    told = [line.split()[0] for line in ended.out.splitlines()]
    assert told == ["ok", "FAULT", "ok", "FAULT", "FAULT", *["ok"] * 3, "FAULT"]  # the card is the demonstration's
    assert TOKEN not in ended.out


def test_a_line_reads_from_left_to_right() -> None:
    """Verdict, subject, words, in columns."""
    assert str(Verdict("clock", True, "agrees")) == "ok     clock      agrees"
    assert str(Verdict("zone data", False, "old")) == "FAULT  zone data  old"
