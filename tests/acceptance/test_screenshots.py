"""The pictures of the documents show what the bot says today."""

from hashlib import sha256

import pytest

from tests.acceptance.bot_at_work import bot_at_work
from tests.screenshots.__main__ import PICTURES
from tests.screenshots.scenes import BEGINS_AT, SCENES, Scene, played

REMEDY = "the pictures of the documents are stale: run `make screenshots` and look at them"


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
async def test_what_a_picture_shows_is_what_the_bot_says(
    scene: Scene, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The scene, played again, leads to the text that lies beside the picture, and the picture is that text's own."""
    shown, _, digest = (PICTURES / f"{scene.name}.txt").read_text(encoding="utf-8").strip().rpartition("\n")
    assert sha256((PICTURES / f"{scene.name}.png").read_bytes()).hexdigest() == digest
    folder = tmp_path_factory.mktemp(scene.name)
    async with bot_at_work(folder, start=BEGINS_AT) as lumbar, await lumbar.person(scene.person) as person:
        assert (await played(lumbar, scene, person)).strip() == shown.strip(), REMEDY
