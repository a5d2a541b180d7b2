"""`make screenshots`: plays the scenes, photographs them in Chromium, and writes docs/pictures/.

Beside each picture stands what it shows, as text, and the picture's own digest, so that neither changes alone.
"""

import asyncio
import shutil
import sys
import tempfile
from hashlib import sha256
from pathlib import Path

from playwright.async_api import Page, async_playwright

from bot import telemetry
from bot.settings import CHECKOUT
from tests.acceptance.bot_at_work import bot_at_work
from tests.screenshots.scenes import BEGINS_AT, SCENES, played

PICTURES = CHECKOUT / "docs" / "pictures"
_CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
_QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
_WIDTH = 430
_FILM_SECONDS = 2.0  # which moment of a moving picture is shown

# Every film stands at the same moment, every picture is there, and the newest message is in sight.
_STAND_STILL = """async seconds => {
    for (const film of document.querySelectorAll("video")) {
        film.pause();
        const there = new Promise(done => film.addEventListener("seeked", done, {once: true}));
        film.currentTime = seconds;
        await there;
    }
    await Promise.all([...document.images].map(image => image.decode()));
}"""


async def main() -> None:
    """Play and photograph every scene."""
    if _CHROMIUM is None:
        sys.exit("No Chromium on this machine: install Debian's `chromium`.")
    telemetry.configure(level="ERROR")
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="lumbar-screenshots-") as folder:
        async with (
            bot_at_work(Path(folder), start=BEGINS_AT) as lumbar,
            async_playwright() as playwright,
            await playwright.chromium.launch(executable_path=_CHROMIUM, args=_QUIET) as browser,
        ):
            for scene in SCENES:
                async with await lumbar.person(scene.person) as person:
                    shows = await played(lumbar, scene, person)
                    page = await browser.new_page(
                        locale="en-GB",
                        timezone_id="America/New_York",
                        viewport={"width": _WIDTH, "height": scene.height},
                        device_scale_factor=1.5,
                    )
                    await page.goto(lumbar.address)
                    picture = await _photograph(page, person.id)
                    await page.close()
                (PICTURES / f"{scene.name}.png").write_bytes(picture)
                (PICTURES / f"{scene.name}.txt").write_text(
                    f"{shows}\n{sha256(picture).hexdigest()}\n", encoding="utf-8"
                )
                print(f"docs/pictures/{scene.name}.png: {len(picture) // 1024} KB")  # noqa: T201 - what a script is for


async def _photograph(page: Page, person: int) -> bytes:
    phone = page.locator(f'[data-person-id="{person}"]')
    await phone.locator("article").last.wait_for()
    await page.evaluate(_STAND_STILL, _FILM_SECONDS)
    await phone.locator("article").last.scroll_into_view_if_needed()
    return await phone.screenshot(animations="disabled")


if __name__ == "__main__":
    asyncio.run(main())
