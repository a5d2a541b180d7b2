"""The Mini App's API: who is let in, what is refused before anything is read, and which event each choice makes."""

import json
from datetime import date, time

import pytest

from bot import metrics
from bot.domain.events import (
    Command,
    CommandGiven,
    DayCorrected,
    EraseConfirmed,
    Event,
    FollowUpChosen,
    LanguageChosen,
    PauseAsked,
    PicturesChosen,
    Preference,
    PreferenceChosen,
    RoutineStarted,
    StaffConsentAnswered,
    TimesSet,
    WeeklyChosen,
    ZoneSet,
)
from bot.domain.hindsight import Ratings
from bot.domain.schedule import ReminderTimes
from bot.domain.times import CalendarDay, When
from bot.usecases.miniapp import Page
from bot.web.app_api import MOST_BYTES
from bot.web.app_limits import Rate
from bot.web.app_writes import choices_in
from tests.integration.web.app_site import JSON, Desk, Site, site_of, storage_failure
from tests.unit.web.forgeries import ADA, EVE, GOOD, NOW, SECONDS, fields_of, forgeries, signed

CHOICES = choices_in(("en", "es"))
PAGES = [f"{opening}{page}" for page in Page for opening in ("", "opening/")]
ASKED = [*(("GET", page) for page in PAGES), *(("POST", name) for name in CHOICES)]

CHOSEN: dict[str, tuple[dict[str, object], Event]] = {
    "start": ({"minimum": True}, RoutineStarted(minimum=True)),
    "day": ({"date": "2026-05-05", "done": False}, DayCorrected(date(2026, 5, 5), done=False)),
    "pain": (
        {"date": "2026-05-05", "before": None, "during": 4.0, "after": 0},
        DayCorrected(date(2026, 5, 5), ratings=Ratings(None, 4, 0)),
    ),
    "reminder": (
        {"times": ["19:30", "07:00"], "weekdays": [1, 3]},
        TimesSet(ReminderTimes((time(7), time(19, 30)), frozenset({1, 3}))),
    ),
    "language": ({"language": "es"}, LanguageChosen("es")),
    "zone": ({"zone": "Europe/Madrid"}, ZoneSet("Europe/Madrid")),
    "pictures": ({"wanted": False}, PicturesChosen(wanted=False)),
    "streak": ({"wanted": True}, PreferenceChosen(Preference.STREAK, wanted=True)),
    "dark-pictures": ({"wanted": True}, PreferenceChosen(Preference.DARK, wanted=True)),
    "weekly": ({"weekday": 3}, WeeklyChosen(3)),
    "pause-until": (
        {"date": "2026-06-01"},
        PauseAsked(When(date=CalendarDay(6, 1, 2026), until=True)),
    ),
    "follow-up": ({"minutes": 60}, FollowUpChosen(60)),
    "pause": ({"paused": True}, CommandGiven(Command.PAUSE)),
    "staff": ({"agrees": False}, StaffConsentAnswered(agrees=False)),
    "export": ({}, CommandGiven(Command.EXPORT)),
    "erase": ({"everything": True}, EraseConfirmed(NOW)),
}


@pytest.fixture
def desk() -> Desk:
    """Return a desk that knows Ada."""
    return Desk()


@pytest.fixture
def site(desk: Desk) -> Site:
    """Return the API before that desk."""
    return site_of(desk)


@pytest.mark.parametrize(("method", "name"), ASKED, ids=[name for _, name in ASKED])
async def test_nobody_asks_for_anything_without_having_signed_in(
    site: Site, desk: Desk, method: str, name: str
) -> None:
    """401 by whatever they show; the body stays unread, the desk is not asked, and no reason is told."""
    stale, forged = signed(fields_of(seconds=SECONDS - 7200)), GOOD.replace("4242", "6666")
    for shown in (None, "", stale, forged, "a" * 5000):
        answer = await site.call(method, f"/api/{name}", init_data=shown, headers=JSON)
        assert (answer.status, answer.json) == (401, {"error": "unauthorized"})
        assert answer.headers["www-authenticate"] == "tma"
        assert not site.body_was_read
    assert desk.asked == []


async def test_five_hundred_forgeries_read_nothing(site: Site, desk: Desk) -> None:
    """None of them is answered by anything but 401, on a page and on the gravest choice."""
    for forged in forgeries():
        for method, name in (("GET", "progress"), ("POST", "erase")):
            answer = await site.call(
                method, f"/api/{name}", init_data=forged, body=b'{"everything":true}', headers=JSON
            )
            assert answer.status == 401, forged
            assert not site.body_was_read
    assert desk.asked == []


@pytest.mark.parametrize("scheme", ["", "Bearer ", "Basic ", "tma"], ids=["none", "bearer", "basic", "no blank"])
async def test_only_telegrams_scheme_counts(site: Site, scheme: str) -> None:
    """Good initData under another name is nothing."""
    assert (
        await site.call("GET", "/api/today", init_data=None, headers={"authorization": f"{scheme}{GOOD}"})
    ).status == 401


async def test_everybody_gets_their_own(site: Site, desk: Desk) -> None:
    """Who is asked about is who signed in; nothing in the request can name another."""
    desk.agreed.add(EVE)
    await site.call("GET", "/api/progress", init_data=signed(fields_of(EVE)))
    await site.call("GET", "/api/progress", init_data=GOOD)
    assert desk.asked == [(EVE, Page.PROGRESS), (ADA, Page.PROGRESS)]


@pytest.mark.parametrize("name", CHOICES)
async def test_each_choice_is_an_event(site: Site, desk: Desk, name: str) -> None:
    """What is chosen is an event like those of the chat."""
    fields, event = CHOSEN[name]
    answer = await site.choose(name, fields)
    assert (answer.status, answer.json) == (200, {"note": ""})
    assert desk.asked == [(ADA, event)]


async def test_never_is_a_weekday_too(site: Site, desk: Desk) -> None:
    """No weekly summary is null, a whole number may be written as one with a point."""
    for given, weekday in ((None, None), (7.0, 7)):
        assert (await site.choose("weekly", {"weekday": given})).status == 200
        assert desk.asked.pop() == (ADA, WeeklyChosen(weekday))


MALFORMED = {
    "empty": (b"", 400),
    "no JSON": (b"nonsense", 400),
    "half of it": (b'{"minimum": tr', 400),
    "not UTF-8": (b'{"minimum": "\xff"}', 400),
    "deep": (b"[" * MOST_BYTES, 400),
    "huge": (b" " * (MOST_BYTES + 1), 413),
    "a list": (b"[]", 422),
    "null": (b"null", 422),
    "nothing": (b"{}", 422),
    "words": (b'{"minimum": "true"}', 422),
    "a number": (b'{"minimum": 1}', 422),
    "more": (b'{"minimum": true, "chat_id": 6666}', 422),
}


@pytest.mark.parametrize(("body", "status"), MALFORMED.values(), ids=MALFORMED)
async def test_what_is_no_choice_is_refused(site: Site, desk: Desk, body: bytes, status: int) -> None:
    """And nothing happens."""
    assert (await site.call("POST", "/api/start", body=body, headers=JSON)).status == status
    assert desk.asked == []


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("weekly", {"weekday": 0}),
        ("weekly", {"weekday": 8}),
        ("weekly", {"weekday": 1.5}),
        ("weekly", {"weekday": True}),
        ("weekly", {"weekday": 1e400}),
        ("zone", {"zone": "Europe/Nowhere"}),
        ("zone", {"zone": "../../etc/passwd"}),
        ("zone", {"zone": None}),
        ("language", {"language": "xx"}),
        ("language", {"language": ["es"]}),
        ("reminder", {"times": [], "weekdays": [1]}),
        ("reminder", {"times": ["7:30"], "weekdays": [1]}),
        ("reminder", {"times": ["24:00"], "weekdays": [1]}),
        ("reminder", {"times": ["07:30\n"], "weekdays": [1]}),
        ("reminder", {"times": ["07:30", "07:30"], "weekdays": [1]}),
        ("reminder", {"times": ["07:00", "08:00", "09:00", "10:00"], "weekdays": [1]}),
        ("reminder", {"times": ["07:30"], "weekdays": []}),
        ("reminder", {"times": ["07:30"], "weekdays": [0]}),
        ("reminder", {"times": ["07:30"], "weekdays": [1, 1.0]}),
        ("reminder", {"times": "07:30", "weekdays": 1}),
        ("follow-up", {"minutes": 45}),
        ("follow-up", {"minutes": True}),
        ("pause-until", {"date": "tomorrow"}),
        ("day", {"date": "2026-02-30", "done": True}),
        ("day", {"date": "20260505", "done": True}),
        ("day", {"date": "2026-W19-2", "done": True}),
        ("day", {"date": "2026-05-05", "done": None}),
        ("pain", {"date": "2026-05-05", "before": 11, "during": None, "after": None}),
        ("pain", {"date": "2026-05-05", "before": 4.5, "during": None, "after": None}),
        ("erase", {"everything": 1}),
        ("erase", {"everything": False}),
        ("erase", {}),
    ],
    ids=json.dumps,
)
async def test_values_beyond_their_form_are_refused(site: Site, name: str, fields: dict[str, object]) -> None:
    """422: what the document does not describe is not taken."""
    assert (await site.choose(name, fields)).status == 422


async def test_a_choice_wants_a_key_and_json(site: Site, desk: Desk) -> None:
    """So that a request sent twice happens once, and no form of another site can send one."""
    body = b'{"minimum": false}'
    assert (
        await site.call("POST", "/api/start", body=body, headers={"content-type": "application/json"})
    ).status == 400
    for key in ("short", "a" * 65, "with blank", "ümlaut-ümlaut"):
        answer = await site.call("POST", "/api/start", body=body, headers={**JSON, "idempotency-key": key})
        assert answer.status == 400
    answer = await site.call("POST", "/api/start", body=body, headers={**JSON, "content-type": "text/plain"})
    assert answer.status == 415
    assert desk.asked == []


async def test_whoever_has_not_agreed_gets_no_page(site: Site, desk: Desk) -> None:
    """403 for pages and choices; the labels come all the same, for the page has to say where to begin."""
    desk.agreed.clear()
    assert (await site.call("GET", "/api/today")).status == 403
    assert (await site.choose("start", {"minimum": False})).status == 403
    assert (await site.call("GET", "/api/opening/today")).status == 200


async def test_a_database_that_is_gone_is_told_apart_from_a_fault(site: Site, desk: Desk) -> None:
    """503 asks to try again; what nobody expected is 500 and is counted, and neither says what went wrong."""
    before = faults()
    desk.failure = storage_failure()
    assert (await site.call("GET", "/api/today")).json == {"error": "service_unavailable"}
    assert faults() == before
    desk.failure = ZeroDivisionError("of the test")
    assert (await site.call("GET", "/api/today")).json == {"error": "internal_server_error"}
    assert faults() == before + 1


def faults() -> float:
    """Return how many faults of the API were counted."""
    counted = metrics.REGISTRY.get_sample_value("lumbar_app_faults_total")
    assert counted is not None
    return counted


async def test_one_person_cannot_ask_without_end(desk: Desk) -> None:
    """After so many at once 429 says how long to wait; another person is served meanwhile."""
    site = site_of(desk, per_person=Rate(burst=3, per_second=0.001))
    desk.agreed.add(EVE)
    statuses = [(await site.call("GET", "/api/today")).status for _ in range(4)]
    assert statuses == [200, 200, 200, 429]
    answer = await site.call("GET", "/api/today")
    assert 0 < int(answer.headers["retry-after"]) <= 1000
    assert (await site.call("GET", "/api/today", init_data=signed(fields_of(EVE)))).status == 200


async def test_one_address_cannot_try_without_end(desk: Desk) -> None:
    """Forgeries are counted before they are looked at; behind a proxy by the address that the proxy names."""
    site = site_of(desk, per_address=Rate(burst=2, per_second=0.001))
    for status in (401, 401, 429):
        answer = await site.call(
            "GET", "/api/today", init_data="forged", peer="10.0.0.1", headers={"x-forwarded-for": "198.51.100.7"}
        )
        assert answer.status == status
    answer = await site.call(
        "GET", "/api/today", peer="10.0.0.1", headers={"x-forwarded-for": "198.51.100.7, 198.51.100.8"}
    )
    assert answer.status == 200


async def test_the_document_cannot_be_asked_for_without_end(desk: Desk) -> None:
    """It is worked out for whoever asks, so that an address may ask for it as often as for anything else."""
    site = site_of(desk, per_address=Rate(burst=2, per_second=0.001))
    statuses = [(await site.call("GET", path)).status for path in ("/api/openapi.json", "/api/today") * 2]
    assert statuses == [200, 200, 429, 429]


async def test_answers_stay_nowhere(site: Site) -> None:
    """Health data is in no cache, and no browser takes it for anything but JSON."""
    answer = await site.call("GET", "/api/progress")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "access-control-allow-origin" not in answer.headers


async def test_the_document_names_every_path(site: Site) -> None:
    """For everybody to read; it holds nothing of anybody."""
    answer = await site.call("GET", "/api/openapi.json", init_data=None)
    paths = {path.strip("/"): next(iter(operations)) for path, operations in answer.json["paths"].items()}
    assert paths == {name: method.lower() for method, name in ASKED}
