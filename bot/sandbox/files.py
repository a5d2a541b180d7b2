"""Files the bot or a person has sent, kept in memory under their `file_id`.

Kinds, sizes and durations are read from the bytes. A `file_id` belongs to one kind of media, as in Telegram.
"""

import hashlib
import mimetypes
import struct
import zlib
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from bot.sandbox import movie
from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.schema import Upload

_MEBIBYTE = 1024 * 1024
_UPLOAD_LIMIT = {"photo": 10 * _MEBIBYTE}
_OTHER_UPLOAD_LIMIT = 50 * _MEBIBYTE
_FOLDERS = {
    "photo": "photos",
    "animation": "animations",
    "document": "documents",
    "voice": "voice",
    "sticker": "stickers",
}


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One file with what Telegram tells about it: width and height in pixels, duration in seconds, 0 where unknown."""

    file_id: str
    unique_id: str
    kind: str
    name: str
    mime_type: str
    content: bytes
    width: int
    height: int
    duration: int

    @property
    def path(self) -> str:
        """Return the `file_path` of getFile."""
        return f"{_FOLDERS[self.kind]}/{self.unique_id}{PurePath(self.name).suffix}"

    def as_file(self) -> dict[str, Any]:
        """Return the fields all file objects share."""
        return {"file_id": self.file_id, "file_unique_id": self.unique_id, "file_size": len(self.content)}


class FileStore:
    """Every file of the sandbox, by `file_id` and by path."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}
        self._forgotten: set[str] = set()

    def add(self, kind: str, upload: Upload) -> StoredFile:
        """Store an upload; raises 400 for an empty file or a photo that is none, 413 above Telegram's limit."""
        if not upload.content:
            raise bad_request("file must be non-empty")
        if len(upload.content) > _UPLOAD_LIMIT.get(kind, _OTHER_UPLOAD_LIMIT):
            raise ApiError(413, "Request Entity Too Large")
        mime_type, width, height, duration = _looked_at(upload)
        if kind == "photo" and not (mime_type.startswith("image/") and width and height):
            raise bad_request("IMAGE_PROCESS_FAILED")
        unique_id = hashlib.sha256(kind.encode() + upload.content).hexdigest()[:16]
        name = (
            upload.filename if PurePath(upload.filename).suffix else f"file{mimetypes.guess_extension(mime_type) or ''}"
        )
        file_id = f"{kind}-{unique_id}-{len(self._by_id) + 1}"
        stored = StoredFile(file_id, unique_id, kind, name, mime_type, upload.content, width, height, duration)
        self._by_id[file_id] = stored
        self._by_path[stored.path] = stored
        return stored

    def of_kind(self, kind: str, file_id: str) -> StoredFile:
        """Return a file sent before; raises 400 where the id is unknown or of another kind."""
        if file_id.startswith(("http://", "https://")):
            raise bad_request("failed to get HTTP URL content (the sandbox has no network)")
        stored = self.by_id(file_id)
        if stored is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        if stored.kind != kind:
            raise bad_request(f"can't use file of type {stored.kind.title()} as {kind.title()}")
        return stored

    def by_id(self, file_id: str) -> StoredFile | None:
        """Return the file with this id, None where the bot can do nothing with it."""
        return None if file_id in self._forgotten else self._by_id.get(file_id)

    def in_chats(self, file_id: str) -> StoredFile | None:
        """Return the file with this id as people see it in their chats."""
        return self._by_id.get(file_id)

    def forget(self) -> None:
        """Refuse from now on every id that was given out, as Telegram may; what was sent stays in the chats."""
        self._forgotten |= self._by_id.keys()

    def by_path(self, path: str) -> StoredFile | None:
        """Return the file with this `file_path`."""
        return self._by_path.get(path)


def picture(width: int, height: int) -> bytes:
    """Return a soft two-colour PNG, what a person's camera sees in the sandbox."""
    rows = b"".join(
        b"\0" + b"".join(bytes((120 + 90 * x // width, 170 + 50 * y // height, 190)) for x in range(width))
        for y in range(height)
    )
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + tag + data + struct.pack(">I", zlib.crc32(tag + data)) for tag, data in chunks
    )


def _looked_at(upload: Upload) -> tuple[str, int, int, int]:
    """Return MIME type, width, height and duration from the bytes, falling back to what the sender said."""
    if upload.content[4:8] == b"ftyp":
        return "video/mp4", *movie.looked_at(upload.content)
    return *_still_looked_at(upload), 0


def _still_looked_at(upload: Upload) -> tuple[str, int, int]:
    content = upload.content
    if content.startswith(b"\x89PNG\r\n\x1a\n") and content[12:16] == b"IHDR":
        return "image/png", *struct.unpack(">II", content[16:24])
    if content.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif", *struct.unpack("<HH", content[6:10])
    if content.startswith(b"\xff\xd8"):
        return "image/jpeg", *_jpeg_size(content)
    if content[:4] == b"RIFF" and content[8:16] == b"WEBPVP8X":
        return "image/webp", int.from_bytes(content[24:27], "little") + 1, int.from_bytes(content[27:30], "little") + 1
    guessed, _ = mimetypes.guess_type(upload.filename)
    return upload.content_type or guessed or "application/octet-stream", 0, 0


def _jpeg_size(content: bytes) -> tuple[int, int]:
    """Walk the segments to the frame header."""
    at = 2
    while at + 9 < len(content) and content[at] == 0xFF:  # noqa: PLR2004 - the marker byte of JPEG
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4], "big")
        if marker in {0xC0, 0xC1, 0xC2}:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return 0, 0
