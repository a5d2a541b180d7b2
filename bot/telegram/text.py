"""Text as every encoding and every database takes it.

JSON can spell what no text may hold: half a surrogate pair, and the character NUL, which PostgreSQL refuses. Neither
comes from anybody's keyboard. They are replaced where text enters and where it leaves, so that nothing in between has
to think of them.
"""

import json
import re
from typing import Any

_MALFORMED = re.compile("[\x00\ud800-\udfff]")
_write = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def well_formed(text: str) -> str:
    """Return a text with everything replaced that cannot be encoded or stored."""
    return text if text.isascii() and "\0" not in text else _MALFORMED.sub(_REPLACEMENT, text)


def all_well_formed(data: Any) -> Any:
    """Return JSON data with every text in it well-formed; what is so already, nearly always, is returned as it is."""
    written = _write(data)
    try:
        written.encode()
    except UnicodeEncodeError:
        return _mended(data)
    return _mended(data) if "\\u0000" in written else data


def _mended(data: Any) -> Any:
    match data:
        case str():
            return well_formed(data)
        case dict():
            return {well_formed(key): _mended(value) for key, value in data.items()}
        case list() | tuple():
            return [_mended(value) for value in data]
        case _:
            return data
