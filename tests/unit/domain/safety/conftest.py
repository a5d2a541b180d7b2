"""The shipped safety words, compiled once for all tests that want them."""

from collections.abc import Mapping

import pytest

from bot.catalog import load_catalog
from bot.domain.safety import Lexicon
from bot.settings import CHECKOUT


@pytest.fixture(scope="session")
def lexicons() -> Mapping[str, Lexicon]:
    """Return the words of every language."""
    return load_catalog(CHECKOUT / "content").lexicons
