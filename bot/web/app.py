"""The web application: which path is whose."""

from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.routing import Route

from bot.web.health import Health
from bot.web.webhook import Webhook


def make_app(health: Health, webhook: Webhook | None = None, webhook_url: str = "") -> Starlette:
    """Make the application, the webhook at the path of its URL; without one it serves health and metrics only."""
    routes = [
        Route("/healthz", health.alive),
        Route("/readyz", health.ready),
        Route("/metrics", health.metrics),
    ]
    if webhook is not None:
        routes.append(Route(urlsplit(webhook_url).path, webhook.answer, methods=["POST"]))
    return Starlette(routes=routes)
