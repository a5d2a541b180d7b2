"""What a picture's file says of itself: how large, how long, in which coding. Nothing is decoded or drawn.

Reading the heads of the two formats takes the standard library alone, so that every author's check can do it, with or
without the extra that draws. A film is an MP4, a tree of boxes (ISO/IEC 14496-12): four bytes of length, four letters,
the content. A still is a PNG, a row of chunks: four bytes of length, four letters, the content, four bytes of checksum.

A still that we drew carries a mark of the figure.yaml it is drawn from, so that a picture that is older than its figure
can be told without drawing.
"""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MARK = "figure"  # the keyword of the text chunk with the mark
_PNG = b"\x89PNG\r\n\x1a\n"
_HEAD = 8  # bytes of a box or chunk before its content
_LONG_TIMES = 1  # the version of a box whose times have eight bytes


@dataclass(frozen=True, slots=True)
class Film:
    """A film: its size in pixels, its length, the four letters of its coding (``avc1`` is H.264), sound or none."""

    width: int
    height: int
    seconds: float
    coding: str
    has_sound: bool


@dataclass(frozen=True, slots=True)
class Still:
    """A still picture: its size in pixels, and the mark of its figure if it carries one."""

    width: int
    height: int
    mark: str | None


def mark_of(figure: str) -> str:
    """Return the mark of a figure.yaml, given as text."""
    return hashlib.sha256("\n".join(figure.splitlines()).encode()).hexdigest()[:16]


def read_film(data: bytes) -> Film | None:
    """Return what an MP4 with one picture track says of itself, None for anything else."""
    try:
        return _film(data)
    except (struct.error, StopIteration, ValueError):
        return None


def read_still(data: bytes) -> Still | None:
    """Return what a PNG says of itself, None for anything else."""
    try:
        chunks = dict(_chunks(data))
        width, height = struct.unpack_from(">II", chunks["IHDR"])
        return Still(width, height, chunks.get(MARK, b"").decode("ascii") or None)
    except (struct.error, KeyError, ValueError):
        return None


def _chunks(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield what stands before the picture itself: each chunk by its letters, a text by its keyword."""
    if not data.startswith(_PNG):
        return
    at = len(_PNG)
    while at + _HEAD <= len(data):
        length, letters = struct.unpack_from(">I4s", data, at)
        content = data[at + _HEAD : at + _HEAD + length]
        if letters == b"IDAT":
            return
        keyword, _, text = content.partition(b"\0")
        yield (keyword.decode("latin-1"), text) if letters == b"tEXt" else (letters.decode("latin-1"), content)
        at += _HEAD + length + 4


def _film(data: bytes) -> Film:
    movie = next(_boxes(data, "moov"))
    tracks = [next(_boxes(track, "mdia")) for track in _boxes(movie, "trak")]
    kinds = [next(_boxes(track, "hdlr"))[8:12] for track in tracks]
    picture = tracks[kinds.index(b"vide")]
    table = next(_boxes(next(_boxes(next(_boxes(picture, "minf")), "stbl")), "stsd"))
    coding = table[_HEAD + 4 : _HEAD + 8].decode("ascii")
    width, height = struct.unpack_from(">HH", table, _HEAD + 32)
    return Film(width, height, _seconds(next(_boxes(movie, "mvhd"))), coding, has_sound=b"soun" in kinds)


def _seconds(header: bytes) -> float:
    at, times = (20, ">IQ") if header[0] == _LONG_TIMES else (12, ">II")
    scale, length = struct.unpack_from(times, header, at)
    if not scale:
        raise ValueError("a second without parts")
    return float(length / scale)


def _boxes(data: bytes, kind: str) -> Iterator[bytes]:
    """Yield the contents of the boxes of a kind, at the top of ``data``."""
    at = 0
    while at + _HEAD <= len(data):
        length, name = struct.unpack_from(">I4s", data, at)
        if length < _HEAD:  # longer than four bytes can say, or to the end of the file: no head of a film
            return
        if name == kind.encode():
            yield data[at + _HEAD : at + length]
        at += length
