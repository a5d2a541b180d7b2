"""The Mini App's files: where they are served, what the page may load, and who may show it in a frame."""

import base64
import gzip
import hashlib
import json
import re
from pathlib import Path

import pytest

from bot.web.app import MiniApp, make_app
from bot.web.app_api import AppApi
from bot.web.app_files import TELEGRAM_SCRIPT, AppFiles
from bot.web.health import Health, Vitals
from tests.integration.web.app_site import Desk, Site
from tests.integration.web.conftest import nothing
from tests.unit.web.forgeries import TOKEN

FAILURES = {"en": {"again": "Try </script><b>again"}}


def site_at(url: str = "https://bot.example.org/app/", *, script_url: str = TELEGRAM_SCRIPT, **media: Path) -> Site:
    """Serve a Mini App at an address."""
    files = AppFiles(script_url, {name.replace("_", "."): path for name, path in media.items()}, FAILURES)
    mini_app = MiniApp(url, files, AppApi(TOKEN, Desk(), languages=("en",)))
    return Site(make_app(Health(Vitals(), nothing, nothing), mini_app=mini_app))


async def folder_of(site: Site) -> str:
    """Return the folder that the page names for its modules."""
    page = (await site.call("GET", "/", init_data=None)).body.decode()
    found = re.search(r'src="(\w+)/main\.js"', page)
    assert found is not None
    return found.group(1)


def inside(page: bytes, tag: str) -> set[str]:
    """Return the digests of what stands in the page between tags without any attribute, as a policy writes them."""
    found = re.findall(rf"<{tag}>(.*?)</{tag}>".encode(), page, re.DOTALL)
    return {f"'sha256-{base64.b64encode(hashlib.sha256(text).digest()).decode()}'" for text in found}


def rules(policy: str) -> dict[str, str]:
    """Read a Content-Security-Policy."""
    return dict(rule.split(" ", 1) for rule in policy.split("; "))


async def test_the_page_lets_nobody_in_but_telegrams_script() -> None:
    """All is its own but for that script; what stands in the page has its digest; only Telegram may frame it."""
    answer = await site_at().call("GET", "/", init_data=None)
    assert answer.status == 200
    policy = rules(answer.headers["content-security-policy"])
    assert policy.pop("default-src") == "'none'"
    assert {policy.pop("style-src")} == inside(answer.body, "style")
    (opening,) = inside(answer.body, "script")
    assert policy.pop("script-src") == f"'self' {opening} {TELEGRAM_SCRIPT}"
    assert policy.pop("frame-ancestors") == "https://telegram.org https://*.telegram.org"
    assert set(policy.values()) == {"'self'", "'none'"}
    assert set(re.findall(rb'https?://[^"\s]+', answer.body)) == {TELEGRAM_SCRIPT.encode()}


async def test_in_the_demo_the_policy_follows_the_sandbox() -> None:
    """The script is the sandbox's, on the same server; nothing is let in from the internet at all."""
    answer = await site_at(script_url="/telegram-web-app.js").call("GET", "/", init_data=None)
    policy = rules(answer.headers["content-security-policy"])
    (opening,) = inside(answer.body, "script")
    assert (policy["script-src"], policy["frame-ancestors"]) == (f"'self' {opening}", "'self'")
    assert b'src="/telegram-web-app.js"' in answer.body
    assert b"https://" not in answer.body


async def test_the_words_that_come_with_the_page_cannot_end_it() -> None:
    """Texts of the content stand in the page as data, whatever is written in them."""
    page = (await site_at().call("GET", "/", init_data=None)).body.decode()
    data = re.search(r'id="failures">(.*?)</script>', page)
    assert data is not None
    assert json.loads(data.group(1)) == FAILURES


async def test_it_lies_where_its_address_says() -> None:
    """Below the path of PUBLIC_URL; without the last stroke one is sent there by a relative address."""
    site = site_at("https://bot.example.org/lumbar/app/")
    assert (await site.call("GET", "/", init_data=None)).status == 404
    site.prefix = "/lumbar/app"
    assert (await site.call("GET", "/", init_data=None)).status == 200
    main = f"/{await folder_of(site)}/main.js"
    assert (await site.call("GET", main, init_data=None)).headers["content-type"].startswith("text/javascript")
    assert (await site.call("GET", "/api/today")).status == 200
    answer = await site.call("GET", "", init_data=None)
    assert (answer.status, answer.headers["location"]) == (308, "app/")
    document = (await site.call("GET", "/api/openapi.json", init_data=None)).json
    assert document["servers"] == [{"url": "/lumbar/app/api"}]


@pytest.mark.parametrize(
    "path",
    ["/../web/app_api.py", "/%2e%2e/app_api.py", "/index.html", "/style.css", "/media/../style.css", "/media/x.mp4"],
)
async def test_nothing_but_its_own_files_is_served(path: str) -> None:
    """Files are served by name, one route each: there is no way from one to another."""
    assert (await site_at().call("GET", path, init_data=None)).status == 404


async def test_texts_travel_small(tmp_path: Path) -> None:
    """A third of the bytes for whoever takes them compressed; pictures are left as they are."""
    picture = tmp_path / "bridge.png"
    picture.write_bytes(bytes(5000))
    site, wanted = site_at(bridge_png=picture), {"accept-encoding": "gzip"}
    plain = await site.call("GET", "/", init_data=None)
    small = await site.call("GET", "/", init_data=None, headers=wanted)
    assert gzip.decompress(small.body) == plain.body
    assert len(small.body) < len(plain.body) / 2
    assert "content-encoding" not in (await site.call("GET", "/media/bridge.png", headers=wanted)).headers


async def test_modules_are_kept_until_they_change() -> None:
    """Under the folder of now they may be kept for ever; asked for under an older one, they are not."""
    site = site_at()
    kept = await site.call("GET", f"/{await folder_of(site)}/main.js", init_data=None)
    assert kept.headers["cache-control"] == "public, max-age=31536000, immutable"
    passing = await site.call("GET", "/0123456789abcdef/main.js", init_data=None)
    assert (passing.body, passing.headers["cache-control"]) == (kept.body, "no-cache")


async def test_pictures_are_kept_by_the_phone(tmp_path: Path) -> None:
    """They are the same for everybody and may be cached for a day; the page itself is asked for each time."""
    picture = tmp_path / "bridge.png"
    picture.write_bytes(b"a picture")
    site = site_at(bridge_png=picture)
    answer = await site.call("GET", "/media/bridge.png", init_data=None)
    assert (answer.body, answer.headers["content-type"]) == (b"a picture", "image/png")
    assert answer.headers["cache-control"] == "public, max-age=86400"
    assert (await site.call("GET", "/", init_data=None)).headers["cache-control"] == "no-cache"
