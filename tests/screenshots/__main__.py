"""`make screenshots`: plays the scenes, photographs them in Chromium, and writes docs/pictures/.

Beside each picture stands what it shows, as text, and the picture's own digest, so that neither changes alone.
"""

import asyncio
import sys
import tempfile
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.async_api import Browser

from bot import telemetry
from bot.settings import CHECKOUT
from tests.acceptance.app_screen import CHROMIUM, chromium
from tests.acceptance.bot_at_work import bot_at_work
from tests.screenshots.app_scenes import APP_SCENES, WIDTH, lived, opened, shown
from tests.screenshots.scenes import BEGINS_AT, SCENES, played
from tests.screenshots.staff_scenes import STAFF_SCENES, clinic_of_scenes, played_by_staff

PICTURES = CHECKOUT / "docs" / "pictures"
_COLOURS = 256
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
    if CHROMIUM is None:
        sys.exit("No Chromium on this machine: install Debian's `chromium`.")
    telemetry.configure(level="ERROR")
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="lumbar-screenshots-") as folder:
        async with chromium() as browser:
            for number, photograph in enumerate((_chats, _staff_chat, _mini_app)):
                room = Path(folder) / str(number)
                room.mkdir()
                await photograph(browser, room)


async def _chats(browser: Browser, folder: Path) -> None:
    async with bot_at_work(folder, start=BEGINS_AT) as lumbar:
        for scene in SCENES:
            async with await lumbar.person(scene.person) as person:
                shows = await played(lumbar, scene, person)
                _keep(scene.name, shows, await _chat(browser, lumbar.address, person.id, scene.height))


async def _staff_chat(browser: Browser, folder: Path) -> None:
    async with clinic_of_scenes(folder) as at:
        for scene in STAFF_SCENES:
            shows = await played_by_staff(at, scene)
            _keep(scene.name, shows, await _chat(browser, at.here.address, at.group, scene.height))


async def _mini_app(browser: Browser, folder: Path) -> None:
    async with bot_at_work(folder, start=BEGINS_AT, with_app=True) as lumbar, await lumbar.person("Eve") as eve:
        await lived(lumbar, eve)
        for scene in APP_SCENES:
            page = await opened(browser, lumbar, scene, eve)
            shows = await shown(page)
            phone = page.locator(f'[data-person-id="{eve.id}"]')
            _keep(scene.name, shows, await phone.screenshot(animations="disabled"))
            await page.close()


def _keep(name: str, shows: str, picture: bytes) -> None:
    """Write a picture, in as few colours as look the same, and beside it what it shows."""
    smaller = BytesIO()
    Image.open(BytesIO(picture)).convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE).save(
        smaller, "PNG", optimize=True
    )
    content = smaller.getvalue()
    (PICTURES / f"{name}.png").write_bytes(content)
    (PICTURES / f"{name}.txt").write_text(f"{shows}\n{sha256(content).hexdigest()}\n", encoding="utf-8")
    print(f"docs/pictures/{name}.png: {len(content) // 1024} KB")  # noqa: T201 - what a script is for


async def _chat(browser: Browser, address: str, chat: int, height: int) -> bytes:
    """Photograph the newest messages of a chat, a person's or a group's."""
    page = await browser.new_page(
        locale="en-GB",
        timezone_id="America/New_York",
        viewport={"width": WIDTH, "height": height},
        device_scale_factor=1.5,
    )
    await page.goto(address)
    phone = page.locator(f'[data-person-id="{chat}"]')
    await phone.locator("article").last.wait_for()
    await page.evaluate(_STAND_STILL, _FILM_SECONDS)
    await phone.locator("article").last.scroll_into_view_if_needed()
    picture = await phone.screenshot(animations="disabled")
    await page.close()
    return picture


if __name__ == "__main__":
    asyncio.run(main())
