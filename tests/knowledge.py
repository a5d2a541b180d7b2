"""The content of the checkout, read once for all tests of a process: it takes a second, and nobody can change it."""

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
def the_catalog(*, strict: bool = False) -> Catalog:
    """Return the content, on demand with texts that fail where one lacks an argument."""
    folder = load_settings(env_file=None).content_dir
    if not strict:
        return read_once(folder)
    translators: dict[str, Translator] = {}
    for language in the_catalog().languages:  # the same as `load_catalog` makes, which would read all words again
        source = (folder / "locales" / language / "ui.ftl").read_text(encoding="utf-8")
        translators[language] = Translator(language, source, fallback=translators.get(FALLBACK), strict=True)
    return replace(the_catalog(), translators=translators)


@cache
def the_knowledge() -> Knowledge:
    """Return content and atlas as the use cases have them."""
    settings = load_settings(env_file=None)
    zones = ZoneFinder.from_content(settings.content_dir)
    return assemble_knowledge(the_catalog(), zones, settings, bot_username="lumbar_sandbox_bot")
