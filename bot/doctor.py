"""The doctor: looks at a deployment from its settings and says in words what is well, what is not, and what to do.

It changes nothing: it neither registers a webhook nor makes a table. Each check is a question to a neighbour and a
verdict over its answer; the verdicts are pure. A check that cannot be made because another failed says so only once:
without a token nothing is asked of Telegram.
"""

import asyncio
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import TZPATH

from bot.catalog import ContentError, load_catalog
from bot.settings import Settings, SettingsError
from bot.storage.faults import DatabaseUnavailable
from bot.storage.inspection import Inspection, Tables, inspect
from bot.telegram import checkup
from bot.telegram.checkup import Answer
from bot.verdicts import Verdict, judge_menu, judge_mini_app, judge_staff_chat, judge_staff_number
from bot.zones import ZoneFinder, ZonesError

TOLERATED_CLOCK_ERROR = timedelta(seconds=5)
MANY_PENDING = 100
RECENT = timedelta(hours=1)
OLD_ZONE_DATA_YEARS = 2
_FICTION = re.compile(r"\+1\d{3}55501\d\d")  # what North America keeps for fiction; the demonstration's is one


async def examine(settings: Settings) -> list[Verdict]:
    """Check token, webhook, clock, staff chat and Mini App, database, migrations, zone data and content."""
    of_telegram, of_database, of_files = await asyncio.gather(
        _examine_telegram(settings),
        asyncio.to_thread(_examine_database, settings),
        asyncio.to_thread(_examine_files, settings),
    )
    return [*of_telegram, *of_database, *of_files]


async def _examine_telegram(settings: Settings) -> list[Verdict]:
    try:
        token = settings.bot_token
    except SettingsError as error:
        return [Verdict("token", False, str(error))]
    before = datetime.now(UTC)
    me = await checkup.ask(settings.telegram_api_url, token, "getMe")
    here = before + (datetime.now(UTC) - before) / 2
    verdicts = [judge_token(me, settings.telegram_api_url)]
    if verdicts[0].is_well:
        webhook = await checkup.ask(settings.telegram_api_url, token, "getWebhookInfo")
        verdicts.append(judge_webhook(webhook, expected=settings.webhook_url, now=me.at or here))
    if me.at is not None:
        verdicts.append(judge_clock(here, me.at))
    if verdicts[0].is_well:
        verdicts += await _examine_staff_chat(settings, token, int(me.result["id"]))
        verdicts += await _examine_mini_app(settings, token)
    return verdicts


async def _examine_staff_chat(settings: Settings, token: str, bot_id: int) -> list[Verdict]:
    chat_id = settings.staff_chat_id
    if chat_id is None:
        return []
    verdict = judge_staff_number(chat_id)
    if verdict is None:
        chat = await checkup.ask(settings.telegram_api_url, token, "getChat", chat_id=chat_id)
        bot = await checkup.ask(settings.telegram_api_url, token, "getChatMember", chat_id=chat_id, user_id=bot_id)
        verdict = judge_staff_chat(chat, bot)
    return [verdict]


async def _examine_mini_app(settings: Settings, token: str) -> list[Verdict]:
    url = settings.app_url
    if url is None:
        return []
    page, button = await asyncio.gather(
        checkup.open_page(url), checkup.ask(settings.telegram_api_url, token, "getChatMenuButton")
    )
    return [judge_mini_app(page, url), judge_menu(button, url)]


def judge_token(me: Answer, api_url: str) -> Verdict:
    """Judge the answer to getMe."""
    if me.is_token_rejected:
        return Verdict(
            "token",
            False,
            f"rejected by {api_url}: copy TELEGRAM_BOT_TOKEN again from @BotFather (/mybots, your bot, API Token).",
        )
    if me.fault:
        return Verdict(
            "token", False, f"{me.fault} from {api_url}: check the network, the firewall and TELEGRAM_API_URL."
        )
    return Verdict("token", True, f"@{me.result.get('username')}, number {me.result.get('id')}")


def judge_webhook(info: Answer, *, expected: str | None, now: datetime) -> Verdict:
    """Judge the answer to getWebhookInfo; `expected` is the address the settings say, None for polling."""
    if info.fault:
        return Verdict("webhook", False, f"getWebhookInfo: {info.fault}: try again.")
    url, pending = str(info.result.get("url") or ""), int(info.result.get("pending_update_count") or 0)
    fault = _wrong_address(url, expected) or _failed_lately(info.result, now)
    if not fault and pending > MANY_PENDING:
        fault = f"{pending} updates wait: see that the bot runs (`lumbar run`), and what its log says."
    if fault:
        return Verdict("webhook", False, fault)
    waiting = f"{pending} {'update waits' if pending == 1 else 'updates wait'}"
    return Verdict("webhook", True, f"{url or 'none, the bot polls'}; {waiting}")


def _wrong_address(url: str, expected: str | None) -> str:
    if url == (expected or ""):
        return ""
    if expected is None:
        return (
            f"Telegram posts to {urlsplit(url).hostname}, but PUBLIC_URL is not set: `lumbar run` removes that webhook "
            "when it starts; if it comes back, another deployment uses this token."
        )
    said = f"to {url}" if url else "nowhere"
    return f"Telegram posts {said}, not to {expected}: start `lumbar run` or `lumbar web`, which tells it."


def _failed_lately(info: Mapping[str, Any], now: datetime) -> str:
    at = info.get("last_error_date")
    if not isinstance(at, int) or now - datetime.fromtimestamp(at, UTC) > RECENT:
        return ""
    clock = datetime.fromtimestamp(at, UTC).strftime("%H:%M")
    return (
        f"Telegram could not deliver at {clock} UTC ({info.get('last_error_message')}): check the proxy, its "
        "certificate, and that it passes the whole path on to PORT."
    )


def judge_clock(here: datetime, there: datetime) -> Verdict:
    """Judge this machine's clock against Telegram's, which is told in whole seconds."""
    error = here - there
    if abs(error) <= TOLERATED_CLOCK_ERROR:
        return Verdict("clock", True, "agrees with Telegram's")
    side = "ahead of" if error > timedelta(0) else "behind"
    seconds = round(abs(error).total_seconds())
    return Verdict(
        "clock",
        False,
        f"{seconds} s {side} Telegram's, and reminders with it: switch on the machine's time synchronisation (NTP).",
    )


def _examine_database(settings: Settings) -> list[Verdict]:
    try:
        found = inspect(settings.database_url)
    except DatabaseUnavailable as error:
        return [Verdict("database", False, str(error))]
    return [Verdict("database", True, found.words), judge_tables(found)]


def judge_tables(found: Inspection) -> Verdict:
    """Judge how the tables stand towards this version."""
    match found.tables:
        case Tables.NEWEST:
            return Verdict("migrations", True, "the tables are up to date")
        case Tables.OLDER:
            return Verdict("migrations", False, "the tables are of an older version: run `lumbar migrate`.")
        case Tables.MISSING:
            return Verdict("migrations", False, "there are no tables yet: run `lumbar migrate`, or start the bot.")
        case Tables.FOREIGN:
            return Verdict(
                "migrations",
                False,
                "the tables were brought further by another version of Lumbar: use that one, or another database.",
            )


def _examine_files(settings: Settings) -> list[Verdict]:
    return [judge_zone_data(_zone_data_version(), datetime.now(UTC).year), _examine_content(settings.content_dir)]


def _zone_data_version() -> str:
    """Return which release of the zone database Python uses, as 2026b: the system's own where it has one."""
    for root in TZPATH:
        if Path(root, "UTC").is_file():
            listed = Path(root, "tzdata.zi")
            return _release(listed.read_text(encoding="utf-8")) if listed.is_file() else ""
    return _release(resources.files("tzdata.zoneinfo").joinpath("tzdata.zi").read_text(encoding="utf-8"))


def _release(listing: str) -> str:
    first = listing.partition("\n")[0]
    return first.removeprefix("# version ") if first.startswith("# version ") else ""


def judge_zone_data(release: str, year: int) -> Verdict:
    """Judge the release of the zone database in a `year`; countries change their clocks every year."""
    if not release[:4].isdigit():
        return Verdict("zone data", True, "the system's own; it does not say of which release")
    if year - int(release[:4]) >= OLD_ZONE_DATA_YEARS:
        return Verdict(
            "zone data",
            False,
            f"release {release} is old, and clocks have changed since: update the system's tzdata, or "
            "`pip install -U tzdata`, and restart.",
        )
    return Verdict("zone data", True, f"release {release}")


def _examine_content(folder: Path) -> Verdict:
    try:
        catalog = load_catalog(folder)
        ZoneFinder.from_content(folder)
    except (ContentError, ZonesError) as error:
        lines = str(error).splitlines()
        more = f" (and {len(lines) - 1} more: `lumbar content check`)" if len(lines) > 1 else ""
        return Verdict("content", False, f"{lines[0]}{more}")
    if _FICTION.fullmatch(catalog.clinic.phone):
        return Verdict(
            "content",
            False,
            f"the clinic's telephone is still the demonstration's, {catalog.clinic.phone}, which reaches nobody: enter "
            "yours in content/clinic.yaml (`lumbar init` asks for it), and restart.",
        )
    return Verdict("content", True, f"{len(catalog.exercises)} exercises, in {', '.join(catalog.languages)}")
