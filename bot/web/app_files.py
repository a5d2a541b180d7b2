"""The Mini App's files: the page, its style and modules, and the exercises' pictures; the same for everybody.

The page is ours alone: plain modules, no framework, no build step (docs/decisions/0019-a-page-without-a-framework.md),
and its Content-Security-Policy lets nothing else in but the one script that Telegram asks for. Who serves that script
is also who may show the page in a frame: Telegram, or the sandbox in the demo.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
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
_TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_MEDIA_TYPES = {".mp4": "video/mp4", ".png": "image/png"}
_SCRIPT, _FAILURES = "{{ script }}", "{{ failures }}"
_TELEGRAM_FRAMES = "https://telegram.org https://*.telegram.org"


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
        names = [path.name for path in sorted(_FOLDER.iterdir()) if path.suffix in _TYPES and path.name != "index.html"]
        return [
            Route("/", self._page, methods=["GET"], middleware=SMALLER),
            *(Route(f"/{name}", self._file, methods=["GET"], middleware=SMALLER) for name in names),
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
            "script-src": "'self'" if is_own else f"'self' {self.script_url}",
            "style-src": "'self'",
            "img-src": "'self'",
            "media-src": "'self'",
            "connect-src": "'self'",
            "base-uri": "'none'",
            "form-action": "'none'",
            "frame-ancestors": frames,
        }
        return "; ".join(f"{rule} {sources}" for rule, sources in rules.items())

    async def _page(self, _: Request) -> Response:
        failures = json.dumps(self.failures, ensure_ascii=False).replace("<", "\\u003c")  # no end tag in a script
        page = (_FOLDER / "index.html").read_text(encoding="utf-8")
        return HTMLResponse(
            page.replace(_SCRIPT, self.script_url).replace(_FAILURES, failures), headers=self._headers()
        )

    async def _file(self, request: Request) -> Response:
        path = _FOLDER / request.url.path.rpartition("/")[2]
        return FileResponse(path, media_type=_TYPES[path.suffix], headers=self._headers())

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
            "Cache-Control": "no-cache",
        }
