"""How soon the Mini App shows today's plan: from opening its address, with nothing cached, to its paint.

    python -m tests.benchmarks.bench_mini_app [times]

The page is served by the real bot behind the sandbox, and opened by Chromium as a phone of 360 pixels would; networks
and processors are made slower by the browser. Telegram's own script is the sandbox's, which is smaller.
"""

# ruff: noqa: T201 - a benchmark prints

import asyncio
import json
import logging
import sys
import tempfile
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

import structlog
from playwright.async_api import Browser

from tests.acceptance.app_screen import THEMES, chromium
from tests.acceptance.bot_at_work import bot_at_work, set_up
from tests.benchmarks.table import print_table

MEGABIT = 1e6 / 8
PROFILES = {  # round trip in ms, bytes a second, how many times slower the processor is
    "this machine": (0, -1, 1),
    "slow phone, fast 4G": (60, 9 * MEGABIT, 4),
    "slow phone, slow 4G": (150, 1.6 * MEGABIT, 4),
}
PATIENCE_SECONDS = 30
_WATCH = """
new MutationObserver((_, watch) => {
  if (!document.querySelector("h1")) return;
  watch.disconnect();
  requestAnimationFrame(() => setTimeout(() => painted(String(performance.now()))));
}).observe(document, { childList: true, subtree: true });
"""


def main(times: int = 7) -> None:
    """Print the median and the longest time for each profile."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    print(f"{times} first visits each\n")
    print_table(("phone and network", "median ms", "longest ms"), asyncio.run(_measured(times)))


async def _measured(times: int) -> list[tuple[str, str, str]]:
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        async with bot_at_work(Path(folder), with_app=True) as lumbar, chromium() as browser:
            person = await lumbar.person()
            await set_up(person)
            for name, profile in PROFILES.items():
                fragment = urlencode(
                    {
                        "tgWebAppData": await person.open_app(),
                        "tgWebAppThemeParams": json.dumps(THEMES["light"]),
                    }
                )
                address = f"{lumbar.address}/app/#{fragment}"
                visits = [await _visit(browser, address, profile) for _ in range(times)]
                rows.append((name, f"{median(visits):.0f}", f"{max(visits):.0f}"))
            await person.close()
    return rows


async def _visit(browser: Browser, address: str, profile: tuple[int, float, int]) -> float:
    """Return the milliseconds from the start of the navigation until the heading is painted.

    The page tells it by itself: looking for it from outside would have a slow processor read Playwright's scripts too.
    """
    round_trip, throughput, slowdown = profile
    context = await browser.new_context(viewport={"width": 360, "height": 740})
    page = await context.new_page()
    tools = await context.new_cdp_session(page)
    limits = {"offline": False, "latency": round_trip, "downloadThroughput": throughput, "uploadThroughput": throughput}
    painted: asyncio.Future[float] = asyncio.get_running_loop().create_future()
    tools.on("Runtime.bindingCalled", lambda told: painted.set_result(float(told["payload"])))
    await tools.send("Runtime.enable")
    await tools.send("Runtime.addBinding", {"name": "painted"})
    await tools.send("Page.enable")
    await tools.send("Page.addScriptToEvaluateOnNewDocument", {"source": _WATCH})
    await tools.send("Network.enable")
    await tools.send("Network.emulateNetworkConditions", limits)
    await tools.send("Emulation.setCPUThrottlingRate", {"rate": slowdown})
    async with asyncio.timeout(PATIENCE_SECONDS):
        await page.goto(address, wait_until="commit")
        milliseconds = await painted
    await context.close()
    return milliseconds


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
