"""What the fork server of `killable` reads once, so that each of the bot's many lives begins in a fraction of a second.

Content and atlas are read-only, so a process forked after reading them is as good as one that reads them itself.
Imported by the fork server alone, never by a test: it changes how `bot.bootstrap` loads them.
"""

from functools import cache

from bot import bootstrap
from bot.settings import Settings
from bot.zones import ZoneFinder
from tests.knowledge import the_catalog

_content_dir = Settings.model_fields["content_dir"].default

_catalog = the_catalog()
setattr(bootstrap, "load_catalog", lambda _: _catalog)  # noqa: B010 - a name that bootstrap imports, not one of its own
ZoneFinder.from_content = cache(ZoneFinder.from_content)  # type: ignore[method-assign]
ZoneFinder.from_content(_content_dir)
