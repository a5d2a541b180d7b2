"""Text as every encoding and every database takes it.

JSON can spell what no text may hold: half a surrogate pair, and the character NUL, which PostgreSQL refuses. Neither
comes from anybody's keyboard. They are replaced where text enters and where it leaves, so that nothing in between has
to think of them.
"""

import re
from typing import Any

_MALFORMED = re.compile("[\x00\ud800-\udfff]")
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def well_formed(text: str) -> str:
    """Return a text with everything replaced that cannot be encoded or stored."""
    return text if text.isascii() and "\0" not in text else _MALFORMED.sub(_REPLACEMENT, text)


def all_well_formed(value: Any) -> Any:
    """Return JSON data with every text in it well-formed."""
    match value:
        case str():
            return well_formed(value)
        case dict():
            return {well_formed(key): all_well_formed(item) for key, item in value.items()}
        case list() | tuple():
            return [all_well_formed(item) for item in value]
        case _:
            return value
