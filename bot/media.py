"""What a picture's file says of itself: how large, how long, in which coding. Nothing is decoded or drawn.

Reading the heads of the two formats takes the standard library alone, so that every author's check can do it, with or
without the extra that draws. A film is an MP4, a tree of boxes (ISO/IEC 14496-12): four bytes of length, four letters,
the content. A still is a PNG, whose size stands right behind its signature.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
_HEAD = 8  # bytes of a box before its content
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
    """A still picture: its size in pixels."""

    width: int
    height: int


def read_film(data: bytes) -> Film | None:
    """Return what an MP4 with one picture track says of itself, None for anything else."""
    try:
        return _film(data)
    except (struct.error, StopIteration, ValueError):
        return None


def read_still(data: bytes) -> Still | None:
    """Return what a PNG says of itself, None for anything else."""
    end = len(_PNG) + 8
    if not data.startswith(_PNG) or len(data) < end:
        return None
    return Still(*struct.unpack(">II", data[len(_PNG) : end]))


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
