"""Pictures that cannot be sent, and figures that cannot be drawn, are named by file, line and key."""

import struct
import sys
from pathlib import Path

import pytest
import yaml

from bot.media import mark_of
from bot.picture_check import check_pictures
from tests.unit.figures.small_figure import small_file
from tests.unit.made_content import edit

FOLDER = "content/exercises/table"


def box(kind: str, content: bytes) -> bytes:
    """Return a box of an MP4."""
    return struct.pack(">I4s", len(content) + 8, kind.encode()) + content


def film(
    *,
    width: int = 640,
    height: int = 640,
    ticks: int = 4000,
    coding: str = "avc1",
    sound: bool = False,
    weight: int = 9,
) -> bytes:
    """Return the head of an MP4 with a thousand ticks a second, and as many bytes of pictures."""
    entry = box(coding, bytes(24) + struct.pack(">HH", width, height) + bytes(50))
    table = box("minf", box("stbl", box("stsd", bytes(4) + struct.pack(">I", 1) + entry)))
    tracks = [("vide", table), *([("soun", b"")] if sound else [])]
    told = b"".join(
        box("trak", box("mdia", box("hdlr", bytes(8) + kind.encode() + bytes(13)) + of)) for kind, of in tracks
    )
    movie = box("mvhd", bytes(12) + struct.pack(">II", 1000, ticks) + bytes(80)) + told
    return box("ftyp", b"isom") + box("moov", movie) + box("mdat", bytes(weight))


def chunk(kind: str, content: bytes) -> bytes:
    """Return a chunk of a PNG."""
    return struct.pack(">I4s", len(content), kind.encode()) + content + bytes(4)


def still(*, width: int = 640, height: int = 640, weight: int = 9, mark: str = "") -> bytes:
    """Return a PNG with its size, a mark if there is one, and as many bytes of picture."""
    told = chunk("tEXt", b"figure\0" + mark.encode()) if mark else b""
    head = chunk("IHDR", struct.pack(">II", width, height) + bytes(5))
    return b"\x89PNG\r\n\x1a\n" + head + told + chunk("IDAT", bytes(weight))


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Return a content folder with one exercise that has sound pictures."""
    folder = tmp_path / FOLDER
    folder.mkdir(parents=True)
    (folder / "figure.yaml").write_text(yaml.safe_dump(small_file(), sort_keys=False))
    (folder / "animation.mp4").write_bytes(film())
    (folder / "still.png").write_bytes(still())
    return tmp_path / "content"


def test_sound_pictures_have_no_faults(content: Path) -> None:
    """Nothing is told of them; neither is anything of pictures that are not there, which the catalogue tells."""
    checked = check_pictures(content, ["table", "absent"])
    assert (checked.faults, checked.warnings) == ((), ())


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        (film(width=640, height=480), "is 640 x 480 pixels; it has to be square, 480 to 720 each way"),
        (film(width=360, height=360), "is 360 x 360 pixels; it has to be square, 480 to 720 each way"),
        (film(ticks=3900), "takes 3.9 seconds; 4 to 12 are allowed"),
        (film(ticks=12_100), "takes 12.1 seconds; 4 to 12 are allowed"),
        (film(coding="hvc1"), "is coded as hvc1; phones play H.264 (avc1)"),
        (film(sound=True), "has sound; Telegram plays only silent films by themselves"),
        (film(weight=307_200), "weighs 300.3 KB; 300 at most are allowed"),
        (film()[:200], "is no MP4 with one picture track"),
        (b"", "is no MP4 with one picture track"),
        (b"GIF89a, not a film at all" * 9, "is no MP4 with one picture track"),
    ],
)
def test_a_film_that_phones_do_not_play_well_is_named(content: Path, changed: bytes, fault: str) -> None:
    """Size, shape, length, coding, sound; a file that is no film."""
    (content / "exercises" / "table" / "animation.mp4").write_bytes(changed)
    assert check_pictures(content, ["table"]).faults == (f"{FOLDER}/animation.mp4: {fault}",)


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        (still(width=640, height=320), "is 640 x 320 pixels; it has to be square, 480 to 720 each way"),
        (still(weight=61_440), "weighs 60.0 KB; 60 at most are allowed"),
        (b"\xff\xd8 a photograph", "is no PNG"),
    ],
)
def test_a_still_over_its_limits_is_named(content: Path, changed: bytes, fault: str) -> None:
    """Weight and shape, and a file of another kind."""
    (content / "exercises" / "table" / "still.png").write_bytes(changed)
    assert check_pictures(content, ["table"]).faults == (f"{FOLDER}/still.png: {fault}",)


def test_pictures_that_are_older_than_their_figure_are_named(content: Path) -> None:
    """The still carries a mark of the figure it was drawn from; one without was drawn by somebody else."""
    folder = content / "exercises" / "table"
    mark = mark_of((folder / "figure.yaml").read_text(encoding="utf-8"))
    (folder / "still.png").write_bytes(still(mark=mark))
    assert check_pictures(content, ["table"]).faults == ()
    edit(folder / "figure.yaml", "flex: 129", "flex: 128")
    older = f"{FOLDER}/still.png: is older than figure.yaml; lumbar content render table draws both anew"
    assert check_pictures(content, ["table"]).faults == (older,)
    (folder / "still.png").write_bytes(still())
    assert check_pictures(content, ["table"]).faults == ()


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("flex: 129", "flex: 290", ":38: poses.back.joints: knees.flex is 290, this joint goes from"),
        ("pose: back", "pose: moon", ":45: moves: there is no pose moon"),
        ("air: in", "air: out", ":50: breath: in and out must take turns, round the loop as well"),
        ("seconds: 4", "second: 4", ":1: second: is not a known key"),
    ],
)
def test_a_slip_in_a_figure_names_file_line_and_key(content: Path, old: str, new: str, fault: str) -> None:
    """Before anything is drawn, and without drawing."""
    edit(content / "exercises" / "table" / "figure.yaml", old, new)
    faults = check_pictures(content, ["table"]).faults
    assert any(line.startswith(f"{FOLDER}/figure.yaml{fault}") for line in faults), faults


def test_without_the_extra_figures_go_unchecked_and_pictures_do_not(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The warning says in words what is missing; the files themselves need no library."""
    (content / "exercises" / "table" / "still.png").write_bytes(b"?")
    for name in [name for name in sys.modules if name.startswith("bot.figures.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "numpy", None)
    checked = check_pictures(content, ["table"])
    assert checked.faults == (f"{FOLDER}/still.png: is no PNG",)
    (warning,) = checked.warnings
    assert warning.startswith(f"{FOLDER}/figure.yaml: is not checked: that takes numpy, of the extra `authoring`")
