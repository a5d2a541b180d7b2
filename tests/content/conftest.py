"""The content as the bot reads it, loaded once for all tests of this folder."""

from pathlib import Path

import pytest

from bot.catalog import Catalog
from tests.knowledge import the_catalog

CONTENT = Path(__file__).parents[2] / "content"


@pytest.fixture(scope="session")
def content() -> Path:
    """Return the folder that is shipped."""
    return CONTENT


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    """Return the shipped content, every text of it strict."""
    return the_catalog(strict=True)
