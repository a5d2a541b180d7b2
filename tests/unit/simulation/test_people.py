"""Made-up people: the same by their seed, crowded where people crowd."""

from collections import Counter

import pytest

from bot.simulation.people import THE_ONE, Zones, crowd, crowd_of_one_minute


def test_the_same_seed_makes_up_the_same_people() -> None:
    """A simulation can be repeated, and another one is another."""
    assert crowd(500, Zones.MIX, 7) == crowd(500, Zones.MIX, 7)
    assert crowd(500, Zones.MIX, 7) != crowd(500, Zones.MIX, 8)


def test_people_choose_round_times_around_work() -> None:
    """Three of four are on the hour or half past, most before ten or from five on; no minute is left out."""
    times = [person.daily.times.local_times[0] for person in crowd(20_000, Zones.MIX, 1)]
    assert sum(one.minute in {0, 30} for one in times) / len(times) == pytest.approx(0.78, abs=0.02)
    assert sum(one.hour < 10 or one.hour >= 17 for one in times) / len(times) > 0.8
    assert {one.minute for one in times} == set(range(60))


def test_a_mix_lives_in_many_zones_and_speaks_their_languages() -> None:
    """Zones of whole and odd hours on both sides of the equator, and the content's first two languages."""
    people = crowd(5_000, Zones.MIX, 1)
    zones = Counter(person.daily.zone for person in people)
    assert {"America/New_York", "Europe/Madrid", "Asia/Kolkata", "Asia/Kathmandu", "Australia/Sydney"} <= set(zones)
    assert {person.language for person in people} == {0, 1}
    assert {person.language for person in people if person.daily.zone == "Europe/Madrid"} == {1}


def test_one_clinic_has_one_zone() -> None:
    """With `one`, everybody's clock is the same."""
    assert {(person.daily.zone, person.language) for person in crowd(500, Zones.ONE, 1)} == {THE_ONE}


def test_a_crowded_minute_is_one_minute() -> None:
    """Everybody wants the same, and everybody is somebody else."""
    people = crowd_of_one_minute(300)
    assert len({person.daily for person in people}) == 1
    assert [person.chat_id for person in people] == list(range(1, 301))
