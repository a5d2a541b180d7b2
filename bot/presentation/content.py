"""The clinic's texts as values: one exercise in one language, and the clinic's card.

The catalogue fills these from ``content/`` and has checked them; presentation lays them out. All texts are plain:
no HTML, no Markdown, lines parted by newlines, list items opening with a bullet. They are escaped where they are
rendered. Doses are not texts (see ``bot.domain.plan``), and nothing here decides what is shown when.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.domain.plan import Variant

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class ExerciseText:
    """One exercise in one language, a field for each heading of its file; no field is empty.

    ``short`` is start and movement in short, for the caption of the picture; ``easier``, the gentler variant, is shown
    in its place when a person rates pain 4 or 5, ``harder`` at the upper levels. ``stop`` lists the signs to end the
    exercise and belongs to every caption; all the rest waits behind "How to". ``care``: who should adapt or skip it;
    ``picture``: what the picture shows, for those who do not see it.
    """

    name: str
    short: str
    purpose: str
    start: str
    alignment: str
    movement: str
    breathing: str
    avoid: str
    easier: str
    harder: str
    stop: str
    care: str
    picture: str

    def in_short(self, variant: Variant) -> str:
        """Return what the caption says of the exercise when it is done in this way."""
        match variant:
            case Variant.USUAL:
                return self.short
            case Variant.EASIER:
                return self.easier
            case Variant.HARDER:
                return self.harder


@dataclass(frozen=True, slots=True)
class Animation:
    """The moving picture of an exercise: where its file lies, and the SHA-256 of its bytes in hexadecimal digits."""

    path: Path
    digest: str


@dataclass(frozen=True, slots=True)
class EmergencyNumbers:
    """The numbers to dial in one country; None where no medical ``advice`` or suicide ``crisis`` line is known."""

    emergency: str
    advice: str | None
    crisis: str | None


@dataclass(frozen=True, slots=True)
class Logo:
    """The clinic's logo: the bytes of a PNG or SVG, and which of them it is (``media_type``, as HTTP says it)."""

    content: bytes
    media_type: str

    @property
    def is_png(self) -> bool:
        """Whether it can be drawn, on paper or as a picture in the chat: an SVG cannot."""
        return self.media_type == "image/png"


@dataclass(frozen=True, slots=True)
class Clinic:
    """The clinic's card. ``phone`` is E.164 for dialling and copying, ``phone_display`` as people write it.

    ``colour`` (``#rrggbb``, to be read on white and under white letters) and ``logo`` are the clinic's own, if it has
    any. ``emergency`` maps ISO 3166 country codes to numbers and always holds the clinic's own ``country``.
    """

    name: str
    phone: str
    phone_display: str
    address: str
    hours: str
    map_url: str
    booking_url: str | None
    country: str
    emergency: Mapping[str, EmergencyNumbers]
    emergency_elsewhere: EmergencyNumbers
    colour: str | None = None
    logo: Logo | None = None

    @property
    def has_looks(self) -> bool:
        """Whether there is anything to draw a letterhead with: a colour, or a logo that can be drawn."""
        return self.colour is not None or (self.logo is not None and self.logo.is_png)

    def numbers_in(self, country: str | None) -> EmergencyNumbers:
        """Return the numbers for a country, the clinic's own when it is unknown (None), a general one when unlisted."""
        return self.emergency.get(country or self.country, self.emergency_elsewhere)
