"""The web application: which path is whose."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route, Router

from bot.web.app_api import AppApi
from bot.web.app_files import AppFiles
from bot.web.health import Health
from bot.web.webhook import Webhook

WebApplication = Starlette


@dataclass(frozen=True, slots=True)
class MiniApp:
    """The page with its API, and the address at which people find it."""

    url: str
    files: AppFiles
    api: AppApi

    def routes(self) -> Sequence[BaseRoute]:
        """Return its routes, below the path of its address; without the last stroke one is sent there."""
        path = urlsplit(self.url).path.rstrip("/")
        inside = Router([*self.files.routes(), *self.api.routes()], redirect_slashes=False)
        return [Route(path, _to_the_folder, methods=["GET"]), Mount(path, app=inside)]

    def alone(self) -> Starlette:
        """Return an application that answers for the Mini App and nothing else."""
        return Starlette(routes=self.routes())


def make_app(
    health: Health, webhook: Webhook | None = None, webhook_url: str = "", mini_app: MiniApp | None = None
) -> Starlette:
    """Make the application, webhook and Mini App at the paths of their addresses; without them health and metrics."""
    routes: list[BaseRoute] = [
        Route("/healthz", health.alive),
        Route("/readyz", health.ready),
        Route("/metrics", health.metrics),
    ]
    if webhook is not None:
        routes.append(Route(urlsplit(webhook_url).path, webhook.answer, methods=["POST"]))
    if mini_app is not None:
        routes += mini_app.routes()
    return Starlette(routes=routes)


async def _to_the_folder(request: Request) -> Response:
    """Redirect by a relative address: which scheme and host the browser used, only the proxy in front knows."""
    return RedirectResponse(f"{request.url.path.rpartition('/')[2]}/", status_code=308)
