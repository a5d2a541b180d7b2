"""Text that every encoding and every database takes."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.text import all_well_formed, well_formed

_CHARACTERS = st.characters()  # half a surrogate pair and NUL among them
_DATA = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(_CHARACTERS),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(_CHARACTERS), inner),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ("über 🐢 \\u0000", "über 🐢 \\u0000"),
        ("half \ud83d", "half \N{REPLACEMENT CHARACTER}"),
        ("other \udc22 half", "other \N{REPLACEMENT CHARACTER} half"),
        ("null\0byte", "null\N{REPLACEMENT CHARACTER}byte"),
    ],
)
def test_only_what_no_text_may_hold_is_replaced(text: str, expected: str) -> None:
    """Everything people type stays as it is."""
    assert well_formed(text) == expected
    assert all_well_formed({"text": [text]}) == {"text": [expected]}


@given(_DATA)
def test_any_data_can_be_encoded_and_stored_afterwards(data: object) -> None:
    """Whatever JSON can spell."""
    written = json.dumps(all_well_formed(data), ensure_ascii=False)
    assert written.encode().decode() == written
    assert "\\u0000" not in written.replace("\\\\", "")
