"""The pictures of the documents show what the bot says today."""

from hashlib import sha256
from pathlib import Path

import pytest

from bot.settings import CHECKOUT
from tests.acceptance.app_screen import CHROMIUM, chromium
from tests.acceptance.bot_at_work import bot_at_work
from tests.screenshots.__main__ import PICTURES
from tests.screenshots.app_scenes import APP_SCENES, lived, opened, shown
from tests.screenshots.scenes import BEGINS_AT, SCENES, Scene, played
from tests.screenshots.staff_scenes import STAFF_SCENES, clinic_of_scenes, played_by_staff

MOST_BYTES = 120_000
REMEDY = "the pictures of the documents are stale: run `make screenshots` and look at them"


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
async def test_what_a_picture_shows_is_what_the_bot_says(
    scene: Scene, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The scene, played again, leads to the text that lies beside the picture, and the picture is that text's own."""
    folder = tmp_path_factory.mktemp(scene.name)
    async with bot_at_work(folder, start=BEGINS_AT) as lumbar, await lumbar.person(scene.person) as person:
        assert await played(lumbar, scene, person) == kept(scene.name), REMEDY


async def test_what_the_staff_chat_shows_is_what_the_bot_says(tmp_path: Path) -> None:
    """The same of the clinic's own chat: counts, a broadcast, an invitation."""
    async with clinic_of_scenes(tmp_path) as at:
        for scene in STAFF_SCENES:
            assert await played_by_staff(at, scene) == kept(scene.name), REMEDY


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine: install Debian's `chromium`")
async def test_what_the_mini_app_shows_is_what_its_pages_say(tmp_path: Path) -> None:
    """The same of its pages: the words to be seen there, and those of Telegram's button below."""
    async with (
        chromium() as browser,
        bot_at_work(tmp_path, start=BEGINS_AT, with_app=True) as lumbar,
        await lumbar.person("Eve") as eve,
    ):
        await lived(lumbar, eve)
        for scene in APP_SCENES:
            page = await opened(browser, lumbar, scene, eve)
            assert await shown(page) == kept(scene.name), REMEDY
            await page.close()


@pytest.mark.parametrize("path", sorted(PICTURES.glob("*.png")), ids=lambda path: path.stem)
def test_a_picture_is_small_and_stands_somewhere(path: Path) -> None:
    """Whoever clones the repository loads every picture; one that no document shows is nobody's."""
    assert path.stat().st_size < MOST_BYTES
    documents = [CHECKOUT / "README.md", *(CHECKOUT / "docs").glob("*.md")]
    assert any(f"pictures/{path.name})" in document.read_text(encoding="utf-8") for document in documents)


def kept(name: str) -> str:
    """Return what a picture showed when it was made, and see that it is the picture of that time."""
    text, _, digest = (PICTURES / f"{name}.txt").read_text(encoding="utf-8").rstrip("\n").rpartition("\n")
    assert sha256((PICTURES / f"{name}.png").read_bytes()).hexdigest() == digest
    return text
