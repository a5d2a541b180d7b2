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


def test_the_emergency_numbers_are_those_of_each_country(catalog: Catalog) -> None:
    """United States, Great Britain and Spain have their own lines, everywhere else hears 112."""
    numbers = catalog.clinic.numbers_in
    assert (numbers("US").emergency, numbers("US").crisis) == ("911", "988")
    assert (numbers("GB").emergency, numbers("GB").advice, numbers("GB").crisis) == ("999", "111", "116 123")
    assert (numbers("ES").emergency, numbers("ES").crisis) == ("112", "024")
    assert numbers("DE").emergency == "112"


def test_a_person_of_unknown_country_gets_the_numbers_of_the_clinics_own(catalog: Catalog) -> None:
    """Most people who write to a clinic live near it."""
    assert catalog.clinic.numbers_in(None) == catalog.clinic.numbers_in(catalog.clinic.country)
