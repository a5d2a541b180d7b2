"""The clinic's card is whole, and its demonstration number can ring nobody."""

import re
from urllib.parse import urlsplit

from bot.catalog import Catalog


def test_the_shipped_telephone_number_is_one_reserved_for_fiction(catalog: Catalog) -> None:
    """An unedited card must not make a stranger's telephone ring: 555-0100 to 555-0199 belong to nobody."""
    assert re.fullmatch(r"\+1\d{3}55501\d\d", catalog.clinic.phone)
    assert re.sub(r"\D", "", catalog.clinic.phone_display) == catalog.clinic.phone.removeprefix("+1")


def test_the_shipped_address_is_plainly_a_placeholder(catalog: Catalog) -> None:
    """Nobody is sent to a real house by mistake."""
    assert "Example" in catalog.clinic.address


def test_the_map_opens_over_https_and_names_a_host(catalog: Catalog) -> None:
    """Telegram shows a button only for a proper link."""
    link = urlsplit(catalog.clinic.map_url)
    assert link.scheme == "https"
    assert "." in link.netloc
