"""What an MP4 says about itself: its size in pixels and how long it plays.

Only the boxes that tell this are read (`moov/mvhd`, `moov/trak/tkhd`); a file that is cut short or none at all says
nothing.
"""

import struct
from collections.abc import Iterator

_HEADER = 8
_NEWER = b"\x01"  # version 1 of a box writes times with 64 bits


def looked_at(content: bytes) -> tuple[int, int, int]:
    """Return width and height in pixels and the duration in whole seconds; 0 for what cannot be read."""
    try:
        (film,) = [body for name, body in _boxes(content) if name == b"moov"]
        (head,) = [body for name, body in _boxes(film) if name == b"mvhd"]
        sizes = [_size(body) for name, track in _boxes(film) if name == b"trak" for body in _within(track, b"tkhd")]
        return *max(sizes), _seconds(head)
    except (ValueError, struct.error, ZeroDivisionError):
        return 0, 0, 0


def _boxes(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield name and body of each box; raises ValueError where one claims less than its own header."""
    at = 0
    while at + _HEADER <= len(content):
        length, name = struct.unpack_from(">I4s", content, at)
        if length < _HEADER:
            raise ValueError("a box of the file is shorter than its header")
        yield name, content[at + _HEADER : at + length]
        at += length


def _within(content: bytes, name: bytes) -> list[bytes]:
    return [body for found, body in _boxes(content) if found == name]


def _size(track_header: bytes) -> tuple[int, int]:
    width, height = struct.unpack(">II", track_header[-8:])
    return width >> 16, height >> 16


def _seconds(film_header: bytes) -> int:
    form, at = (">IQ", 20) if film_header[:1] == _NEWER else (">II", 12)
    units_a_second: int
    units: int
    units_a_second, units = struct.unpack_from(form, film_header, at)
    return round(units / units_a_second)
