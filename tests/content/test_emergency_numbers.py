"""The numbers to dial: right for the country that a person's zone lies in, and worded as what they are.

What cannot be tested is whether somebody answers them; the comments of `content/clinic.yaml` name the sources.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from zoneinfo import available_timezones

import pytest

from bot.catalog import Catalog
from bot.domain import effects as do
from bot.domain.chat import Chat, Hold
from bot.domain.safety import Finding
from bot.domain.screening import Release
from bot.presentation import messages
from bot.presentation.content import EmergencyNumbers
from bot.presentation.messages import Outgoing, Texts, View
from bot.zones import country_of
from tests.unit.presentation.rendered import KINDS, rows, seen

EUROPEAN_UNION = (
    *("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU"),
    *("IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"),
)
UNLISTED = "AQ"
NOW = datetime(2026, 3, 5, 12, 12, tzinfo=UTC)
DIALLED = re.compile(r"[0-9]+( [0-9]+)*")
DIALLED_ON_A_MOBILE = re.compile(r"\*[0-9]+")
ALWAYS_OPEN = re.compile(
    r"at any hour|at any time|day or night|a cualquier hora|en cualquier momento|de día o de noche"
)
EXERCISES = re.compile(r"exercis|ejercicio", re.IGNORECASE)


@pytest.fixture(scope="module")
def numbers(catalog: Catalog) -> dict[str, EmergencyNumbers]:
    """Return the numbers by country, as listed, and under its own code those of a country that is not."""
    return {**catalog.clinic.emergency, UNLISTED: catalog.clinic.numbers_in(UNLISTED)}


# -- the list --------------------------------------------------------------------------------------------------------


def test_every_country_has_an_emergency_number_that_can_be_dialled(numbers: dict[str, EmergencyNumbers]) -> None:
    """Two to four digits; nothing that a telephone would not take."""
    faults = [country for country, own in numbers.items() if not re.fullmatch(r"[0-9]{2,4}", own.emergency)]
    assert not faults


def test_every_other_number_can_be_dialled(numbers: dict[str, EmergencyNumbers]) -> None:
    """Groups of digits with single spaces between, as they are printed; a star only in front of a short number."""
    others = {number for own in numbers.values() for number in (own.advice, own.crisis) if number is not None}
    assert len(others) > 30
    assert not [one for one in others if not DIALLED.fullmatch(one) and not DIALLED_ON_A_MOBILE.fullmatch(one)]


def test_no_line_is_listed_as_something_else(numbers: dict[str, EmergencyNumbers]) -> None:
    """An ambulance's number is no crisis line, and a line for advice is neither."""
    for country, own in numbers.items():
        listed = [number for number in (own.emergency, own.advice, own.crisis) if number is not None]
        assert len(set(listed)) == len(listed), country


def test_no_country_is_listed_twice(content: Path, numbers: dict[str, EmergencyNumbers]) -> None:
    """YAML would silently keep the last of two."""
    lines = re.findall(r'^  "?([A-Z]{2})"?: \{', (content / "clinic.yaml").read_text(encoding="utf-8"), re.MULTILINE)
    assert Counter(lines) == dict.fromkeys(numbers.keys() - {UNLISTED}, 1)


def test_every_country_listed_is_one_that_a_zone_lies_in(numbers: dict[str, EmergencyNumbers]) -> None:
    """A code that no zone gives, such as UK, would never be looked up."""
    assert numbers.keys() <= set(map(country_of, available_timezones()))


@pytest.mark.parametrize("country", EUROPEAN_UNION)
def test_112_in_all_of_the_european_union(catalog: Catalog, country: str) -> None:
    """It reaches an ambulance in every member state."""
    assert catalog.clinic.emergency[country].emergency == "112"


@pytest.mark.parametrize(
    ("zone", "emergency", "advice", "crisis"),
    [
        ("America/New_York", "911", None, "988"),
        ("America/Puerto_Rico", "911", None, "988"),
        ("Pacific/Guam", "911", None, "988"),
        ("America/Toronto", "911", None, "988"),
        ("America/Mexico_City", "911", None, "800 911 2000"),
        ("Europe/London", "999", "111", "116 123"),
        ("Europe/Dublin", "112", None, "116 123"),
        ("Europe/Madrid", "112", None, "024"),
        ("Atlantic/Canary", "112", None, "024"),
        ("Europe/Berlin", "112", "116 117", "116 123"),
        ("Europe/Paris", "112", None, "3114"),
        ("America/Martinique", "15", None, "3114"),
        ("Europe/Amsterdam", "112", None, "113"),
        ("Europe/Oslo", "113", "116 117", "116 123"),
        ("Europe/Stockholm", "112", "1177", "90101"),
        ("Europe/Zurich", "144", None, "143"),
        ("Europe/Kyiv", "103", None, "7333"),
        ("America/Argentina/Buenos_Aires", "107", None, "0800 999 0091"),
        ("America/Santiago", "131", "600 360 7777", "*4141"),
        ("America/Bogota", "123", None, None),
        ("America/Lima", "106", None, "113"),
        ("America/Sao_Paulo", "192", None, "188"),
        ("Asia/Tokyo", "119", None, "0120 279 338"),
        ("Asia/Seoul", "119", None, "109"),
        ("Asia/Calcutta", "112", None, "14416"),
        ("Asia/Shanghai", "120", None, None),
        ("Africa/Johannesburg", "112", None, "0800 567 567"),
        ("Australia/Sydney", "000", None, "13 11 14"),
        ("Pacific/Auckland", "111", "0800 611 116", "1737"),
        ("Antarctica/McMurdo", "112", None, None),
    ],
)
def test_a_persons_zone_leads_to_the_numbers_of_its_country(
    catalog: Catalog, zone: str, emergency: str, advice: str | None, crisis: str | None
) -> None:
    """Those of many people, of territories, and of a country that is not listed."""
    assert catalog.clinic.numbers_in(country_of(zone)) == EmergencyNumbers(emergency, advice, crisis)


def test_a_person_of_unknown_country_gets_the_numbers_of_the_clinics_own(catalog: Catalog) -> None:
    """Most people who write to a clinic live near it."""
    assert catalog.clinic.numbers_in(None) == catalog.clinic.numbers_in(catalog.clinic.country)


# -- the replies -----------------------------------------------------------------------------------------------------


def texts_of(catalog: Catalog, language: str, country: str) -> Texts:
    """Return the texts of a language for a person in a country."""
    return Texts(
        translator=catalog.translators[language],
        exercises=MappingProxyType({}),
        getting_down=catalog.getting_down[language],
        clinic=replace(catalog.clinic, booking_url="https://clinic.example/book"),
        country=country,
    )


def replies(kind: str, texts: Texts) -> Iterator[Outgoing]:
    """Yield all that is sent about a finding of a kind: the referrals, and what is said while the programme is held."""
    finding = Finding(*KINDS[kind], "rule", ())
    held = Chat(1, texts.translator.language, hold=Hold(*KINDS[kind], "rule", NOW))
    view = View(held, NOW, texts)
    waited = replace(view, written_at=NOW - timedelta(hours=4))
    for holds in (False, True):
        yield from messages.render(do.Refer(finding, holds=holds), view)
        yield from messages.render(do.Refer(finding, holds=holds), waited)
        if kind == "referral":
            yield from messages.render(do.Refer(finding, holds=holds, again=True), view)
    yield from messages.render(do.Refer(finding, holds=True, release=Release.CLEARED), view)
    yield from messages.render(do.ShowHold(), view)
    yield from messages.render(do.Encourage(), view)
    assert view.chat.hold is not None
    yield messages.check_in(view.chat.hold, view.texts)


def words_of(reply: Outgoing, texts: Texts) -> list[str]:
    """Return the words of a reply, a number to dial as one, without the lines of the clinic's card."""
    card = (texts.clinic.name, texts.clinic.phone, texts.clinic.address, texts.clinic.hours)
    said = "\n".join(line for line in seen(reply).split("\n") if not any(part in line for part in card))
    return re.sub(r"(?<=[0-9]) (?=[0-9])", "", said).split()


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_reply_is_short_whatever_lines_there_are(
    catalog: Catalog, numbers: dict[str, EmergencyNumbers], kind: str, language: str
) -> None:
    """Under 60 words, the clinic's card aside: with a line for advice or for crises, with both, with neither."""
    for country in {(own.advice is None, own.crisis is None): country for country, own in numbers.items()}.values():
        texts = texts_of(catalog, language, country)
        for reply in replies(kind, texts):
            words = words_of(reply, texts)
            assert len(words) < 60, (country, len(words), words)


@pytest.mark.parametrize("language", ["en", "es"])
def test_in_despair_everybody_is_given_the_line_of_their_country(
    catalog: Catalog, numbers: dict[str, EmergencyNumbers], language: str
) -> None:
    """The line, to be called at any hour and copied with one tap, and the emergency number for danger."""
    for country, own in numbers.items():
        if own.crisis is None:
            continue
        for reply in replies("suicide", texts_of(catalog, language, country)):
            assert own.crisis in seen(reply), country
            assert own.emergency in seen(reply), country
            assert ALWAYS_OPEN.search(seen(reply)), seen(reply)
            assert {"text": own.crisis} in copied(reply), country


@pytest.mark.parametrize("language", ["en", "es"])
def test_where_no_line_is_known_none_is_promised(
    catalog: Catalog, numbers: dict[str, EmergencyNumbers], language: str
) -> None:
    """The emergency number is not said to listen at any hour; a person, a doctor or a line near by is named instead."""
    for country, own in numbers.items():
        if own.crisis is not None:
            continue
        for reply in replies("suicide", texts_of(catalog, language, country)):
            assert own.emergency in seen(reply), country
            assert not ALWAYS_OPEN.search(seen(reply)), seen(reply)
            assert re.search(r"crisis line near you|línea de ayuda de tu zona", seen(reply)), seen(reply)
            assert copied(reply) == [{"text": own.emergency}], country


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("country", ["US", UNLISTED])
def test_in_despair_nobody_is_sent_to_exercise_or_to_the_clinic(catalog: Catalog, language: str, country: str) -> None:
    """Neither a word of exercises nor the clinic's name, telephone or page."""
    texts = texts_of(catalog, language, country)
    for reply in replies("suicide", texts):
        assert not EXERCISES.search(seen(reply))
        assert texts.clinic.name not in seen(reply)
        assert texts.clinic.phone not in str(reply.payload)
        assert str(texts.clinic.booking_url) not in str(reply.payload)


@pytest.mark.parametrize("language", ["en", "es"])
def test_an_emergency_is_copied_with_the_first_button(
    catalog: Catalog, numbers: dict[str, EmergencyNumbers], language: str
) -> None:
    """The referral opens with the country's number, and so does its keyboard."""
    for country, own in numbers.items():
        referral = next(replies("emergency", texts_of(catalog, language, country)))
        assert own.emergency in seen(referral).split("\n")[0], country
        assert rows(referral)[0][0]["copy_text"] == {"text": own.emergency}, country


def copied(reply: Outgoing) -> list[dict[str, str]]:
    """Return what the buttons of a message copy."""
    return [button["copy_text"] for row in rows(reply) for button in row if "copy_text" in button]
