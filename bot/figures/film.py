"""Pictures to files: MP4 for the animation, PNG for the still.

The same pictures give the same bytes on the same machine: nothing is dated, and the encoder works on one thread. The
MP4 is what phones play everywhere (H.264, 4:2:0, no sound), with its index in front so that it starts while it loads.
"""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from imageio_ffmpeg import get_ffmpeg_exe
from PIL.PngImagePlugin import PngInfo

from bot.media import MARK

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from PIL import Image

_COLOURS = (
    *("-vf", "scale=out_color_matrix=bt709:out_range=tv", "-pix_fmt", "yuv420p", "-color_range", "tv"),
    *("-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709"),
)
_CODING = ("-an", "-c:v", "libx264", "-preset", "veryslow", "-crf", "23", "-tune", "animation", "-threads", "1")
_EXACT = ("-fflags", "+bitexact", "-flags:v", "+bitexact", "-map_metadata", "-1", "-movflags", "+faststart")


class EncodingError(Exception):
    """The encoder gave up; ``str()`` is what it said."""


def write_film(frames: Iterable[Image.Image], path: Path, *, size: int, frames_per_second: int) -> None:
    """Write square frames of ``size`` pixels as MP4; raise EncodingError."""
    raw = ("-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{size}x{size}", "-r", str(frames_per_second), "-i", "-")
    command = [get_ffmpeg_exe(), "-loglevel", "error", "-y", *raw, *_COLOURS, *_CODING, *_EXACT, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as encoder:  # noqa: S603 - our own
        try:
            for frame in frames:
                encoder.stdin.write(frame.tobytes())  # type: ignore[union-attr]  # it is a pipe, as asked for
        except BrokenPipeError:
            pass  # it says why on its way out
        _, said = encoder.communicate()
    if encoder.returncode:
        raise EncodingError(said.decode(errors="replace").strip())


def write_still(picture: Image.Image, path: Path, *, mark: str) -> None:
    """Write a picture as PNG, with the mark of the figure that it is drawn from."""
    about = PngInfo()
    about.add_text(MARK, mark)
    picture.save(path, format="PNG", optimize=True, pnginfo=about)
