"""The content of the checkout, read once for all tests of a process: it takes a second, and nobody can change it.

The clinic is without colour and logo where a test does not ask for them: every bot would draw its letterhead, which
takes another second, beside the first greeting.
"""

from dataclasses import replace
from functools import cache

from bot.bootstrap import assemble_knowledge
from bot.catalog import Catalog, load_catalog
from bot.domain.languages import FALLBACK
from bot.presentation.i18n import Translator
from bot.settings import load_settings
from bot.usecases.knowledge import Knowledge
from bot.zones import ZoneFinder

read_once = cache(load_catalog)  # in place of `load_catalog` where tests do not change what they have read


@cache
def the_catalog(*, strict: bool = False, looks: bool = False) -> Catalog:
    """Return the content, on demand with texts that fail where one lacks an argument, and with the clinic's looks."""
    folder = load_settings(env_file=None).content_dir
    catalog = read_once(folder)
    if not looks:
        catalog = replace(catalog, clinic=replace(catalog.clinic, colour=None, logo=None))
    if not strict:
        return catalog
    translators: dict[str, Translator] = {}
    for language in catalog.languages:  # the same as `load_catalog` makes, which would read all words again
        source = (folder / "locales" / language / "ui.ftl").read_text(encoding="utf-8")
        translators[language] = Translator(language, source, fallback=translators.get(FALLBACK), strict=True)
    return replace(catalog, translators=translators)


@cache
def the_knowledge() -> Knowledge:
    """Return content and atlas as the use cases have them."""
    settings = load_settings(env_file=None)
    zones = ZoneFinder.from_content(settings.content_dir)
    return assemble_knowledge(the_catalog(), zones, settings, bot_username="lumbar_sandbox_bot")
