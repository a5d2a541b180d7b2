"""The shipped safety words, compiled once for all tests that want them."""

from collections.abc import Mapping

import pytest

from bot.domain.safety import Lexicon
from tests.knowledge import the_catalog


@pytest.fixture(scope="session")
def lexicons() -> Mapping[str, Lexicon]:
    """Return the words of every language."""
    return the_catalog().lexicons
