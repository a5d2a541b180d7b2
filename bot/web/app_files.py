"""The Mini App's files: the page, its modules, and the exercises' pictures; the same for everybody.

The page is ours alone: plain modules, no framework, no build step (docs/decisions/0019-a-page-without-a-framework.md),
and its Content-Security-Policy lets nothing else in but the one script that Telegram asks for. Who serves that script
is also who may show the page in a frame: Telegram, or the sandbox in the demo.

On a slow phone every request costs, so the page brings along what it needs at once: its style, and the few lines that
ask for the first contents; the policy knows both by their digest. Modules lie under a digest of them all, and are kept
by the phone until they change.
"""

import json
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import blake2s, sha256
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Route

SMALLER = (Middleware(GZipMiddleware, minimum_size=1000),)
"""For texts: a third of the bytes on a slow line. Pictures are as small as they get."""
TELEGRAM_SCRIPT = "https://telegram.org/js/telegram-web-app.js"

_FOLDER = Path(__file__).with_name("app")
_ICON = "icon.svg"
_MEDIA_TYPES = {".mp4": "video/mp4", ".png": "image/png"}
_TELEGRAM_FRAMES = "https://telegram.org https://*.telegram.org"
_KEPT = "public, max-age=31536000, immutable"
_ASKED_FOR_EACH_TIME = "no-cache"


@dataclass(frozen=True, slots=True)
class AppFiles:
    """The page, with Telegram's script from `script_url` (a path: from the page's own server), and pictures by name.

    `failures` are the words, by language, for when the API does not answer: they come with the page.
    `logo` is the clinic's, as bytes and media type.
    """

    script_url: str
    media: Mapping[str, Path]
    failures: Mapping[str, Mapping[str, str]]
    logo: tuple[bytes, str] | None = None

    def routes(self) -> list[Route]:
        """Return the routes of the files."""
        return [
            Route("/", self._page, methods=["GET"], middleware=SMALLER),
            *(Route(f"/{{digest}}/{name}", self._module, methods=["GET"], middleware=SMALLER) for name in _modules()),
            Route(f"/{_ICON}", self._icon, methods=["GET"]),
            Route("/logo", self._logo, methods=["GET"]),
            *(Route(f"/media/{name}", self._picture, methods=["GET"]) for name in sorted(self.media)),
        ]

    @property
    def policy(self) -> str:
        """The page's Content-Security-Policy."""
        is_own = self.script_url.startswith("/")
        parts = urlsplit(self.script_url)
        frames = "'self'" if is_own else _TELEGRAM_FRAMES
        if not is_own and self.script_url != TELEGRAM_SCRIPT:
            frames = f"{parts.scheme}://{parts.netloc}"
        rules = {
            "default-src": "'none'",
            "script-src": " ".join(("'self'", _source_of("opening.js"), *(() if is_own else (self.script_url,)))),
            "style-src": _source_of("style.css"),
            "img-src": "'self'",
            "media-src": "'self'",
            "connect-src": "'self'",
            "base-uri": "'none'",
            "form-action": "'none'",
            "frame-ancestors": frames,
        }
        return "; ".join(f"{rule} {sources}" for rule, sources in rules.items())

    async def _page(self, _: Request) -> Response:
        filled_in = {
            "style": _text("style.css"),
            "opening": _text("opening.js"),
            "digest": _digest(),
            "script": self.script_url,
            "failures": json.dumps(self.failures, ensure_ascii=False).replace("<", "\\u003c"),  # no end tag in a script
        }
        page = _text("index.html")
        for name, text in filled_in.items():
            page = page.replace(f"{{{{ {name} }}}}", text)
        return HTMLResponse(page, headers=self._headers())

    async def _module(self, request: Request) -> Response:
        """Answer with a module; while the bot is exchanged, who asks for an older one gets this one, for this once."""
        content = _modules()[request.url.path.rpartition("/")[2]]
        keeping = _KEPT if request.path_params["digest"] == _digest() else _ASKED_FOR_EACH_TIME
        return Response(content, media_type="text/javascript", headers={**self._headers(), "Cache-Control": keeping})

    async def _icon(self, _: Request) -> Response:
        return Response((_FOLDER / _ICON).read_bytes(), media_type="image/svg+xml", headers=self._headers())

    async def _logo(self, _: Request) -> Response:
        if self.logo is None:
            return Response(status_code=HTTPStatus.NOT_FOUND)
        content, media_type = self.logo
        return Response(content, media_type=media_type, headers=self._headers())

    async def _picture(self, request: Request) -> Response:
        path = self.media[request.url.path.rpartition("/")[2]]
        headers = {**self._headers(), "Cache-Control": "public, max-age=86400"}
        return FileResponse(path, media_type=_MEDIA_TYPES[path.suffix], headers=headers)

    def _headers(self) -> dict[str, str]:
        return {
            "Content-Security-Policy": self.policy,
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
            "Cache-Control": _ASKED_FOR_EACH_TIME,
        }


@cache
def _text(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


@cache
def _modules() -> Mapping[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(_FOLDER.glob("*.js")) if path.name != "opening.js"}


@cache
def _digest() -> str:
    """Return the name of the folder in which the modules lie: another one whenever one of them changes."""
    return blake2s(b"".join(_modules().values()), digest_size=8).hexdigest()


def _source_of(name: str) -> str:
    """Return how a Content-Security-Policy lets in a script or style that stands in the page itself."""
    return f"'sha256-{b64encode(sha256(_text(name).encode()).digest()).decode()}'"
