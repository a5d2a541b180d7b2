"""Zones: from what a person types, shares or speaks to an IANA time zone.

A typed answer is read in this order: a zone's own name (`europe/madrid`), a nickname from the content (`UK`, `EST`), a
place (`Springfield`, `Paris, Texas`, `London UK`), the last part of a zone's name (`Kiritimati`). Several zones are
offered as choices, the most populous place first, unless one place outweighs all others by far: nobody who types Paris
wants to be asked about Texas.

An offset such as `UTC+2`, or what a clock shows, is no zone: it knows no summer time, and in half a year the reminder
would come at the wrong hour without anybody having changed anything. It leads to places to choose from.

A shared location is turned into a zone and forgotten: nothing here keeps or logs it.

Not here: the question and its texts, and what a zone means for a reminder (`bot.domain.schedule`).
"""

import hashlib
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from functools import cache
from importlib import resources
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import Any, Self
from zoneinfo import TZPATH, ZoneInfo, available_timezones

import tzfpy
import yaml

from bot.domain.understanding import ClockHere, Offset
from bot.gazetteer import Gazetteer, Place, Zone, fold

MOST_CHOICES = 4

_YAML_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same in C where it was built

_LONGEST_ANSWER = 100  # characters
_SHORTEST_LATIN_NAME = 3  # letters; "no" and "ok" are answers to something else, though they are cities too
_STEP, _DAY = 15, 24 * 60  # minutes: no zone keeps other offsets than by quarters of an hour
_DOMINANCE = 10  # how many times the people of any other place
_MOST_REGION_WORDS = 3  # "perth western australia" is a place and two words of region
_NO_PLACES = frozenset({"localtime", "Factory"})  # this machine's own zone, and one for clocks nobody has set
_ANY = "other"  # the entry of the likely zones for languages that are not listed
_GAZETTEER = Gazetteer()  # the same whatever the content says; built at the first question, once for the process


@dataclass(frozen=True, slots=True)
class ZoneChoice:
    """A zone that may be meant: its IANA name and a label to choose it by."""

    zone: str
    label: str


class ZonesError(ValueError):
    """The content about zones cannot be used; the message names file and key."""


@cache
def zone_data() -> str:
    """Return a fingerprint of the rules of all time zones, as zoneinfo finds them: the system's, else tzdata's own."""
    package = resources.files("tzdata")
    fingerprint = hashlib.sha256()
    for name in package.joinpath("zones").read_text(encoding="utf-8").split():
        path = next((path for root in TZPATH if (path := Path(root, name)).is_file()), None)
        rules = package.joinpath("zoneinfo", *name.split("/")) if path is None else path
        fingerprint.update(rules.read_bytes())
    return fingerprint.hexdigest()


class ZoneFinder:
    """Finds zones, for any number of threads."""

    def __init__(self, *, likely: Mapping[str, Iterable[str]], nicknames: Mapping[str, Iterable[str]]) -> None:
        """Take likely zones by language code and zones by nickname; raise ZonesError for an unknown zone."""
        self._likely = MappingProxyType({key.casefold(): _checked(key, zones) for key, zones in likely.items()})
        self._nicknames = MappingProxyType({fold(key): _checked(key, zones) for key, zones in nicknames.items()})
        if _ANY not in self._likely:
            raise ZonesError(f"likely: {_ANY!r} is missing, the zones for languages that are not listed")

    @classmethod
    def from_content(cls, content_dir: Path) -> Self:
        """Read `zones.yaml` and every language's nicknames; raise ZonesError or OSError."""
        nicknames: dict[str, Any] = {}
        for path in sorted(content_dir.glob("locales/*/zones.yaml")):
            nicknames |= _table(path, "nicknames")
        return cls(likely=_table(content_dir / "zones.yaml", "likely"), nicknames=nicknames)

    def warm_up(self) -> None:
        """Build the index of places now, a second of work that the first typed answer would otherwise wait for."""
        _GAZETTEER.places("UTC")

    def by_name(self, text: str) -> tuple[ZoneChoice, ...]:
        """Give the zones a typed answer may mean, at most four, the likeliest first; none if it names no place."""
        if len(text) > _LONGEST_ANSWER or not fold(text):
            return ()
        if zone := _by_full_name(text):
            return (_own_label(zone),)
        if zones := self._nicknames.get(fold(text)):
            return tuple(map(_own_label, zones[:MOST_CHOICES]))
        return self._by_place(text) or tuple(map(_own_label, _by_last_part(text)[:MOST_CHOICES]))

    def pairs(self, text: str) -> tuple[tuple[str, str], ...]:
        """Give what `by_name` gives as pairs of zone and label, as the domain takes them."""
        return tuple((choice.zone, choice.label) for choice in self.by_name(text))

    def keeping(
        self, place: ClockHere | Offset, now: datetime, language_code: str | None
    ) -> tuple[tuple[str, str], ...]:
        """Give up to four zones as pairs whose clocks show that time, or have that offset, `now`; likely ones first.

        Minutes that a clock goes wrong, or the message took, are rounded off.
        """
        offsets = {place.minutes} if isinstance(place, Offset) else set(_offsets(place.times, now))
        listed = (zone for zones in self._likely.values() for zone in zones)
        ordered = dict.fromkeys((*self.likely(language_code), *listed, *sorted(_zones())))
        keeping = (zone for zone in ordered if "/" in zone and not zone.startswith("Etc/"))
        right = (zone for zone in keeping if _offset_of(zone, now) in offsets)
        return tuple((zone, _own_label(zone).label) for zone in islice(right, MOST_CHOICES))

    def by_location(self, latitude: float, longitude: float) -> str | None:
        """Give the zone of a point in degrees; None if it is no point on Earth. The point is not kept."""
        if not (math.isfinite(latitude) and math.isfinite(longitude)):
            return None
        if abs(latitude) > 90 or abs(longitude) > 180:  # noqa: PLR2004 - the poles and the date line
            return None
        zone = tzfpy.get_tz(longitude, latitude)
        return zone if is_zone(zone) else None

    def likely(self, language_code: str | None) -> tuple[str, ...]:
        """Give up to four zones to offer first to somebody whose Telegram speaks this language (`pt-br`, `en`)."""
        code = (language_code or "").casefold().replace("_", "-")
        return self._likely.get(code) or self._likely.get(code.partition("-")[0]) or self._likely[_ANY]

    def _by_place(self, text: str) -> tuple[ZoneChoice, ...]:
        """Look up a place as it is typed, then as a name and the region it lies in, with or without a comma."""
        if text.isascii() and len(fold(text)) < _SHORTEST_LATIN_NAME:
            return ()
        if places := _GAZETTEER.places(text):
            return _choices(places)
        for name, region in _splits(text):
            named = _GAZETTEER.places(name)
            if within := [place for place in named if self._lies_in(place, region)]:
                return _choices(within)
        before_comma = text.partition(",")[0]
        if before_comma != text:  # a region nobody here knows: then no place is likelier than another
            return _distinct(zone for place in _GAZETTEER.places(before_comma) for zone in place.zones)
        return ()

    def _lies_in(self, place: Place, region: str) -> bool:
        zones = self._nicknames.get(region, ())
        return region in place.regions or any(zone.name in zones for zone in place.zones)


def _offsets(times: Iterable[time], now: datetime) -> Iterator[int]:
    """Yield the offsets, in minutes, that would make a clock show one of these times: of the two a day apart, both."""
    for shown in times:
        ahead = shown.hour * 60 + shown.minute - now.astimezone(UTC).hour * 60 - now.astimezone(UTC).minute
        rounded = round(ahead / _STEP) * _STEP
        yield from (rounded % _DAY, rounded % _DAY - _DAY)


def _offset_of(zone: str, now: datetime) -> int:
    offset = now.astimezone(ZoneInfo(zone)).utcoffset()
    return 0 if offset is None else round(offset.total_seconds() / 60)


def is_zone(name: str) -> bool:
    """Tell whether a string is exactly the name of a zone with a place on Earth, or of UTC and its like."""
    return name in _zones()


def country_of(zone: str) -> str | None:
    """Tell the country (ISO 3166) that a zone lies in; None for one that no country calls its own, such as UTC."""
    return _countries().get(zone)


@cache
def _countries() -> Mapping[str, str]:
    """Read the zone database's own list of countries, which the tzdata package carries wherever the bot runs.

    An old name (Asia/Calcutta) is not listed there; it lies where the zone does that it is another name of.
    """
    listed = {row[2]: row[0] for row in (line.split("\t") for line in _tz_lines("zone.tab"))}
    links = (line.split() for line in _tz_lines("tzdata.zi") if line.startswith("L "))
    renamed = {alias: listed[zone] for _, zone, alias in links if zone in listed}
    return MappingProxyType(renamed | listed)


def _tz_lines(name: str) -> list[str]:
    lines = resources.files("tzdata.zoneinfo").joinpath(name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


@cache
def _zones() -> frozenset[str]:
    """List the zones once: it reads through the folders of the system's own tables and of the tzdata package."""
    return frozenset(available_timezones()) - _NO_PLACES


@cache
def _full_names() -> Mapping[str, str]:
    """Index the zones by the names that lead to them; signs count in `Etc/GMT+2`, elsewhere they are like spaces."""
    exact = {zone.casefold(): zone for zone in _zones()}
    loose = {_loose(zone): zone for zone in sorted(_zones()) if not any(map(str.isdigit, zone))}
    return MappingProxyType({**loose, **exact})


@cache
def _last_parts() -> Mapping[str, tuple[str, ...]]:
    """Index the zones of the continents and oceans by the last part of their names."""
    found: dict[str, tuple[str, ...]] = {}
    areas = ("Africa/", "America/", "Antarctica/", "Arctic/", "Asia/", "Atlantic/", "Europe/", "Indian/", "Pacific/")
    for zone in sorted(_zones()):
        if zone.startswith((*areas, "Australia/Lord")):
            part = fold(zone.rpartition("/")[2])
            found[part] = (*found.get(part, ()), zone)
    return MappingProxyType(found)


def _loose(text: str) -> str:
    return "/".join(map(fold, text.split("/")))


def _by_full_name(text: str) -> str | None:
    """Find a zone by its own name; a name without a slash (`Japan`, `EST`) is better read as a place or a nickname."""
    if "/" not in text:
        return None
    exact = "".join(text.split()).casefold()
    return _full_names().get(exact) or _full_names().get(_loose(text))


def _by_last_part(text: str) -> tuple[str, ...]:
    """Find zones by the last part of their names, or one by its whole name without a slash."""
    whole = _full_names().get(text.strip().casefold())
    return (whole,) if whole else _last_parts().get(fold(text), ())


def _splits(text: str) -> Iterator[tuple[str, str]]:
    """Divide an answer into name and region: at the commas, then before its last words, the shortest region first."""
    name, comma, rest = text.partition(",")
    if comma:
        regions = [fold(part) for part in rest.split(",")]
        yield from ((name, region) for region in (fold(rest), *regions) if region)
        return
    words = fold(text).split()
    for count in range(1, min(_MOST_REGION_WORDS, len(words) - 1) + 1):
        yield " ".join(words[:-count]), " ".join(words[-count:])


def _choices(places: Iterable[Place]) -> tuple[ZoneChoice, ...]:
    """Offer the zones of all places; of the first alone, if it outweighs every place that lies in another zone."""
    first, *others = places
    own = {zone.name for zone in first.zones}
    rivals = [place.population for place in others if not own.issuperset(zone.name for zone in place.zones)]
    if max(rivals, default=0) * _DOMINANCE <= first.population:
        return _distinct(first.zones)
    return _distinct(zone for place in (first, *others) for zone in place.zones)


def _distinct(zones: Iterable[Zone]) -> tuple[ZoneChoice, ...]:
    """Keep the first label of each zone, and the first four zones."""
    labels: dict[str, str] = {}
    for zone in zones:
        if is_zone(zone.name):
            labels.setdefault(zone.name, zone.label)
    return tuple(ZoneChoice(zone, label) for zone, label in labels.items())[:MOST_CHOICES]


def _own_label(zone: str) -> ZoneChoice:
    return ZoneChoice(zone, zone.replace("_", " "))


def _checked(key: str, zones: Iterable[str]) -> tuple[str, ...]:
    found = tuple(zones)
    if unknown := [zone for zone in found if not is_zone(zone)]:
        raise ZonesError(f"{key}: {unknown[0]!r} is not an IANA time zone")
    if not 1 <= len(found) <= MOST_CHOICES:
        raise ZonesError(f"{key}: must list one to {MOST_CHOICES} zones")
    return found


def _table(path: Path, key: str) -> dict[str, list[str]]:
    """Read one table of names to lists of zones."""
    try:
        table = yaml.load(path.read_text(encoding="utf-8"), _YAML_LOADER)[key]  # noqa: S506 - a safe one, either way
    except (yaml.YAMLError, KeyError, TypeError) as error:
        raise ZonesError(f"{path.name}: cannot be read, or has no {key!r}") from error
    lists = isinstance(table, dict) and all(isinstance(zones, list) for zones in table.values())
    if not lists or not all(isinstance(name, str) for name in table):
        raise ZonesError(f"{path.name}: {key!r} must lead names, quoted where YAML needs it, to lists of zones")
    return {name: [str(zone) for zone in zones] for name, zones in table.items()}
