"""The content of the checkout, read once for all tests of a process: it takes a second, and nobody can change it.

The clinic is without colour and logo where a test does not ask for them: every bot would draw its letterhead, which
takes another second, beside the first greeting.
"""

from dataclasses import replace
from functools import cache

from bot.bootstrap import assemble_knowledge
from bot.catalog import Catalog, load_catalog
from bot.settings import load_settings
from bot.usecases.knowledge import Knowledge
from bot.zones import ZoneFinder


@cache
def the_catalog(*, strict: bool = False, looks: bool = False) -> Catalog:
    """Return the content, on demand with texts that fail where one lacks an argument, and with the clinic's looks."""
    catalog = load_catalog(load_settings(env_file=None).content_dir, strict=strict)
    return catalog if looks else replace(catalog, clinic=replace(catalog.clinic, colour=None, logo=None))


@cache
def the_knowledge() -> Knowledge:
    """Return content and atlas as the use cases have them."""
    settings = load_settings(env_file=None)
    zones = ZoneFinder.from_content(settings.content_dir)
    return assemble_knowledge(the_catalog(), zones, settings, bot_username="lumbar_sandbox_bot")
