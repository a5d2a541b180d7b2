"""A second programme: another file beside the usual one, to which people are invited by its name."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from bot.catalog import ContentError, load_catalog
from bot.domain.chat import Chat
from tests.knowledge import the_knowledge

YOUNG = Chat(chat_id=1, language="en", programme="gentle")


@pytest.fixture
def copied(tmp_path: Path, content: Path) -> Path:
    """Copy the content, with a second programme that begins a level lower."""
    folder = tmp_path / "content"
    shutil.copytree(content, folder, ignore=shutil.ignore_patterns("*.mp4", "still.png"))
    usual = (folder / "routines" / "lower-back.yaml").read_text(encoding="utf-8")
    (folder / "routines" / "gentle.yaml").write_text(usual.replace("start: settle", "start: flare"), encoding="utf-8")
    return folder


def test_a_file_beside_the_usual_one_is_a_programme(copied: Path) -> None:
    """It is known by the file's name; whoever was invited to it follows it, everybody else the usual one."""
    catalog = load_catalog(copied)
    assert set(catalog.programmes) == {"lower-back", "gentle"}
    knowledge = replace(the_knowledge(), programme=catalog.programme, programmes=catalog.programmes)
    assert knowledge.programme_of(YOUNG).start == catalog.programme.start - 1
    assert knowledge.programme_of(replace(YOUNG, programme=None)) is catalog.programme
    assert knowledge.programme_of(replace(YOUNG, programme="gone")) is catalog.programme


def test_a_name_too_long_for_a_button_is_refused(copied: Path) -> None:
    """The author reads which file it is."""
    (copied / "routines" / "gentle.yaml").rename(copied / "routines" / f"{'g' * 33}.yaml")
    with pytest.raises(ContentError, match=r"ggg\.yaml.*more than 32 letters"):
        load_catalog(copied)
